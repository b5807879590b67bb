"""Writes the page of results from the measures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from benchmarks.goals import GOALS, judge, three_digits
from benchmarks.machine import Setting
from benchmarks.measures import CPU_SECONDS, MEGABYTES, SECONDS, Measure, Measures

SECTIONS = {
    "publishing": (
        "Publishing",
        """Ours makes the fiches, all index pages, map, explorer, figures, exports, share images, booklets and the
search. Material has a page for each fiche, tags and its own search; Zensical reads the same project. Its menu leads
to the lists only, as ours does: with all pages in the menu, which is the default, each page would grow with the
catalogue. All builds start from nothing: no site, no cache.""",
    ),
    "checking": (
        "Checking",
        """Each tool is a whole command, from its start to its end, on the same files. A schema cannot say what our
rules across fields and across fiches say. PyYAML's C loader parses the files and checks nothing.""",
    ),
    "booklet": (
        "The booklet",
        """Ours reads and checks the fiches, fits each to its spread, and makes tagged PDF/UA-1 with maps, QR codes
and indexes. WeasyPrint is given the finished HTML of the same book, with the same data. The real fiches, repeated
under other titles, are about as long as the synthetic ones.""",
    ),
    "preview": (
        "An edited fiche",
        """The preview is the real `serve`: the time runs from the saved file to the first answer that shows the
change.""",
    ),
}

SEARCHING = """A phone (390 × 844, processor slowed down four times) on a slow line (150 ms a request, 1.6 Mbit/s,
kept by the server so that it holds for workers too; text compressed as hosts do) opens the start page, opens the
search as soon as the page has loaded and types « logement », a key every 120 ms. The time runs from the last key
to the moment when the result that stays stands first; the bytes are all that was sent until then, the page included."""


def report(measures: Measures, setting: Setting) -> str:
    """Returns the page of results as Markdown."""
    parts = (
        _introduction(setting),
        f"## Goals\n\n{table_of_goals(measures)}",
        *_work_sections(measures),
        *_searching(measures),
        "## Versions\n\n" + _table(("", "version"), setting.versions, aligned="---"),
    )
    return "\n".join(parts)


def tables(measures: Measures) -> str:
    """Returns the tables without introductions."""
    found = (f"{title}\n\n{_work_table(work, measures)}" for work, (title, _) in SECTIONS.items())
    return "\n".join((*found, f"Goals\n\n{table_of_goals(measures, only_measured=True)}"))


def table_of_goals(measures: Measures, *, only_measured: bool = False) -> str:
    """Returns a table with goal, figure, and pass or fail."""
    said = {True: "pass", False: "**fail**", None: ""}
    judgements = (judge(goal, measures) for goal in GOALS)
    rows = [
        (one.work, one.goal, one.figure, said[one.met])
        for one in judgements
        if one.met is not None or not only_measured
    ]
    return _table(("work", "goal", "measured", ""), rows, aligned="---")


def _introduction(setting: Setting) -> str:
    return f"""# Benchmarks

Made by `make bench` on {setting.date} at {setting.commit}: {setting.machine}.

Synthetic catalogues are filled in as the real fiches are (`benchmarks/synthetic.py`): as often, as long, with the same
terms, and with words that stand in as many fiches as words of the real ones do. The smallest catalogue is the real one.
The tools take turns. Figures are medians over the runs; a ratio is the median of the ratios of the rounds, and 2 ×
means that ours takes twice as long. Seconds are those of the clock, CPU seconds those of all processors together, and
memory is what all processes of a command hold together at their most.
"""


def _work_sections(measures: Measures) -> Iterator[str]:
    for work, (title, text) in SECTIONS.items():
        if measures.of_work(work):
            yield f"## {title}\n\n{text}\n\n{_work_table(work, measures)}"
            yield from _notes(work, measures)


def _work_table(work: str, measures: Measures) -> str:
    rows = (_work_row(measures, work, fiches, tool) for fiches, tool in measures.of_work(work))
    return _table(("fiches", "", "seconds", "CPU seconds", "megabytes", "runs", "ours takes"), rows)


def _work_row(measures: Measures, work: str, fiches: int, tool: str) -> Sequence[str]:
    timed = measures.get(work, tool, fiches)
    ratio = measures.ratio(work, "ours", tool, fiches) if tool != "ours" else None
    return (
        f"{fiches:,}",
        tool,
        *(_number(measures.value(work, tool, fiches, what)) for what in (SECONDS, CPU_SECONDS, MEGABYTES)),
        str(len(timed.values)) if timed else "",
        f"{_number(ratio)} ×" if ratio else "",
    )


def _notes(work: str, measures: Measures) -> Iterator[str]:
    """Yields the reasons for missing or incomplete measures, one per line."""
    notes = dict.fromkeys((one.tool, one.fiches, one.note) for one in measures if one.work == work and one.note)
    if notes:
        yield "".join(f"- {tool} at {fiches:,}: {note}\n" for tool, fiches, note in notes)


def _searching(measures: Measures) -> Iterator[str]:
    found = measures.of_work("searching")
    if not found:
        return
    whats = ("milliseconds", "kilobytes")
    rows = [
        (f"{size:,}", tool, *(_number(measures.value("searching", tool, size, what)) for what in whats))
        for size, tool in found
    ]
    table = _table(("fiches", "", "ms to the first result", "kB until then"), rows)
    yield f"## Searching\n\n{SEARCHING}\n\n{table}"
    yield "".join(_answered(one, measures) for one in measures if one.what == "queries answered")
    yield from _notes("searching", measures)


def _answered(one: Measure, measures: Measures) -> str:
    asked = measures.value(one.work, one.tool, one.fiches, "queries")
    return f"- {one.tool}: {one.values[0]:.0f} of {asked:.0f} queries are answered among the first three results\n"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], aligned: str = "---:") -> str:
    """Returns a Markdown table; `aligned` is the alignment of the columns after the first."""
    lines = [head, ["---", *(aligned for _ in head[1:])], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _number(value: float | None) -> str:
    return "—" if value is None else three_digits(value)
