// What stands around the chain: settings, the hand that holds a number, the equations, the layer's facts.
import { SIZES } from "./setting.js";

const size = ([name, [least, most]]) => {
  const options = Array.from({ length: most - least + 1 }, (_, more) => `<option>${least + more}</option>`);
  return `<label>${name}<select name="${name}">${options.join("")}</select></label>`;
};
const flag = ([name, words]) => `<label class="explore-check"><input type="checkbox" name="${name}"><code>${words}</code></label>`;
const attempt = (what) => `<button type="button" data-try="${what}"></button>`;

export const PANEL = `
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
