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
    ["kernel", `(${features}, ${columns}): ${features} × 4·${units} = ${kernel}`],
    ["recurrent_kernel", `(${units}, ${columns}): ${units} × 4·${units} = ${recurrent}${zeros}`],
    ["bias", `(${columns},): 4·${units} = ${columns}`],
    [
      "Parameters",
      `4·${units}·(${features} + ${units} + 1) = ${kernel} + ${recurrent} + ${columns} = ${kernel + recurrent + columns}`,
    ],
    ["PyTorch", `has a second bias: ${columns} more`],
  ];
}
