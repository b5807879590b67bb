"""Fixtures of all tests: the catalogue, published sites (built once per session), and Ctrl-C handling."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.validation import loader
from tests.hostile_site import publish_hostile_texts
from tests.support import PRACTICES, VOCABULARIES, publish

settings.register_profile(
    "suite", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("suite")  # reproducible on machines of any speed; `tests/fuzz.py` uses random inputs


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return loader.load(PRACTICES, VOCABULARIES).catalogue


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of this catalogue, published with the command line."""
    return publish(PRACTICES, tmp_path_factory.mktemp("published") / "site")


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of fiches whose texts attempt injection."""
    return publish_hostile_texts(tmp_path_factory.mktemp("hostile"))


@pytest.fixture
def accept_sigint() -> Iterator[None]:
    """Restores the default SIGINT handler: background jobs of a shell, and their children, ignore SIGINT."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
