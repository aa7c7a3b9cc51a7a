import { diagonal_blocks, part, run } from "../lstm.js";
import { number, put } from "../format.js";
import { Chain, draw } from "./drawing.js";
import { listen } from "./hands.js";
import { RANGES, SIZES, clamp, exists, first, keyOf, nearest, parseKey, read, write } from "./setting.js";
import { compare, equations, facts, inWords, lines, nameOf, reading, sentences } from "./words.js";

const SAY_AFTER = 600; // milliseconds without a change
const WRITE_AFTER = 250;

// What stands around the chain: settings, the hand that holds a number, the equations, the layer's facts.
const size = ([name, [least, most]]) => {
  const options = Array.from({ length: most - least + 1 }, (_, more) => `<option>${least + more}</option>`);
  return `<label>${name}<select name="${name}">${options.join("")}</select></label>`;
};
const flag = ([name, words]) => `<label class="explore-check"><input type="checkbox" name="${name}"><code>${words}</code></label>`;
const attempt = (what) => `<button type="button" data-try="${what}"></button>`;

const PANEL = `
<details class="explore-settings">
<summary data-part="layer"></summary>
<form>
  ${Object.entries(SIZES).map(size).join("")}
  <label>recurrent kernel<select name="recurrent_kernel"><option value="dense">dense: a unit reads every h</option><option value="diagonal">diagonal: only its own h</option></select></label>
  ${[["sequences", "return_sequences"], ["state", "return_state"]].map(flag).join("")}
  <p class="explore-returns">It returns <output data-part="returns"></output>, underlined below.</p>
</form>
</details>
<p class="explore-try">Try: ${["c.1.2:1", "h.1.2:0.5", "x.0.3:2"].map(attempt).join("")}</p>
<div class="explore-figure">
  <div class="explore-canvas"></div>
  <p class="explore-key">Thick arrows: c, to its own unit. Thin lines: h, to the units that read it. Yellow: other than without the hold, the deeper the more. Faded: the same. Dashed: the initial states. Black: what a number reads.</p>
  <p class="explore-key">Keys in the figure: arrows move, + and − change, Enter: slider, Esc: back.</p>
</div>
<div class="explore-side">
  <div class="explore-hand">
    <p class="explore-words"><b data-part="held"></b> <span data-part="moved"></span></p>
    <div class="explore-strip">
      <label for="explore-slider" data-part="name"></label>
      <button type="button" data-part="back"></button>
      <input type="range" id="explore-slider" step="0.05" data-part="slider">
      <input type="number" step="0.05" aria-label="Value to hold" data-part="field">
    </div>
  </div>
  <p class="explore-title" data-part="title"></p>
  <p class="explore-reads" data-part="reads"></p>
  <table class="explore-equations" data-part="equations"><tbody>${"<tr><th scope=row></th><td></td><td></td><td></td></tr>".repeat(6)}</tbody></table>
</div>
<div class="explore-layer">
  <h2 class="explore-heading">The layer</h2>
  <dl data-part="facts"></dl>
  <p class="explore-copy"><button type="button" data-part="link">Copy link</button> <button type="button" data-part="markdown">Copy as Markdown with picture</button></p>
</div>
<p class="explore-status" role="status" data-part="status"></p>`;

export async function start(root, widgets) {
  const data = await (await fetch(new URL("../../figures/every-number.json", widgets))).json();
  const panel = document.createElement("div");
  panel.className = "explore no-copy";
  panel.innerHTML = PANEL;
  root.prepend(panel);
  await pause();
  const explorer = new Explorer(root, panel, data);
  await pause();
  explorer.begin();
  root.dataset.ready = "";
  if (explorer.isSmall) panel.querySelector("[data-try]").click(); // the reader has asked for it
}

/** Let the page answer in between. */
const pause = () => new Promise(setTimeout);

class Explorer {
  constructor(root, panel, data) {
    this.isSmall = root.dataset.size === "small"; // no more than the chain, and nothing of it in the address
    Object.assign(this, { root, panel, data }, read(this.isSmall ? "" : location.search));
    this.parts = Object.fromEntries([...panel.querySelectorAll("[data-part]")].map((each) => [each.dataset.part, each]));
    this.form = panel.querySelector("form");
    this.form.parentElement.open = innerWidth >= 960; // as in style.css
    this.canvas = panel.querySelector(".explore-canvas");
    this.explained = null; // the number under the mouse, if any
    this.href = location.href;
    this.fill();
  }

  begin() {
    listen(this);
    this.build();
    new ResizeObserver((_, observer) => {
      if (!this.root.isConnected) observer.disconnect();
      else if (this.canvas.clientWidth !== this.room) this.build();
    }).observe(this.canvas);
  }

  /** Show the setting in the form. */
  fill() {
    const { elements } = this.form;
    for (const name of Object.keys(SIZES)) elements[name].value = this.setting[name];
    elements.sequences.checked = this.setting.sequences;
    elements.state.checked = this.setting.state;
    elements.recurrent_kernel.value = this.setting.diagonal ? "diagonal" : "dense";
  }

  /** Do what an address asks for. */
  take(search) {
    Object.assign(this, read(search));
    this.fill();
    this.build();
    this.panel.scrollIntoView({ block: "start" });
  }

