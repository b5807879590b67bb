// A combobox of terms (pattern of the ARIA Authoring Practices Guide).

import { announce, fresh, h } from "./dom.js";

/** Creates the input and its list; `pick` is called with the id of the chosen term, `hidden` excludes terms. */
export function combobox({ terms, vocabulary, input, pick, hidden = () => false }) {
  const list = h("ul", { id: fresh(), role: "listbox", class: "choix", hidden: true, "aria-label": "Propositions" });
  let active = -1;
  let found = [];

  const attributes = {
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
    autocomplete: "off",
    autocapitalize: "none",
    spellcheck: "false",
  };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);

  function open() {
    found = terms.search(vocabulary, input.value).filter(({ term }) => !hidden(term.id));
    list.replaceChildren(...found.map(option));
    if (!found.length) list.append(h("li", { class: "choix-rien" }, "Rien de ce nom."));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark(input.value.trim() && found.length ? 0 : -1);
    announce(found.length ? `${found.length} proposition${found.length > 1 ? "s" : ""}` : "Aucune proposition");
  }

  function close() {
    list.hidden = true;
    list.replaceChildren();
    found = [];
    input.setAttribute("aria-expanded", "false");
    mark(-1);
  }

  function option({ term, by }) {
    const about = [by && `« ${by} »`, term.former && "ancienne commune", term.help].filter(Boolean).join(" · ");
    return h(
      "li",
      { role: "option", id: fresh(), "aria-selected": "false", onclick: () => choose(term.id) },
      h("span", {}, term.title),
      about && h("small", {}, about),
    );
  }

  function mark(index) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = index;
    const option = found.length ? list.children[index] : null;
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  }

  function move(step) {
    if (list.hidden) open();
    if (!found.length) return;
    if (active < 0) mark(step > 0 ? 0 : found.length - 1);
    else mark((active + step + found.length) % found.length);
  }

  function choose(id) {
    close();
    pick(id);
  }

  const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => found[active] && choose(found[active].term.id),
    Escape: () => close(),
  };

  input.addEventListener("keydown", (event) => {
    if (!(event.key in keys) || event.isComposing) return;
    if (event.key === "Escape" && list.hidden) return;
    event.preventDefault();
    if (event.key !== "Enter" || !list.hidden) keys[event.key]();
  });
  input.addEventListener("input", () => (input.value.trim() ? open() : close()));
  input.addEventListener("click", () => (list.hidden ? open() : null));
  input.addEventListener("blur", () => {
    close();
    const id = terms.resolve(vocabulary, input.value);
    if (id && !hidden(id)) pick(id, { left: true });
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the focus in the field

  return list;
}
