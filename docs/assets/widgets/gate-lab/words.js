import { number } from "../format.js";
import { half_life } from "../lstm.js";

/** How long lives what was written, told from the forget gate at the steps that follow. */
export function kept(f) {
  if (f.some((value) => value !== f[0])) {
    const left = f.reduce((product, value) => product * value, 1);
    return `f changes from step to step: ${number(left)} of it is left ${f.length} steps later`;
  }
  if (f[0] === 1) return "f = 1: all of it stays";
  const steps = half_life(f[0]);
  const known = `f = ${number(f[0])}`;
  if (steps < 1) return `${known}: less than half of it is left after 1 step`;
  return `${known}${f[0] >= 0.995 ? ", rounded up" : ""}: half of it is left after ${number(steps, 1)} steps`;
}

export const after = (trace, pulse) => trace.f.slice(pulse + 1).map(([f]) => f);

export function sentence(trace, pulse) {
  const [i, g] = [trace.i[pulse][0], trace.g[pulse][0]];
  const [c, h] = [trace.c.at(-1)[0], trace.h.at(-1)[0]];
  const last = trace.c.length - 1;
  return (
    `At the pulse i = ${number(i)} and g = ${number(g)}, so ${number(i * g)} is written. ` +
    `${kept(after(trace, pulse))}. At t = ${last}, c is ${number(c)} and h is ${number(h)}.`
  );
}
