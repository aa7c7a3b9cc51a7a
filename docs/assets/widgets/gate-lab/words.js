import { number } from "../format.js";
import { half_life } from "../lstm.js";

const fine = (value) => number(value, 3);

/** How much of the pulse is left later, by the forget gate alone. */
const left = (f) => {
  const steps = half_life(f);
  return steps < 1 ? "less than half of the pulse is left after 1 step" : `half of the pulse is left after ${number(steps, 1)} steps`;
};

/** What the steps without a pulse write, where it can be seen: i and g are the same at all of them. */
function added(trace) {
  const each = number(trace.i[1][0] * trace.g[1][0]);
  return each === "0.00" ? null : each;
}

/** For the drawing. */
export function kept(trace) {
  const [f] = trace.f[1];
  return `f = ${number(f, 4)}: ${left(f)}`;
}

export function sentence(trace, pulse) {
  const [[i], [f], [g]] = [trace.i[pulse], trace.f[pulse], trace.g[pulse]];
  const last = trace.c.length - 1;
  const more = added(trace);
  const written = number(i * g) === "0.00" ? "next to nothing" : fine(i * g);
  return [
    `At the pulse, i = ${fine(i)} and g = ${fine(g)}: ${written} is written into c.`,
    `The forget gate is f = ${number(f, 4)}: ${left(f)}.`,
    ...(more ? [`But i stays at ${number(trace.i[1][0])}, so each of the other steps adds ${more}.`] : []),
    `At t = ${last}, c is ${number(trace.c[last][0])} and h is ${number(trace.h[last][0])}.`,
  ].join(" ");
}