  /** Another layer, or another room for it: new weights, new drawing. */
  build() {
    const { units, timesteps, features, diagonal } = this.setting;
    const hasFocus = this.canvas.contains(document.activeElement);
    this.layer = part(this.data, units, features, timesteps);
    if (diagonal) this.layer.recurrent_kernel = diagonal_blocks(this.layer.recurrent_kernel);
    this.before = this.run(null);
    if (!exists(this.chosen, this.setting)) Object.assign(this, { chosen: first(this.setting), value: null });
    this.explained = null;
    this.room = this.canvas.clientWidth;
    this.canvas.innerHTML = draw(this.setting, this.room);
    this.chain = new Chain(this.canvas.firstChild, this.setting, this.room);
    this.chain.returns(this.setting);
    this.describe();
    this.show();
    if (hasFocus) this.focus();
  }

  run(hold) {
    const zeros = this.layer.recurrent_kernel.map(() => 0);
    return run(this.layer, this.layer.x, zeros, zeros, hold);
  }

  get old() {
    const { name, j, t } = this.chosen;
    return this.before[name][t][j];
  }

  get hold() {
    return this.value === null ? null : { ...this.chosen, value: this.value };
  }

  /** Bring everything up to date with what is chosen and held. */
  show(ripple = false) {
    const { hold, setting, parts } = this;
    this.after = hold ? this.run(hold) : this.before;
    const change = compare(this.before, this.after);
    change.difference.x = this.after.x.map((row, t) => row?.map((value, j) => value - this.before.x[t][j]));
    const moved = hold !== null && hold.value !== this.old;
    this.chain.update(this.after, change.difference, moved ? hold : null, ripple && moved);
    this.chain.choose(keyOf(this.chosen));

    const now = this.value ?? this.old;
    const [least, most] = RANGES[this.chosen.name];
    put(parts.name, nameOf(this.chosen));
    Object.assign(parts.slider, { min: least, max: most, value: now });
    Object.assign(parts.field, { min: least, max: most });
    parts.slider.setAttribute("aria-valuetext", number(now));
    if (document.activeElement !== parts.field) parts.field.value = now.toFixed(2);
    put(parts.back, `Back to ${number(this.old)}`);
    parts.back.setAttribute("aria-disabled", !moved);
    this.words = sentences(this.chosen, hold, this.old, change, setting);
    put(parts.held, this.words[0]);
    put(parts.moved, this.words[1]);
    this.explain();
    this.copies();
    this.later("say", SAY_AFTER, () => (parts.status.textContent = hold ? this.words.join(" ") : ""));
    this.later("write", WRITE_AFTER, () => {
      if (this.isSmall || location.href !== this.href) return; // the reader is leaving: the address changes before the page does
      history.replaceState(history.state, "", this.address);
      this.href = location.href;
    });
  }

  get address() {
    return location.pathname + write(this) + location.hash;
  }

  /** Explain the number under the mouse or the keyboard's focus, or else the chosen one. */
  explain(explained = this.explained) {
    this.explained = explained;
    const { parts, setting } = this;
    const position = explained ?? this.chosen;
    const { name, j, t } = position;
    this.chain.explain(explained);
    put(parts.title, name === "x" ? nameOf(position) : t ? `Unit ${j} at t = ${t}` : `Unit ${j} at the start`);
    put(parts.reads, reading(position, setting));
    const computed = name !== "x" && t > 0;
    parts.equations.classList.toggle("blank", !computed);
    if (!computed) return;
    equations(position, this.after, this.layer.bias, this.hold).forEach(([letter, ...cells], k) => {
      const tr = parts.equations.rows[k];
      [letter, cells[0], `= ${cells[1]}`, `= ${cells[2]}`].forEach((text, column) => put(tr.cells[column], text));
      tr.classList.toggle("held", cells[1] === "held by you");
    });
  }

  /** Say what the layer is, and which lines of code build it. */
  describe() {
    const { parts, setting } = this;
    const known = facts(setting);
    const code = Object.entries(lines(setting)).map(([name, words]) => [`in ${name}`, words, "code"]);
    for (const button of this.panel.querySelectorAll("[data-try]")) {
      const [key] = button.dataset.try.split(":");
      [button.textContent] = nameOf(nearest(parseKey(key), setting)).split(/ at|,/);
    }
    parts.layer.textContent = inWords(setting);
    parts.returns.textContent = Object.fromEntries(known).Output;
    const pair = ([name, words, tag = "span"]) => `<dt>${name}</dt><dd><${tag}>${words}</${tag}></dd>`;
    parts.facts.innerHTML = [...known, ...code].map(pair).join("");
  }

  copies() {
    const { parts, root } = this;
    const link = location.origin + this.address;
    const image = new URL(`../figures/${root.dataset.figure}.png`, location.origin + location.pathname);
    const picture = `Without the hold:\n\n![${root.querySelector("figcaption").textContent}](${image})`;
    parts.link.dataset.clipboardText = link;
    parts.markdown.dataset.clipboardText = `${this.words.join(" ")}\n\n${picture}\n\n[Poke it yourself](${link}). Text and figure: CC BY 4.0.\n`;
  }

  choose(position) {
    if (keyOf(position) === keyOf(this.chosen)) return;
    Object.assign(this, { chosen: position, value: null, explained: null });
    this.show();
  }

  poke(value, ripple = false) {
    this.value = clamp(Math.round(value * 100) / 100, RANGES[this.chosen.name]);
    this.show(ripple);
  }

  back() {
    this.value = null;
    this.show();
  }

  get cell() {
    return this.chain.cells.get(keyOf(this.chosen)).element;
  }

  focus() {
    this.cell.focus({ preventScroll: true });
  }

  inSight() {
    this.cell.scrollIntoView({ block: "nearest" });
  }

  /** Do something once nothing has changed for a while, unless the reader is on another page by then. */
  later(name, milliseconds, action) {
    this.timers ??= {};
    clearTimeout(this.timers[name]);
    this.timers[name] = setTimeout(() => this.root.isConnected && action(), milliseconds);
  }
}
