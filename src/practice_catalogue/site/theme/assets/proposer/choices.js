// Fields for vocabulary terms: radio buttons, a combobox, or an ordered list of terms.

import { begun, beyond, changed, help, optional } from "./around.js";
import { combobox } from "./combobox.js";
import { announce, fresh, h } from "./dom.js";

const FEW = 8;

/** A field for one term: radio buttons for a few terms, a combobox for many. */
export function term(spec, form, { nested = false, free = !spec.required } = {}) {
  const terms = form.terms[spec.terms];
  if (terms.length > FEW) return searched(spec, form);
  return nested ? select(spec, terms, fresh()) : radios(spec, terms, fresh(), free && !spec.default);
}

function select(spec, terms, id) {
  const control = h(
    "select",
    { id, "data-decrit": `${id}-aide`, "aria-required": spec.required ? "true" : null },
    h("option", { value: "" }, spec.required ? "Choisissez" : "Pas de réponse"),
    terms.map((term) => h("option", { value: term.id }, term.title)),
  );
  const element = h("div", { class: "champ" });
  const { error, base } = begun(id, [control], element);
  element.append(h("label", { for: id }, spec.title, optional(spec) || null), help(spec, id), error, control);
  return {
    ...base,
    focus: () => control.focus(),
    read: () => (control.value === (spec.default ?? "") ? undefined : control.value),
    fill(value) {
      control.value = spec.default ?? "";
      if (value === undefined) return [];
      if (!terms.some((term) => term.id === value)) return [[[], value]];
      control.value = value;
      return [];
    },
  };
}

function radios(spec, terms, id, free) {
  const options = [...terms, ...(free ? [{ id: "", title: "Pas de réponse" }] : [])].map((term) => {
    const own = fresh();
    const input = h("input", {
      type: "radio",
      name: id,
      id: own,
      value: term.id,
      "aria-describedby": term.help ? `${own}-aide` : null,
    });
    const title = h("label", { for: own }, term.title);
    return {
      input,
      element: h(
        "div",
        { class: "option" },
        input,
        h("div", {}, title, term.help && h("p", { class: "aide", id: `${own}-aide` }, term.help)),
      ),
    };
  });
  const fallback = spec.default ?? (free ? "" : null);
  const choose = (value) => options.forEach(({ input }) => (input.checked = input.value === value));
  const element = h("fieldset", { class: "champ options", id });
  element.dataset.decrit = `${id}-aide`;
  const { error, base } = begun(id, [element], element, { group: true });
  element.append(
    h("legend", {}, spec.title, optional(spec) || null),
    help(spec, id),
    error,
    ...options.map((one) => one.element),
  );
  choose(fallback);
  return {
    ...base,
    focus: () => (options.find(({ input }) => input.checked) ?? options[0]).input.focus(),
    read() {
      const value = options.find(({ input }) => input.checked)?.input.value;
      return value && value !== spec.default ? value : undefined;
    },
    fill(value) {
      choose(fallback);
      if (value === undefined) return [];
      if (!terms.some((term) => term.id === value)) return [[[], value]];
      choose(value);
      return [];
    },
  };
}

const search = (spec, id) =>
  h("input", { id, type: "text", "data-decrit": `${id}-aide`, "aria-required": spec.required ? "true" : null });

function searched(spec, form) {
  const id = fresh();
  const title = (one) => form.terms[spec.terms].find((found) => found.id === one)?.title;
  const control = search(spec, id);
  const element = h("div", { class: "champ" });
  const { error, base } = begun(id, [control], element);
  const pick = (one) => {
    control.value = title(one);
    changed(element);
  };
  const list = combobox({ terms: form.lookup, vocabulary: spec.terms, input: control, pick });
  element.append(
    h("label", { for: id }, spec.title, optional(spec) || null),
    help(spec, id),
    error,
    h("div", { class: "combobox" }, control, list),
  );
  return {
    ...base,
    focus: () => control.focus(),
    read: () =>
      control.value.trim() ? (form.lookup.resolve(spec.terms, control.value) ?? control.value.trim()) : undefined,
    fill(value) {
      const known = typeof value === "string" && form.lookup.get(spec.terms, value);
      control.value = known ? known.title : "";
      return known || value === undefined ? [] : [[[], value]];
    },
  };
}

