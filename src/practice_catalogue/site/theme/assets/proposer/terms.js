// Lookup of vocabulary terms by any of their names, ignoring case, accents and punctuation.

import { fold } from "./dom.js";

const NEAR = 0.6;
const MOST_NEAR = 3;

/** Returns lookups for vocabularies `{name: [{id, title, help, names, former, places}]}`; `places` lie in a commune. */
export class Terms {
  constructor(vocabularies) {
    this.of = vocabularies;
    this.folded = Object.fromEntries(
      Object.entries(vocabularies).map(([name, terms]) => [
        name,
        terms.map((term) =>
          [
            ...[term.title, ...(term.names ?? []), term.id].map((one) => ({ name: one, folded: fold(one) })),
            ...(term.places ?? []).map((one) => ({ name: one, folded: fold(one), place: true })),
          ],
        ),
      ]),
    );
  }

  get(vocabulary, id) {
    return this.of[vocabulary].find((term) => term.id === id);
  }

  /** Returns the id of the term with this name, or of the only commune with a place of this name; else undefined. */
  resolve(vocabulary, text) {
    if (this.get(vocabulary, text)) return text;
    const wanted = fold(text);
    const all = this.of[vocabulary].map(({ id }, index) => ({ id, names: this.folded[vocabulary][index].filter(({ folded }) => folded === wanted) }));
    const named = all.filter(({ names }) => names.length);
    return (named.find(({ names }) => names.some(({ place }) => !place)) ?? (named.length === 1 ? named[0] : undefined))?.id;
  }

  /** Returns the terms that match typed letters, prefix matches first; `by` is the name that matched. */
  search(vocabulary, text) {
    const wanted = fold(text);
    const ranked = this.of[vocabulary].map((term, index) => ({
      term,
      ...this.#rank(this.folded[vocabulary][index], wanted, term),
    }));
    return ranked.filter(({ rank }) => rank < Infinity).sort((one, other) => one.rank - other.rank);
  }

  #rank(names, wanted, term) {
    const rank = (folded) =>
      folded.startsWith(wanted) ? 0 : ` ${folded}`.includes(` ${wanted}`) ? 1 : folded.includes(wanted) ? 2 : Infinity;
    const best = names.reduce((one, other) => (rank(other.folded) < rank(one.folded) ? other : one));
    const found = rank(best.folded) + (best.name === term.title || !wanted ? 0 : 0.5);
    const told = fold(term.help ?? "").includes(wanted) ? 4 : Infinity;
    return found < Infinity
      ? { rank: found, by: best.name === term.title || best.name === term.id ? "" : best.name }
      : { rank: told, by: "" };
  }

  /** Returns the titles of the terms whose names are most similar to an unknown name. */
  near(vocabulary, text) {
    const wanted = fold(text);
    const ranked = this.of[vocabulary]
      .map((term, index) => ({
        term,
        likeness: Math.max(...this.folded[vocabulary][index].map(({ folded }) => likeness(folded, wanted))),
      }))
      .filter((one) => one.likeness >= NEAR);
    return ranked
      .sort((one, other) => other.likeness - one.likeness)
      .slice(0, MOST_NEAR)
      .map(({ term }) => term.title);
  }
}

/** Returns the similarity of two names by their letter pairs, from 0 to 1. */
function likeness(one, other) {
  const pairs = (text) => Array.from({ length: text.length - 1 }, (_, at) => text.slice(at, at + 2));
  const left = pairs(other);
  const total = pairs(one).length + left.length;
  const shared = pairs(one).filter((pair) => left.includes(pair) && left.splice(left.indexOf(pair), 1)).length;
  return total ? (2 * shared) / total : 0;
}
