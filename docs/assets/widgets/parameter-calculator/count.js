// The arrays of an LSTM with their shapes, as each system keeps them. N units; F features, or what the layer below puts out.

const flax = (names, [rows, columns], bias) => [
  [names.join(", "), [rows, columns], 4],
  ...(bias ? [[`bias of ${names.join(", ")}`, [columns], 4]] : []),
];

/** `cell` gives the arrays of one layer and direction, [name, shape, times]; `layer` those of a layer with D directions. */
export const SYSTEMS = {
  keras: {
    label: "Keras 3",
    cell: (F, N, bias) => [["kernel", [F, 4 * N]], ["recurrent_kernel", [N, 4 * N]], ...(bias ? [["bias", [4 * N]]] : [])],
  },
  cudnn: {
    label: "CuDNNLSTM of Keras 2",
    biased: true,
    cell: (F, N) => [["kernel", [F, 4 * N]], ["recurrent_kernel", [N, 4 * N]], ["bias", [8 * N]]],
  },
  pytorch: {
    label: "PyTorch",
    cell: (F, N, bias) => [
      ["weight_ih", [4 * N, F]],
      ["weight_hh", [4 * N, N]],
      ...(bias ? [["bias_ih", [4 * N]], ["bias_hh", [4 * N]]] : []),
    ],
  },
  flax: {
    label: "Flax",
    biased: true,
    cell: (F, N) => [...flax(["ii", "if", "ig", "io"], [F, N], false), ...flax(["hi", "hf", "hg", "ho"], [N, N], true)],
  },
  onnx: {
    label: "ONNX",
    layer: (F, N, bias, D) => [["W", [D, 4 * N, F]], ["R", [D, 4 * N, N]], ...(bias ? [["B", [D, 8 * N]]] : [])],
  },
};

export const LIMITS = { units: 100_000, features: 1_000_000, layers: 4, directions: 2 };
const LEAST = { units: 1, features: 1, layers: 1, directions: 1 };

/** A whole number within its limits, or null. */
export function checked(name, text) {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  return value >= LEAST[name] && value <= LIMITS[name] ? value : null;
}

const FIRST = { system: "keras", units: 64, features: 50, bias: true, layers: 1, directions: 1 };

/** What an address asks for, where it can be. */
export function asked(search) {
  const given = new URLSearchParams(search);
  const settings = { ...FIRST };
  if (Object.hasOwn(SYSTEMS, given.get("system"))) settings.system = given.get("system");
  if (given.get("bias") === "no") settings.bias = false;
  for (const name of Object.keys(LIMITS)) settings[name] = checked(name, given.get(name) ?? "") ?? FIRST[name];
  return settings;
}

/** All arrays: [{ layer, direction, name, shape, times, size }]; layers count from 1, direction "" is that of both. */
export function arrays({ system, units, features, bias, layers, directions }) {
  const { cell, layer, biased } = SYSTEMS[system];
  const found = [];
  for (let level = 1; level <= layers; level += 1) {
    const inputs = level === 1 ? features : units * directions;
    const ways = layer || directions === 1 ? [""] : ["forward", "backward"];
    for (const direction of ways) {
      const made = layer ? layer(inputs, units, bias, directions) : cell(inputs, units, bias || biased);
      for (const [name, shape, times = 1] of made) {
        const size = times * shape.reduce((all, length) => all * length, 1);
        found.push({ layer: level, direction, name, shape, times, size });
      }
    }
  }
  return found;
}

export const total = (found) => found.reduce((sum, { size }) => sum + size, 0);