/** A field for an ordered list of terms. */
export function termList(spec, form) {
  const id = fresh();
  const { lookup } = form;
  let chosen = [];
  const control = search(spec, id);
  const chips = h("ol", { class: "puces" });
  const limit = h("p", { class: "note" });
  const element = h("fieldset", { class: "champ" });
  const { error, base } = begun(id, [control], element);
  const add = (one) => {
    if (!chosen.includes(one)) chosen.push(one);
    control.value = "";
    announce(`Ajouté : ${lookup.get(spec.terms, one).title}`);
    draw();
    changed(element);
  };
  const box = combobox({
    terms: lookup,
    vocabulary: spec.terms,
    input: control,
    pick: add,
    hidden: (one) => chosen.includes(one),
  });
  element.append(
    h("legend", {}, spec.title, optional(spec) || null),
    help(spec, id),
    error,
    chips,
    h(
      "div",
      { class: "combobox" },
      h("label", { for: id, class: "cache" }, `${spec.title} : chercher et ajouter`),
      control,
      box,
    ),
    limit,
  );
  control.placeholder = "Cherchez un nom, ou ouvrez la liste";

  function draw() {
    const most = chosen.length >= spec.most;
    chips.replaceChildren(...chosen.map(chip));
    chips.hidden = !chosen.length;
    control.parentElement.hidden = most;
    limit.textContent = most ? `${spec.most} au plus : retirez-en un pour en choisir un autre.` : "";
  }
  function chip(one, index) {
    const title = lookup.get(spec.terms, one).title;
    const act = (verb, sign, does, off) =>
      h(
        "button",
        {
          type: "button",
          class: "bouton discret signe",
          "aria-label": `${verb} : ${title}`,
          title: verb,
          disabled: off,
          onclick: does,
        },
        sign,
      );
    const swap = (step) => () => {
      [chosen[index], chosen[index + step]] = [chosen[index + step], chosen[index]];
      announce(`${title} : place ${index + step + 1} sur ${chosen.length}`);
      draw();
      focusOn(index + step, step < 0 ? 0 : 1);
      changed(element);
    };
    return h(
      "li",
      {},
      h("span", {}, title),
      chosen.length > 1 && act("Monter", "↑", swap(-1), index === 0),
      chosen.length > 1 && act("Descendre", "↓", swap(1), index === chosen.length - 1),
      act("Retirer", "×", () => {
        chosen.splice(index, 1);
        announce(`Retiré : ${title}`);
        draw();
        control.focus();
        changed(element);
      }),
    );
  }
  function focusOn(index, button) {
    const buttons = [...chips.children[index].querySelectorAll("button")];
    (buttons[button].disabled ? buttons.find((one) => !one.disabled) : buttons[button]).focus();
  }
  draw();

  return {
    ...base,
    focus: () => (control.parentElement.hidden ? chips.querySelector("button") : control).focus(),
    read() {
      const typed = control.value.trim();
      const all = typed ? [...chosen, lookup.resolve(spec.terms, typed) ?? typed] : chosen;
      return all.length ? [...all] : undefined;
    },
    fill(value = []) {
      const values = Array.isArray(value) ? value.slice(0, spec.most) : [];
      const known = values.filter((one, index) => lookup.get(spec.terms, one) && values.indexOf(one) === index);
      const lost = values.flatMap((one, index) => (known.includes(one) ? [] : [[[index], one]]));
      chosen = known;
      control.value = "";
      draw();
      return Array.isArray(value) ? [...lost, ...beyond(value, spec.most)] : [[[], value]];
    },
  };
}
