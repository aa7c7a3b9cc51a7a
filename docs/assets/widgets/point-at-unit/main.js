// Point at one unit: what belongs to it lights up in every figure of the page, and a sentence says what that is.
import { choose, isChosen, join, letGo, point, shown } from "./chosen.js";
import { Parts } from "./parts.js";
import { sentence } from "./words.js";

const QUIET = 600; // ms without a change, before the sentence is said
const HINT = "Point at a unit, or press a button: what belongs to it lights up. Press again to let go.";
const EVERYWHERE = "Light up in all figures of this page:";

export function start(root) {
  if (!root.isConnected) return;
  const svg = root.querySelector("svg");
  const parts = new Parts(svg, root.dataset.figure);
  const panel = controls(parts.units, document.querySelectorAll('[data-widget="point-at-unit"]').length > 1);
  root.querySelector("figcaption").before(panel);
  followThePointer(svg, parts);
  let timer = 0;
  const show = () => {
    const unit = shown();
    parts.light(unit);
    panel.querySelectorAll("button").forEach((button, j) => button.setAttribute("aria-pressed", isChosen(j)));
    panel.querySelector("p").textContent = unit === null ? HINT : sentence(parts, unit);
  };
  const say = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (root.isConnected) panel.querySelector("[role=status]").textContent = panel.querySelector("p").textContent;
    }, QUIET);
  };
  join({ root, units: parts.units, show, say });
  root.dataset.ready = "";
}

function controls(units, several) {
  const panel = make("div", "point-at-unit");
  const buttons = panel.appendChild(make("div", "point-at-unit__buttons"));
  buttons.role = "group";
  buttons.ariaLabel = "Light up a unit";
  if (several) buttons.appendChild(make("span", "point-at-unit__label")).textContent = EVERYWHERE;
  for (let j = 0; j < units; j++) {
    const button = buttons.appendChild(make("button", "point-at-unit__button"));
    button.type = "button";
    button.textContent = `unit ${j}`;
    button.style.setProperty("--point-at-unit", `var(--fig-unit-${j})`);
    button.addEventListener("click", () => choose(j, panel));
    button.addEventListener("pointerenter", (event) => event.pointerType !== "touch" && point(j, panel));
    button.addEventListener("pointerleave", () => point(null, panel));
    button.addEventListener("focus", () => button.matches(":focus-visible") && point(j, panel));
    button.addEventListener("blur", () => point(null, panel));
  }
  panel.append(make("p", "point-at-unit__sentence"));
  panel.appendChild(make("p", "point-at-unit__status")).role = "status";
  return panel;
}

/** A unit is pointed at when the pointer comes to it, not while it stays: so Escape holds until it goes elsewhere. */
function followThePointer(svg, parts) {
  let before = null;
  const move = (unit) => {
    if (unit !== before) point((before = unit), svg);
  };
  svg.addEventListener("pointermove", (event) => event.pointerType !== "touch" && move(parts.unitAt(event)));
  svg.addEventListener("pointerleave", () => move(null));
  svg.addEventListener("click", (event) => {
    const unit = parts.unitAt(event);
    if (unit === null) letGo(svg);
    else choose(unit, svg);
  });
}

function make(tag, name) {
  const element = document.createElement(tag);
  element.className = name;
  return element;
}
