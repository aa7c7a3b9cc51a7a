import { announcer, live } from "../live.js";
import { run } from "../lstm.js";
import { go, join, now, toggle } from "./clock.js";
import { insideOneUnit, overTime } from "./pictures.js";
import { equations, sentence } from "./words.js";

const PICTURES = { "inside-one-unit": insideOneUnit, "gates-over-time": overTime };
const KEY = "In brackets: from x, from h, bias. This unit ignores h: all its U are 0.";

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

function row([word, name, ...parts]) {
  const made = element("tr", "row");
  const head = element("th", "name", name);
  head.scope = "row";
  if (word) head.prepend(element("span", "word", word), " ");
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

  const bar = element("div", "bar");
  const back = button("Back", () => go(now() - 1, member));
  const play = button("Play", () => toggle(member));
  const forward = button("Forward", () => go(now() + 1, member));
  const label = element("label", "label");
  const slider = element("input", "range");
  Object.assign(slider, { type: "range", min: 1, max: last, id: `stepper-of-${figure}` });
  slider.addEventListener("input", () => go(slider.valueAsNumber, member));
  label.htmlFor = slider.id;
  bar.append(back, play, forward, label, slider);
  play.classList.add("stepper__play");
  const step = element("div", "step");
  const said = element("p", "said");
  const table = element("table", "equations");
  const caption = element("caption", "key", KEY);
  step.append(said, table);

  const member = {
    root,
    show(t, playing) {
      slider.value = t;
      label.textContent = `t = ${t}`;
      back.setAttribute("aria-disabled", t === 1);
      forward.setAttribute("aria-disabled", t === last);
      play.textContent = playing ? "Pause" : "Play";
      said.textContent = sentence(trace, t);
      table.replaceChildren(caption, ...equations(trace, data.bias, t).map(row));
      draw(t);
      picture.say(said.textContent);
    },
    say: () => announce(said.textContent),
  };
  join(member, data.step, last);
  root.prepend(bar);
  root.querySelector(".lstm-figure__canvas").after(step);
  root.dataset.ready = "";
}
