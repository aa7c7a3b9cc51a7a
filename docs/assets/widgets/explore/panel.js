// What stands around the chain: settings, the hand that holds a number, the equations, the layer's facts.
import { SIZES } from "./setting.js";

const size = ([name, [least, most]]) =>
  `<label>${name} ${least}–${most}<input type="number" name="${name}" min="${least}" max="${most}" required></label>`;
const flag = ([name, words]) => `<label class="explore-check"><input type="checkbox" name="${name}"><code>${words}</code></label>`;
const attempt = ([key, by, words]) => `<button type="button" data-try="${key}" data-by="${by}">${words}</button>`;

export const PANEL = `
<form class="explore-settings">
  ${Object.entries(SIZES).map(size).join("")}
  <label>recurrent kernel<select name="recurrent_kernel"><option value="dense">dense: reads all h</option><option value="diagonal">diagonal: its own h only</option></select></label>
  ${[["sequences", "return_sequences"], ["state", "return_state"]].map(flag).join("")}
</form>
<div class="explore-figure">
  <div class="explore-canvas"></div>
  <p class="explore-key">Yellow: changed by what you hold, the stronger the more. Underlined: what the layer returns. Dashed: the initial states.</p>
</div>
<div class="explore-side">
  <p class="explore-try">Try: ${[["x.0.3", 2, "x at t = 3"], ["c.1.2", 1.63, "c of unit 1 at t = 2"], ["h.1.2", 0.66, "h of unit 1 at t = 2"]].map(attempt).join("")}</p>
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
