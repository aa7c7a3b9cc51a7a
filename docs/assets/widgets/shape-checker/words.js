// What Keras and PyTorch say and give, as recorded: ../../../evidence/shape-checker.json.
import { AXES, fits, guessed, inWords, lengths, readsRight, written } from "./shape.js";

// Recorded for sizes that are primes, so that each number tells which size it is; the reader's stand in their place.
const PRIMES = [23, 29, 31, 37];
const FEATURES = 41;
const NAMES = { tensorflow: "TensorFlow", jax: "JAX", torch: "PyTorch" };

const ofPrimes = (facts, sizes, features) => recorded(facts[PRIMES.slice(0, sizes.length).join(",")], sizes, features);

function recorded(fact, sizes, features) {
  const now = new Map([[FEATURES, features], [PRIMES[0] * PRIMES[1], sizes[0] * sizes[1]]]);
  sizes.forEach((size, axis) => now.set(PRIMES[axis], size));
  return JSON.parse(JSON.stringify(fact).replace(/\d+/g, (digits) => now.get(Number(digits)) ?? digits));
}

/** What Keras does on its backends: [{ backends, outcome }], those together that do the same. */
function byBackend(facts, outcomeOf) {
  const found = new Map();
  for (const backend of Object.keys(NAMES)) {
    const outcome = outcomeOf(facts[backend]);
    const key = JSON.stringify(outcome);
    if (!found.has(key)) found.set(key, { backends: [], outcome });
    found.get(key).backends.push(NAMES[backend]);
  }
  return [...found.values()];
}

function keras(facts, sizes, features) {
  const rows = [{ call: "keras.layers.LSTM(64)", reads: AXES, does: byBackend(facts, (its) => ofPrimes(its.new, sizes)) }];
  if (sizes.length === 3 && sizes[2] !== features) {
    const does = byBackend(facts, (its) => ofPrimes(its.built[FEATURES], sizes, features));
    rows.push({ call: "keras.layers.LSTM(64)", when: `once built for ${features} feature${features === 1 ? "" : "s"}`, does });
  }
  return rows;
}

/** A functional model that takes what the array becomes; recorded for the two mistakes that are made most. */
function model(facts, sizes, roles) {
  const [, timesteps, features] = lengths(sizes, roles);
  const row = { call: `keras.Input((${timesteps}, ${features}))`, when: "at the head of a functional model, called directly" };
  const outcome = (inputs, given) => byBackend(facts, (its) => recorded(its.model[inputs][given].call, sizes));
  const order = roles.join();
  if (order === "samples,timesteps" && timesteps > 1) {
    return [{ ...row, adds: "adds a last axis of size 1, ", does: outcome("29,1", "23,29"), reads: AXES.slice(0, 2) }];
  }
  const swapped = order === "samples,features,timesteps" && timesteps !== features && !sizes.includes(1);
  return swapped ? [{ ...row, does: outcome("31,29", "23,29,31") }] : [];
}

function pytorch(facts, sizes, features) {
  const last = sizes.at(-1);
  const rows = [];
  for (const input of new Set(sizes.length === 2 || sizes.length === 3 ? [features, last] : [features]))
    for (const first of [false, true]) {
      const its = facts.torch.pytorch[first ? "batch_first=True" : "batch_first=False"];
      const outcome = ofPrimes(input === last ? its.fitting : its[FEATURES], sizes, input);
      if (first && (outcome.raises || sizes.length === 2)) continue; // as without it
      const reads = sizes.length === 2 ? AXES.slice(1) : first ? AXES : ["timesteps", "samples", "features"];
      rows.push({ call: `torch.nn.LSTM(${input}, 64${first ? ", batch_first=True" : ""})`, reads, does: [{ outcome }] });
    }
  return rows;
}

const given = (outcome) =>
  Array.isArray(outcome) ? written(outcome) : `output ${written(outcome.output)}, h_n ${written(outcome.h_n)}`;

/** Who does what with such an array: [{ call, verdict, reads, says: [{ on, words }] }]. */
export function rows(facts, sizes, roles, features = lengths(sizes, roles)[2]) {
  const all = [...keras(facts, sizes, features), ...model(facts, sizes, roles), ...pytorch(facts, sizes, features)];
  return all.map(({ call, when, reads, adds = "", does }) => {
    if (does[0].outcome.raises) {
      const says = does.map(({ backends, outcome }) => ({
        on: does.length > 1 ? backends.join(" and ") : "",
        words: `${outcome.raises}: ${outcome.message.replace(/^Input 0 .*(?=expected shape=)/, "… ")}`,
      }));
      return { call, when, verdict: "refuses", says };
    }
    const words = `It ${adds}reads ${inWords(sizes, reads)}, and gives ${given(does[0].outcome)}.`;
    return { call, when, verdict: readsRight(sizes, roles, reads) ? "right" : "wrong", reads: words, says: [] };
  });
}

/** The answer in a sentence: with a condition where the roles are no more than a guess. */
export function answer(sizes, roles, sure) {
  const shape = written(sizes);
  if (sizes.length !== 3) {
    const axes = sizes.length === 1 ? "1 axis" : `${sizes.length} axes`;
    return `No. ${shape} has ${axes}; the LSTM of Keras takes 3: (samples, timesteps, features).`;
  }
  if (!fits(sizes, roles)) return `No, and a new layer of Keras does not tell you. It reads ${shape} as ${inWords(sizes, AXES)}; you have ${inWords(sizes, roles)}.`;
  const words = inWords(sizes, roles);
  return sure ? `Yes. ${shape} is ${words}.` : `${guessed(sizes, roles)}: yes, ${words}.`;
}
