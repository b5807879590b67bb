// The parts that all fields have in common: help, example, error message.

import { h } from "./dom.js";

export const optional = (spec) => !spec.required && !spec.asked && h("span", { class: "facultatif" }, " facultatif");

const LAYOUT = "Pour une liste, mettez un tiret au début de chaque ligne\u202f; pour du gras, **deux étoiles** autour des mots.";

export function help(spec, id) {
  const example = spec.example && h("span", { class: "exemple" }, `Par exemple : ${spec.example}`);
  const layout = spec.kind === "text" && ` ${LAYOUT}`;
  return h("p", { class: "aide", id: `${id}-aide` }, spec.help, layout, " ", example);
}

/**
 * Creates the common parts of a field: `error`, the element of the message, and `base`, the field without its value.
 * Sets `aria-describedby` on controls, and shows or hides the message; a group is described, but not marked as invalid.
 */
export function begun(id, controls, element, { group = false } = {}) {
  const error = h("p", { class: "erreur", id: `${id}-erreur`, hidden: true });
  function described(more = "") {
    for (const control of controls) {
      const by = `${more} ${control.dataset.decrit ?? ""}`.trim();
      if (by) control.setAttribute("aria-describedby", by);
      else control.removeAttribute("aria-describedby");
    }
  }
  described();
  function show(said) {
    error.hidden = !said;
    error.className = said?.warning ? "erreur conseil" : "erreur";
    error.replaceChildren(
      ...(said
        ? [
            h("span", { class: "cache" }, said.warning ? "Conseil : " : "Erreur : "),
            said.message,
            said.hint && h("span", {}, said.hint),
          ].filter(Boolean)
        : []),
    );
    element.classList.toggle("en-erreur", Boolean(said) && !said.warning);
    for (const control of controls) {
      if (said && !said.warning && !group) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    }
    described(said ? error.id : "");
  }
  return { error, base: { element, id, show, at: () => null } };
}

/** Dispatches an input event for a change that no control reports by itself. */
export function changed(element) {
  element.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Returns the entries of a list that its field has no room for, as one value. */
export const beyond = (values, most) => (values.length > most ? [[[most], values.slice(most)]] : []);
