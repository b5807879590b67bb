// Validates the data of a form; the messages come from the site (practice_catalogue/validation/messages.py).

import { readAmount, today } from "./values.js";

const LONGEST_VALUE = 160;

/** Returns all problems of a fiche: `{path, code, warning, details}`; `others` are the fiches of the catalogue, if known. */
export function problemsOf(data, form, { id, others = {} } = {}) {
  const found = Object.values(form.fields).flatMap((spec) => ofField(spec, data[spec.name], [spec.name], form));
  const wrong = new Set(found.map(({ path }) => path[0]));
  const across = RULES.flatMap((rule) => rule(data, form, { id, others })).filter(
    ({ path }) => !wrong.has(path[0]) || path.length > 1,
  );
  return [...found, ...across.filter((one) => !found.some(({ path }) => String(path) === String(one.path)))];
}

/** Returns the problems of the file name. */
export function problemsOfId(id, form, others) {
  const at = (code, details) => [{ path: ["id"], code, details }];
  if (!id) return at("champ-manquant", { titre: "Nom du fichier", aide: "" });
  if (!whole(form.patterns.id, id) || id.length > form.limits.id) return at("identifiant-invalide", { valeur: id });
  if (form.reserved.includes(id)) return at("nom-reserve", { nom: `${id}.yml` });
  const taken = Object.hasOwn(others, id) || Object.values(others).some(({ anciens_ids }) => anciens_ids.includes(id));
  return taken ? at("identifiant-pris", { id }) : [];
}

/** Returns the French message and hint of a problem. */
export function say({ code, details }, form) {
  const fill = (template) => template.replace(/\{(\w+)\}/g, (_, name) => shown(details?.[name] ?? ""));
  const { message, hint } = form.says[code];
  const near = details?.proches ?? [];
  return {
    message: fill(message),
    hint: near.length ? `Vouliez-vous dire ${near.map((name) => `« ${name} »`).join(" ou ")} ?` : fill(hint),
  };
}

function shown(value) {
  const text = [...String(value).split(/\s+/).join(" ").trim()];
  return text.length <= LONGEST_VALUE ? text.join("") : `${text.slice(0, LONGEST_VALUE - 1).join("")}…`;
}

function ofField(spec, value, path, form) {
  const problem = (code, details = {}) => [{ path, code, details: { ...about(spec), ...details } }];
  if (value === undefined) return spec.required ? missing(spec, path, form) : [];
  if (!spec.most) return ofOne(spec, value, path, form);
  const long =
    value.length > spec.most ? problem("liste-trop-longue", { longueur: value.length, maximum: spec.most }) : [];
  return [...long, ...value.flatMap((one, index) => ofOne(spec, one, [...path, index], form))];
}

/** Returns the problems of a missing value, at the path of the first field to fill in. */
function missing(spec, path, form) {
  const first = spec.most && spec.kind !== "terms" ? [...path, 0] : path;
  if (spec.kind === "group") return ofOne(spec, {}, first, form);
  return [{ path: first, code: "champ-manquant", details: about(spec) }];
}

const about = (spec) => ({ cle: spec.name, titre: spec.title, aide: spec.help, exemple: spec.example ?? "" });

function ofOne(spec, value, path, form) {
  const problem = (code, details = {}) => [{ path, code, details: { ...about(spec), valeur: value, ...details } }];
  if (spec.kind === "group")
    return spec.fields.flatMap((sub) => ofField(sub, value[sub.name], [...path, sub.name], form));
  if (spec.kind === "terms") return ofTerm(spec, value, form, problem);
  if (spec.kind === "amount") {
    if (typeof value !== "number") return problem("nombre-attendu", { proches: readAmount(value, form).readings });
    return value < 0 || value > form.limits.amount ? problem("nombre-hors-limites") : [];
  }
  const length = [...value].length;
  const lengths = { longueur: length, minimum: spec.min, maximum: spec.max, exces: length - spec.max };
  if (spec.max && length > spec.max) return problem("texte-trop-long", lengths);
  if (spec.min && length < spec.min) return problem("texte-trop-court", lengths);
  if (!(spec.kind in form.codes)) return [];
  return isOf(spec.kind, value, form) ? [] : problem(form.codes[spec.kind], { formes: form.dates[spec.kind] ?? "" });
}

function ofTerm(spec, value, form, problem) {
  const terms = form.terms[spec.terms];
  if (terms.some(({ id }) => id === value)) return [];
  return problem("terme-inconnu", { liste: form.lists[spec.terms], proches: form.near(spec.terms, value) });
}

