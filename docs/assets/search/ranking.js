// Which sections answer a question: BM25 over their titles and texts, and over questions of readers; and an LSTM that has learned it.
import { Encoder } from "./encoder.js";

const TITLE = 4; // of the text around it
const [TEXT, TOGETHER, LEARNED] = [0.3, 1, 1]; // what counts: a section's text, the questions that it answers, what the LSTM says
const NEXT = 0.6; // what the next best answer to a question counts, of the one before
const [SATURATION, LENGTH] = [2, 0.3]; // k1 and b of BM25
const PAIR = 0.3; // what two words in a row count, of a word
const [PAGES, FOLDED] = [10, 0.8]; // results, and below which part of a page's best score a section is folded away
const TEASER = 160;
const MESSAGE = /(?:Error|Exception|Warning)\b/; // what is pasted is looked for among the errors first
const OF_MESSAGE = 1.5;
const EMPTY = new Set(
  ("a about after all also always am an and any anyone are as at be because been before being both but by can cannot could d did do does doesn don " +
    "each either else etc for from get gets getting give go got had has have having hello help hi how i if in into is isn it its just know let like ll " +
    "m make may me mean means much my need no not now of on one only or other our please possible question re s same say see should so some " +
    "someone still such t take than thanks that the their them then there these they thing this those though to too trying two understand up us use used " +
    "using ve very want was way we were what when where whether which while who why will with without work works would yet you your").split(" "),
);

// What readers write, and what it is called here: said of a text before it is split into words.
const CALLED = [
  [/(\p{Ll})(\p{Lu})/gu, "$1 $2"], // TimeDistributed
  [/time[\s_-]?step/gi, "timestep"],
  [/look[\s_-]?back/gi, "window"],
  [/(one|many)[\s_-]to[\s_-](one|many)/gi, "$1to$2"],
  [/\bbi-?(?=(?:lstm|rnn|directional)\b)/gi, "bidirectional "],
  [/\b(?:neuron|node)s?\b/gi, "unit"],
  [/\b(?:dims?|dimensions?|dimensional)\b/gi, "shape"],
  [/\binit(?:iali[sz]\w*)?\b/gi, "initial"],
  [/\brnns?\b/gi, "lstm"],
  [/\b(?:variable|varying|unequal)(?=[\s-](?:input |sequence )?(?:length|size))/gi, "different"],
];

