"""Journeys: the whole console at work, on streets of its own."""

import pytest

from console.ui.map.scheme import register_scheme
from tests.journeys.town import Town, build_town

register_scheme()


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return build_town(tmp_path_factory.mktemp("town"))
