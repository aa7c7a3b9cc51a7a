// The chain that is drawn: brought up to date when a number is held, chosen or explained.
import { number, put } from "../format.js";
import { geometry, indices, lineOf } from "./drawing.js";
import { keyOf, parseKey } from "./setting.js";
import { nameOf } from "./words.js";

/** How strongly a difference is shown: not at all only if there is none; a root, so that small ones are seen. */
export const strength = (difference) => (difference === 0 ? 0 : 0.16 + 0.84 * Math.sqrt(Math.min(1, Math.abs(difference))));

export class Chain {
  constructor(svg, setting, room) {
    this.svg = svg;
    this.setting = setting;
    this.g = geometry(setting, room);
    const all = (selector) => [...svg.querySelectorAll(selector)];
    this.cells = new Map(
      all(".num").map((element) => {
        const [tint, value] = element.children;
        return [element.dataset.key, { element, tint, value, position: parseKey(element.dataset.key) }];
      }),
    );
    this.wires = all("[data-from]").map((element) => ({ element, ...parseKey(element.dataset.from) }));
    this.inputs = all("[data-t]").map((element) => ({ element, t: +element.dataset.t }));
    this.boxes = all("[data-box]").map((element) => ({ element, at: element.dataset.box }));
  }

  /** Show a trace, what differs in it from the one without a hold, and what the layer returns. */
  update(trace, difference, hold, ripple) {
    this.svg.classList.toggle("poked", hold !== null);
    this.svg.classList.toggle("ripple", ripple);
    this.svg.style.setProperty("--held-t", hold?.t ?? 0);
    for (const cell of this.cells.values()) {
      const { element, tint, value, position } = cell;
      const { name, j, t } = position;
      const written = number(trace[name][t][j]);
      if (value.textContent !== written) {
        put(value, written);
        element.setAttribute("aria-label", `${nameOf(position)}: ${written}`);
      }
      const moved = strength(difference[name][t]?.[j] ?? 0).toFixed(2);
      if (cell.moved === moved) continue;
      cell.moved = moved;
      tint.style.setProperty("--moved", moved);
      element.classList.toggle("moved", moved > 0);
      element.classList.toggle("strongly", moved > 0.42);
    }
    for (const { element, name, j, t } of this.wires) element.classList.toggle("lit", difference[name][t][j] !== 0);
    for (const { element, t } of this.inputs) element.classList.toggle("lit", hold?.name === "x" && hold.t === t);
    for (const { element, at } of this.boxes) {
      const [j, t] = at.split(".");
      element.classList.toggle("moved", difference.h[t][j] !== 0 || difference.c[t][j] !== 0);
    }
    this.frame(".held-ring", hold && keyOf(hold), 0);
  }

  /** Mark the chosen number; it is the one that the tabulator reaches. */
  choose(key) {
    for (const [each, { element }] of this.cells) {
      element.tabIndex = each === key ? 0 : -1;
      element.setAttribute("aria-selected", each === key);
    }
    this.frame(".ring", key, 2.5);
  }

  /** Underline what comes out. */
  returns({ sequences, state, timesteps }) {
    for (const { element, position } of this.cells.values()) {
      const last = position.t === timesteps;
      const out = position.name === "h" ? position.t > 0 && (last || sequences) : position.name === "c" && last && state;
      element.classList.toggle("returned", out);
    }
  }

  /** Show what a box reads; null: none. */
  explain(position) {
    const { g } = this;
    const reads = new Set();
    let lines = "";
    if (position && position.name !== "x" && position.t > 0) {
      const { j, t } = position;
      const [from, to] = [g.lefts[t - 1] + g.width, g.lefts[t]];
      for (const k of this.setting.diagonal ? [j] : indices(this.setting.units)) {
        reads.add(`h.${k}.${t - 1}`);
        lines += `M${from} ${lineOf(g, "h", k)}L${to} ${lineOf(g, "h", j)}`;
      }
      reads.add(`c.${j}.${t - 1}`);
      lines += `M${from} ${lineOf(g, "c", j)}H${to}`;
      for (const k of indices(this.setting.features)) reads.add(`x.${k}.${t}`);
    }
    this.svg.querySelector(".reads").setAttribute("d", lines);
    for (const [key, { element }] of this.cells) element.classList.toggle("read", reads.has(key));
    for (const { element, at } of this.boxes) element.classList.toggle("reader", reads.size > 0 && at === `${position.j}.${position.t}`);
  }

  /** Put one of the two rings around a number, or away. */
  frame(ring, key, margin) {
    const element = this.svg.querySelector(ring);
    const tint = this.cells.get(key)?.tint;
    for (const [name, by] of [["x", -1], ["y", -1], ["width", 2], ["height", 2]])
      element.setAttribute(name, tint ? +tint.getAttribute(name) + by * margin : 0);
  }
}
