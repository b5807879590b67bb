"""Defines the styles of the Word form, and adds boxes, tables, links and the footer that use them."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Cm, Length, Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from practice_catalogue.output import docx_files
from practice_catalogue.output.docx_files import Element, R, W, add_element, element_of, properties_of, set_style, wrap

FONT = "Calibri"
BLUE, INK, SOFT_INK, PLACEHOLDER_INK = (
    RGBColor(*rgb) for rgb in ((0x1F, 0x42, 0x80), (0x1D, 0x23, 0x30), (0x4D, 0x55, 0x66), (0x5F, 0x66, 0x73))
)
WHITE = RGBColor(0xFF, 0xFF, 0xFF)
BOX, HEAD, LINE = "F5F3EE", "E4EAF4", "9AA1AD"
"""Fill colours of answers and table headers, and the colour of borders."""

ITEMS = ("List Bullet", "List Bullet 2", "List Bullet 3")
"""Names of the list styles by level."""

ANSWER, LITERAL, HELP, ADVICE, TERM = (
    "Réponse",
    "Texte tel quel",
    "Aide de la fiche",
    "Conseil de la fiche",
    "Terme de la fiche",
)
CELL_LABEL = "Étiquette de la fiche"
PLACEHOLDER, MARK, EXAMPLE, REMARK = "Placeholder Text", "Demandé", "Exemple", "Mention"
WIDTH = Cm(17)


def apply_styles(document: Document) -> None:
    """Sets the page format and the styles of a document."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(1.8), Cm(1.8)
    section.footer_distance = Cm(0.9)
    _headings(document)
    _paragraphs(document)
    _characters(document)


def _headings(document: Document) -> None:
    title = _style(document, "Title", 26, BLUE, bold=True, before=0, after=2)
    for borders in [*title.element.iter(f"{W}pBdr")]:
        borders.getparent().remove(borders)
    _style(document, "Subtitle", 12.5, SOFT_INK, before=0, after=10)
    step = _style(document, "Heading 1", 14, WHITE, bold=True, before=20, after=6)
    step.paragraph_format.tab_stops.add_tab_stop(WIDTH - Cm(0.2), WD_TAB_ALIGNMENT.RIGHT)
    _add_band(step.element.find(f"{W}pPr"))
    _style(document, "Heading 2", 11.5, BLUE, bold=True, before=12, after=0)
    _style(document, "Heading 3", 10.5, INK, bold=True, before=7, after=0)
    for name in ("Heading 1", "Heading 2", "Heading 3"):
        document.styles[name].paragraph_format.keep_with_next = True


def _add_band(properties: Element) -> None:
    """Adds a blue background with padding; the schema of the format requires borders and fill before the tabs."""
    borders, tabs = add_element(properties, "pBdr"), properties.find(f"{W}tabs")
    for side in ("top", "left", "bottom", "right"):
        _add_rule(borders, side, str(BLUE), size=24, space=1)
    tabs.addprevious(borders)
    tabs.addprevious(_add_shading(properties, str(BLUE)))


def _paragraphs(document: Document) -> None:
    _style(document, "Normal", 10.5, INK, before=0, after=4)
    _style(document, ANSWER, 10.5, INK, before=1, after=3)
    _style(document, LITERAL, 10.5, INK, before=1, after=1)
    for level, name in enumerate(ITEMS):
        style = _style(document, name, 10.5, INK, before=1, after=2)
        style.paragraph_format.left_indent = Cm(0.5 + 0.6 * level)
        style.paragraph_format.first_line_indent = Cm(-0.5)
    _style(document, HELP, 9.5, SOFT_INK, before=0, after=3).paragraph_format.keep_with_next = True
    advice = _style(document, ADVICE, 10.5, INK, before=0, after=3, base="List Number")
    advice.paragraph_format.left_indent, advice.paragraph_format.first_line_indent = Cm(0.63), Cm(-0.63)
    _style(document, CELL_LABEL, 10, INK, bold=True, before=1, after=0).paragraph_format.keep_with_next = True
    _style(document, TERM, 9, INK, before=0, after=2)


def _characters(document: Document) -> None:
    for name, colour in ((PLACEHOLDER, PLACEHOLDER_INK), (MARK, BLUE), (EXAMPLE, SOFT_INK), (REMARK, WHITE)):
        style = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        assert isinstance(style, CharacterStyle)  # noqa: S101  # of the requested type
        style.font.color.rgb = colour
        style.font.italic = name in {PLACEHOLDER, EXAMPLE} or None
        style.font.bold = False if name in {MARK, REMARK} else None
        style.font.size = Pt(10) if name in {MARK, REMARK} else None


def _style(  # noqa: PLR0913  # the properties of a style
    document: Document,
    name: str,
    size: float,
    colour: RGBColor,
    *,
    before: float,
    after: float,
    bold: bool = False,
    base: str = "Normal",
) -> ParagraphStyle:
    if name not in document.styles:
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles[base]
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)  # noqa: S101  # of the requested type
    style.quick_style = style.unhide_when_used = True
    style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(size), bold, False
    style.font.color.rgb = colour
    for letter_spacing in style.element.findall(f"{W}rPr/{W}spacing"):
        letter_spacing.getparent().remove(letter_spacing)
    for theme in style.element.iter(f"{W}rFonts"):
        for key in [key for key in theme.attrib if "Theme" in str(key) or "theme" in str(key)]:
            del theme.attrib[key]
        theme.set(f"{W}cs", FONT)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.line_spacing = 1.1
    return style


