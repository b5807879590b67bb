// The facets of the explorer: which practices have what. A practice is the number of its place among all titles.

const folder = new URL("../pagefind/", import.meta.url);
let asked;

/* All that the explorer asks of the catalogue, fetched once; after a failure, again. */
export function catalogue() {
  asked ??= fetched().catch((error) => {
    asked = undefined;
    throw error;
  });
  return asked;
}

async function fetched() {
  const { facets, dates, cards } = await json(`facets.json?ts=${Date.now()}`);
  const numbers = dates.map((_, number) => number);
  const facet = (values) => new Map(Object.entries(values).map(([value, gaps]) => [value, added(gaps)]));
  return {
    numbers,
    dates,
    facets: new Map(Object.entries(facets).map(([name, values]) => [name, facet(values)])),
    card: (number) => json(`cards/${cards}/${number}.json`),
  };
}

async function json(name) {
  const answer = await fetch(new URL(name, folder));
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
}

function added(gaps) {
  let number = -1;
  return gaps.map((gap) => (number += gap));
}

/* Of some practices, those that have one of the chosen values of each facet, and how many would have each value: within
   a facet choices widen, so its own do not count. */
export function narrowed({ numbers, facets }, among, chosen) {
  const isAmong = marked(numbers, among);
  const has = new Map(Object.entries(chosen).map(([name, values]) => [name, having(numbers, facets.get(name), values)]));
  const missed = numbers.map((number) => [...has.values()].filter((marks) => !marks[number]).length);
  const isAllBut = (name) => (number) => isAmong[number] && missed[number] === Number(has.get(name)?.[number] === 0);
  return {
    found: among.filter((number) => !missed[number]),
    count: (name, value) => (facets.get(name)?.get(value) ?? []).filter(isAllBut(name)).length,
  };
}

function having(numbers, facet, values) {
  return marked(numbers, values.flatMap((value) => facet?.get(value) ?? []));
}

function marked(numbers, some) {
  const marks = new Uint8Array(numbers.length);
  for (const number of some) marks[number] = 1;
  return marks;
}
