// The files of the search, each fetched once when it is asked for: fiches, names of terms and places, words of the texts.

const folder = new URL("../../recherche/", import.meta.url);
const INDEXES = ["domaines", "publics", "communes", "types_de_porteur", "niveaux_de_cout", "etapes_pci", "editions", "freins"];

async function fetched(name) {
  const answer = await fetch(new URL(`${name}.json`, folder), { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer.json();
}

/** What is made once; after a failure, again. */
export function once(make) {
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

/** Names: what they stand for, and the communes. */
export const terms = once(() => fetched("termes"));

/** The words of the texts, which may be many: they come behind what a first answer needs. */
export const texts = once(async () => {
  await Promise.allSettled([records(), terms()]);
  return fetched("mots");
});

const pieces = new Map();

/** The summary of a record, which large catalogues keep apart. */
export async function summaryOf({ id, number, resume }) {
  const { resumes } = await records();
  if (!resumes || !id) return resume;
  const piece = Math.floor(number / resumes);
  if (!pieces.has(piece)) pieces.set(piece, once(() => fetched(`resumes/${piece}`)));
  return (await pieces.get(piece)())[number % resumes];
}

/** All that a search needs is on its way. */
export function fetchEarly() {
  for (const asked of [records, terms, texts]) asked().catch(() => undefined); // whoever needs it will tell
}
