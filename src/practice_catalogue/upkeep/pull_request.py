"""Summarizes a pull request: its problems, and previews of its valid fiches."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.diagnostics import Diagnostic, Report, Severity
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.model.introspection import fields_of, vocabulary_of
from practice_catalogue.model.settings import PRACTICES
from practice_catalogue.model.similarity import Related, Similarity
from practice_catalogue.upkeep.git_diff import FileChange, Kind, outside
from practice_catalogue.upkeep.github_markdown import MOST_BYTES, create_environment, plain_line, shorten
from practice_catalogue.validation import messages
from practice_catalogue.validation.reports import as_text, counted

TEMPLATE = "proposal.md.j2"
TRUNCATION_NOTE = "\nLe résumé est plus long\u00a0: la commande « check-pr » le donne entier.\n"


@dataclass(frozen=True)
class FichePreview:
    """A valid fiche as it will be published; `terms` are pairs of a field title and its terms."""

    fiche: Fiche
    change: FileChange
    terms: list[tuple[str, list[str]]]
    close: tuple[Related, ...]
    duplicates: tuple[Fiche, ...]


@dataclass(frozen=True)
class PullRequest:
    """The changes of a pull request, with the catalogue and the report that include them."""

    changes: tuple[FileChange, ...]
    catalogue: Catalogue
    report: Report

    @cached_property
    def entries(self) -> frozenset[str]:
        """The added, modified or renamed entries of `practices/`."""
        return frozenset(change.entry for change in self.changes if change.entry and change.kind is not Kind.REMOVED)

    @cached_property
    def own(self) -> Report:
        """The problems of the changed files and of the list of published ids, which reports removed fiches."""
        return Report(tuple(diagnostic for diagnostic in self.report if self._is_changed(diagnostic)))

    @cached_property
    def elsewhere(self) -> Report:
        """The problems of unchanged files, such as a removed term or a duplicate title."""
        return Report(tuple(diagnostic for diagnostic in self.report if not self._is_changed(diagnostic)))

    @cached_property
    def previews(self) -> list[FichePreview]:
        by_id = {fiche.id: fiche for fiche in self.catalogue}
        near = Similarity(self.catalogue)
        return [
            FichePreview(fiche, change, terms_of(fiche, self.catalogue), near.of(fiche), near.duplicates_of(fiche))
            for change in self.changes
            if change.kind is not Kind.REMOVED and (fiche := by_id.get(change.fiche_id))
        ]

    @cached_property
    def moved(self) -> list[tuple[FileChange, str]]:
        """The properly removed or renamed fiches, with the id that their URL redirects to, or an empty string.

        Removals without a redirect or withdrawal are errors of the report instead.
        """
        leads_to = {old: fiche.id for fiche in self.catalogue for old in fiche.anciens_ids}
        leads_to |= dict.fromkeys(self.catalogue.withdrawn, "")
        return [(change, leads_to[change.lost_id]) for change in self.changes if change.lost_id in leads_to]

    @cached_property
    def outside(self) -> list[FileChange]:
        return outside(self.changes)

    @property
    def heading(self) -> str:
        """The outcome in one sentence."""
        if self.report.errors:
            return f"Cette proposition n'est pas encore prête : {counted(self.report.errors, 'erreur')} à corriger"
        if self.previews:
            return f"Rien ne s'oppose à la publication : {counted(len(self.previews), 'fiche')} en ordre"
        changed = any(change.entry or change.lost_id for change in self.changes)
        return "Rien ne s'oppose à cette proposition" if changed else "Aucune fiche n'a changé"

    def _is_changed(self, diagnostic: Diagnostic) -> bool:
        path = PurePath(diagnostic.file)
        return path.name in self.entries or path.parent.name != PRACTICES


def terms_of(fiche: Fiche, catalogue: Catalogue) -> list[tuple[str, list[str]]]:
    """Returns the controlled fields with a value other than the default: (title, libellés of the terms)."""
    holders = [f"{porteur.nom} ({_libelle(catalogue, 'types_de_porteur', porteur.type)})" for porteur in fiche.porteurs]
    rows = [(fields_of(Fiche)["porteurs"].title or "", holders)]
    for name, field in fields_of(Fiche).items():
        value = getattr(fiche, name)
        vocabulary = vocabulary_of(field)
        if vocabulary and value and value != field.default:
            terms = value if isinstance(value, tuple) else (value,)
            rows.append((field.title or name, [_libelle(catalogue, vocabulary, term) for term in terms]))
    return rows


def _libelle(catalogue: Catalogue, vocabulary: str, term: str) -> str:
    libelle = catalogue.vocabularies[vocabulary][term].libelle
    if vocabulary != "communes":
        return libelle
    today = catalogue.vocabularies.commune_of_today(term).libelle
    return libelle if today == libelle else f"{libelle} (aujourd'hui {today})"


def markdown_summary(proposal: PullRequest) -> str:
    """Returns the summary in French, as Markdown, within what GitHub takes."""
    template = create_environment().get_template(TEMPLATE)
    text = template.render(
        proposal=proposal,
        on_github=True,
        errors=_rows(proposal.own, Severity.ERROR),
        warnings=_rows(proposal.own, Severity.WARNING),
        elsewhere=_rows(proposal.elsewhere, Severity.ERROR),
    )
    return shorten(text, MOST_BYTES, TRUNCATION_NOTE)


def terminal_summary(proposal: PullRequest, site: str = "") -> str:
    """Returns the summary for a terminal: one line per problem, then the changes."""
    diagnostics = as_text(proposal.report, len(proposal.entries), site) if proposal.report else ""
    template = create_environment(plain_line).get_template(TEMPLATE)
    rest = template.render(proposal=proposal, on_github=False, errors=(), warnings=(), elsewhere=())
    return f"{diagnostics}\n\n{rest}".strip()


def _rows(report: Report, severity: Severity) -> list[tuple[Diagnostic, str, str]]:
    return [
        (diagnostic, messages.message(diagnostic), messages.hint(diagnostic))
        for diagnostic in report
        if diagnostic.severity is severity
    ]
