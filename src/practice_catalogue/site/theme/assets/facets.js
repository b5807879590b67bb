// Faceted filtering: which practices have the chosen terms, and how many each other choice would give.

/** Combines choices by OR within a facet and by AND across facets; the counts of a facet ignore its own choices.
    `chosen` maps an index to its chosen terms: `{domaines: ["logement"]}`. */
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

const has = (record, index, term) => Boolean(record.terms[index]?.includes(term)); // what is near is known once a commune is chosen
