// The search at work, in a thread of its own: Pagefind over all parts of the index. Only what is shown leaves it.

import { assureWhole, card, fetchEarly, places } from "./parts.js";

const loading = load();
const cards = new Map();

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

/* A result is named after the number of its record. */
const METHODS = {
  async preload(words) {
    await fetchEarly(words);
    await (await loading).preload(words);
  },
  async search(words, most = Infinity) {
    const { results } = await (await loading).search(words);
    assureWhole();
    const numbers = results.slice(0, most).map(({ id }) => Number(id));
    if (most < Infinity) for (const number of numbers) METHODS.card(number).catch(() => undefined); // who asks for it next will tell
    return { total: results.length, numbers };
  },
  card(number) {
    if (!cards.has(number)) cards.set(number, card(number));
    return cards.get(number);
  },
};

self.onmessage = async ({ data: { turn, method, values } }) => {
  try {
    self.postMessage({ turn, value: await METHODS[method](...values) });
  } catch (error) {
    self.postMessage({ turn, error: String(error) });
  }
};
