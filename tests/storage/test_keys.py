"""Secrets go to the system's keyring, and nowhere else."""

from pathlib import Path

import keyring
import keyring.backend
import keyring.backends.fail
import keyring.errors
import pytest

from console.dispatch.services import Secret
from console.domain.errors import ConsoleError
from console.settings import AddressSettings, StreetSettings
from console.storage import address, keys

WHERE = "postgresql://ana@depot.example/doorstep"


class Ring(keyring.backend.KeyringBackend):
    """A keyring in memory."""

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def ring():
    before, ring = keyring.get_keyring(), Ring()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


@pytest.fixture
def no_ring():
    before = keyring.get_keyring()
    keyring.set_keyring(keyring.backends.fail.Keyring())
    yield
    keyring.set_keyring(before)


def test_a_password_is_kept_and_forgotten(ring: Ring) -> None:
    keys.keep_of(WHERE, Secret.DATABASE, "p@ss/w:rd ä")
    filled = keys.with_password(WHERE)
    assert address.read(filled).password == "p@ss/w:rd ä"
    assert address.read(filled).tls == address.read(WHERE).tls
    keys.keep_of(WHERE, Secret.DATABASE, "")
    assert keys.with_password(WHERE) == WHERE
    keys.keep_of(WHERE, Secret.DATABASE, "")
    assert ring.kept == {}


def test_each_database_and_login_has_its_own(ring: Ring) -> None:
    keys.keep_of(WHERE, Secret.DATABASE, "one")
    assert keys.with_password(WHERE.replace("ana", "bo")) == WHERE.replace("ana", "bo")
    assert keys.with_password(WHERE.replace("/doorstep", "/other")).count("one") == 0


@pytest.mark.parametrize("where", ["", "/a/folder", "postgresql://ana:own@h/d", "postgresql://h/d"])
def test_what_needs_none_stays(ring: Ring, where: str) -> None:
    keys.keep("database ana@h/d", "kept")
    assert keys.with_password(where) == where


def test_keys_of_services(ring: Ring) -> None:
    keys.keep_of("", Secret.ADDRESSES, "geo")
    keys.keep_of("", Secret.STREETS, "road")
    assert keys.keyed(AddressSettings("pelias", "http://h"), "addresses").key == "geo"
    assert keys.keyed(AddressSettings("pelias", "http://h", "own"), "addresses").key == "own"
    assert keys.keyed(AddressSettings(), "addresses").key == ""
    assert keys.keyed(StreetSettings("ors-server", "http://h"), "streets").key == "road"


def test_without_a_keyring_nothing_is_written_and_it_is_said(
    no_ring: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with pytest.raises(ConsoleError, match="no keyring") as caught:
        keys.keep_of(WHERE, Secret.DATABASE, "p")
    assert "Nothing was written to a file" in caught.value.remedy
    assert keys.with_password(WHERE) == WHERE
    assert keys.component().version == "none"
    assert list(tmp_path.rglob("*")) == []


def test_a_password_needs_a_database(ring: Ring) -> None:
    with pytest.raises(ConsoleError, match="No shared database"):
        keys.keep_of("", Secret.DATABASE, "p")


def test_the_doctor_names_the_keyring(ring: Ring) -> None:
    assert keys.component().version.endswith("Ring")
