"""A world with one store for each test."""

from pathlib import Path

import pytest

from tests.dispatch.consoles import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)