export function stem(word) {
  if (word.length > 4 && word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (word.length > 5 && word.endsWith("ing")) return word.slice(0, -3).replace(/e$/, "");
  if (word.length > 4 && word.endsWith("ed")) return word.slice(0, -2);
  const plain = word.length > 3 && word.endsWith("s") && !/(ss|us|is)$/.test(word) ? word.slice(0, -1) : word;
  return plain.length > 4 ? plain.replace(/e$/, "") : plain;
}

export function split(text) {
  const called = CALLED.reduce((written, [pattern, name]) => written.replace(pattern, name), text);
  return called.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The words of a question that carry something: no numbers and none of the empty ones, unless there is nothing else. */
export function carrying(words) {
  const full = words.filter((word) => !EMPTY.has(word) && !/^\d+$/.test(word));
  return new Set(full.length ? full : words);
}

/** Each word with the next one, as one: "ndim 3" is rarer than "ndim". */
const pairs = (words) => words.slice(1).map((word, k) => `${words[k]} ${word}`);

/** Documents made of texts, some of which count more than others; BM25 says how well they answer. */
class Index {
  constructor(size) {
    this.postings = new Map(); // by stem: documents and counts, in the order in which they were added
    this.parts = Array.from({ length: size }, () => []); // of a document: its stems in a row, and what each counts
    this.lengths = Array(size).fill(0);
  }

  add(k, stems, weight = 1) {
    for (const stem of stems) {
      const found = this.postings.get(stem) ?? this.postings.set(stem, []).get(stem);
      if (found.at(-1)?.[0] === k) found.at(-1)[1] += weight;
      else found.push([k, weight]);
    }
    this.parts[k].push([stems, weight]);
    this.lengths[k] += weight * stems.length;
  }

  /** The documents that have a term, a stem or a pair of them, and how often. */
  having(term) {
    const [one, next] = term.split(" ");
    const found = this.postings.get(one) ?? [];
    return next ? found.map(([k]) => [k, this.inARow(k, one, next)]).filter(([, count]) => count) : found;
  }

  inARow(k, one, next) {
    let count = 0;
    for (const [stems, weight] of this.parts[k])
      for (let at = stems.indexOf(one); at >= 0; at = stems.indexOf(one, at + 1)) if (stems[at + 1] === next) count += weight;
    return count;
  }

  /** The terms of a question and how much each counts. A last word that is unknown may be the beginning of others. */
  terms(question) {
    const words = split(question);
    const terms = [...carrying(words)].map((word) => [stem(word), 1]);
    const last = /[\p{L}\p{N}]$/u.test(question) ? words.at(-1) : "";
    if (last.length > 1 && !this.postings.has(stem(last)))
      for (const term of this.postings.keys()) if (term.startsWith(last)) terms.push([term, 0.5]);
    return [...terms, ...[...new Set(pairs(words.map(stem)))].map((pair) => [pair, PAIR])];
  }

  /** Scores by document; or by what `counted` makes of the documents of a term, of which `lengths` are the lengths. */
  scores(terms, lengths = this.lengths, counted = (found) => found) {
    const scores = new Map();
    const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
    for (const [term, part] of terms) {
      const found = [...counted(this.having(term))];
      const rarity = Math.log(1 + (lengths.length - found.length + 0.5) / (found.length + 0.5));
      for (const [k, count] of found) {
        const norm = SATURATION * (1 - LENGTH + (LENGTH * lengths[k]) / mean);
        scores.set(k, (scores.get(k) ?? 0) + (part * rarity * count * (SATURATION + 1)) / (count + norm));
      }
    }
    return scores;
  }
}

export class Ranking {
  /** `asked`: how it is asked for, as [words, the sections that answer, the best first]; `encoder`: see encoder.js. */
  constructor({ sections, asked, encoder }) {
    this.sections = sections;
    this.answers = asked.map(([, answers]) => answers);
    this.pages = new Map(sections.filter(({ location }) => !location.includes("#")).map(({ location, title }) => [location, title]));
    this.texts = new Index(sections.length);
    this.phrases = new Index(asked.length);
    this.encoder = new Encoder(encoder, new Map(sections.map(({ location }, k) => [location || "./", k])));
    this.together = Array(sections.length).fill(0); // how long all that is asked for a section is
    sections.forEach(({ title, text }, k) => {
      this.texts.add(k, split(title).map(stem), TITLE);
      this.texts.add(k, split(text).map(stem));
    });
    asked.forEach(([words, answers], p) => {
      const stems = split(words).map(stem);
      this.phrases.add(p, stems);
      answers.forEach((k, place) => (this.together[k] += NEXT ** place * this.phrases.lengths[p]));
    });
  }

  /** By section, of phrases and their counts. */
  bySection(phrases) {
    const counts = new Map();
    for (const [p, count] of phrases) this.answers[p].forEach((k, place) => counts.set(k, (counts.get(k) ?? 0) + count * NEXT ** place));
    return counts;
  }

  /** Scores by section: of its text, of the questions that it answers, and of the LSTM, the best of each alike. */
  scores(question) {
    const scores = new Map();
    const add = (found, part) => {
      const best = Math.max(...found.values());
      found.forEach((score, k) => scores.set(k, (scores.get(k) ?? 0) + (part * score) / best));
    };
    const asked = this.phrases.scores(this.phrases.terms(question), this.together, (found) => this.bySection(found));
    add(this.texts.scores(this.texts.terms(question)), TEXT);
    add(asked, TOGETHER);
    if (asked.size) add(this.encoder.scores(question), LEARNED); // of words that nobody asked with it has learned nothing
    const part = ({ location }) => (MESSAGE.test(question) && location.startsWith("errors/") ? OF_MESSAGE : 1);
    for (const [k, score] of scores) scores.set(k, score * (this.sections[k].weight ?? 1) * part(this.sections[k]));
    return scores;
  }

  /** Sections, the best first. */
  best(question) {
    const sorted = [...this.scores(question)].sort(([, one], [, other]) => other - one);
    return sorted.map(([k, score]) => ({ ...this.sections[k], score }));
  }

  /** Results as the theme shows them: for each page its sections, the best first, and the page itself. */
  results(question) {
    const words = [...carrying(split(question))].map(stem);
    const found = this.best(question);
    const byPage = Map.groupBy(found.slice(0, 40), ({ location }) => location.split("#")[0]);
    if (!byPage.size) return this.otherwise();
    return [...byPage].slice(0, PAGES).map(([page, sections]) => {
      const top = sections[0].score;
      const shown = sections.map((section) => ({
        ...section,
        score: section.score >= FOLDED * top ? top : section.score,
        text: teaser(section.text, words),
        title: escape(section.title),
        terms: {},
      }));
      if (shown.some(({ location }) => location === page)) return shown;
      return [...shown, { location: page, title: escape(this.pages.get(page)), text: "", score: 0, terms: {} }];
    });
  }

  /** What is offered where nothing was found. */
  otherwise() {
    const text = "Ask in other words, or paste a line of the error. Below: what people ask, by group.";
    const groups = [...this.pages].filter(([location]) => /^(questions\/.|errors\/$)/.test(location));
    const all = [["questions/", "Nothing found", text], ...groups];
    return all.map(([location, title, more = ""]) => [{ location, title: escape(title), text: more, score: 1, terms: {} }]);
  }
}

const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** The first part of a text that has most of the different words, with the words marked. */
function teaser(text, words) {
  const isOne = (word) => words.includes(stem(word.toLowerCase()));
  const hits = [...text.matchAll(/[\p{L}\p{N}]+/gu)].filter(([word]) => isOne(word));
  const near = (start) => hits.filter(({ index }) => index >= start && index < start + TEASER);
  const within = (start) => new Set(near(start).map(([word]) => stem(word.toLowerCase()))).size;
  const start = hits.reduce((best, { index }) => (within(index) > within(best) ? index : best), hits[0]?.index ?? 0);
  const from = start < TEASER / 2 ? 0 : text.lastIndexOf(" ", start - 20) + 1;
  const end = text.lastIndexOf(" ", from + TEASER + 20);
  const part = text.slice(from, text.length <= from + TEASER + 20 ? undefined : end);
  const marked = escape(part).replace(/[\p{L}\p{N}]+/gu, (word) => (isOne(word) ? `<mark>${word}</mark>` : word));
  return `${from ? "… " : ""}${marked}${from + part.length < text.length ? " …" : ""}`;
}

export async function open(address) {
  return new Ranking(await (await fetch(new URL(address, import.meta.url))).json());
}
