import { number } from "../format.js";

export const below = (t) => String(t).replace(/\d/g, (digit) => "₀₁₂₃₄₅₆₇₈₉"[digit]);

const plus = (value) => number(value, 1).replace(/^(−?)/, (sign) => (sign ? " − " : " + "));
const factor = (value) => (number(value).startsWith("−") ? `(${number(value)})` : number(value));

/** What a gate adds up at t: from x, from h, and its bias. */
export const terms = (trace, bias, t, block) => [trace.from_x[t][block], trace.from_h[t][block], bias[block]];

const DUTIES = { i: "write", f: "keep", g: "candidate", o: "show" }; // as in the drawing

/** The six equations of step t: the word of the drawing, name, equation, the same with its numbers, result. */
export function equations(trace, bias, t) {
  const [now, before] = [below(t), below(t - 1)];
  const at = (name, step = t) => trace[name][step][0];
  const gates = ["i", "f", "g", "o"].map((name, block) => {
    const squash = name === "g" ? "tanh" : "σ";
    const [x, h, b] = terms(trace, bias, t, block);
    const equation = `${squash}(x${now} W_${name} + h${before} U_${name} + b_${name})`;
    return [DUTIES[name], name + now, equation, `${squash}(${number(x, 1)}${plus(h)}${plus(b)})`, number(at(name))];
  });
  const c = `${factor(at("f"))} · ${factor(at("c", t - 1))} + ${factor(at("i"))} · ${factor(at("g"))}`;
  const h = `${factor(at("o"))} · tanh(${number(at("c"))})`;
  return [
    ...gates,
    ["", `c${now}`, `f${now} · c${before} + i${now} · g${now}`, c, number(at("c"))],
    ["", `h${now}`, `o${now} · tanh(c${now})`, h, number(at("h"))],
  ];
}

export function sentence(trace, t) {
  const [, write, erase] = trace.x[t];
  const flag = write ? "write is up" : erase ? "erase is up" : "neither write nor erase is up";
  const [before, now] = [number(trace.c[t - 1][0]), number(trace.c[t][0])];
  const cell = before === now ? `c stays ${now}` : `c goes from ${before} to ${now}`;
  return `At t = ${t} ${flag}: ${cell}, and h is ${number(trace.h[t][0])}.`;
}
