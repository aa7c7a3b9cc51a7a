// Where things stand, on a wide screen as in diagrams/figures/every_number.py, on a narrow one higher and closer;
// and the chain as an SVG, its numbers still empty;
// then the chain that is drawn, brought up to date when a number is held, chosen or explained.
import { number, put } from "../format.js";
import { keyOf, parseKey } from "./setting.js";
import { nameOf } from "./words.js";

const WIDE = { left: 78, top: 32, width: 46, height: 40, gap: 31, row: 52, feature: 22, size: 12.5, narrow: false };

function geometry({ units, timesteps, features }, room) {
  const columns = timesteps + 1;
  const wide = WIDE.left + columns * (WIDE.width + WIDE.gap) - WIDE.gap + 8;
  let measures = WIDE;
  if (room < 0.82 * wide) {
    const left = 28;
    const pitch = (room - left - 3) / columns;
    const gap = Math.max(9, Math.min(20, 0.24 * pitch));
    const width = Math.min(56, pitch - gap);
    const size = Math.min(12.5, (width - 3) / 3.1);
    measures = { left, top: 26, width, height: 52, gap: pitch - width, row: 60, feature: 28, size, narrow: true };
  }
  const { left, top, width, gap, row, feature, narrow } = measures;
  const bottom = top + units * row;
  return {
    ...measures,
    bottom,
    across: narrow ? room : wide,
    down: bottom + 20 + features * feature + 26,
    lefts: Array.from({ length: columns }, (_, t) => left + t * (width + gap)),
    tops: Array.from({ length: units }, (_, j) => top + j * row),
  };
}

/** The height at which h or c of unit j stands. */
const lineOf = (g, name, j) => g.tops[j] + g.height * (name === "h" ? 0.3 : 0.725);

const indices = (length) => Array.from({ length }, (_, index) => index);

function text(x, y, content, kind, size = 12.5) {
  return `<text x="${x}" y="${y}" class="${kind}" font-size="${size}">${content}</text>`;
}

function rectangle(kind, x, y, width, height, rest = "") {
  return `<rect class="${kind}" x="${x}" y="${y}" width="${width}" height="${height}" ${rest}/>`;
}

function cell(g, position, x, y, width, height) {
  const kind = position.name === "x" ? "x" : `state ${position.name}`;
  return (
    `<g role="gridcell" tabindex="-1" class="num ${kind}" data-key="${keyOf(position)}" style="--t:${position.t}">` +
    rectangle("tint", x, y, width, height, 'rx="3"') +
    text(x + width - (g.narrow ? 1.5 : 3), y + height / 2, "", "value", g.size) +
    "</g>"
  );
}

const row = (name, cells) => `<g role="row" aria-label="${name}">${cells.join("")}</g>`;

function columns(g, { units, features }) {
  const parts = [];
  g.lefts.forEach((left, t) => {
    const middle = left + g.width / 2;
    const pad = g.narrow ? 2 : 5;
    if (t) parts.push(rectangle("band", left - pad, g.top - 7, g.width + 2 * pad, units * g.row + 2, 'rx="4"'));
    const head = g.narrow ? t : t ? `t = ${t}` : "start";
    parts.push(text(middle, 13, head, "muted mid", g.narrow ? 11 : 12.5));
    if (!t) return;
    const feet = g.bottom + 28 + features * g.feature;
    parts.push(`<path class="x-wire" data-t="${t}" d="M${middle} ${g.bottom + 15}V${g.bottom + 1}" marker-end="url(#explore-tip-x)"/>`);
    parts.push(text(middle, feet, `x${"₁₂₃₄₅₆"[t - 1]}`, "input strong mid", g.narrow ? 11 : 12.5));
  });
  return parts;
}

function wires(g, { units, timesteps, diagonal }) {
  const parts = [];
  for (const t of indices(timesteps))
    for (const j of indices(units)) {
      const [from, to] = [g.lefts[t] + g.width, g.lefts[t + 1]];
      const y = lineOf(g, "h", j);
      const lines = (diagonal ? [j] : indices(units)).map((k) => `M${from} ${y}L${to} ${lineOf(g, "h", k)}`);
      parts.push(`<path class="h-wire of-${j}" data-from="h.${j}.${t}" style="--t:${t + 0.5}" d="${lines.join("")}"/>`);
      const end = to - (g.narrow ? 2.5 : 3);
      parts.push(`<path class="c-wire" data-from="c.${j}.${t}" style="--t:${t + 0.5}" d="M${from} ${lineOf(g, "c", j)}H${end}" marker-end="url(#explore-tip-c)"/>`);
    }
  return parts;
}

function boxes(g, { units, features }) {
  const parts = [];
  for (const j of indices(units)) {
    const beside = g.left - (g.narrow ? 4 : 11);
    parts.push(text(2, g.tops[j] + g.height / 2, g.narrow ? j : `unit ${j}`, `of-${j} strong`));
    for (const name of ["h", "c"]) parts.push(text(beside, lineOf(g, name, j), name, `${name}-name strong end`));
    g.lefts.forEach((left, t) =>
      parts.push(rectangle(`box of-${j}${t ? "" : " initial"}`, left, g.tops[j], g.width, g.height, `rx="4" data-box="${j}.${t}"`)),
    );
  }
  for (const k of indices(features))
    parts.push(text(2, g.bottom + 15 + (k + 0.5) * g.feature, `feature ${k}`, "input", 11));
  return parts;
}

function rows(g, { units, features }) {
  const half = g.height / 2;
  const states = indices(units).flatMap((j) =>
    ["h", "c"].map((name) => {
      const y = g.tops[j] + (name === "h" ? 1.2 : half);
      const cells = g.lefts.map((left, t) => cell(g, { name, j, t }, left + 1.2, y, g.width - 2.4, half - 1.2));
      return row(`${name} of unit ${j}`, cells);
    }),
  );
  const inputs = indices(features).map((j) => {
    const y = g.bottom + 16 + j * g.feature;
    const cells = g.lefts.slice(1).map((left, t) => cell(g, { name: "x", j, t: t + 1 }, left, y, g.width, g.feature - 2));
    return row(`x, feature ${j}`, cells);
  });
  return [...states, ...inputs];
}

export function draw(setting, room) {
  const g = geometry(setting, room);
  const tip = (name) =>
    `<marker id="explore-tip-${name}" viewBox="0 0 6 6" refX="5" refY="3" markerWidth="3.4" markerHeight="3.4" orient="auto"><path class="tip-${name}" d="M0 0L6 3L0 6z"/></marker>`;
  const under = [...columns(g, setting), ...wires(g, setting), '<path class="reads"/>', ...boxes(g, setting)];
  return (
    `<svg class="explore-chain" viewBox="0 0 ${g.across} ${g.down}" width="${g.across}" height="${g.down}" role="group" aria-label="The chain of LSTM(${setting.units})">` +
    `<defs>${tip("c")}${tip("x")}</defs><g aria-hidden="true">${under.join("")}</g>` +
    `<g role="grid" aria-label="Rows are h and c of each unit and the features of x, columns are timesteps">${rows(g, setting).join("")}</g>` +
    '<g aria-hidden="true"><rect class="held-ring" rx="4"/><rect class="ring" rx="5"/></g></svg>'
  );
}

/** How strongly a difference is shown: not at all only if there is none; a root, so that small ones are seen. */
const strength = (difference) => (difference === 0 ? 0 : 0.16 + 0.84 * Math.sqrt(Math.min(1, Math.abs(difference))));

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
