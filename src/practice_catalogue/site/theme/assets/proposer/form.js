// Fetches what the site publishes for its forms: the fields, terms, messages, and other files of data.

import { fold } from "./dom.js";
import { Terms } from "./terms.js";

const top = new URL("../../", import.meta.url);

/** Fetches a JSON file of the site; rejects if it does not come. */
export async function json(path) {
  const answer = await fetch(new URL(path, top));
  if (!answer.ok) throw new Error(path);
  return answer.json();
}

/** Fetches the definition of the form, with `fields` by name; if it does not come, `page` shows that it cannot run. */
export async function loadForm(page) {
  const form = await json("proposer/formulaire.json").catch((error) => {
    page.dataset.panne = "oui"; // as theme/main.html does if a script fails to load
    throw error;
  });
  const lookup = new Terms(form.terms);
  const fields = Object.fromEntries(Object.values(form.fields).map((spec) => [spec.name, spec]));
  return { ...form, fields, lookup, fold, near: (vocabulary, text) => lookup.near(vocabulary, text) };
}
