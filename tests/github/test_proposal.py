"""What a contributor is told of a proposal, beyond the whole summaries in `expected/`."""

from __future__ import annotations

from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.diagnostics import Diagnostic, Report
from practice_catalogue.model.settings import PUBLISHED_IDS
from practice_catalogue.upkeep.git_diff import FileChange, Kind
from practice_catalogue.upkeep.github_markdown import MOST_BYTES
from practice_catalogue.upkeep.pull_request import PullRequest, markdown_summary, terminal_summary

NOTHING = Report(())
LISKO = "practices/lisko.yml"


def lines(proposal: PullRequest) -> list[str]:
    return markdown_summary(proposal).replace("\u00a0", " ").splitlines()


def test_a_fiche_that_is_withdrawn_says_so_at_its_address(catalogue: Catalogue) -> None:
    without = Catalogue.of(catalogue.fiches, catalogue.vocabularies, frozenset({"ancienne"}))
    gone = PullRequest((FileChange(Kind.REMOVED, "practices/ancienne.yml"),), without, NOTHING)
    assert lines(gone)[0] == "# Rien ne s’oppose à cette proposition"
    assert lines(gone)[-1] == "- `ancienne` est retirée : son adresse dira aux visiteurs qu’elle l’a été."


def test_an_address_that_is_lost_is_an_error_of_the_proposal(catalogue: Catalogue) -> None:
    report = Report(
        (Diagnostic(PUBLISHED_IDS, 9, 1, "adresse-perdue", details={"id": "ancienne", "fiche": "nouvelle.yml"}),)
    )
    gone = PullRequest((FileChange(Kind.REMOVED, "practices/ancienne.yml"),), catalogue, report)
    assert (gone.own, gone.elsewhere, gone.moved) == (report, NOTHING, [])


def test_an_address_that_another_fiche_takes_over_is_told(catalogue: Catalogue) -> None:
    heir = catalogue.fiches[0].model_copy(update={"anciens_ids": ("ancienne",)})
    with_heir = Catalogue.of([heir, *catalogue.fiches[1:]], catalogue.vocabularies)
    for change in (
        FileChange(Kind.REMOVED, "practices/ancienne.yml"),
        FileChange(Kind.RENAMED, LISKO, "practices/ancienne.yml"),
    ):
        told_lines = lines(PullRequest((change,), with_heir, NOTHING))
        assert f"- `ancienne` est {change.kind} : son ancienne adresse mène désormais à `{heir.id}`." in told_lines


def test_what_breaks_elsewhere_counts_and_is_told_apart(catalogue: Catalogue) -> None:
    report = Report((Diagnostic(LISKO, 3, 1, "communes-manquantes"),))
    proposal = PullRequest((FileChange(Kind.MODIFIED, "vocabularies/communes.yml"),), catalogue, report)
    assert lines(proposal)[0] == "# Cette proposition n’est pas encore prête : 1 erreur à corriger"
    assert "## Dans des fiches que cette proposition ne modifie pas" in lines(proposal)
    assert "- `vocabularies/communes.yml` (modifié)" in lines(proposal)


def test_a_long_summary_stays_within_what_github_takes_and_names_what_a_maintainer_must_read(
    catalogue: Catalogue,
) -> None:
    fiches = [fiche.model_copy(update={"resume": "é" * 40_000}) for fiche in catalogue]
    changes = [FileChange(Kind.MODIFIED, f"practices/{fiche.id}.yml") for fiche in fiches]
    flood = PullRequest(
        (*changes, FileChange(Kind.MODIFIED, "Makefile")), Catalogue.of(fiches, catalogue.vocabularies), NOTHING
    )
    text = markdown_summary(flood)
    assert 900_000 < len(text.encode()) <= MOST_BYTES
    assert text.endswith("\n\nLe résumé est plus long\u00a0: la commande « check-pr » le donne entier.\n")
    assert "- `Makefile` (modifié)\n" in text


def test_nothing_to_say_is_said(catalogue: Catalogue) -> None:
    assert markdown_summary(PullRequest((), catalogue, NOTHING)) == "# Aucune fiche n’a changé\n"


def test_a_terminal_gets_no_escapes_and_nothing_about_github(catalogue: Catalogue) -> None:
    fiche = catalogue.fiches[0].model_copy(update={"titre": "[a] *b* | c\x1b[31m"})
    changed = Catalogue.of([fiche, *catalogue.fiches[1:]], catalogue.vocabularies)
    text = terminal_summary(PullRequest((FileChange(Kind.MODIFIED, f"practices/{fiche.id}.yml"),), changed, NOTHING))
    assert "### [a] *b* | c [31m\n" in text
    assert "aperçu" not in text.lower()


def test_every_controlled_field_of_a_fiche_is_shown_by_its_libelle(catalogue: Catalogue) -> None:
    fiche = next(fiche for fiche in catalogue if fiche.id == "pci-miselerland")
    text = markdown_summary(
        PullRequest((FileChange(Kind.MODIFIED, "practices/pci-miselerland.yml"),), catalogue, NOTHING)
    )
    for index in ("domaines", "publics", "communes", "etapes_pci", "orientations", "leviers"):
        for term in getattr(fiche, index):
            assert catalogue.vocabularies[index][term].libelle.replace("'", "’") in text.replace("\u00a0", " ")
