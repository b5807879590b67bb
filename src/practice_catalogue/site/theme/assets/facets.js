// The facets of the explorer: which of some practices have the chosen terms, and how many would have each other one.

/** Within a facet choices widen, across facets they narrow; a facet's own choices do not count for its numbers.
    `chosen` has the terms chosen of each index: `{domaines: ["logement"]}`. */
export function narrowed(among, chosen) {
  const missed = new Map(
    among.map((record) => [record, Object.keys(chosen).filter((index) => !chosen[index].some((term) => has(record, index, term)))]),
  );
  const meetsAllBut = (index) => (record) => missed.get(record).every((other) => other === index);
  return {
    found: among.filter((record) => !missed.get(record).length),
    count: (index, term) => among.filter(meetsAllBut(index)).filter((record) => has(record, index, term)).length,
  };
}

const has = (record, index, term) => record.terms[index].includes(term);
