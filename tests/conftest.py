"""What tests share: the catalogue and the published site, made once for all; an ear for Ctrl-C."""

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
settings.load_profile("suite")  # the same inputs each time, on machines of any speed; `tests/fuzz.py` takes others


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return loader.load(PRACTICES, VOCABULARIES).catalogue


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, published by the real command."""
    return publish(PRACTICES, tmp_path_factory.mktemp("published") / "site")


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of fiches that try to be more than text."""
    return publish_hostile_texts(tmp_path_factory.mktemp("hostile"))


@pytest.fixture
def listening_to_ctrl_c() -> Iterator[None]:
    """A shell makes what it begins in the background deaf to Ctrl-C, and all that this begins in its turn."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
