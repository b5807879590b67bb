// Answers a query: places, then the fiches that match its words or similar words, ranked.

import { numbersFrom } from "./files.js";
import { cut, mistakes, root, stem, tellsNothing } from "./words.js";

const MOST_WORDS = 40;
const LONGEST_NAME = 6; // words
const HERE = 5; // weight of a fiche of the commune, equal to that of a word of its terms
const SAME = 0.8; // factor of a synonym
const INCOMPLETE = 0.5; // maximum weight if a word of a name is missing
const LIKE = 0.3; // factor of a misspelt word
const FULL = 0.999;
const SENTENCE = 3; // words from which a query is a sentence, which wants a practice
const ASIDE = 0.5; // factor of a page of the site in answer to a sentence
const WORTH_SHOWING = 0.3; // minimum score, relative to the best fiche
const MOST_PHRASES = 60; // number of fiches whose text is searched for a phrase
const QUOTED = /["«“„]\s*([^"«»“”„]+?)\s*["»”“]/gu;

export { beginning, whole } from "./index.js";

/**
 * Answers a query: `places` are communes, each with the name that matched; `found` are the records, best first;
 * `near` tells that no record matches all words, `nothing` that the query consists of stop words.
 */
export async function search(index, question) {
  const words = cut(question).slice(0, MOST_WORDS);
  const concepts = understand(index, words);
  const places = placesOf(index, words, concepts);
  const ranked = rank(index, concepts);
  const found = await withPhrases(index, ranked.found, question);
  const onlyPlace = places.length && places.whole;
  const about = onlyPlace ? around(index, places) : [];
  const others = found.filter((record) => !about.some((one) => one.record === record));
  return {
    nothing: !concepts.length && !places.length,
    near: ranked.near && !onlyPlace,
    places,
    found: [...about, ...others.map((record) => ({ record }))],
    instead: found.length || places.length ? [] : meant(index, concepts),
  };
}

/* Splits the query into concepts: words or names of several words, with their weighted fiches. */
function understand(index, words) {
  const concepts = [];
  for (let at = 0; at < words.length; ) {
    const length = longestName(index, words, at);
    const own = words.slice(at, at + length);
    if (length > 1 || !tellsNothing(own[0])) concepts.push(concept(index, own, at + length === words.length));
    at += length;
  }
  return concepts;
}

/* Returns the number of words of the longest name that starts here, at least 1. */
function longestName(index, words, at) {
  for (let length = Math.min(LONGEST_NAME, words.length - at); length > 1; length--) {
    const name = words.slice(at, at + length);
    if (index.names.has(name.map(root).join(" ")) || index.places.has(name.join(" "))) return length;
  }
  return 1;
}

function concept(index, words, last) {
  const weights = new Map();
  const telling = words.filter((word) => !tellsNothing(word));
  const key = words.map(root).join(" ");
  const meanings = [...(index.names.get(key) ?? [])];
  const only = meanings.some((meaning) => meaning.only); // what texts say does not count
  let exact = !only && weigh(weights, held(index, telling, exactly));
  for (const meaning of meanings) {
    exact = weigh(weights, havingIt(index, meaning)) || exact;
  }
  for (const { id } of index.places.get(words.join(" ")) ?? []) {
    exact = weigh(weights, new Map(index.communes.get(id).here.map(({ number }) => [number, HERE]))) || exact;
  }
  if (words.length === 1 && !only && (last || !exact)) weigh(weights, begunBy(index, words[0]));
  if (!weights.size) weigh(weights, compound(index, key));
  const known = weights.size > 0;
  if (!known) weigh(weights, mistaken(index, words[0]));
  const rarity = Math.log(1 + index.count / Math.max(weights.size, 1));
  return { words, weights, exact, rarity: known ? rarity : LIKE * rarity };
}

/* Returns the weighted fiches of a name, by term or by synonym. */
function havingIt(index, { having, words }) {
  const weights = new Map(having);
  for (const some of words) weigh(weights, held(index, some, exactly), SAME);
  return weights;
}

/* Adds weights to those of a concept. */
function weigh(weights, others, factor = 1) {
  for (const [number, weight] of others) weights.set(number, (weights.get(number) ?? 0) + factor * weight);
  return others.size > 0;
}

/* Returns the weighted fiches that contain the words of a name; partial matches get a low weight. */
function held(index, words, lookUp) {
  const found = words.map((word) => lookUp(index, word));
  const sums = new Map();
  for (const weights of found) {
    for (const [number, weight] of weights) sums.set(number, (sums.get(number) ?? 0) + weight / words.length);
  }
  const isWhole = (number) => found.every((weights) => weights.has(number));
  return new Map([...sums].map(([number, sum]) => [number, isWhole(number) ? sum : Math.min(INCOMPLETE, sum)]));
}

function exactly(index, word) {
  const entry = index.stems.get(index.words.get(word) ?? stem(word));
  if (!entry) return new Map();
  const weights = new Map(entry.weights);
  for (const number of entry.texts.flatMap(numbersFrom)) {
    if (!weights.has(number)) weights.set(number, 1); // matches in titles and terms keep their weight and order when texts are added
  }
  return weights;
}

const MOST_BEGUN = 40;

/* Returns the fiches with words that start with the typed prefix; the larger the typed part, the higher the weight. */
function begunBy(index, word) {
  const weights = new Map();
  if (word.length < 3) return weights;
  const longer = [...index.words.keys()].filter((one) => one.startsWith(word)).slice(0, MOST_BEGUN);
  for (const one of longer) weigh(weights, exactly(index, one), (0.8 * word.length) / one.length);
  return weights;
}

const SHORTEST_PART = 4;

/* Splits compounds of German and Luxembourgish: « Flüchtlingskinder » are refugees and children. */
function compound(index, word) {
  for (let at = word.length - SHORTEST_PART; at >= SHORTEST_PART; at--) {
    const [first, second] = [word.slice(0, at), word.slice(at)].map(root);
    const [one, other] = [partOf(index, first.replace(/s$/, "")) ?? partOf(index, first), partOf(index, second)];
    if (one && other) return held({ one, other }, ["one", "other"], (parts, name) => parts[name]);
  }
  return new Map();
}

function partOf(index, key) {
  const meanings = index.names.get(key);
  if (!meanings) return undefined;
  const weights = new Map();
  for (const meaning of meanings) weigh(weights, havingIt(index, meaning));
  return weights;
}

const allowed = (word) => (word.length < 5 ? 0 : word.length === 5 ? 1 : 2);

/* Returns the names similar to a word: those with the fewest mistakes. */
function alike(names, word, most = allowed(word)) {
  const found = [...names.keys()].map((name) => ({ name, number: mistakes(word, name, most) }));
  const least = found.reduce((best, { number }) => Math.min(best, number), most);
  return found.filter(({ number }) => number <= least).map(({ name }) => name);
}

function mistaken(index, word) {
  const weights = new Map();
  for (const one of alike(index.words, word)) weigh(weights, exactly(index, one), 1 / 2);
  return weights;
}

/* Ranks fiches by the number of matched concepts, their rarity and their weights. */
function rank(index, concepts) {
  const known = concepts.filter(({ weights }) => weights.size);
  const total = known.reduce((sum, { rarity }) => sum + rarity, 0);
  const scores = new Map();
  for (const { weights, rarity } of known) {
    for (const [number, weight] of weights) {
      const score = scores.get(number) ?? { number, share: 0, points: 0 };
      score.share += rarity / total;
      score.points += (rarity * weight) / (weight + 3);
      scores.set(number, score);
    }
  }
  const best = [...scores.values()].reduce((most, { share }) => Math.max(most, share), 0);
  if (known.length >= SENTENCE) for (const score of scores.values()) if (!index.all[score.number].id) score.points *= ASIDE;
  const found = [...scores.values()]
    .filter(({ share }) => share >= WORTH_SHOWING * best)
    .sort((one, other) => other.points * other.share - one.points * one.share || one.number - other.number);
  return { found: found.map(({ number }) => index.all[number]), near: found.length > 0 && (best < FULL || known.length < concepts.length) };
}

/* Keeps the fiches whose text, fetched from the API of the site, contains all quoted phrases. */
async function withPhrases(index, found, question) {
  const phrases = [...question.matchAll(QUOTED)].map(([, phrase]) => cut(phrase).join(" ")).filter(Boolean);
  if (!phrases.length) return found;
  const holds = (text) => phrases.every((phrase) => ` ${cut(text).join(" ")} `.includes(` ${phrase} `));
  const kept = await Promise.all(
    found.slice(0, MOST_PHRASES).map(async (record) => holds(`${record.title}\n${record.resume ?? ""}`) || holds(await textOf(record))),
  );
  return found.filter((_, at) => kept[at]);
}

async function textOf({ id, page }) {
  const address = id ? `../../api/v1/fiches/${id}.json` : `../../${page}`;
  const answer = await fetch(new URL(address, import.meta.url));
  if (!answer.ok) throw new Error(answer.statusText);
  return (await answer.text()).replaceAll("\\n", " "); // escaped newlines of JSON
}

/* Returns the communes with the longest matching name; `whole` if the query contains nothing else. */
function placesOf(index, words, concepts) {
  const telling = words.filter((word) => !tellsNothing(word));
  for (let length = Math.min(LONGEST_NAME, words.length); length > 0; length--) {
    for (let at = 0; at + length <= words.length; at++) {
      const named = words.slice(at, at + length);
      const rest = telling.filter((word) => !named.includes(word));
      if (rest.length && length === 1 && isOrdinary(index, named[0])) continue;
      const found = index.places.get(named.join(" "));
      if (found && (named.some((word) => !tellsNothing(word)) || !telling.length)) return chosen(index, found, !rest.length);
    }
  }
  const name = telling.join(" ");
  const isKnown = concepts.some(({ exact }) => exact);
  return chosen(index, isKnown || name.length < 3 ? [] : begun(index, name), true);
}

/* Common words are not place names within a sentence: « gare » is also a quarter of Luxembourg. */
const isOrdinary = (index, word) => tellsNothing(word) || word.length < 4 || index.names.has(root(word));

const MOST_PLACES = 5;

/* Returns the places with this prefix or, if there are none, with a similar name. */
function begun(index, name) {
  const longer = [...index.places.keys()].filter((key) => key.startsWith(name));
  return (longer.length ? longer : alike(index.places, name)).flatMap((key) => index.places.get(key));
}

/* Removes duplicates, and puts communes of that name before communes with a place of that name. */
function chosen(index, found, whole) {
  const once = new Map();
  for (const place of [...found].sort((one, other) => other.own - one.own)) if (!once.has(place.id)) once.set(place.id, place);
  const places = [...once.values()].slice(0, MOST_PLACES).map(({ id, name, own }) => ({ ...index.communes.get(id), by: own ? "" : name }));
  return Object.assign(places, { whole });
}

export const ofCanton = (name) => (/^[AEÉIOU]/.test(name) ? `d’${name}` : `de ${name}`);

/* Returns the fiches of the places or, if there are none, of their cantons, then the nationwide fiches. */
function around(index, places) {
  const here = [...new Set(places.flatMap((place) => place.here))];
  const cantons = [...new Set(places.map(({ canton }) => canton))];
  const beside = [...index.communes.values()].filter(({ canton }) => cantons.includes(canton)).flatMap((place) => place.here);
  const near = here.length ? [] : [...new Set(beside)];
  const national = index.fiches.filter((record) => record.national && !here.includes(record) && !near.includes(record));
  const why = (records, text) => records.map((record) => ({ record, why: text }));
  return [...why(here, "Sur place"), ...why(near, cantons.map((name) => `Canton ${ofCanton(name)}`).join(", ")), ...why(national, "Dans tout le pays")];
}

const FAR = 3;

/* Returns suggestions for unknown words. */
function meant(index, concepts) {
  return concepts.flatMap(({ words: [word] }) => {
    if (word.length < 4 || word.length > 30) return [];
    return alike(index.words, word, word.length < 7 ? 2 : FAR).filter((one) => one[0] === word[0]).slice(0, 1);
  });
}
