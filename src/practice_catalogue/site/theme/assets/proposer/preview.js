// Preview of the card and the page of a fiche, from the data of the form. Texts are never parsed as HTML.

import { h } from "./dom.js";

/** Applies French typography, as `richtext.french`: apostrophes and non-breaking spaces. */
export function french(text) {
  return text
    .replace(/(\p{L})'(?=\p{L})/gu, "$1’")
    .replace(/« ?/g, "«\u00a0")
    .replace(/ ?»/g, "\u00a0»")
    .replace(/ (?=:(?:\s|$))/g, "\u00a0")
    .replace(/ (?=[;!?])/g, "\u202f");
}

/** Creates the card of a fiche, as in lists of fiches. */
export function card(data, form) {
  const domain = data.domaines?.[0];
  const facts = [
    ["Où", place(data, form)],
    ["Qui", names(data.porteurs, "nom")],
    ["Pour qui", titles(data.publics, "publics", form)],
    ["Coût", costLevel(data, form)],
    ["État", state(data)],
  ];
  return h(
    "div",
    { class: `carte domaine-${domain ?? "aucun"}` },
    h("p", { class: "carte-domaine" }, title("domaines", domain, form) ?? "Domaine"),
    h("p", { class: "carte-titre" }, french(data.titre ?? "Le titre de la pratique")),
    h("p", { class: "carte-resume" }, french(data.resume ?? "Le résumé, en une ou deux phrases.")),
    h(
      "dl",
      { class: "carte-faits" },
      facts
        .filter(([, said]) => said)
        .map(([name, said]) => h("div", {}, h("dt", {}, name), h("dd", {}, french(said)))),
    ),
  );
}

/** Creates the page of a fiche, with the sections in the order of the site. */
export function page(data, form) {
  const facts = [
    ["Qui", [names(data.porteurs, "nom"), data.organisateurs && `Organisation : ${data.organisateurs.join(", ")}`]],
    ["Où", [data.lieu, titles(data.communes, "communes", form) || title("territoires", data.territoire, form)]],
    ["Quand", [when(data.calendrier), data.calendrier?.periodicite]],
    ["Coût", [costLevel(data, form), amount(data.couts)]],
    ["Pour qui", [titles(data.publics, "publics", form)]],
    ["État", [state(data)]],
  ];
  const { couts } = data;
  return h(
    "div",
    { class: `apercu-page domaine-${data.domaines?.[0] ?? "aucun"}` },
    h(
      "div",
      { class: "apercu-tete" },
      h("p", { class: "apercu-titre" }, french(data.titre ?? "Le titre de la pratique")),
      data.sous_titre && h("p", { class: "sous-titre" }, french(data.sous_titre)),
      data.resume && h("p", { class: "chapeau" }, french(data.resume)),
    ),
    h(
      "div",
      { class: "essentiel" },
      h("dl", {}, facts.map(([name, said]) => fact(name, said.filter(Boolean))).filter(Boolean)),
    ),
    section("Pourquoi", rich(data.besoins)),
    section("Objectifs", bullets(data.objectifs)),
    section("En plus", bullets(data.objectifs_secondaires)),
    section("Public cible", data.public_cible && h("p", {}, french(data.public_cible))),
    section("Comment cela se passe", rich(data.description)),
    section("Partenaires", bullets(data.partenaires?.map(({ nom, role }) => [nom, role].filter(Boolean).join(" : ")))),
    section("Résultats", [figures(data.indicateurs), rich(data.resultats)]),
    section("Originalité", rich(data.innovation)),
    section("Difficultés et réponses", data.defis && h("ul", { class: "defis" }, data.defis.map(difficulty))),
    section("Facteurs de réussite", bullets(data.facteurs_de_reussite)),
    section(
      "Coûts et financement",
      (couts?.texte || couts?.financement) && [
        rich(couts.texte),
        couts.financement && h("p", {}, h("strong", {}, "Qui paie : "), french(couts.financement.join(", "))),
      ],
    ),
    section("Contact", data.contacts && h("div", { class: "contacts" }, data.contacts.map(contact))),
    section(
      "Pour aller plus loin",
      bullets(
        [...(data.liens ?? []), ...(data.documents ?? [])].map(({ titre, note }) =>
          [titre, note].filter(Boolean).join(" : "),
        ),
      ),
    ),
  );
}

const title = (vocabulary, id, form) => form.terms[vocabulary].find((term) => term.id === id)?.title;
const titles = (ids, vocabulary, form) =>
  (ids ?? [])
    .map((id) => title(vocabulary, id, form))
    .filter(Boolean)
    .join(", ");
const names = (parts, name) =>
  (parts ?? [])
    .map((part) => part[name])
    .filter(Boolean)
    .join(", ");
const costLevel = (data, form) => title("niveaux_de_cout", data.couts?.niveau ?? "non-precise", form);

function place({ communes = [], territoire }, form) {
  if (communes.length > 3) return `${communes.length} communes`;
  return titles(communes, "communes", form) || title("territoires", territoire, form);
}

function when({ debut, fin } = {}) {
  const full = (iso) => iso.length === "2017-02-11".length;
  if (debut && fin)
    return full(debut) && full(fin) ? `du ${day(debut)} au ${day(fin)}` : `de ${day(debut)} à ${day(fin)}`;
  return debut ? `depuis ${full(debut) ? "le " : ""}${day(debut)}` : fin && `jusqu'${full(fin) ? "au" : "en"} ${day(fin)}`;
}

/** Formats an ISO date, month or year in French; other text is returned unchanged. */
function day(iso) {
  const [year, month, number] = iso.split("-");
  const date = new Date(Date.UTC(year, (month ?? 1) - 1, number ?? 1));
  if (isNaN(date) || !month) return iso;
  const shown = date.toLocaleDateString("fr-FR", { month: "long", year: "numeric", timeZone: "UTC" });
  return number ? `${number === "01" ? "1er" : Number(number)} ${shown}` : shown;
}

const IN_WORDS = { "en-cours": "en cours", modifiee: "en cours, avec des changements", terminee: "terminée" };

/** Returns the state of a practice as the cards show it (practice_catalogue/model/derived/practice_state.py). */
function state({ calendrier: { debut, fin } = {}, nouvelles = [] }) {
  const today = new Date().toLocaleDateString("sv-SE");
  const [begin, end] = [debut, fin].map((date) => /^\d{4}(?=-|$)/.exec(date)?.[0]);
  const years = begin && end ? (begin === end ? begin : `${begin}–${end}`) : begin ? `commencée en ${begin}` : end && `jusqu'en ${end}`;
  const said = nouvelles.filter(({ le, etat }) => le && etat && le <= today);
  const latest = said.reduce((one, other) => (one && one.le >= other.le ? one : other), null);
  const over = end && fin < today.slice(0, fin.length) && (!latest || latest.le.slice(0, fin.length) <= fin);
  const word = IN_WORDS[latest?.etat];
  const known = over ? "terminée" : word ? `${word}, ${latest.etat === "terminee" ? "dit" : "confirmé"} en ${day(latest.le.slice(0, 7))}` : "à confirmer";
  return [years, known].filter(Boolean).join(" · ");
}

function amount({ montant, montant_max } = {}) {
  const said = [montant, montant_max]
    .filter((one) => typeof one === "number")
    .map((one) => one.toLocaleString("fr-FR"));
  return said.length ? `${said.join(" à ")} €` : "";
}

function fact(name, [first, ...more]) {
  return (
    first &&
    h(
      "div",
      {},
      h("dt", {}, name),
      h(
        "dd",
        {},
        h("span", {}, french(first)),
        more.map((one) => h("small", {}, french(one))),
      ),
    )
  );
}

/** Creates a section, or nothing if its fields are empty. */
function section(name, content) {
  const shown = [content].flat().filter(Boolean);
  return shown.length ? h("section", {}, h("h3", {}, name), h("div", { class: "texte" }, shown)) : null;
}

const bullets = (texts) =>
  texts?.length &&
  h(
    "ul",
    {},
    texts.map((text) => h("li", {}, french(text))),
  );

function figures(rows) {
  const shown = ({ mesure, valeur, annee }) =>
    h("div", {}, h("dt", {}, french(mesure ?? ""), annee && ` (${annee})`), h("dd", {}, french(valeur ?? "")));
  return rows && h("dl", { class: "chiffres" }, rows.map(shown));
}

function difficulty({ defi, reponse }) {
  return h(
    "li",
    {},
    h("p", { class: "defi" }, french(defi ?? "")),
    reponse && h("p", { class: "reponse" }, h("strong", {}, "Réponse : "), french(reponse)),
  );
}

function contact({ organisation, nom, fonction, telephone, courriel, adresse, horaires }) {
  const person = [nom, fonction].filter(Boolean).join(", ");
  const lines = [person, telephone && `Tél. ${telephone}`, courriel, adresse, horaires].filter(Boolean);
  return h(
    "div",
    { class: "contact" },
    h("p", {}, h("strong", {}, french(organisation ?? ""))),
    lines.map((line) => h("p", {}, line)),
  );
}

/* The Markdown subset of long texts: paragraphs, lists, **bold**, *emphasis*, and links, which are inactive here. */

export function rich(text) {
  if (!text) return null;
  return text.split(/\n\s*\n/).flatMap((block) => blocks(block.split("\n")));
}

const ITEM = /^ {0,3}(?:[-*+]|(\d{1,9})[.)]) +(.*)$/;

function blocks(lines) {
  const made = [];
  for (const line of lines) {
    const item = ITEM.exec(line);
    const kind = item ? (item[1] ? "ol" : "ul") : "p";
    if (item && made.at(-1)?.kind !== kind) made.push({ kind, lines: [item[2]] });
    else if (item) made.at(-1).lines.push(item[2]);
    else if (made.length) made.at(-1).lines.push(`${made.at(-1).lines.pop()} ${line.trim()}`);
    else made.push({ kind, lines: [line.trim()] });
  }
  return made.map(({ kind, lines: texts }) =>
    kind === "p"
      ? h("p", {}, inline(texts.join(" ")))
      : h(
          kind,
          {},
          texts.map((one) => h("li", {}, inline(one))),
        ),
  );
}

const MARKS = /\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|\[([^\]]*)\]\(([^()\s]*)\)/;

function inline(text) {
  const found = MARKS.exec(text);
  if (!found) return [french(text)];
  const [all, strong, emphasis, label] = found;
  const made = strong
    ? h("strong", {}, inline(strong))
    : emphasis
      ? h("em", {}, inline(emphasis))
      : h("span", { class: "lien" }, inline(label));
  return [french(text.slice(0, found.index)), made, ...inline(text.slice(found.index + all.length))];
}
