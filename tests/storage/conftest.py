"""An open store for each test, and a server for those that share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.storage.store import Store
from tests.postgres import Server, started, stopped


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store, migrated from nothing."""
    opened = Store.open(tmp_path / "store")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL of our own."""
    made = started()
    yield made
    stopped(made)


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
