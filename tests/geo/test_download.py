"""Downloads, from a server on this machine that breaks off, changes, lies and says no."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.geo.download import ATTEMPTS, Download, Fetched
from tests.geo.served import Shelf, serving

DATA = bytes(range(256)) * 4000  # about 1 MB
FILE = "/town.osm.pbf"


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    with serving(Shelf({FILE: DATA})) as shelf:
        yield shelf


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "town.osm.pbf"


def get(shelf: Shelf, target: Path, checksum: str = "", tag: str = "", path: str = FILE) -> Fetched:
    shares: list[float] = []
    got = Download(shelf.address + path, target, shares.append, pause=0.0).run(checksum, tag)
    assert all(0 <= share <= 1 for share in shares)
    if not got.problem and not got.unchanged and shelf.sized:
        assert shares[-1] == 1.0
    return got


def test_a_file_arrives_whole(shelf: Shelf, target: Path) -> None:
    got = get(shelf, target)
    assert target.read_bytes() == DATA
    assert got == Fetched(shelf.tag(FILE))
    assert [path.name for path in target.parent.iterdir()] == [target.name]
    assert "Doorstep" in shelf.whole()[0]["user-agent"]


def test_what_broke_off_goes_on_where_it_was(shelf: Shelf, target: Path) -> None:
    shelf.cuts = [300_000, 300_000]
    assert not get(shelf, target).problem
    assert target.read_bytes() == DATA
    ranges = [headers.get("range") for headers in shelf.whole()]
    assert ranges == [None, "bytes=300000-", "bytes=600000-"]


def test_a_later_download_goes_on_too(shelf: Shelf, target: Path) -> None:
    shelf.cuts = [500_000, *[0] * ATTEMPTS]
    got = get(shelf, target)
    assert "cannot be downloaded (the connection broke off)" in got.problem
    assert "goes on from where it stopped" in got.remedy
    assert not target.exists()
    shelf.asked.clear()
    assert not get(shelf, target).problem
    assert target.read_bytes() == DATA
    assert shelf.whole()[0]["range"] == "bytes=500000-"


def test_a_part_of_an_older_file_is_not_gone_on_with(shelf: Shelf, target: Path) -> None:
    shelf.cuts = [500_000, *[0] * ATTEMPTS]
    assert get(shelf, target).problem
    shelf.files[FILE] = DATA[::-1]
    assert not get(shelf, target).problem
    assert target.read_bytes() == DATA[::-1]


def test_a_file_that_became_shorter_is_begun_anew(shelf: Shelf, target: Path) -> None:
    target.with_name(f"{target.name}.part").write_bytes(DATA + b"more")
    note = {"address": shelf.address + FILE, "tag": shelf.tag(FILE)}
    target.with_name(f"{target.name}.part.json").write_text(json.dumps(note))
    assert not get(shelf, target).problem
    assert target.read_bytes() == DATA


def test_a_server_without_ranges_sends_all_again(shelf: Shelf, target: Path) -> None:
    shelf.ranges, shelf.cuts = False, [400_000]
    assert not get(shelf, target).problem
    assert target.read_bytes() == DATA


def test_a_size_that_is_not_said(shelf: Shelf, target: Path) -> None:
    shelf.sized = False
    assert not get(shelf, target).problem
    assert target.read_bytes() == DATA


def test_a_busy_server_is_asked_again(shelf: Shelf, target: Path) -> None:
    shelf.statuses = [503, 429, 500]
    assert not get(shelf, target).problem
    assert len(shelf.whole()) == 4


def test_a_server_that_stays_busy_is_given_up(shelf: Shelf, target: Path) -> None:
    shelf.statuses = [503] * 20
    assert "503" in get(shelf, target).problem
    assert len(shelf.whole()) == ATTEMPTS


@pytest.mark.parametrize("status", [401, 403, 410])
def test_a_no_is_a_no(shelf: Shelf, target: Path, status: int) -> None:
    shelf.statuses = [status] * 3
    got = get(shelf, target)
    assert f"the server says {status}" in got.problem
    assert "in a browser" in got.remedy
    assert len(shelf.whole()) == 1


def test_nobody_answers(target: Path) -> None:
    with serving(Shelf({})) as gone:
        pass
    got = get(gone, target)
    assert gone.address in got.problem
    assert "refused" in got.problem.casefold()
    assert "internet connection" in got.remedy


def test_a_moved_file_is_followed(shelf: Shelf, target: Path) -> None:
    assert not get(shelf, target, path="/moved.osm.pbf").problem
    assert target.read_bytes() == DATA


def test_an_unchanged_file_is_not_sent_again(shelf: Shelf, target: Path) -> None:
    tag = get(shelf, target).tag
    target.unlink()
    got = get(shelf, target, tag=tag)
    assert got == Fetched(tag, unchanged=True)
    assert not target.exists()
    shelf.files[FILE] = DATA + b"news"
    assert get(shelf, target, tag=tag).tag != tag
    assert target.read_bytes() == DATA + b"news"


@pytest.mark.parametrize(("ending", "make"), [(".md5", hashlib.md5), (".sha256", hashlib.sha256)])
def test_the_published_checksum_is_held_against_it(
    shelf: Shelf, target: Path, ending: str, make: type
) -> None:
    digest = make(DATA).hexdigest()
    shelf.files[FILE + ending] = f"{digest}  town.osm.pbf\n".encode()
    assert get(shelf, target).checked == digest
    shelf.files[FILE + ending] = f"{digest[::-1]}  town.osm.pbf\n".encode()
    target.unlink()
    got = get(shelf, target)
    assert "its checksum is not the published one" in got.problem
    assert not any(target.parent.iterdir())


def test_a_given_checksum_goes_first(shelf: Shelf, target: Path) -> None:
    shelf.files[f"{FILE}.md5"] = b"0" * 32
    assert get(shelf, target, hashlib.sha256(DATA).hexdigest().upper()).problem == ""
    assert "checksum" in get(shelf, target, "0" * 32).problem
