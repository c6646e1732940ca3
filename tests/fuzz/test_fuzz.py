"""A short round over every reader with a fixed seed; and faults that must be found."""

import json
import zlib
from pathlib import Path

import pytest

from console.domain.errors import ConsoleError, Rejected
from console.geo.extract import survey
from tests.fuzz import __main__, corpora
from tests.fuzz.readers import READERS, guarded
from tests.fuzz.rounds import fuzz

BUSY = 300  # seconds an input may take here: the machine may have others to serve
RUNS = 4000
DEEP = 100_000


def test_nothing_but_the_houses_errors(tmp_path: Path) -> None:
    told = fuzz("every", tmp_path, f"-runs={RUNS}", "-seed=7", patience=BUSY)
    assert not told.why, told.why
    assert told.inputs >= RUNS
    assert told.edges > 2000


@pytest.mark.parametrize("name", READERS)
def test_a_round_begins_with_what_is_sound(name: str) -> None:
    """Else the fuzzer would only ever see the first lines of a reader."""
    seeds = READERS[name].seeds()
    assert any(_reads(name, seed) for seed in seeds)


def _reads(name: str, seed: bytes) -> bool:
    try:
        READERS[name].read(seed)
    except (ConsoleError, Rejected):
        return False
    return True


def test_a_fault_is_found(tmp_path: Path) -> None:
    """Two bytes deep: chance would need 65,536 inputs, and more where they have three bytes."""
    told = fuzz("broken", tmp_path, "-runs=200000", "-seed=1", patience=BUSY)
    assert "ZeroDivisionError" in told.why
    assert told.finding is not None
    assert told.finding.read_bytes()[:2] == b"\x07\x2a"


FOUND: dict[str, tuple[str, bytes]] = {
    "a region built on no day": (
        "region", corpora.pointers()[0].replace(b"2026-11-23", b"202-31-216")
    ),
    "a region of no hash": (
        "region", corpora.pointers()[0].replace(b'"0123456789abcdef"', b"17")
    ),
    "a region upside down": ("region", corpora.pointers()[0].replace(b"47.0", b"99.0")),
    "a region without end": ("region", b"[" * DEEP),
    "a break of ages": ("vroom", corpora.problems()[0].replace(b"900", b"9" * 15)),
    "a problem without end": ("vroom", b'{"x":' * DEEP),
    "a plan file without end": ("plan", b'{"x":' * DEEP),
    "a patch without end": ("journal", b'pin_stops.1\n{"x":' + b"[" * DEEP + b"\n" + b"[" * DEEP),
    "a snapshot without end": ("snapshot", b'{"x":' * DEEP),
    "a register of another time": ("registers", b't{"speeds": {}}'),
    "orders without end": ("registers", b'o{"x":' * DEEP),
    "a mapping without end": ("taught", b'{"x":' * DEEP + b"\n\na,b\n1,2\n"),
    "settings without end": ("settings", b"a=" + b"[" * DEEP),
    "a million cores": ("settings", b"cores = 1000000"),
    "cores beyond all numbers": ("settings", b'cores = "' + b"9" * 5000 + b'"'),
    "a row that unpacks to a gigabyte": ("packed", zlib.compress(bytes(2**30), 1)),
}  # fmt: skip


@pytest.mark.parametrize("what", FOUND)
def test_what_was_found_stays_mended(what: str) -> None:
    name, data = FOUND[what]
    guarded(READERS[name], data)


def test_a_file_that_was_found_can_be_read_again(tmp_path: Path) -> None:
    file = tmp_path / "found"
    file.write_bytes(json.dumps({}).encode())
    assert __main__.main(["plan", "--input", str(file)]) == 0


def test_blocks_of_an_extract_are_framed_as_they_were(tmp_path: Path) -> None:
    file = tmp_path / "again.osm.pbf"
    file.write_bytes(corpora.framed(corpora.extracts()[1]))
    found = survey(str(file), str(tmp_path / "sorted.osm.pbf"), lambda _share: None)
    assert found.roads == 10
    assert found.is_sorted
