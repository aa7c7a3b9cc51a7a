// What the reader chose, and how it stands in the address.

export const SIZES = { units: [1, 6, 4], timesteps: [1, 6, 5], features: [1, 4, 3] }; // least, most, usual
export const RANGES = { x: [-6, 6], h: [-1, 1], c: [-4, 4] };
const FLAGS = { sequences: "return_sequences", state: "return_state" };
const FIRST = { name: "c", j: 1, t: 2 };

export const clamp = (value, [least, most]) => Math.min(most, Math.max(least, value));
export const keyOf = ({ name, j, t }) => `${name}.${j}.${t}`;

export function parseKey(key) {
  const [name, j, t] = key.split(".");
  return { name, j: Number(j), t: Number(t) };
}

/** Whether there is such a number: x of a feature from t = 1 on, h and c of a unit from the start on. */
export function exists({ name, j, t }, { units, timesteps, features }) {
  const rows = name === "x" ? features : units;
  const whole = Number.isInteger(j) && Number.isInteger(t);
  return Object.hasOwn(RANGES, name) && whole && j >= 0 && j < rows && t >= (name === "x" ? 1 : 0) && t <= timesteps;
}

/** The number nearest to this place that the layer has. */
export const nearest = ({ name, j, t }, { units, timesteps, features }) => ({
  name,
  j: Math.min(j, (name === "x" ? features : units) - 1),
  t: Math.min(t, timesteps),
});

/** The number that is chosen when the reader chose none, or one that the layer no longer has. */
export const first = (setting) => nearest(FIRST, setting);

export function read(search) {
  const query = new URLSearchParams(search);
  const setting = {};
  for (const [name, [least, most, usual]] of Object.entries(SIZES)) {
    const value = Number.parseInt(query.get(name), 10);
    setting[name] = Number.isNaN(value) ? usual : clamp(value, [least, most]);
  }
  for (const [name, flag] of Object.entries(FLAGS)) setting[name] = query.get(flag) === "True";
  setting.diagonal = query.get("recurrent_kernel") === "diagonal";
  const [key, written] = (query.get("hold") ?? "").split(":");
  const chosen = parseKey(key);
  const value = Number(written || Number.NaN);
  if (!exists(chosen, setting)) return { setting, chosen: first(setting), value: null };
  return { setting, chosen, value: Number.isFinite(value) ? clamp(value, RANGES[chosen.name]) : null };
}

export function write({ setting, chosen, value }) {
  const query = new URLSearchParams();
  for (const [name, [, , usual]] of Object.entries(SIZES)) if (setting[name] !== usual) query.set(name, setting[name]);
  for (const [name, flag] of Object.entries(FLAGS)) if (setting[name]) query.set(flag, "True");
  if (setting.diagonal) query.set("recurrent_kernel", "diagonal");
  const isFirst = keyOf(chosen) === keyOf(first(setting));
  if (value !== null) query.set("hold", `${keyOf(chosen)}:${value.toFixed(2)}`);
  else if (!isFirst) query.set("hold", keyOf(chosen));
  return query.size ? `?${query}`.replaceAll("%3A", ":") : "";
}
