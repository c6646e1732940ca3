"""An open store for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.storage.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store, migrated from nothing."""
    opened = Store.open(tmp_path / "store")
    yield opened
    opened.close()