function isOf(kind, text, form) {
  if (!whole(form.patterns[kind], text)) return false;
  if (kind === "id") return text.length <= form.limits.id && !form.reserved.includes(text);
  if (kind === "date" || kind === "partial-date") return isDate(text);
  if (kind !== "phone") return true;
  const [fewest, most] = form.limits.digits;
  const digits = text.replace(/[^0-9]/g, "").length;
  return fewest <= digits && digits <= most;
}

const whole = (pattern, text) => new RegExp(`^(?:${pattern})$`, "u").test(text);

function isDate(text) {
  const [year, month = 1, day = 1] = text.split("-").map(Number);
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  return year > 0 && date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/* Rules across fields and fiches: those of practice_catalogue/validation/rules.py, one function each. */

const RULES = [
  ({ territoire, communes }) =>
    ["communal", "intercommunal"].includes(territoire) && !communes
      ? [{ path: ["communes"], code: "communes-manquantes" }]
      : [],

  ({ titre = "" }, form) => {
    const mot = titre.match(/[\p{L}\p{N}_]+/gu)?.find((word) => new RegExp(form.patterns.mixed, "u").test(word));
    return mot ? [{ path: ["titre"], code: "alphabets-meles", details: { mot } }] : [];
  },

  ({ calendrier: { debut, fin } = {} }, form) => {
    if (![debut, fin].every((date) => date && isOf("partial-date", date, form))) return [];
    const precision = Math.min(debut.length, fin.length);
    if (fin.slice(0, precision) >= debut.slice(0, precision)) return [];
    return [{ path: ["calendrier", "fin"], code: "dates-inversees", details: { debut, fin } }];
  },

  ({ calendrier: { debut } = {}, nouvelles = [] }, form) =>
    nouvelles.flatMap(({ le }, index) => {
      if (!le || !isOf("date", le, form)) return [];
      const path = ["nouvelles", index, "le"];
      if (le > today()) return [{ path, code: "nouvelle-future", details: { date: le } }];
      const early = debut && isOf("partial-date", debut, form) && le.slice(0, debut.length) < debut;
      return early ? [{ path, code: "nouvelle-avant-le-debut", details: { date: le, debut } }] : [];
    }),

  ({ reprise_de }, form, { id, others }) => {
    const origin = reprise_de?.fiche;
    if (!origin || !isOf("id", origin, form) || !Object.keys(others).length) return [];
    const path = ["reprise_de", "fiche"];
    if (origin === id) return [{ path, code: "reprise-en-cercle", details: { id: origin } }];
    return Object.hasOwn(others, origin) ? [] : [{ path, code: "reprise-inconnue", details: { id: origin } }];
  },

  ({ couts: { montant, montant_max } = {} }) => {
    const path = ["couts", "montant_max"];
    if (typeof montant_max !== "number") return [];
    if (montant === undefined) return [{ path, code: "montant-sans-minimum" }];
    return montant_max < montant ? [{ path, code: "montants-inverses" }] : [];
  },

  ({ contacts = [] }, form) =>
    contacts.flatMap(({ courriel = "", telephone = "" }, index) => [
      ...(form.private.includes(courriel.split("@").pop().toLowerCase())
        ? [
            {
              path: ["contacts", index, "courriel"],
              code: "courriel-prive",
              warning: true,
              details: { valeur: courriel },
            },
          ]
        : []),
      ...(whole(form.patterns.mobile, telephone.replace(/[^0-9+]/g, ""))
        ? [
            {
              path: ["contacts", index, "telephone"],
              code: "mobile-prive",
              warning: true,
              details: { valeur: telephone },
            },
          ]
        : []),
    ]),

  ({ contacts }) =>
    contacts && !contacts.some(({ telephone, courriel, adresse }) => telephone || courriel || adresse)
      ? [{ path: ["contacts"], code: "contact-injoignable", warning: true }]
      : [],

  ({ titre = "" }, form, { id, others }) => {
    const same = Object.keys(others).filter(
      (other) => other !== id && form.fold(others[other].titre) === form.fold(titre),
    );
    if (!same.length || !form.fold(titre)) return [];
    const more = same.length - form.limits.named;
    const named = same.slice(0, form.limits.named).join(", ");
    const autre = more > 0 ? `${named} et ${more} ${more > 1 ? "autres" : "autre"}` : named;
    return [{ path: ["titre"], code: "titre-en-double", details: { autre } }];
  },

  ({ anciens_ids = [] }, form, { id, others }) =>
    anciens_ids.flatMap((old, index) => {
      const owner = Object.keys(others).find(
        (other) => other !== id && (other === old || others[other].anciens_ids.includes(old)),
      );
      const taken = owner ?? (old === id ? id : null);
      return taken
        ? [{ path: ["anciens_ids", index], code: "ancien-id-occupe", details: { id: old, autre: taken } }]
        : [];
    }),
];
