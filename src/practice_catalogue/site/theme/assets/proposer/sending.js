// The ways to send a fiche: repository link, e-mail, clipboard, download. Each needs a click by the user.

import { h } from "./dom.js";

const LONGEST_ADDRESS = 8000; // GitHub refuses more than 8,191 bytes, and encodes the address again if the user has to sign in

/** Creates the ways of this page; `part` returns its elements, `fixed` is the id of a corrected fiche, if any. */
export function ways({ part, form, fixed }) {
  /** Updates the links for a text; `letter` is the `{subject, body}` of a mail that needs no attachment. */
  function prepare(id, written, titre, letter = attaching(id, titre)) {
    const full = `${form.repository}?filename=${encodeURIComponent(`${id}.yml`)}&value=${encodeURIComponent(written)}`;
    const fits = !fixed && encodeURIComponent(full).length <= LONGEST_ADDRESS;
    const way = part("depot");
    if (way) {
      const short = fixed
        ? way.dataset.modifier.replace("IDENTIFIANT", id)
        : `${form.repository}?filename=${encodeURIComponent(`${id}.yml`)}`;
      part("depot-lien").href = fits ? full : short;
      part("depot-lien").dataset.copier = fits ? "" : "oui";
      part("depot-entier").hidden = !fits;
      part("depot-copie").hidden = fits || Boolean(fixed);
      part("depot-modifie").hidden = !fixed;
    }
    if (part("courriel"))
      part("courriel-lien").href =
        `mailto:${encodeURIComponent(form.mailbox).replace("%40", "@")}?subject=${encodeURIComponent(letter.subject)}&body=${encodeURIComponent(letter.body)}`;
  }

  const attaching = (id, titre) => ({
    subject: `${fixed ? "Correction de la fiche" : "Nouvelle fiche"} : ${titre}`,
    body: `Bonjour,\n\nVous trouverez en pièce jointe la fiche « ${titre} » (${id}.yml).\n\n`,
  });

  /** Copies the text, and tells whether this worked; if not, the text is shown and selected. */
  async function copy() {
    try {
      await navigator.clipboard.writeText(part("texte").textContent);
      return true;
    } catch {
      part("texte").closest("details").open = true;
      getSelection().selectAllChildren(part("texte"));
      return false;
    }
  }

  function download(id) {
    const link = h("a", {
      href: URL.createObjectURL(new Blob([part("texte").textContent], { type: "application/yaml" })),
      download: `${id}.yml`,
    });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  return { prepare, copy, download };
}