def add_paragraph(into: Document | _Cell, style: str, text: str = "") -> Paragraph:
    """Appends a paragraph with a style."""
    return set_paragraph_style(into.add_paragraph(text), style)


def set_paragraph_style(one: Paragraph, style: str) -> Paragraph:
    """Sets the style of a paragraph by id: `paragraph.style` searches all styles each time, 0.4 s per form."""
    set_style(properties_of(element_of(one), "pPr"), "pStyle", _id(style))
    return one


def set_run_style(run: Run, style: str) -> None:
    """Sets the character style of a run by id."""
    set_style(properties_of(element_of(run), "rPr"), "rStyle", _id(style))


def _id(style: str) -> str:
    return style.replace(" ", "")


def add_box(document: Document, label: str) -> Table:
    """Adds a table with a single cell for an answer; the label is its description."""
    table = _table(document, label, (WIDTH,))
    prepare_answer(table.rows[0].cells[0])
    return table


def prepare_answer(cell: _Cell) -> Paragraph:
    """Formats a cell for an answer; returns its paragraph."""
    _fill(cell, BOX)
    return set_paragraph_style(cell.paragraphs[0], ANSWER)


def set_height(table: Table, lines: int) -> None:
    """Sets the minimum height of the first row, in lines."""
    table.rows[0].height = Pt(16 * lines)


def add_grid(document: Document, label: str, widths: Sequence[Length]) -> Table:
    """Adds a table with a header row."""
    table = _table(document, label, widths)
    docx_files.repeat_header_row(table.rows[0])
    docx_files.keep_row_together(table.rows[0])
    for cell in table.rows[0].cells:
        _fill(cell, HEAD)
    return table


def add_row(table: Table) -> _Row:
    """Adds a row that is not split by page breaks."""
    new: _Row = table.add_row()  # type: ignore[no-untyped-call]  # not annotated in python-docx
    docx_files.keep_row_together(new)
    return new


def finish_grid(document: Document, table: Table) -> None:
    """Sets the widths of all cells, keeps the rows on one page, and adds space after the table."""
    widths = [column.width for column in table.columns]
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            if cell.grid_span == 1:
                cell.width = width or WIDTH
    for row in table.rows[:-1]:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True
    gap = document.add_paragraph().paragraph_format
    gap.space_after, gap.line_spacing = Pt(0), Pt(4)


def _table(document: Document, label: str, widths: Sequence[Length]) -> Table:
    table: Table = document.add_table(rows=1, cols=len(widths))
    set_style(properties_of(element_of(table), "tblPr"), "tblStyle", _id("Table Grid"))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for cell, width in zip(table.rows[0].cells, widths, strict=True):
        cell.width = width
    _rules(table)
    docx_files.describe_table(table, label)
    return table


def _rules(table: Table) -> None:
    borders = add_element(properties_of(element_of(table), "tblPr"), "tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        _add_rule(borders, side, LINE, size=6, space=0)


def _fill(cell: _Cell, colour: str) -> None:
    _add_shading(properties_of(element_of(cell), "tcPr"), colour)


def _add_shading(properties: Element, colour: str) -> Element:
    return add_element(properties, "shd", val="clear", color="auto", fill=colour)


def _add_rule(borders: Element, side: str, colour: str, *, size: int, space: int) -> None:
    """Adds a border; `size` is its width in eighths of a point, `space` its distance in points."""
    add_element(borders, side, val="single", sz=str(size), space=str(space), color=colour)


def begin_annex(document: Document) -> None:
    """Starts a section on a new page."""
    document.add_section(WD_SECTION.NEW_PAGE)


def begin_two_columns(document: Document) -> None:
    """Starts a section with two columns on the same page."""
    document.add_section(WD_SECTION.CONTINUOUS)
    *_, columns = document.element.iter(f"{W}cols")
    columns.set(f"{W}num", "2")
    columns.set(f"{W}space", "560")


def add_footer(document: Document, text: str) -> None:
    """Adds a footer with a text and the page number."""
    style = _style(document, "Footer", 8.5, SOFT_INK, before=0, after=0)
    style.paragraph_format.tab_stops.clear_all()
    style.paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.add_run(f"{text}\tpage ")
    _page_number(paragraph)


def _page_number(paragraph: Paragraph) -> None:
    wrap(element_of(paragraph.add_run("1")), "fldSimple").set(f"{W}instr", "PAGE")


def make_link(paragraph: Paragraph, run: Run, address: str) -> None:
    """Turns a run into a hyperlink."""
    run.font.underline, run.font.color.rgb = True, BLUE
    target = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    wrap(element_of(run), "hyperlink").set(f"{R}id", target)
