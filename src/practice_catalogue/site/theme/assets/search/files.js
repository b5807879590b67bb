// Fetches the files of the search index on demand, each once: records, names of terms and places, words of the texts.

const folder = new URL("../../recherche/", import.meta.url);
const INDEXES = ["domaines", "publics", "communes", "types_de_porteur", "niveaux_de_cout", "etapes_pci", "editions", "freins"];

async function fetched(name) {
  const answer = await fetch(new URL(`${name}.json`, folder), { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer.json();
}

/** Memoizes an async function; after a failure, the next call retries. */
export function once(make) {
  let made;
  return () =>
    (made ??= make().catch((error) => {
      made = undefined;
      throw error;
    }));
}

/** Fetches the records: the fiches with their terms, then the hand-written pages. */
export const records = once(async () => {
  const { index, fiches, langues, details, pieces, pages } = await fetched("fiches");
  const all = fiches.id.map((id, number) => {
    const numbers = fiches.terms.map((column) => column[number]);
    return {
      ...{ id, number, numbers, page: `fiches/${id}/`, title: fiches.title[number], lieu: fiches.lieu[number] },
      ...{ langue: langues[number], depuis: fiches.depuis[number], date: fiches.date[number], national: fiches.national[number] },
      ...said(numbers, index),
      ...detailed(details[number]),
      get terms() {
        return (this.ids ??= idsOf(numbers, index));
      },
    };
  });
  const written = pages.map(([page, title, resume], at) => ({ number: all.length + at, page, title, resume, lieu: "Page du site" }));
  return { index, fiches: all, all: [...all, ...written], pieces };
});

const detailed = ([subtitle, resume, porteurs] = []) => ({ subtitle, resume, porteurs });

/* Returns the term ids of a fiche, by index. */
function idsOf(numbers, index) {
  return Object.fromEntries(INDEXES.map((name, at) => [name, numbers[at].map((term) => index[name][term][0])]));
}

/* Returns the term labels for a card. */
function said([domaines, publics, , , [cout]], index) {
  return {
    couleur: index.domaines[domaines[0]][0],
    domaine: index.domaines[domaines[0]][1],
    publics: publics.map((term) => index.publics[term][1]).join(", "),
    cout: index.niveaux_de_cout[cout]?.[1] ?? "",
  };
}

/** Fetches the lexicon of names and the communes. */
export const terms = once(() => fetched("termes"));

/** Decodes delta-encoded numbers. */
export function numbersFrom(distances) {
  let number = -1;
  return distances.map((distance) => (number += distance));
}

/** Fetches the words of the texts, a large file, after the files that a first answer needs. */
export const texts = once(async () => {
  await Promise.allSettled([records(), terms()]);
  return fetched("mots");
});

const fetchedPieces = new Map();

/** Returns a record with its summary, which is in a separate file for large catalogues. */
export async function withDetails(record) {
  const { pieces } = await records();
  if (!pieces) return record;
  const piece = Math.floor(record.number / pieces);
  if (!fetchedPieces.has(piece)) fetchedPieces.set(piece, once(() => fetched(`details/${piece}`)));
  return { ...record, ...detailed((await fetchedPieces.get(piece)())[record.number % pieces]) };
}

/** Starts fetching all files of the search. */
export function fetchEarly() {
  for (const asked of [records, terms, texts]) asked().catch(() => undefined); // the caller that needs a file reports the error
}
