// Whether an LSTM takes the reader's array: the form, and the answer below it.
import { AXES, ROLES, LABELS, clash, guess, inWords, mend, read, settled, written } from "./shape.js";
import { answer, rows } from "./words.js";

const EXAMPLES = [
  ["1000", ["timesteps"]],
  ["1000, 50", ["samples", "timesteps"]],
  ["300, 3, 50", ["samples", "features", "timesteps"]],
  ["32, 10, 28, 28", ROLES],
];
const VERDICTS = { refuses: "Refuses", right: "Reads it right", wrong: "Reads it wrongly, without an error" };

function make(tag, name, ...inside) {
  const made = document.createElement(tag);
  if (name) made.className = `shape-checker__${name}`;
  made.append(...inside);
  return made;
}

/** What the address asks for, where it is a shape. */
function fromAddress() {
  const asked = new URLSearchParams(location.search);
  const { sizes } = read((asked.get("shape") ?? "").slice(0, 60));
  if (!sizes) return { text: "1000, 50" };
  const roles = (asked.get("axes") ?? "").split("-");
  const known = roles.length === sizes.length && roles.every((role) => ROLES.includes(role));
  return { text: sizes.join(", "), roles: known ? roles : null };
}

function toAddress(sizes, roles) {
  const address = new URL(location);
  address.searchParams.set("shape", sizes.join("x"));
  address.searchParams.set("axes", roles.join("-"));
  history.replaceState(history.state, "", address);
}

/** A paragraph; what stands between ` is code. */
function paragraph(name, text) {
  const parts = text.split("`").map((part, at) => (at % 2 ? make("code", "", part) : part));
  return make("p", name, ...parts);
}

function mended(sizes, roles) {
  const { line, shape, moves } = mend(sizes, roles);
  const [samples, timesteps, features] = shape;
  const told = make("div");
  if (line !== "x") {
    told.append(paragraph("heading", "Write"), make("pre", "", make("code", "", `x = ${line}`)));
    told.append(paragraph("", `Its shape is then ${written(shape)}: ${inWords(shape, AXES)}.`));
  }
  const out = `${written([samples, 64])}, with \`return_sequences=True\` ${written([samples, timesteps, 64])}`;
  told.append(paragraph("", `\`LSTM(64)\` gives ${out}. In PyTorch it goes into \`torch.nn.LSTM(${features}, 64, batch_first=True)\`.`));
  if (moves) told.append(paragraph("", `\`x.reshape(${shape.join(", ")})\` has the same shape, with the numbers in the wrong places.`));
  if (timesteps === 1) told.append(paragraph("", "With 1 timestep the layer starts from h = c = 0 and has nothing to remember."));
  return told;
}

function says(facts, sizes, roles) {
  const list = make("ul", "rows");
  for (const { call, when, verdict, reads, says } of rows(facts, sizes, roles)) {
    const head = make("p", "", make("code", "", call), when ? ` ${when}: ` : " ", make("strong", "", VERDICTS[verdict]));
    const item = make("li", verdict, head);
    if (reads) item.append(make("p", "", reads));
    for (const { on, words } of says) item.append(make("p", "", on && `on ${on}: `, make("span", "words", words)));
    list.append(item);
  }
  return list;
}

function form() {
  const input = make("input", "shape");
  Object.assign(input, { id: "shape-checker-shape", type: "text", maxLength: 60, autocomplete: "off", spellcheck: false });
  input.setAttribute("aria-describedby", "shape-checker-problem");
  const label = make("label", "label", "Shape of your array, ", make("code", "", "x.shape"));
  label.htmlFor = input.id;
  const problem = make("p", "problem");
  problem.id = "shape-checker-problem";
  const status = make("p", "status");
  status.setAttribute("role", "status");
  return { label, input, examples: make("div", "examples", "Or try"), axes: make("div", "axes"), problem, result: make("div"), status };
}

export async function start(root, widgets) {
  if (root.dataset.started !== undefined) return;
  root.dataset.started = "";
  const page = location.pathname;
  const facts = await fetch(new URL("../../evidence/shape-checker.json", widgets))
    .then((answered) => answered.json())
    .then((record) => record.facts)
    .catch(() => null);
  if (!root.isConnected) return;

  const asked = fromAddress();
  const { input, examples, axes, problem, result, status, ...rest } = form();
  const roles = {}; // by the number of axes
  const byHand = new Set(); // the numbers of axes for which the reader said what they count
  let waiting = [];

  function choices(sizes) {
    const chosen = (roles[sizes.length] ??= guess(sizes));
    const fields = sizes.map((size, axis) => {
      const select = make("select");
      for (const role of ROLES) select.add(new Option(LABELS[role], role, false, role === chosen[axis]));
      select.addEventListener("change", () => {
        chosen[axis] = select.value;
        byHand.add(sizes.length);
        changed();
      });
      return make("label", "axis", make("span", "", `${size} counts`), select);
    });
    axes.replaceChildren(...fields);
  }

  function show() {
    const { sizes, problem: odd = "" } = read(input.value);
    if (sizes && sizes.length !== axes.children.length) choices(sizes);
    sizes?.forEach((size, axis) => (axes.children[axis].firstChild.textContent = `${size} counts`));
    const chosen = sizes && roles[sizes.length];
    const wrong = odd || clash(chosen);
    problem.textContent = wrong;
    result.hidden = wrong !== "";
    input.setAttribute("aria-invalid", odd !== "");
    if (wrong) return { told: wrong };
    const counted = settled(chosen);
    const told = answer(sizes, counted);
    const words = facts ? says(facts, sizes, counted) : make("p", "problem", "What they say could not be loaded.");
    result.replaceChildren(make("p", "answer", told), mended(sizes, counted), paragraph("heading", "What each does with it unchanged"), words);
    return { told, sizes, chosen };
  }

  function changed() {
    const { told, sizes, chosen } = show();
    waiting.forEach(clearTimeout);
    const later = (after, act) => setTimeout(() => root.isConnected && location.pathname === page && act(), after);
    waiting = [later(600, () => (status.textContent = told))];
    if (sizes) waiting.push(later(250, () => toAddress(sizes, chosen)));
  }

  function take(text, chosen) {
    if (input.value !== text) input.value = text;
    const { sizes } = read(text);
    if (chosen) roles[sizes.length] = [...chosen];
    choices(sizes);
  }

  for (const [shape, chosen] of EXAMPLES) {
    const button = make("button", "", shape);
    button.type = "button";
    button.addEventListener("click", () => {
      take(shape, chosen);
      changed();
    });
    examples.append(button);
  }
  input.addEventListener("input", () => {
    const { sizes } = read(input.value);
    if (sizes && !byHand.has(sizes.length)) take(input.value, guess(sizes)); // an example's axes are not those of another array
    changed();
  });
  take(asked.text, asked.roles);
  show();
  const widget = make("div", "", rest.label, input, examples, axes, problem, result, status);
  widget.className = "shape-checker";
  root.prepend(widget);
  root.dataset.ready = "";
}
