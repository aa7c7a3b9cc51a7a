// What the axes of an array count, and how it becomes (samples, timesteps, features).

export const ROLES = ["samples", "timesteps", "features", "more"];
export const AXES = ROLES.slice(0, 3); // of an LSTM, in its order
export const LABELS = { samples: "samples", timesteps: "timesteps", features: "features", more: "joined with features" };
export const MOST = 10_000_000;

const GUESSES = [["timesteps"], ["samples", "timesteps"], AXES, ROLES];
export const guess = (sizes) => [...GUESSES[sizes.length - 1]];

export const written = (sizes) => `(${sizes.join(", ")}${sizes.length === 1 ? "," : ""})`;

const NAMED = /^(?:[>\s]*[a-z_][\w.]*(?:\(\))?\s*(?:[=:]\s*|(?=[([])))+/i; // x.shape =, torch.Size( and the like
const BETWEEN = /\s*[,;]\s*|\s+/;

function wrongWith(words, text) {
  const odd = words.find((word) => !/^\d+$/.test(word));
  if (odd === "None") return "None stands for any size. Type a number in its place, such as 32.";
  if (odd === "") return "A size is missing between two commas.";
  if (/^[-−]1$/.test(odd)) return "-1 stands for a size that reshape works out. Type the size itself.";
  if (odd) return `“${odd.slice(0, 20)}” is not a size. Type whole numbers with commas, such as 1000, 50.`;
  const cut = words.findIndex((word, at) => at && /^0\d/.test(word));
  if (cut < 0) return "";
  const [before, after] = words.slice(cut - 1);
  const [typed] = text.match(new RegExp(`${before}[^\\d]+${after}`));
  return `${typed} is read as two sizes, ${before} and ${after}. Write ${before}${after}.`;
}

/** The sizes that a text names, or what is wrong with it. */
export function read(text) {
  const numbers = text.replace(NAMED, "").replace(/[()[\]]/g, " ").replace(/(\d)_(?=\d)/g, "$1");
  const bare = numbers.replace(/(\d)\s*[x×]\s*(?=\d)/g, "$1,").replace(/,\s*$/, "").trim();
  if (!bare) return { problem: "Type a shape: a whole number for each axis, such as 1000, 50." };
  const words = bare.split(BETWEEN);
  const problem = wrongWith(words, bare);
  if (problem) return { problem };
  const sizes = words.map(Number);
  if (sizes.length > 4) return { problem: `${sizes.length} axes are too many for this checker. It takes 1 to 4.` };
  if (sizes.includes(0)) return { problem: "An axis of size 0 holds nothing. Every size is 1 or more." };
  if (Math.max(...sizes) > MOST) return { problem: "A size may be at most 10,000,000 in this checker." };
  return { sizes };
}

/** What an address asks for, where it is a shape. */
export function asked(search) {
  const given = new URLSearchParams(search);
  const { sizes } = read((given.get("shape") ?? "").slice(0, 60));
  if (!sizes) return { text: "1000, 50", roles: null };
  const roles = (given.get("axes") ?? "").split("-");
  const known = new Set(roles).size === sizes.length && roles.every((role) => ROLES.includes(role));
  return { text: sizes.join(", "), roles: known && roles.length === sizes.length ? roles : null };
}

/** The roles after one axis is given another: an axis that had that one takes the old one. */
export const swapped = (roles, axis, role) =>
  roles.map((its, at) => (at === axis ? role : its === role ? roles[axis] : its));

/** More features than none are the features. */
export const settled = (roles) => (roles.includes("features") ? roles : roles.map((role) => (role === "more" ? "features" : role)));

const place = (role) => Math.min(ROLES.indexOf(role), 2);

/** The sizes of samples, timesteps and features; one that no axis counts is 1. */
export const lengths = (sizes, roles) =>
  AXES.map((_, axis) => sizes.reduce((all, size, at) => (place(roles[at]) === axis ? all * size : all), 1));

/** Whether an array is read as what it is, where its axes are taken for these; an axis of size 1 may be any. */
export const readsRight = (sizes, roles, reads) =>
  sizes.every((size, axis) => size === 1 || place(roles[axis]) === place(reads[axis]));

export const fits = (sizes, roles) => sizes.length === 3 && readsRight(sizes, roles, AXES);

const ONE_MISSING = { samples: "[np.newaxis]", timesteps: "[:, np.newaxis, :]", features: "[..., np.newaxis]" };

/** The NumPy that makes (samples, timesteps, features) of x, the shape after it, and whether numbers change places. */
export function mend(sizes, roles) {
  const shape = lengths(sizes, roles);
  if (fits(sizes, roles)) return { line: "x", shape, moves: false };
  const order = [...sizes.keys()].sort((one, other) => place(roles[one]) - place(roles[other]));
  const missing = AXES.filter((_, axis) => !roles.some((role) => place(role) === axis));
  let line = "x";
  if (order.some((axis, at) => axis !== at)) line += `.transpose(${order.join(", ")})`;
  if (sizes.length + missing.length > 3) line += `.reshape(${shape.join(", ")})`;
  else if (missing.length === 1) line += ONE_MISSING[missing[0]];
  else if (missing.length === 2) line += `[${AXES.map((axis) => (missing.includes(axis) ? "np.newaxis" : ":")).join(", ")}]`;
  const long = order.filter((axis) => sizes[axis] > 1);
  return { line, shape, moves: long.some((axis, at) => at && axis < long[at - 1]) };
}

const count = (size, role) => `${size} ${size === 1 ? role.slice(0, -1) : role}`;

/** "300 samples of 50 timesteps of 3 features", where the roles are those of the axes. */
export function inWords(sizes, roles) {
  const [samples, timesteps, features] = AXES.map((role, axis) => count(lengths(sizes, roles)[axis], role));
  return `${roles.includes("samples") ? samples : "one sequence"} of ${timesteps} of ${features}`;
}

/** The sizes of the axes that make the features, where they are several: "28 × 28". */
export const joined = (sizes, roles) => {
  const several = sizes.filter((_, axis) => place(roles[axis]) === 2);
  return several.length > 1 ? several.join(" × ") : "";
};

/** "If 300 counts samples, 50 timesteps and 3 features". */
export function guessed(sizes, roles) {
  const parts = sizes.flatMap((size, axis) => {
    if (roles[axis] === "more") return [];
    return `${(roles[axis] === "features" && joined(sizes, roles)) || size}${axis ? "" : " counts"} ${roles[axis]}`;
  });
  return `If ${parts.join(", ").replace(/, ([^,]*)$/, " and $1")}`;
}
