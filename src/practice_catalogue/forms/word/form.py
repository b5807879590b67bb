"""Makes the Word form from the model, empty or filled in from a fiche."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from docx.document import Document
from docx.shared import Cm
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph
from pydantic.fields import FieldInfo

from practice_catalogue.forms.steps import STEPS, Step, fields_of_step
from practice_catalogue.forms.word import styles
from practice_catalogue.forms.word.form_version import MODEL_VERSION, FormVersion, version_text
from practice_catalogue.forms.word.paragraphs import Paragraph, Run, to_paragraphs
from practice_catalogue.model.fiche import Fiche, Part
from practice_catalogue.model.formatting import typed_dates
from practice_catalogue.model.introspection import (
    entry_title,
    fields_of,
    has_markup,
    is_date,
    is_list,
    longest_text,
    most_entries,
    part_inside,
    vocabulary_of,
)
from practice_catalogue.model.richtext import french
from practice_catalogue.model.vocabulary import Vocabularies
from practice_catalogue.output import docx_files
from practice_catalogue.output.docx_files import Element, add_element, element_of, properties_of, wrap

FILE = "donnees/fiche.docx"
"""Path of the empty form within the site."""

REQUIRED = "demandé"
TO_WRITE = "Écrivez ici"
TO_LIST = "Une ligne par élément"
TO_CHOOSE = "Choisissez dans la liste"
TO_CHOOSE_OR_WRITE = "Choisissez dans la liste, ou écrivez"
PLACEHOLDERS = (TO_WRITE, TO_LIST, TO_CHOOSE, TO_CHOOSE_OR_WRITE)
"""Placeholders of empty fields."""

MOST_COLUMNS = 4
"""Maximum number of columns: the entries of a group with more sub-fields get a table each, not a row."""

_OPEN_VOCABULARIES = frozenset({"communes"})
"""Vocabularies whose names can also be typed, since their lists are too long to choose from."""


def as_docx(vocabularies: Vocabularies, name: str, date: str, address: str = "", fiche: Fiche | None = None) -> bytes:
    """Returns the form as a Word file, filled in if `fiche` is given.

    `name` is the name of the catalogue, `date` the ISO date of the file, `address` the mailbox for filled-in forms.
    """
    document = docx_files.new_document(f"Fiche de bonne pratique : formulaire du catalogue « {name} »", name, date)
    styles.apply_styles(document)
    _Form(document, vocabularies, fiche).write(name, address)
    return docx_files.document_bytes(document)


class _Form:
    """Writes the form from top to bottom, with the values of the fiche, if there is one."""

    def __init__(self, document: Document, vocabularies: Vocabularies, fiche: Fiche | None) -> None:
        self.document = document
        self.vocabularies = vocabularies
        self.fiche = fiche
        self.controls = 0

    def write(self, name: str, address: str) -> None:
        self._front(name, address)
        for number, step in enumerate(STEPS, start=1):
            self._step(number, step)
        self._annex()
        version = FormVersion(MODEL_VERSION, self.fiche.id if self.fiche else "")
        styles.add_footer(self.document, f"{name} · {version_text(version)}")

    def _front(self, name: str, address: str) -> None:
        styles.add_paragraph(self.document, "Title", french("Fiche de bonne pratique"))
        about = f"Formulaire du catalogue « {name} »"
        styles.add_paragraph(self.document, "Subtitle", french(about))
        for line in _instructions(address):
            styles.add_paragraph(self.document, styles.ADVICE, french(line))

    def _step(self, number: int, step: Step) -> None:
        heading = styles.add_paragraph(self.document, "Heading 1")
        heading.add_run(french(f"{number}. {step.titre}"))
        styles.set_run_style(heading.add_run(f"\t{'demandé' if step.demande else 'facultatif'}"), styles.REMARK)
        self._help(step.aide)
        for name in fields_of_step(step):
            self._field(name, fields_of(Fiche)[name], (name,), self._value(name), "Heading 2")

    def _value(self, name: str) -> Any:
        value = getattr(self.fiche, name) if self.fiche else None
        return None if value == fields_of(Fiche)[name].default else value

    def _field(self, name: str, field: FieldInfo, path: tuple[str, ...], value: Any, style: str) -> None:
        label = styles.add_paragraph(self.document, style, french(field.title or name))
        if field.is_required():
            group = fields_of(Fiche)[path[0]]
            within = "" if group.is_required() else f" avec « {group.title} »"
            styles.set_run_style(label.add_run(french(f" ({REQUIRED}{within})")), styles.MARK)
        self._help(field.description or "", None if part_inside(field) else _example(field))
        inside = part_inside(field)
        if inside and is_list(field):
            self._group(field, inside, path[-1], value or ())
        elif inside:
            for sub_name, sub_field in fields_of(inside).items():
                sub_value = getattr(value, sub_name) if value else None
                self._field(sub_name, sub_field, (*path, sub_name), sub_value, "Heading 3")
        else:
            self._box(field, ".".join(path), value)

    def _help(self, text: str, example: str | None = None) -> None:
        paragraph = styles.add_paragraph(self.document, styles.HELP)
        for run in to_paragraphs(text)[0].runs:
            paragraph.add_run(french(run.text)).bold = run.bold or None
        if example:
            styles.set_run_style(paragraph.add_run(french(f" Exemple : {example}")), styles.EXAMPLE)

    # Single fields: a label with a box below.

    def _box(self, field: FieldInfo, tag: str, value: Any) -> None:
        table = styles.add_box(self.document, field.title or tag)
        cell = table.rows[0].cells[0]
        if vocabulary_of(field):
            self._choices(cell, field, tag, value)
        elif is_list(field):
            styles.set_height(table, 3)
            self._rich(cell, field, tag, [Paragraph((Run(entry),), "-") for entry in value or ()])
        elif has_markup(field):
            styles.set_height(table, 6)
            self._rich(cell, field, tag, to_paragraphs(value) if value else [])
        else:
            self._line(cell.paragraphs[0], field, tag, value)

    def _choices(self, cell: _Cell, field: FieldInfo, tag: str, value: Any) -> None:
        if not is_list(field):
            self._choice(cell.paragraphs[0], field, tag, value)
            return
        chosen = list(value or ())
        for number in range(_blanks(field, len(chosen))):
            paragraph = cell.paragraphs[0] if number == 0 else styles.add_paragraph(cell, styles.ANSWER)
            self._choice(paragraph, field, f"{tag}[{number + 1}]", chosen[number] if number < len(chosen) else None)

    def _rich(self, cell: _Cell, field: FieldInfo, tag: str, paragraphs: Sequence[Paragraph]) -> None:
        """Writes several paragraphs inside a content control around the whole cell, as Word does.

        Omits the control if the first paragraph has formatting or links: LibreOffice 7 drops these inside a control.
        """
        first = cell.paragraphs[0]
        if not paragraphs:
            styles.set_paragraph_style(first, styles.ITEMS[0] if is_list(field) else styles.ANSWER)
            styles.set_run_style(first.add_run(TO_LIST if is_list(field) else TO_WRITE), styles.PLACEHOLDER)
        for number, paragraph in enumerate(paragraphs):
            _type(first if number == 0 else styles.add_paragraph(cell, styles.ANSWER), paragraph)
        if not paragraphs or all(run == Run(run.text) for run in paragraphs[0].runs):
            self._control(element_of(cell), field, tag, empty=not paragraphs)

    # Single lines.

    def _line(self, paragraph: WordParagraph, field: FieldInfo, tag: str, value: Any) -> None:
        if vocabulary_of(field):
            self._choice(paragraph, field, tag, value)
            return
        run = paragraph.add_run(TO_WRITE if value is None else str(value))
        if value is None:
            styles.set_run_style(run, styles.PLACEHOLDER)
        add_element(self._control(element_of(run), field, tag, empty=value is None), "text")

    def _choice(self, paragraph: WordParagraph, field: FieldInfo, tag: str, value: str | None) -> None:
        terms = self.vocabularies[vocabulary_of(field)]
        may_write = vocabulary_of(field) in _OPEN_VOCABULARIES
        prompt = TO_CHOOSE_OR_WRITE if may_write else TO_CHOOSE
        run = paragraph.add_run(terms[value].libelle if value else prompt)
        if value is None:
            styles.set_run_style(run, styles.PLACEHOLDER)
        control = self._control(element_of(run), field, tag, empty=value is None)
        choices = add_element(control, "comboBox" if may_write else "dropDownList")
        for term in terms:
            add_element(choices, "listItem", displayText=term.libelle, value=term.id)

    def _control(self, inside: Element, field: FieldInfo, tag: str, *, empty: bool) -> Element:
        """Wraps an element in a content control; returns the properties of the control."""
        self.controls += 1
        properties = properties_of(wrap(wrap(inside, "sdtContent"), "sdt"), "sdtPr")
        for name, text in {"alias": french(field.title or tag), "tag": tag, "id": str(self.controls)}.items():
            add_element(properties, name, val=text)
        if empty:
            add_element(properties, "showingPlcHdr")
        return properties

    # Groups: one row or one table per entry.

    def _group(self, field: FieldInfo, part: type[Part], name: str, entries: Sequence[Part]) -> None:
        filled: list[Part | None] = [*entries, *[None] * (_blanks(field, len(entries)) - len(entries))]
        if len(fields_of(part)) <= MOST_COLUMNS:
            self._rows(field, part, name, filled)
            return
        for number, entry in enumerate(filled, start=1):
            title = f"{entry_title(field)} {number}"
            self._card(title, part, f"{name}[{number}]", entry, explained=number == 1)

    def _rows(self, field: FieldInfo, part: type[Part], name: str, entries: Sequence[Part | None]) -> None:
        subs = fields_of(part)
        table = styles.add_grid(self.document, field.title or name, _column_widths(subs))
        for cell, (sub_name, sub) in zip(table.rows[0].cells, subs.items(), strict=True):
            self._label(cell, sub_name, sub)
        for number, entry in enumerate(entries, start=1):
            row = styles.add_row(table)
            for cell, (sub_name, sub) in zip(row.cells, subs.items(), strict=True):
                self._line(styles.prepare_answer(cell), sub, f"{name}[{number}].{sub_name}", _of(entry, sub_name))
        styles.finish_grid(self.document, table)

    def _card(self, title: str, part: type[Part], tag: str, entry: Part | None, *, explained: bool) -> None:
        table = styles.add_grid(self.document, title, (Cm(6), Cm(11)))
        head = table.rows[0].cells
        head[0].merge(head[1]).paragraphs[0].add_run(french(title)).bold = True
        for sub_name, sub in fields_of(part).items():
            row = styles.add_row(table)
            self._label(row.cells[0], sub_name, sub, explained=explained)
            self._line(styles.prepare_answer(row.cells[1]), sub, f"{tag}.{sub_name}", _of(entry, sub_name))
        styles.finish_grid(self.document, table)

    def _label(self, cell: _Cell, name: str, field: FieldInfo, *, explained: bool = True) -> None:
        title = cell.paragraphs[0]
        styles.set_paragraph_style(title, styles.CELL_LABEL)
        title.add_run(french(field.title or name))
        if field.is_required():
            styles.set_run_style(title.add_run(f" ({REQUIRED})"), styles.MARK)
        if not explained:
            return
        text = styles.add_paragraph(cell, styles.HELP, french(field.description or ""))
        if example := _example(field):
            styles.set_run_style(text.add_run(french(f" Exemple : {example}")), styles.EXAMPLE)

    # List of all terms, for printed forms and programs that do not show the choices.

    def _annex(self) -> None:
        styles.begin_annex(self.document)
        styles.add_paragraph(self.document, "Heading 1", french("Annexe : les listes de choix"))
        self._help("Les mêmes noms que dans les listes du formulaire, avec ce qu'ils veulent dire.")
        styles.begin_two_columns(self.document)
        for name in _vocabularies_in_order():
            terms = self.vocabularies[name]
            styles.add_paragraph(self.document, "Heading 2", french(terms.titre))
            if name in _OPEN_VOCABULARIES:
                names = ", ".join(term.libelle for term in terms)
                styles.add_paragraph(self.document, styles.TERM, french(names))
                continue
            for term in terms:
                paragraph = styles.add_paragraph(self.document, styles.TERM)
                paragraph.add_run(french(term.libelle)).bold = True
                if term.description:
                    paragraph.add_run(french(f" : {term.description}"))


def _instructions(address: str) -> Iterator[str]:
    yield "Remplissez d'abord les parties 1 à 3 : elles suffisent pour une fiche. Le reste l'enrichit."
    yield (
        "Cliquez dans une case grise et écrivez. Là où une liste est proposée, choisissez un nom ; si elle ne "
        "s'ouvre pas, recopiez-le depuis l'annexe."
    )
    yield (
        "Une ligne de plus dans un tableau : touche Tab dans la dernière case. Un contact de plus : copiez un tableau."
    )
    yield "Les images ne sont pas reprises : renvoyez plutôt vers une page web ou un document."
    where = f"à {address}" if address else "à l'équipe du catalogue"
    yield f"Enregistrez le fichier au format Word (.docx) et envoyez-le {where}."


def _vocabularies_in_order() -> Iterable[str]:
    """Returns the names of the vocabularies in the order of their first field in the form."""
    fields = [fields_of(Fiche)[name] for step in STEPS for name in fields_of_step(step)]
    asked = [one for field in fields for one in (field, *_inner(field))]
    return dict.fromkeys(name for name in map(vocabulary_of, asked) if name)


def _inner(field: FieldInfo) -> Iterable[FieldInfo]:
    inside = part_inside(field)
    return fields_of(inside).values() if inside else ()


def _example(field: FieldInfo) -> str:
    """Returns the example of a field as text; empty for a choice from a vocabulary."""
    if vocabulary_of(field):
        return ""
    example = (field.examples or [""])[0]
    if isinstance(example, list):
        return " ; ".join(map(str, example))
    return typed_dates(example) if is_date(field) else str(example)


def _blanks(field: FieldInfo, filled: int) -> int:
    """Returns the number of entries to provide for a list: three or four, and at least one empty one."""
    room = 4 if vocabulary_of(field) and field.is_required() else 3
    return min(most_entries(field) or room, max(room, filled + 1))


def _column_widths(subs: dict[str, FieldInfo]) -> tuple[Cm, ...]:
    """Returns the column widths; long texts get more space than terms, years and numbers."""
    shares = [3 if (longest_text(sub) or 0) > 150 else 2 for sub in subs.values()]  # noqa: PLR2004  # sentences
    return tuple(Cm(17 * share / sum(shares)) for share in shares)


def _of(entry: Part | None, name: str) -> Any:
    return getattr(entry, name) if entry else None


def _type(into: WordParagraph, paragraph: Paragraph) -> None:
    """Writes a paragraph with its formatting into a Word paragraph."""
    numbered = paragraph.item not in {"", "-"}
    plain = styles.LITERAL if paragraph.literal else styles.ANSWER
    styles.set_paragraph_style(into, styles.ITEMS[paragraph.level] if paragraph.item == "-" else plain)
    if numbered:
        into.paragraph_format.left_indent = Cm(0.6)
        into.add_run(f"{paragraph.item} ")
    for run in paragraph.runs:
        typed = into.add_run(run.text)
        typed.bold, typed.italic = run.bold or None, run.italic or None
        if run.link:
            styles.make_link(into, typed, run.link)
