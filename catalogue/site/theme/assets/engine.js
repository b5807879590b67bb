// The search at work, in a thread of its own: Pagefind over all parts of the index. Only what is shown leaves it.

import { fetchEarly, json, places } from "./parts.js";

const loading = load();
const found = new Map();
let counted;
let dates;

async function load() {
  const { createInstance } = await import("../pagefind/pagefind.js");
  const [main, ...others] = await places();
  const sameVisit = { metaCacheTag: self.name };
  const pagefind = createInstance({ basePath: main, ...sameVisit });
  await pagefind.preload(""); // `init` comes back before all is there, and does not tell what went wrong
  await Promise.all(others.map((part) => pagefind.mergeIndex(part, sameVisit)));
  return pagefind;
}

/* Pagefind looks every 50 ms whether it is ready, while a visitor waits: here it looks ten times as often. */
const { setTimeout: wait } = self;
self.setTimeout = (act, time) => wait(act, time / 10);

/* A result is named after its place among all titles; sorted here, since Pagefind knows only the places within a part. */
const ORDERS = {
  titre: (one, other) => one.place - other.place,
  date: (one, other) => Number(one.date < other.date) - Number(one.date > other.date) || one.place - other.place,
};

async function ordered(results, order) {
  if (!order) return results;
  if (order === "date") dates ??= await json("dates.json");
  const keyed = results.map((result) => ({ result, place: Number(result.id), date: dates?.[Number(result.id)] }));
  return keyed.sort(ORDERS[order]).map(({ result }) => result);
}

const METHODS = {
  async preload(words) {
    await fetchEarly(words);
    await (await loading).preload(words);
  },
  filters: async () => void (await (counted ??= (await loading).filters())), // only those that are loaded are counted
  async search(words, { filters = {}, order = "", most = Infinity, counts = false } = {}) {
    if (counts) await METHODS.filters();
    const answer = await (await loading).search(words, { filters });
    const results = (await ordered(answer.results, order)).slice(0, most);
    for (const result of results) found.set(result.id, result.data);
    if (most < Infinity) for (const { data } of results) data().catch(() => undefined); // who asks for it next will tell
    return { number: answer.results.length, filters: answer.filters, ids: results.map(({ id }) => id) };
  },
  async data(id) {
    const { raw_url, meta } = await found.get(id)();
    return { raw_url, meta };
  },
};

self.onmessage = async ({ data: { turn, method, values } }) => {
  try {
    self.postMessage({ turn, value: await METHODS[method](...values) });
  } catch (error) {
    self.postMessage({ turn, error: String(error) });
  }
};
