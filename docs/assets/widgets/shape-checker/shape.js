// What the axes of an array count, and how it becomes (samples, timesteps, features).

export const ROLES = ["samples", "timesteps", "features", "more"];
export const AXES = ROLES.slice(0, 3); // of an LSTM, in its order
export const LABELS = { samples: "samples", timesteps: "timesteps", features: "features", more: "more features" };
export const MOST = 10_000_000;

const GUESSES = [["timesteps"], ["samples", "timesteps"], AXES, ROLES];
export const guess = (sizes) => [...GUESSES[sizes.length - 1]];

export const written = (sizes) => `(${sizes.join(", ")}${sizes.length === 1 ? "," : ""})`;

/** The sizes that a text names, or what is wrong with it. */
export function read(text) {
  const bare = text.replace(/torch\.Size|TensorShape|[()[\]]/g, " ").replace(/,\s*$/, "").trim();
  if (!bare) return { problem: "Type a shape: a whole number for each axis, such as 1000, 50." };
  const words = bare.split(/\s*[,;x×]\s*|\s+/);
  const odd = words.find((word) => !/^\d+$/.test(word));
  if (odd === "None") return { problem: "None stands for any size. Type a number in its place, such as 32." };
  if (odd === "") return { problem: "A size is missing between two commas." };
  if (odd) return { problem: `“${odd.slice(0, 20)}” is not a size. Type whole numbers with commas, such as 1000, 50.` };
  const sizes = words.map(Number);
  if (sizes.length > 4) return { problem: `${sizes.length} axes are too many for this checker. It takes 1 to 4.` };
  if (sizes.includes(0)) return { problem: "An axis of size 0 holds nothing. Every size is 1 or more." };
  if (Math.max(...sizes) > MOST) return { problem: "A size may be at most 10,000,000 in this checker." };
  return { sizes };
}

/** What is wrong with what the axes are said to count; nothing: "". */
export function clash(roles) {
  const twice = roles.find((role, axis) => roles.indexOf(role) !== axis);
  if (!twice) return "";
  const axes = roles.flatMap((role, axis) => (role === twice ? [axis] : []));
  return `Axes ${axes.join(" and ")} both count ${LABELS[twice]}. Two axes cannot count the same: change one of them.`;
}

/** More features than none are the features. */
export const settled = (roles) => (roles.includes("features") ? roles : roles.map((role) => (role === "more" ? "features" : role)));

const place = (role) => Math.min(ROLES.indexOf(role), 2);

/** The sizes of samples, timesteps and features; one that no axis counts is 1. */
export const lengths = (sizes, roles) =>
  AXES.map((_, axis) => sizes.reduce((all, size, at) => (place(roles[at]) === axis ? all * size : all), 1));

export const fits = (roles) => roles.length === 3 && roles.every((role, axis) => place(role) === axis);

const ONE_MISSING = { samples: "[np.newaxis]", timesteps: "[:, np.newaxis, :]", features: "[..., np.newaxis]" };

/** The NumPy that makes (samples, timesteps, features) of x, the shape after it, and whether numbers change places. */
export function mend(sizes, roles) {
  const shape = lengths(sizes, roles);
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
