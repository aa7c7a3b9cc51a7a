// An LSTM for one sequence, in Keras's layout: kernel (features, 4 units), blocks in the order i f g o.
// The only arithmetic of the widgets, and of the search; tests/browser/test_lstm_script.py holds it to lstm_ref.

export const sigmoid = (z) => 1 / (1 + Math.exp(-z));

function times(vector, matrix, columns) {
  const sums = Array(columns).fill(0);
  vector.forEach((value, row) => {
    const weights = matrix[row];
    for (let column = 0; column < columns; column++) sums[column] += value * weights[column];
  });
  return sums;
}

/**
 * Run over x, (timesteps, features), from the states h and c, (units).
 * `hold` keeps one number at a value: { name: "x", "h" or "c", t, j, value }; j is its feature or unit. Time counts from 1;
 * at t = 0 stand the initial states. c held: h follows from it. h held: its own c stays.
 * Returns for each name its numbers at [t][j]; `from_x` and `from_h` are what the gates add up beside their biases.
 */
export function run({ kernel, recurrent_kernel, bias }, x, h, c, hold = null) {
  const units = h.length;
  const held = (name, t, values) => (hold?.name === name && hold.t === t ? values.with(hold.j, hold.value) : values);
  const trace = { x: [null], from_x: [null], from_h: [null], i: [null], f: [null], g: [null], o: [null] };
  trace.h = [held("h", 0, h)];
  trace.c = [held("c", 0, c)];
  x.forEach((given, before) => {
    const t = before + 1;
    const now = { x: held("x", t, given) };
    now.from_x = times(now.x, kernel, 4 * units);
    now.from_h = times(trace.h[before], recurrent_kernel, 4 * units);
    const z = bias.map((value, column) => now.from_x[column] + now.from_h[column] + value);
    const block = (number, activation) => z.slice(number * units, (number + 1) * units).map(activation);
    now.i = block(0, sigmoid);
    now.f = block(1, sigmoid);
    now.g = block(2, Math.tanh);
    now.o = block(3, sigmoid);
    now.c = held("c", t, now.f.map((f, j) => f * trace.c[before][j] + now.i[j] * now.g[j]));
    now.h = held("h", t, now.o.map((o, j) => o * Math.tanh(now.c[j])));
    for (const name of Object.keys(now)) trace[name].push(now[name]);
  });
  return trace;
}

/** The recurrent kernel with nothing but the diagonals of its four blocks. */
export const diagonal_blocks = (recurrent_kernel) =>
  recurrent_kernel.map((row, j) => row.map((value, column) => (column % recurrent_kernel.length === j ? value : 0)));

/** The first features, units and timesteps of a layer and its input. */
export function part({ kernel, recurrent_kernel, bias, x }, units, features, timesteps) {
  const all = bias.length / 4;
  const cut = (row) => row.filter((_, column) => column % all < units);
  return {
    kernel: kernel.slice(0, features).map(cut),
    recurrent_kernel: recurrent_kernel.slice(0, units).map(cut),
    bias: cut(bias),
    x: x.slice(0, timesteps).map((row) => row.slice(0, features)),
  };
}

/** After how many steps half of what is in c is left, where every step keeps the part f. */
export const half_life = (f) => Math.log(0.5) / Math.log(f);
