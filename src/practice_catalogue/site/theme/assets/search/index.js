// The index of the catalogue, made in the browser from the published files: which fiches hold which word, and how firmly.

import SearchableMap from "./searchable-map.js";
import { cut, root, stem, tellsNothing } from "./words.js";

const folder = new URL("../../recherche/", import.meta.url);
const INDEXES = ["domaines", "publics", "communes", "types_de_porteur", "niveaux_de_cout", "etapes_pci", "editions", "freins"];
const TITLE = 6;
const TERM = 4;
const LEAD = 3;
const MENTIONED = 2;

async function fetched(name) {
  const answer = await fetch(new URL(`${name}.json`, folder), { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer.json();
}

/* What is fetched once; after a failure, again. */
function once(make) {
  let made;
  return () =>
    (made ??= make().catch((error) => {
      made = undefined;
      throw error;
    }));
}

/** The fiches with their terms, as the explorer shows and filters them; then the hand-written pages. */
export const records = once(async () => {
  const { index, fiches, pages, resumes } = await fetched("fiches");
  const all = fiches.map(([id, title, subtitle, resume, lieu, porteurs, depuis, date, terms, national], number) => ({
    ...{ number, id, page: `fiches/${id}/`, title, subtitle, resume, lieu, porteurs, depuis, date, national },
    terms: Object.fromEntries(INDEXES.map((name, at) => [name, terms[at].map((term) => index[name][term][0])])),
    numbers: terms,
    ...shown(terms, index),
  }));
  const written = pages.map(([page, title, resume], at) => ({ number: fiches.length + at, page, title, resume, lieu: "Page du site" }));
  return { index, fiches: all, all: [...all, ...written], resumes };
});

/* What a card says of its terms. */
function shown([domaines, publics, , , [cout]], index) {
  return {
    couleur: index.domaines[domaines[0]][0],
    domaine: index.domaines[domaines[0]][1],
    publics: publics.map((term) => index.publics[term][1]).join(", "),
    cout: index.niveaux_de_cout[cout]?.[1] ?? "",
  };
}

const pieces = new Map();

/** A record with its summary, which large catalogues keep apart. */
export async function withSummary(record) {
  const { resumes } = await records();
  if (record.resume || !resumes || record.id === undefined) return record;
  const piece = Math.floor(record.number / resumes);
  if (!pieces.has(piece)) pieces.set(piece, once(() => fetched(`resumes/${piece}`)));
  return { ...record, resume: (await pieces.get(piece)())[record.number % resumes] };
}

/** The index of titles, summaries, terms and places: enough for a first answer. */
export const beginning = once(async () => new Index(await records(), await terms()));
const terms = once(() => fetched("termes"));
const texts = once(() => fetched("mots"));

/** The same with the words of all texts. */
export const whole = once(async () => {
  const [index, { mots, ou }] = await Promise.all([beginning(), texts()]);
  mots.split(" ").forEach((word, at) => index.addText(word, ou[at]));
  return index;
});

/** All three files are on their way. */
export function fetchEarly() {
  for (const asked of [records, terms, texts]) asked().catch(() => undefined); // whoever needs it will tell
}

/* Words → stems → fiches with a weight; names → what they stand for; places → communes. */
class Index {
  constructor({ all, fiches }, { lexique, communes, domaines }) {
    Object.assign(this, { all, fiches, domaines, count: all.length });
    this.words = new SearchableMap();
    this.stems = new Map();
    this.names = new Map();
    this.places = new SearchableMap();
    this.communes = new Map(communes.map(([id, name, canton]) => [id, { id, name, canton, here: [] }]));
    for (const one of fiches) for (const id of one.terms.communes) this.communes.get(id).here.push(one);
    for (const one of all) this.#addRecord(one);
    for (const row of lexique) this.#addNames(row);
    for (const row of communes) this.#addPlaces(row);
  }

  #addRecord({ number, title, subtitle = "", resume, lieu, porteurs = "", domaine = "", publics = "" }) {
    const fields = [
      [title, TITLE],
      [`${domaine} ${publics} ${lieu}`, TERM],
      [`${subtitle} ${resume} ${porteurs}`, LEAD],
    ];
    for (const [text, weight] of fields) {
      for (const word of cut(text)) {
        if (tellsNothing(word)) continue;
        const { weights } = this.#entry(word);
        weights.set(number, (weights.get(number) ?? 0) + weight);
      }
    }
  }

  #entry(word) {
    const found = this.words.get(word);
    if (found) return this.stems.get(found);
    const stemmed = stem(word);
    this.words.set(word, stemmed);
    if (!this.stems.has(stemmed)) this.stems.set(stemmed, { weights: new Map(), texts: [] });
    return this.stems.get(stemmed);
  }

  /** A word of the texts with the distances between the numbers of the fiches that hold it. */
  addText(text, gaps) {
    for (const word of cut(text)) if (!tellsNothing(word)) this.#entry(word).texts.push(gaps);
  }

  /* Names in any language: words of French texts that mean the same, and the fiches that have what they name, the
     more firmly the earlier it stands among their terms. */
  #addNames([names, words, [index, term], numbers]) {
    const having = new Map(numbers.map((number) => [number, MENTIONED]));
    for (const { number, numbers: terms } of index === undefined ? [] : this.fiches) {
      const at = terms[index].indexOf(term);
      if (at >= 0) having.set(number, TERM + 2 / (1 + at));
    }
    const meaning = { words: words.map((some) => cut(some).filter((word) => !tellsNothing(word))), having };
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
