// How many weights a layer has, array by array: the form, and the table below it.
import { LIMITS, SYSTEMS, arrays, asked, checked, total } from "./count.js";

const NUMBERS = Object.keys(LIMITS);
const LABELS = { layers: "layers", directions: "bidirectional" };
const NAMED = { directions: { 1: "no", 2: "yes" } };

const digits = (number) => number.toLocaleString("en-US");

function make(tag, name, ...inside) {
  const made = document.createElement(tag);
  if (name) made.className = `parameter-calculator__${name}`;
  made.append(...inside);
  return made;
}

function toAddress(settings) {
  const address = new URL(location);
  for (const [name, value] of Object.entries(settings)) address.searchParams.set(name, value);
  address.searchParams.set("bias", settings.bias ? "yes" : "no");
  history.replaceState(history.state, "", address);
}

function field(name, control, words) {
  control.name = name;
  return make("label", "field", make("span", "", words), control);
}

function form(settings) {
  const system = make("select");
  for (const [key, { label }] of Object.entries(SYSTEMS)) system.add(new Option(label, key));
  system.value = settings.system;
  const inputs = ["units", "features"].map((name) => {
    const input = make("input");
    Object.assign(input, { type: "number", min: 1, max: LIMITS[name], step: 1, value: settings[name] });
    return field(name, input, name);
  });
  const choices = ["layers", "directions"].map((name) => {
    const select = make("select");
    for (let each = 1; each <= LIMITS[name]; each += 1) select.add(new Option(NAMED[name]?.[each] ?? each, each));
    select.value = settings[name];
    return field(name, select, LABELS[name]);
  });
  const bias = make("select");
  bias.add(new Option("with", "yes"));
  bias.add(new Option("without", "no"));
  bias.value = settings.bias ? "yes" : "no";
  return make("form", "form", field("system", system, "system"), ...inputs, ...choices, field("bias", bias, "bias"));
}

function settingsOf({ elements }) {
  const settings = { system: elements.system.value };
  for (const name of NUMBERS) settings[name] = checked(name, elements[name].value);
  return { ...settings, bias: elements.bias.value === "yes" };
}

function row({ layer, direction, name, shape, times, size }) {
  const repeated = times > 1 ? `${times} × ` : "";
  const product = `${repeated}(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
  const parts = name.split("_").flatMap((part, at) => (at ? [make("wbr"), `_${part}`] : [part])); // where it may break
  const array = make("td", "", make("code", "", ...parts), " ", make("span", "shape", product));
  return make("tr", "", make("td", "", `${layer} ${direction}`.trim()), array, make("td", "size", digits(size)));
}

function table(found) {
  const head = ["Layer", "Array and its shape", "Weights"].map((text) => make("th", "", text));
  for (const each of head) each.scope = "col";
  const all = make("th", "", "All");
  all.colSpan = 2;
  all.scope = "row";
  const foot = make("tr", "", all, make("td", "size", digits(total(found))));
  return make("table", "table", make("thead", "", make("tr", "", ...head)), make("tbody", "", ...found.map(row)), make("tfoot", "", foot));
}

const plural = (count, word) => `${digits(count)} ${word}${count === 1 ? "" : "s"}`;

function inWords(settings, found) {
  const stack = settings.layers > 1 ? `${settings.layers} layers of ` : "";
  const both = settings.directions > 1 ? " in each of 2 directions" : "";
  const layer = `${stack}${plural(settings.units, "unit")}${both} on ${plural(settings.features, "feature")}`;
  return `${digits(total(found))} weights in ${SYSTEMS[settings.system].label}: ${layer}.`;
}

export function start(root) {
  if (root.dataset.ready !== undefined) return;
  root.dataset.ready = "";
  const page = location.pathname;
  const fields = form(asked(location.search));
  const why = make("p", "why");
  why.id = "parameter-calculator-why";
  fields.elements.bias.setAttribute("aria-describedby", why.id);
  const answer = make("p", "answer");
  const note = make("p", "note", "The count is the same for any number of timesteps and any batch size.");
  const result = make("div", "result");
  const status = make("p", "status");
  status.setAttribute("role", "status");
  let waiting = [];

  function show() {
    const settings = settingsOf(fields);
    const always = SYSTEMS[settings.system].biased;
    fields.elements.bias.disabled = always === true;
    if (always) fields.elements.bias.value = "yes";
    fields.elements.bias.options[0].text = always ? "always" : "with";
    why.textContent = always ? `${SYSTEMS[settings.system].label} has no argument that leaves the bias out.` : "";
    const wrong = NUMBERS.find((name) => settings[name] === null);
    for (const name of NUMBERS) fields.elements[name].setAttribute("aria-invalid", settings[name] === null);
    const found = wrong ? [] : arrays({ ...settings, bias: settings.bias || always });
    answer.textContent = wrong ? `Give ${wrong} a whole number from 1 to ${digits(LIMITS[wrong])}.` : inWords(settings, found);
    note.hidden = Boolean(wrong);
    result.replaceChildren(...(wrong ? [] : [table(found)]));
    return { settings, wrong };
  }

  function changed() {
    const { settings, wrong } = show();
    waiting.forEach(clearTimeout);
    const later = (after, act) => setTimeout(() => root.isConnected && location.pathname === page && act(), after);
    waiting = [later(600, () => (status.textContent = answer.textContent))];
    if (!wrong) waiting.push(later(250, () => toAddress(settings)));
  }

  fields.addEventListener("submit", (event) => event.preventDefault());
  fields.addEventListener("input", changed);
  show();
  const widget = make("div", "", fields, why, answer, note, result, status);
  widget.className = "parameter-calculator";
  root.prepend(widget);
}
