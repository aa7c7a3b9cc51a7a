// What is said: the sentences and equations, what the layer is, and the code that builds it.
import { number } from "../format.js";

const SUBSCRIPTS = "₀₁₂₃₄₅₆";
const list = (items) => (items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`);
const inBrackets = (text) => (text.startsWith("−") ? `(${text})` : text);

export function nameOf({ name, j, t }) {
  if (name === "x") return `x${SUBSCRIPTS[t]}, feature ${j}`;
  return t === 0 ? `initial ${name} of unit ${j}` : `${name} of unit ${j} at t = ${t}`;
}

/** What differs between two traces: by name the differences at [t][j], and for each unit the first step that moved. */
export function compare(before, after) {
  const difference = {};
  for (const name of ["h", "c"])
    difference[name] = after[name].map((row, t) => row.map((value, j) => value - before[name][t][j]));
  const timesteps = before.h.length - 1;
  const firsts = before.h[0].map(() => Number.POSITIVE_INFINITY);
  let [boxes, tiny] = [0, 0];
  for (let t = timesteps; t >= 1; t--)
    firsts.forEach((_, j) => {
      const size = Math.max(Math.abs(difference.h[t][j]), Math.abs(difference.c[t][j]));
      if (size === 0) return;
      boxes += 1;
      tiny += size < 0.005;
      firsts[j] = t;
    });
  return { difference, firsts, boxes, tiny, of: timesteps * firsts.length };
}

function who(units, hold, all) {
  if (units.length === all) return all === 1 ? "the unit" : `all ${all} units`;
  const others = hold.name !== "x" && units.length === all - 1 && !units.includes(hold.j);
  if (others) return units.length === 1 ? "the other unit" : `the other ${units.length} units`;
  return `unit${units.length > 1 ? "s" : ""} ${list(units)}`;
}

const REASONS = {
  x: () => "Every unit reads every x.",
  c: (alone) => (alone ? "No other unit reads its h." : "The others read its h, one step later."),
  h: (alone) => `${alone ? "Only its own unit reads" : "All units read"} this h, one step later.`,
};

/** Say what is held, or chosen, and what moved: two sentences. */
export function sentences(chosen, hold, old, { firsts, boxes, tiny, of }, { units, timesteps, diagonal }) {
  if (!hold) {
    const why = diagonal && units > 1 ? " With diagonal blocks a unit reads no other h, so these are other numbers." : "";
    return [`${nameOf(chosen)}: ${number(old)}.`, `Nothing is held: move the slider, or press another number.${why}`];
  }
  const held = `${nameOf(hold)}: ${number(old)} → ${number(hold.value)}.`;
  if (hold.value === old) return [held, "That is its own value: nothing moves."];
  if (boxes === 0) return [held, `None of the ${of} boxes moved.`];
  const byStep = Map.groupBy([...firsts.keys()], (j) => firsts[j]);
  const moved = [...byStep.keys()].filter(Number.isFinite).sort((a, b) => a - b);
  const when = (t) => (t === timesteps ? `at t = ${t}` : `from t = ${t} on`);
  const parts = moved.map((t) => `${who(byStep.get(t), hold, units)} ${when(t)}`);
  const still = byStep.get(Number.POSITIVE_INFINITY);
  const rest = still ? `; ${who(still, hold, units)} not at all` : "";
  const small = tiny ? ` (${tiny} by less than 0.005)` : "";
  return [held, `${boxes} of ${of} boxes moved${small}: ${parts.join(", ")}${rest}. ${REASONS[hold.name](diagonal || units === 1)}`];
}

/** What a number is read from, in one sentence. */
export function reading({ name, t }, { units, diagonal }) {
  if (name === "x") return "Every unit reads it, at this timestep.";
  if (t === 0) return "It is given: 0 unless you say otherwise.";
  const h = units === 1 || diagonal ? "its own h" : `the h of all ${units} units`;
  return `Reads x of this timestep, ${h} of the step before, and its own c. In brackets: from x + from h + bias.`;
}

/** The six equations of unit j at t with their numbers in place: letter, what it is, how it is computed, value. */
export function equations({ j, t }, trace, bias, hold) {
  const value = (name, at = t) => number(trace[name][at][j]);
  const plus = (term) => (number(term).startsWith("−") ? ` − ${number(-term)}` : ` + ${number(term)}`);
  const sum = (block) => {
    const column = block * trace.h[0].length + j;
    return `${number(trace.from_x[t][column])}${plus(trace.from_h[t][column])}${plus(bias[column])}`;
  };
  const isHeld = (name) => hold?.name === name && hold.t === t && hold.j === j;
  const state = (name, formula) => (isHeld(name) ? "held by you" : formula);
  const c = `${value("f")}·${inBrackets(value("c", t - 1))} + ${value("i")}·${inBrackets(value("g"))}`;
  return [
    ["i", "input gate", `σ(${sum(0)})`, value("i")],
    ["f", "forget gate", `σ(${sum(1)})`, value("f")],
    ["g", "candidate", `tanh(${sum(2)})`, value("g")],
    ["o", "output gate", `σ(${sum(3)})`, value("o")],
    ["c", "cell state", state("c", `f·c + i·g = ${c}`), value("c")],
    ["h", "hidden state", state("h", `o·tanh(c) = ${value("o")}·tanh(${value("c")})`), value("h")],
  ];
}

const count = (number, name) => `${number} ${name}${number === 1 ? "" : "s"}`;
const joined = (...parts) => parts.filter(Boolean).join(", ");

function keras({ units, sequences, state }) {
  const options = joined(units, sequences && "return_sequences=True", state && "return_state=True");
  return `${state ? "y, h, c" : "y"} = keras.layers.LSTM(${options})(x)`;
}

function pytorch({ units, features, sequences, state }) {
  const run = `torch.nn.LSTM(${features}, ${units}, batch_first=True)(x)`;
  if (!state) return `y = ${run}[0]${sequences ? "" : "[:, -1]"}`;
  return `y, (h, c) = ${run}\n${sequences ? "h, c = h[0], c[0]" : "y, h, c = y[:, -1], h[0], c[0]"}`;
}

function flax({ units, features, sequences, state }) {
  const cell = `cell = nnx.OptimizedLSTMCell(${features}, ${units}, rngs=nnx.Rngs(0))`;
  if (!state) return `${cell}\ny = nnx.RNN(cell)(x)${sequences ? "" : "[:, -1]"}`;
  return `${cell}\n(c, h), y = nnx.RNN(cell, return_carry=True)(x)${sequences ? "" : "\ny = y[:, -1]"}`;
}

/** The code that builds the chosen layer and runs it on x, by framework. */
export const lines = (choice) => ({ Keras: keras(choice), PyTorch: pytorch(choice), Flax: flax(choice) });

/** The chosen layer in one line. */
export const inWords = ({ units, timesteps, features, diagonal }) =>
  `LSTM(${units}), ${count(timesteps, "timestep")} of ${count(features, "feature")}${diagonal ? ", diagonal" : ""}`;

/** What is known of the chosen layer, as pairs of a name and a text. */
export function facts({ units, timesteps, features, sequences, state, diagonal }) {
  const columns = 4 * units;
  const kernel = features * columns;
  const recurrent = units * columns;
  const zeros = diagonal && units > 1 ? `, ${recurrent - columns} of them 0` : "";
  const y = sequences ? `y (batch, ${timesteps}, ${units})` : `y (batch, ${units})`;
  return [
    ["Input", `x (batch, ${timesteps}, ${features})`],
    ["Output", joined(y, state && `h (batch, ${units}), c (batch, ${units})`)],
    ["kernel", `(${features}, ${columns}): ${count(features, "feature")} × 4 blocks × ${count(units, "unit")} = ${kernel}`],
    ["recurrent_kernel", `(${units}, ${columns}): ${count(units, "unit")} × 4 blocks × ${count(units, "unit")} = ${recurrent}${zeros}`],
    ["bias", `(${columns},): 4 blocks × ${count(units, "unit")} = ${columns}`],
    ["Parameters", `${kernel} + ${recurrent} + ${columns} = ${kernel + recurrent + columns}`],
    ["PyTorch", `has a second bias: ${columns} more`],
    ...(zeros ? [["Diagonal", "the lines below, and then those weights of recurrent_kernel set to 0"]] : []),
  ];
}
