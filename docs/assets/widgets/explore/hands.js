// What the reader's hands do: settings, slider and buttons; in the chain keys, mouse and touch.
import { clamp, nearest, parseKey, SIZES } from "./setting.js";

const STEP = 0.25; // of the keys + and -
const DRAG = { threshold: 3, pixels: 2, step: 0.05 };
const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Home: [0, -99], End: [0, 99] };
const SIGNS = { "+": 1, "=": 1, "-": -1, "−": -1 };

export function listen(explorer) {
  settings(explorer);
  strip(explorer);
  keys(explorer);
  pointer(explorer);
  links(explorer);
}

/** A link to this page with another address is taken here: the theme would bring the whole page again. */
function links(explorer) {
  const take = (event) => {
    const link = event.target.closest("a[href]");
    if (!link?.search || link.pathname !== location.pathname) return;
    event.preventDefault();
    event.stopPropagation();
    explorer.take(link.search);
  };
  explorer.root.closest("article").addEventListener("click", take, true);
}

function settings(explorer) {
  const { form } = explorer;
  form.addEventListener("input", () => {
    const { setting } = explorer;
    const { elements } = form;
    for (const name of Object.keys(SIZES)) setting[name] = Number(elements[name].value);
    setting.sequences = elements.sequences.checked;
    setting.state = elements.state.checked;
    setting.diagonal = elements.recurrent_kernel.value === "diagonal";
    explorer.build();
  });
}

function strip(explorer) {
  const { slider, field, back } = explorer.parts;
  slider.addEventListener("input", () => explorer.poke(slider.valueAsNumber));
  field.addEventListener("input", () => Number.isNaN(field.valueAsNumber) || explorer.poke(field.valueAsNumber));
  field.addEventListener("blur", () => explorer.show());
  back.addEventListener("click", () => {
    explorer.back();
    slider.focus();
  });
  slider.parentElement.addEventListener("keydown", (event) => {
    if (event.key === "Escape") explorer.back();
    if (event.key === "Escape" || (event.key === "Enter" && event.target.matches("input"))) explorer.focus();
  });
  for (const button of explorer.panel.querySelectorAll("[data-try]"))
    button.addEventListener("click", () => attempt(explorer, ...button.dataset.try.split(":")));
}

/** Hold the number of a Try button, or the nearest that the layer has; from anew each time. */
function attempt(explorer, key, value) {
  Object.assign(explorer, { chosen: nearest(parseKey(key), explorer.setting), value: null, explained: null });
  explorer.show();
  explorer.poke(Number(value), true);
  explorer.inSight();
}

function keys(explorer) {
  const { canvas, parts } = explorer;
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    if (key in MOVES) move(explorer, MOVES[key]);
    else if (key === "Enter" || key === " ") parts.slider.focus();
    else if (key in SIGNS) explorer.poke((explorer.value ?? explorer.old) + STEP * SIGNS[key]);
    else if (["Escape", "Delete"].includes(key) && explorer.value !== null) explorer.back();
    else return;
    event.preventDefault();
  });
  canvas.addEventListener("focusin", (event) => {
    if (!event.target.matches(".num:focus-visible")) return;
    explorer.choose(parseKey(event.target.dataset.key));
    explorer.explain(explorer.chosen);
  });
}

function move(explorer, [down, right]) {
  const { cells } = explorer.chain;
  const rows = Map.groupBy(cells.keys(), (key) => key.slice(0, key.lastIndexOf(".")));
  const names = [...rows.keys()];
  const { name, j, t } = explorer.chosen;
  const row = names[clamp(names.indexOf(`${name}.${j}`) + down, [0, names.length - 1])];
  const least = parseKey(rows.get(row)[0]).t;
  explorer.choose(parseKey(`${row}.${clamp(t + right, [least, explorer.setting.timesteps])}`));
  explorer.focus();
  explorer.inSight();
}

function pointer(explorer) {
  const { canvas } = explorer;
  const under = (event) => event.target.closest(".num")?.dataset.key;
  let drag = null;

  canvas.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch" || drag) return;
    const key = under(event);
    explorer.explain(key ? parseKey(key) : null);
  });
  canvas.addEventListener("pointerleave", () => {
    if (!drag) explorer.explain(null);
  });
  canvas.addEventListener("click", (event) => {
    const key = under(event);
    if (!key || event.pointerType !== "touch") return; // a mouse has chosen when it was pressed; a finger may have scrolled
    explorer.choose(parseKey(key));
    explorer.explain(explorer.chosen);
  });
  canvas.addEventListener("pointerdown", (event) => {
    const key = under(event);
    if (!key || event.button !== 0 || event.pointerType === "touch") return;
    event.preventDefault();
    explorer.choose(parseKey(key));
    explorer.focus();
    drag = { y: event.clientY, from: explorer.value ?? explorer.old, moved: false };
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    const up = drag ? drag.y - event.clientY : 0;
    if (!drag || (!drag.moved && Math.abs(up) < DRAG.threshold)) return;
    drag.moved = true;
    explorer.poke(drag.from + Math.round(up / DRAG.pixels) * DRAG.step);
  });
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => (drag = null));
}
