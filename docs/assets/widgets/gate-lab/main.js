import { number } from "../format.js";
import { announcer } from "../live.js";
import { run } from "../lstm.js";
import { given, keeper } from "./address.js";
import { picture } from "./picture.js";
import { sentence } from "./words.js";

const SLIDERS = {
  i: { words: "input gate i: bias", least: -8, most: 8 },
  f: { words: "forget gate f: bias", least: -8, most: 8 },
  o: { words: "output gate o: bias", least: -8, most: 8 },
  g: { words: "candidate g: weight of x", least: -4, most: 4 },
  x: { words: "height of the pulse", least: 0, most: 2 },
};
const PRESETS = { Latch: { f: 6 }, Leak: { f: 2 }, "Forget at once": { f: -6 }, "Input gate stays open": { i: 6, f: 6 } };

/** Run the figure's layer with what the reader set. */
function traced({ kernel: [[i, f, , o]], recurrent_kernel, bias, x, pulse }, set) {
  const layer = { kernel: [[i, f, set.g, o]], recurrent_kernel, bias: [set.i, set.f, bias[2], set.o] };
  return run(layer, x.map((row, t) => (t === pulse - 1 ? [set.x] : row)), [0], [0]);
}

function element(tag, name, words = "") {
  const made = document.createElement(tag);
  made.className = `gate-lab__${name}`;
  made.textContent = words;
  return made;
}

function slider(key, { words, least, most }) {
  const label = element("label", "name", words);
  const input = element("input", "range");
  const value = element("span", "value");
  Object.assign(input, { type: "range", min: least, max: most, step: 0.1, id: `gate-lab-set-${key}` });
  label.htmlFor = input.id;
  const set = (to) => {
    input.value = to;
    value.textContent = number(to, 1);
    input.setAttribute("aria-valuetext", value.textContent);
  };
  return { parts: [label, input, value], input, set };
}

export async function start(root, widgets) {
  if (root.classList.contains("gate-lab")) return;
  root.classList.add("gate-lab");
  const data = await (await fetch(new URL("../../figures/gate-lab.json", widgets))).json();
  if (!root.isConnected) return;

  const first = { i: data.bias[0], f: data.bias[1], o: data.bias[3], g: data.kernel[0][2], x: data.x[data.pulse - 1][0] };
  const set = {};
  for (const key of Object.keys(first)) set[key] = given(location.search, key, first[key], SLIDERS[key]);
  const draw = picture(root, data, traced(data, first));
  const keep = keeper(root, first);
  const announce = announcer(root);
  const said = element("p", "said");
  const sliders = {};
  const buttons = {};

  function show() {
    const trace = traced(data, set);
    said.textContent = sentence(trace, data.pulse);
    draw(trace, set.x, said.textContent);
    for (const key of Object.keys(first)) sliders[key].set(set[key]);
    for (const name of Object.keys(PRESETS)) {
      const wanted = { ...first, ...PRESETS[name] };
      buttons[name].setAttribute("aria-pressed", Object.keys(first).every((key) => set[key] === wanted[key]));
    }
  }
  function change(to) {
    Object.assign(set, to);
    show();
    keep(set);
    announce(said.textContent);
  }

  const controls = element("div", "controls");
  const row = element("div", "buttons");
  const grid = element("div", "sliders");
  for (const [name, changes] of [...Object.entries(PRESETS), ["Start again", {}]]) {
    const button = (buttons[name] = element("button", "button", name));
    button.type = "button";
    button.addEventListener("click", () => change({ ...first, ...changes }));
    row.append(button);
  }
  for (const [key, about] of Object.entries(SLIDERS)) {
    sliders[key] = slider(key, about);
    sliders[key].input.addEventListener("input", ({ target }) => change({ [key]: target.valueAsNumber }));
    grid.append(...sliders[key].parts);
  }
  controls.append(grid, row, said);
  show();
  root.querySelector(".lstm-figure__canvas").after(controls);
  root.dataset.ready = "";
}
