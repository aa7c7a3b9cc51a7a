import { number } from "../format.js";
import { live } from "../live.js";
import { kept } from "./words.js";

/** Returns what draws a run into the figure; the run `first` stays in it, dashed. */
export function picture(root, { left, column, scales, zeros, pulse }, first) {
  const { svg, part, say } = live(root);
  const height = (name, value) => zeros[name] - scales[name] * value;
  const last = first.c.length - 1;
  const end = (name) => part(`${name}-t${last}`);
  const below = {}; // how far below its value a number's baseline is
  const line = (name, values) => {
    const points = values.map(([value], t) => `${left + t * column} ${height(name, value).toFixed(2)}`);
    return `M ${points.join(" L ")}`;
  };

  function copy(gid, name) {
    const made = part(gid).cloneNode(true);
    made.removeAttribute("data-gid");
    made.setAttribute("class", `gate-lab__${name}`);
    part(gid).before(made);
    return made;
  }

  for (const name of ["c", "h"]) {
    const ghost = copy(`${name}-line`, "ghost");
    ghost.setAttribute("d", line(name, first[name]));
    below[name] = end(name).getAttribute("y") - height(name, first[name].at(-1)[0]);
  }
  const legend = copy("shown", "legend");
  legend.setAttribute("x", left + last * column);
  legend.textContent = "dashed: the settings at the start";

  return (trace, x, words) => {
    for (const name of ["c", "h"]) {
      const value = trace[name].at(-1)[0];
      part(`${name}-line`).setAttribute("d", line(name, trace[name]));
      end(name).setAttribute("y", (height(name, value) + below[name]).toFixed(2));
      end(name).textContent = `${name} ${number(value)}`;
    }
    const [from, to] = [left + (pulse - 0.5) * column, left + (pulse + 0.5) * column];
    const bar = `M ${from} ${height("x", x)} H ${to} V ${zeros.x} H ${from} z`;
    part("x-bar").setAttribute("d", bar);
    part(`x-t${pulse}`).textContent = number(x, 1);
    part("kept").textContent = kept(trace);
    part("shown").textContent = `o · tanh(c), with o = ${number(trace.o.at(-1)[0])}`;
    svg.classList.toggle("gate-lab--moved", line("h", trace.h) !== line("h", first.h));
    say(words);
  };
}
