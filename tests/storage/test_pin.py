"""The PIN before the window."""

from pathlib import Path

import pytest

from console.domain.errors import ConsoleError
from console.storage.pin import FILE, PLAINLY, Pin


def test_a_pin_is_an_argon2id_hash_and_nothing_else(tmp_path: Path) -> None:
    pin = Pin(tmp_path)
    assert not pin.is_set
    pin.set("4711-ä")
    assert pin.is_set
    kept = (tmp_path / FILE).read_text("ascii")
    assert kept.startswith("$argon2id$")
    assert "4711" not in kept
    assert pin.is_right("4711-ä")
    assert not pin.is_right("4711-a")
    assert not pin.is_right("")
    pin.set("")
    assert not pin.is_set
    pin.set("")


@pytest.mark.parametrize("bad", ["1", "123", "x" * 129])
def test_too_short_and_too_long(tmp_path: Path, bad: str) -> None:
    with pytest.raises(ConsoleError, match="4 to 128"):
        Pin(tmp_path).set(bad)
    assert not Pin(tmp_path).is_set


def test_a_damaged_file_lets_nobody_in(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"\xff\xfe nonsense")
    assert not Pin(tmp_path).is_right("1234")
    (tmp_path / FILE).write_text("nonsense")
    assert not Pin(tmp_path).is_right("1234")


def test_it_says_that_it_protects_little() -> None:
    assert "does not protect the store" in PLAINLY
