// The inverted index, built in the browser from the published files: words → fiches with weights.

import { numbersFrom, once, records, terms, texts } from "./files.js";
import { cut, root, stem, tellsNothing } from "./words.js";

const TITLE = 6;
const TERM = 4;
const LEAD = 3;
const MENTIONED = 2;
const COMMUNES = 2; // position among the indexes of a fiche

/** Returns the index of titles, summaries, terms and places, for a first answer. */
export const beginning = once(async () => new Index(await records(), await terms()));

/** Returns the index with the words of all texts added. */
export const whole = once(async () => {
  const [index, { mots, ou }] = await Promise.all([beginning(), texts()]);
  mots.split(" ").forEach((word, at) => index.addText(word, ou[at]));
  return index;
});

/* Maps words to stems to weighted fiches, names to terms or synonyms, and places to communes. */
class Index {
  constructor({ all, fiches, index }, { lexique, communes }) {
    Object.assign(this, { all, fiches, count: all.length });
    this.words = new Map();
    this.stems = new Map();
    this.names = new Map();
    this.places = new Map();
    this.communes = new Map(communes.map(([id, name, canton]) => [id, { id, name, canton, here: [] }]));
    this.cuts = new Map();
    for (const one of all) this.#addRecord(one);
    const having = this.#having(Object.values(index).map((terms) => terms.length));
    for (const row of lexique) this.#addNames(row, having);
    for (const row of communes) this.#addPlaces(row);
    for (const one of fiches) for (const at of one.numbers[COMMUNES]) this.communes.get(index.communes[at][0]).here.push(one);
  }

  #addRecord({ number, title, subtitle, resume, lieu, porteurs, domaine, publics }) {
    const fields = [[title, TITLE], [domaine, TERM], [publics, TERM], [lieu, TERM], [subtitle, LEAD], [resume, LEAD], [porteurs, LEAD]];
    for (const [text, weight] of fields) {
      for (const { weights } of this.#entriesOf(text ?? "")) weights.set(number, (weights.get(number) ?? 0) + weight);
    }
  }

  /* Cached, since the same names recur. */
  #entriesOf(text) {
    if (!this.cuts.has(text)) this.cuts.set(text, cut(text).filter((word) => !tellsNothing(word)).map((word) => this.#entry(word)));
    return this.cuts.get(text);
  }

  #entry(word) {
    const found = this.words.get(word);
    if (found) return this.stems.get(found);
    const stemmed = stem(word);
    this.words.set(word, stemmed);
    if (!this.stems.has(stemmed)) this.stems.set(stemmed, { weights: new Map(), texts: [] });
    return this.stems.get(stemmed);
  }

  /** Adds a word with the delta-encoded numbers of its fiches. */
  addText(text, distances) {
    for (const { texts } of this.#entriesOf(text)) texts.push(distances);
  }

  /* Returns by index and term the weighted fiches; the earlier a term is listed in a fiche, the higher its weight. */
  #having(sizes) {
    const having = sizes.map((size) => Array.from({ length: size }, () => new Map()));
    for (const { number, numbers } of this.fiches) {
      numbers.forEach((terms, index) => terms.forEach((term, at) => having[index][term].set(number, TERM + 2 / (1 + at))));
    }
    return having;
  }

  /* Adds names in any language, with their French synonyms and the fiches that have or mention the term. */
  #addNames([names, words, [index, term], mentions, only], all) {
    const having = index === undefined ? new Map(numbersFrom(mentions).map((number) => [number, MENTIONED])) : all[index][term];
    const alike = only ? [] : words.map((some) => cut(some).filter((word) => !tellsNothing(word)));
    const meaning = { words: alike, having, only };
    for (const name of names) {
      const key = cut(name).map(root).join(" ");
      if (!this.names.has(key)) this.names.set(key, new Set());
      this.names.get(key).add(meaning);
    }
  }

  #addPlaces([id, , , own, others]) {
    own.forEach((name) => this.#addPlace(name, id, true));
    others.forEach((name) => this.#addPlace(name, id, false));
  }

  #addPlace(name, id, own) {
    const words = cut(name);
    for (const key of new Set([words.join(" "), words.filter((word) => !tellsNothing(word)).join(" ")])) {
      if (!key) continue;
      if (!this.places.has(key)) this.places.set(key, []);
      const known = this.places.get(key);
      if (!known.some((place) => place.id === id)) known.push({ id, name, own });
    }
  }
}
