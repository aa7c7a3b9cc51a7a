import { announcer, live } from "../live.js";
import { run } from "../lstm.js";
import { insideOneUnit, overTime } from "./pictures.js";
import { equations, sentence } from "./words.js";

const PICTURES = { "inside-one-unit": insideOneUnit, "gates-over-time": overTime };
const SECOND = 1000;

function element(tag, name, words = "") {
  const made = document.createElement(tag);
  made.className = `stepper__${name}`;
  made.textContent = words;
  return made;
}

function button(words, act) {
  const made = element("button", "button", words);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

function row([name, ...parts]) {
  const made = element("tr", "row");
  const head = element("th", "name", name);
  head.scope = "row";
  made.append(head, ...parts.map((part, k) => element("td", ["equation", "numbers", "result"][k], part)));
  return made;
}

export async function start(root, widgets) {
  if (root.classList.contains("stepper")) return;
  root.classList.add("stepper");
  const { figure } = root.dataset;
  const data = await (await fetch(new URL(`../../figures/${figure}.json`, widgets))).json();
  if (!root.isConnected) return;

  const trace = run(data, data.x, [0], [0]);
  const last = data.x.length;
  const picture = live(root);
  const draw = PICTURES[figure](picture, data, trace);
  const announce = announcer(root);
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let t = data.step;
  let timer = null; // while it plays

  const bar = element("div", "bar");
  const back = button("Back", () => go(t - 1));
  const play = button("Play", () => (timer ? pause() : begin()));
  const forward = button("Forward", () => go(t + 1));
  const label = element("label", "label");
  const slider = element("input", "range");
  Object.assign(slider, { type: "range", min: 1, max: last, id: `stepper-of-${figure}` });
  slider.addEventListener("input", () => go(slider.valueAsNumber));
  label.htmlFor = slider.id;
  bar.append(back, play, forward, label, slider);
  play.classList.add("stepper__play");
  const step = element("div", "step");
  const said = element("p", "said");
  const table = element("table", "equations");
  const caption = element("caption", "key", "In brackets: from x, from h, bias.");
  step.append(said, table);

  function show() {
    slider.value = t;
    label.textContent = `t = ${t}`;
    back.setAttribute("aria-disabled", t === 1);
    forward.setAttribute("aria-disabled", t === last);
    said.textContent = sentence(trace, t);
    table.replaceChildren(caption, ...equations(trace, data.bias, t).map(row));
    draw(t);
    picture.say(said.textContent);
  }
  function set(to) {
    t = Math.max(1, Math.min(last, to));
    show();
  }
  function pause() {
    clearTimeout(timer);
    timer = null;
    play.textContent = "Play";
    announce(said.textContent);
  }
  function go(to) {
    set(to);
    pause();
  }
  function begin() {
    if (still.matches) return;
    play.textContent = "Pause";
    set(t === last ? 1 : t + 1);
    timer = setTimeout(onward, SECOND);
  }
  function onward() {
    if (!root.isConnected) return;
    if (still.matches || t === last) return pause();
    set(t + 1);
    timer = setTimeout(onward, SECOND);
  }

  show();
  root.prepend(bar);
  root.querySelector(".lstm-figure__canvas").after(step);
  root.dataset.ready = "";
}
