// How well each section answers a question, as an LSTM has learned it: Bidirectional(LSTM(units)) reads the pieces of the question,
// and a Dense layer the mean of its outputs, after a layer norm. docs/search/encoder.py trains it.
import { run } from "../widgets/lstm.js";
import { pieces } from "./pieces.js";

const ZERO = "?".charCodeAt(0); // a number is a character
const MOST = 40; // pieces that are read
const SOFT = 0.6; // how fast a section counts less that answers less well

/** Numbers from characters, in rows. */
function rows({ step, numbers }, width) {
  const values = Array.from(numbers, (character) => step * (character.charCodeAt(0) - ZERO));
  return Array.from({ length: values.length / width }, (_, row) => values.slice(row * width, (row + 1) * width));
}

export class Encoder {
  /** `pieces`: with a space between; `sections`: those that `answers` is about; the rest: weights. `places`: of sections in the index. */
  constructor({ pieces: known, sections, embedding, forward, backward, answers }, places) {
    this.known = new Map(known.split(" ").map((piece, k) => [piece, k]));
    this.embedding = rows(embedding, embedding.numbers.length / this.known.size);
    this.sections = sections.map((section) => places.get(section)); // undefined, if it is gone
    this.directions = [forward, backward].map(({ kernel, recurrent_kernel, bias }) => {
      const columns = bias.numbers.length;
      return { kernel: rows(kernel, columns), recurrent_kernel: rows(recurrent_kernel, columns), bias: rows(bias, columns)[0] };
    });
    this.answers = { kernel: rows(answers.kernel, this.directions[0].bias.length / 2), bias: rows(answers.bias, sections.length)[0] };
  }

  /** What an LSTM for both directions returns of a question, the mean over its pieces, put around 0 with a deviation of 1. */
  meaning(question) {
    const x = pieces(question, this.known).slice(0, MOST).map((piece) => this.embedding[this.known.get(piece)]);
    const means = this.directions.flatMap((weights, backward) => {
      const none = Array(weights.bias.length / 4).fill(0);
      const { h } = run(weights, backward ? x.toReversed() : x, none, none);
      return none.map((_, j) => h.reduce((sum, now) => sum + now[j], 0) / x.length); // h at t = 0 is 0
    });
    const mean = means.reduce((sum, value) => sum + value, 0) / means.length;
    const variance = means.reduce((sum, value) => sum + (value - mean) ** 2, 0) / means.length;
    return means.map((value) => (value - mean) / Math.sqrt(variance + 1e-5));
  }

  /** Scores by section, the best 1; none, if it knows no piece of the question. */
  scores(question) {
    const meaning = this.meaning(question);
    if (meaning.some(Number.isNaN)) return new Map();
    const told = this.answers.kernel.map((row, k) => row.reduce((sum, value, j) => sum + value * meaning[j], this.answers.bias[k]));
    const best = Math.max(...told);
    const scores = this.sections.map((place, k) => [place, Math.exp(SOFT * (told[k] - best))]);
    return new Map(scores.filter(([place]) => place !== undefined));
  }
}
