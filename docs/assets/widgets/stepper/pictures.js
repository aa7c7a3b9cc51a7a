import { number } from "../format.js";
import { below, terms } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";

/** Returns what writes the numbers of step t onto the wires. The gids are those of the step that the still figure has. */
export function insideOneUnit({ part }, { bias, step }, trace) {
  const [was, is] = [`t${step - 2}`, `t${step - 1}`];
  return (t) => {
    const at = (name, when = t) => trace[name][when][0];
    const words = { step: `one unit at t = ${t}`, "name-x": `x${below(t)}` };
    for (const name of ["h", "c"]) {
      words[`name-${name}-${was}`] = name + below(t - 1);
      words[`name-${name}-${is}`] = name + below(t);
      words[`${name}-${was}-u0`] = number(at(name, t - 1));
      words[`${name}-${is}-u0`] = number(at(name));
    }
    trace.x[t].forEach((value, k) => (words[`x-${is}-k${k}`] = number(value, 1)));
    ["i", "f", "g", "o"].forEach((name, block) => {
      const z = terms(trace, bias, t, block).reduce((sum, term) => sum + term, 0);
      words[`z-${name}-${is}-u0`] = `${name === "g" ? "tanh" : "σ"}(${number(z, 1)})`;
      words[`${name}-${is}-u0`] = `${name} = ${number(at(name))}`;
    });
    words[`kept-${is}-u0`] = number(at("f") * at("c", t - 1));
    words[`written-${is}-u0`] = number(at("i") * at("g"));
    words[`sum-${is}-u0`] = number(at("c"));
    words[`tanh-c-${is}-u0`] = number(Math.tanh(at("c")));
    for (const [gid, said] of Object.entries(words)) part(gid).textContent = said;
  };
}

/** Returns what marks the column of step t. */
export function overTime({ svg, part }, { left, column }) {
  const bottom = svg.viewBox.baseVal.height - 6;
  const rectangle = (name, inset, top, height) => {
    const made = document.createElementNS(SVG, "rect");
    made.setAttribute("class", `stepper__${name}`);
    for (const [key, value] of Object.entries({ y: top, height, width: column - 2 * inset, rx: 3 })) made.setAttribute(key, value);
    part("x-t0-k0-level").before(made);
    return (t) => made.setAttribute("x", left + (t - 1) * column + inset);
  };
  const column_of = rectangle("column", 0, 46, bottom - 46);
  const frame_of = rectangle("frame", 6, 3, 20);
  return (t) => {
    column_of(t);
    frame_of(t);
    for (const group of svg.querySelectorAll(".stepper__now")) group.removeAttribute("class");
    for (const gid of ["x-t#-k0", ..."ifgoch".split("").map((name) => `${name}-t#-u0`)])
      part(gid.replace("#", t - 1)).setAttribute("class", "stepper__now");
  };
}
