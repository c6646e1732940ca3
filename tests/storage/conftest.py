"""An open store for each test, and a server for those that share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.storage.store import Store
from tests.postgres import Server, running


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store, migrated from nothing."""
    opened = Store.open(tmp_path / "store")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def server() -> Server:
    """A PostgreSQL of our own."""
    return running()


@pytest.fixture(scope="session")
def _one(server: Server) -> str:
    return server.fresh()


@pytest.fixture
def shared(server: Server, _one: str) -> str:
    """The name of a database that is set up and empty."""
    server.clean(_one)
    return _one


@pytest.fixture
def own(server: Server) -> Iterator[str]:
    """The same, for a test that changes more than rows."""
    name = server.fresh()
    yield name
    server.drop(name)
