// The sentence for a unit below each figure. Its numbers are counted or read in the figure.

const list = (items) => `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
const distinct = (values) => [...new Set(values)];
const ids = (parts, pattern) => parts.all.filter(({ id }) => pattern.test(id));
const written = (parts, id) => parts.all.find((part) => part.id === id).text;

export const sentence = (parts, unit) => SENTENCES[parts.figure](parts, unit);

/** The cells of a unit: those in its columns, those in its row, and those in both. */
function owned(parts, unit) {
  const cells = parts.cellsOf(unit).map(({ cell }) => cell);
  const inColumn = cells.filter(({ column }) => column % parts.units === unit);
  const inRow = cells.filter(({ array, row }) => row === unit && array !== "kernel" && array !== "bias");
  const columns = distinct(inColumn.map(({ column }) => column));
  return { cells, inColumn, inRow, columns, both: inColumn.filter((cell) => inRow.includes(cell)) };
}

const SENTENCES = {
  "weights-by-unit"(parts, unit) {
    const { cells, inColumn, inRow, columns, both } = owned(parts, unit);
    const all = parts.all.filter(({ cell }) => cell).length;
    return (
      `Unit ${unit} computes with ${columns.length} columns of each array, ${list(columns)}: ${inColumn.length} weights. ` +
      `Its h is read through row ${unit} of the recurrent_kernel: ${inRow.length} weights, ${both.length} of them by unit ` +
      `${unit} itself. Lit: ${cells.length} of ${all}.`
    );
  },
  "independent-or-not"(parts, unit) {
    const { cells, inColumn, inRow, columns, both } = owned(parts, unit);
    const dense = (cells) => cells.filter(({ array }) => array === "dense").length;
    return (
      `Unit ${unit} reads all ${parts.units} units through columns ${list(columns)}: ${dense(inColumn)} weights. All ` +
      `${parts.units} read it through row ${unit}: ${dense(inRow)} weights. The ${dense(both)} in both are what it reads of ` +
      `itself. On the right only they are left: the other ${dense(cells) - dense(both)} are 0.`
    );
  },
  jacobian(parts, unit) {
    const cell = (table, row) => written(parts, `${table}-r${row}-c${unit}-b1`);
    const byH = Array.from({ length: parts.units }, (_, row) => cell("dc_dh", row));
    return (
      `Column ${unit}: nudging c of unit ${unit} changes only its own c (${cell("dc_dc", unit)}) and h (${cell("dh_dc", unit)}); ` +
      `nudging its h changes the c of all ${parts.units} units (${list(byH)}). Row ${unit}: what changes unit ${unit}.`
    );
  },
  "n-unit-chain"(parts, unit) {
    const boxes = ids(parts, new RegExp(`^unit-t\\d-u${unit}$`));
    const readers = ids(parts, new RegExp(`^h-wire-t0-u${unit}-to`));
    return (
      `Unit ${unit} is one row of ${boxes.length} boxes: one h and one c at each timestep. Its c stays in the row. ` +
      `Its h is read by all ${readers.length} units, and it reads the h of all ${readers.length}.`
    );
  },
  "dense-vs-lstm"(parts, unit) {
    const wires = (layer) => ids(parts, new RegExp(`^${layer}-wire-n\\d-to-u${unit}$`)).length;
    const features = wires("dense");
    return (
      `Unit ${unit} of Dense(${parts.units}) reads ${features} features. Unit ${unit} of LSTM(${parts.units}) reads ` +
      `${features} features and ${wires("lstm") - features} entries of h, at every timestep.`
    );
  },
  "two-views"(parts, unit) {
    const state = (name, t) => written(parts, `b-${name}-t${t}-u${unit}`);
    return (
      `Unit ${unit} is entry ${unit} of each h and c above, and one box below. Its h goes from ${state("h", 1)} to ` +
      `${state("h", 2)}, its c from ${state("c", 1)} to ${state("c", 2)}.`
    );
  },
};
