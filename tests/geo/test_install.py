"""Regions fetched, clipped, updated, removed; and what has to stay when that goes wrong."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from console.dispatch.extracts import Cancelled, Clip, Wanted
from console.dispatch.ports import Region
from console.domain.errors import ConsoleError
from console.domain.places import Address
from console.geo import building, downloading, pointers, sources
from console.geo.basemap import RegionBasemap
from console.geo.extract import OSM_CREDIT, OWN_CREDIT
from console.geo.geocoder import RegionGeocoder
from console.geo.regions import RegionStore
from tests.geo import town
from tests.geo.conftest import StillClock, silent
from tests.geo.served import Shelf, serving
from tests.shared import ROOT

FILE = "/teststadt-latest.osm.pbf"
resource = pytest.importorskip("resource", reason="limits as POSIX has them")


@pytest.fixture
def folder(region: Region, tmp_path: Path) -> Path:
    """A folder of regions that holds the built town."""
    shutil.copytree(region.folder.parent, tmp_path / "regions" / region.name)
    return tmp_path / "regions"


@pytest.fixture
def store(folder: Path) -> RegionStore:
    return RegionStore(folder, StillClock())


@pytest.fixture
def shelf(extract: Path) -> Iterator[Shelf]:
    with serving(Shelf({FILE: extract.read_bytes()})) as shelf:
        digest = hashlib.md5(shelf.files[FILE]).hexdigest()
        shelf.files[f"{FILE}.md5"] = f"{digest}  teststadt-latest.osm.pbf".encode()
        yield shelf


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """The town a year later, larger than the one that is built."""
    changed = town.draw()
    changed.house(town.at(0, 8), "Bahnhofstraße", "8", **town.NAMES)
    path = tmp_path / "newer.osm.pbf"
    changed.write(path)
    return path


def works(store: RegionStore, before: Region) -> None:
    """The old region answers as ever, and nothing else is left in its home."""
    now = store.find(before.name)
    assert now == before
    geocoder = RegionGeocoder(now)
    found = geocoder.locate(Address("Bahnhofstraße 4", "8010", "Teststadt"))
    geocoder.close()
    assert found.coordinate is not None
    home = now.folder.parent
    assert {path.name for path in home.iterdir()} == {pointers.POINTER, now.folder.name}


# -- from the internet -----------------------------------------------------------------------------


def test_a_region_from_an_address(store: RegionStore, shelf: Shelf, folder: Path) -> None:
    told: list[tuple[str, float]] = []
    source = shelf.address + FILE
    store.install(Wanted(source), lambda sentence, share: told.append((sentence, share)))
    each = store.description("teststadt")
    assert (each.source, each.licence, each.credit) == (source, "ODbL 1.0", OSM_CREDIT)
    assert each.profiles == ("car",)
    assert each.size > 100_000
    assert told[0] == ("Downloading teststadt.osm.pbf", 0.0)
    assert [share for _, share in told] == sorted(share for _, share in told)
    assert told[-1] == ("teststadt is up to date", 1.0)  # the same bytes as the file's
    assert not any((folder / downloading.FOLDER).iterdir())


def test_an_update_asks_the_server(
    store: RegionStore, shelf: Shelf, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.install(Wanted(shelf.address + FILE), silent)
    before = store.find("teststadt")
    assert store.update("TESTSTADT", silent) == before
    assert shelf.whole()[-1]["if-none-match"] == shelf.tag(FILE)
    shelf.files[FILE] = other.read_bytes()
    shelf.files[f"{FILE}.md5"] = hashlib.md5(other.read_bytes()).hexdigest().encode()
    assert store.update("teststadt", silent).addresses == before.addresses + 1


def test_a_damaged_download_changes_nothing(store: RegionStore, shelf: Shelf, other: Path) -> None:
    before = store.find("teststadt")
    shelf.files[FILE] = other.read_bytes()
    with pytest.raises(ConsoleError, match=r"teststadt-latest\.osm\.pbf arrived damaged") as caught:
        store.install(Wanted(shelf.address + FILE), silent)
    assert "Download it again" in caught.value.remedy
    works(store, before)


def test_a_page_instead_of_an_extract(store: RegionStore, shelf: Shelf) -> None:
    shelf.files = {"/login.osm.pbf": b"<html>Please log in"}
    with pytest.raises(ConsoleError, match=r"login\.osm\.pbf answers is not an OpenStreetMap"):
        store.install(Wanted(f"{shelf.address}/login.osm.pbf"), silent)
    assert [region.name for region in store.known()] == ["teststadt"]


def test_other_addresses_are_refused(store: RegionStore) -> None:
    with pytest.raises(ConsoleError, match="only http and https"):
        store.install(Wanted("ftp://example.invalid/x.osm.pbf"), silent)


def test_a_download_called_off_is_gone_on_with(store: RegionStore, shelf: Shelf) -> None:
    before, stop = store.find("teststadt"), threading.Event()
    shelf.hold = threading.Event()

    def told(sentence: str, share: float) -> None:
        if share > 0:
            stop.set()

    with pytest.raises(Cancelled):
        store.install(Wanted(shelf.address + FILE, "fresh"), told, stop)
    shelf.hold.set()
    works(store, before)
    store.install(Wanted(shelf.address + FILE, "teststadt"), silent)
    assert "range" in shelf.whole()[-1]
    works(store, store.find("teststadt"))


# -- parts -----------------------------------------------------------------------------------------


def test_a_part_round_the_depot(store: RegionStore, extract: Path) -> None:
    lat, lon = town.at(0, 4)
    part = Clip.read(f"{lat},{lon},0.15km")
    built = store.install(Wanted(str(extract), "part", part), silent)
    geocoder = RegionGeocoder(built)
    inside = geocoder.locate(Address("Bahnhofstraße 4", "8010", "Teststadt"))
    outside = geocoder.locate(Address("Rosengasse 40", "8010", "Teststadt"))
    geocoder.close()
    assert inside.coordinate is not None
    assert "street_unknown" in outside.reasons
    assert 0 < built.addresses < store.find("teststadt").addresses
    assert store.description("part").clip == str(part)
    assert store.update("part", silent) == built


def test_a_rectangle_keeps_whole_roads(store: RegionStore, extract: Path) -> None:
    south, north = town.row(0) - 0.0005, town.row(2) + 0.0005
    part = Clip.read(f"{south},{town.WEST - 0.001},{north},{town.WEST + 0.003}")
    built = store.install(Wanted(str(extract), "part", part), silent)
    full = store.find("teststadt")
    assert built.addresses < full.addresses
    assert built.bounds[3] == pytest.approx(full.bounds[3])  # the streets end where they end


def test_nothing_in_the_part(store: RegionStore, extract: Path) -> None:
    with pytest.raises(ConsoleError, match=r"teststadt\.osm\.pbf holds nothing within") as caught:
        store.install(Wanted(str(extract), "nowhere", Clip.read("10,10,5km")), silent)
    assert "Choose a part" in caught.value.remedy
    assert [region.name for region in store.known()] == ["teststadt"]


# -- what is listed, removed, kept -----------------------------------------------------------------


def test_several_regions_are_described(store: RegionStore, other: Path, folder: Path) -> None:
    store.install(Wanted(str(other), "anbau"), silent)
    pointer = folder / "anbau" / pointers.POINTER
    known = pointers.facts(folder / "anbau")
    assert known is not None
    pointers.point(folder / "anbau", replace(known, build_version=1))
    (folder / "broken").mkdir()
    (folder / "broken" / pointers.POINTER).write_text("{")
    listed = {each.name: each.problem for each in store.described()}
    assert listed["teststadt"] == ""
    assert "another version" in listed["anbau"]
    assert "damaged" in listed["broken"]
    assert store.update("anbau", silent).name == "anbau"  # built anew from where it came from
    assert pointer.is_file()


def test_what_else_is_kept_in_a_home_survives(store: RegionStore, other: Path) -> None:
    kept = store.find("teststadt").folder.parent / "learned"
    kept.mkdir()
    (kept / "speeds.json").write_text("{}")
    store.install(Wanted(str(other), "teststadt"), silent)
    assert (kept / "speeds.json").is_file()


def test_a_removed_region_is_gone(store: RegionStore, folder: Path) -> None:
    store.remove("Teststadt")
    assert not store.known()
    assert not (folder / "teststadt").exists()
    with pytest.raises(ConsoleError, match="no region named 'teststadt'"):
        store.remove("teststadt")


def test_a_source_that_is_gone_is_named(store: RegionStore, other: Path) -> None:
    store.install(Wanted(str(other), "moved"), silent)
    other.unlink()
    with pytest.raises(ConsoleError, match=r"no file .*newer\.osm\.pbf"):
        store.update("moved", silent)
    assert store.find("moved")


def test_an_invented_place_claims_no_openstreetmap(store: RegionStore, tmp_path: Path) -> None:
    from console.simulator.extract import Extract, Projection

    drawn = Extract(Projection(54.0, 13.0, 0.0))
    import numpy as np

    drawn.way(np.array([[0.0, 0.0], [500.0, 0.0]]), {"highway": "residential"}, layer="road")
    drawn.write(tmp_path / "drawn.osm.pbf", (53.9, 12.9, 54.1, 13.1))
    built = store.install(Wanted(str(tmp_path / "drawn.osm.pbf")), silent)
    assert RegionBasemap(built.folder).attribution == OWN_CREDIT
    assert store.description("drawn").credit == OWN_CREDIT
    assert RegionBasemap(store.find("teststadt").folder).attribution == OSM_CREDIT


# -- what goes wrong leaves the old region as it was -----------------------------------------------


def _damaged(kind: str, data: bytes) -> bytes:
    if kind == "empty":
        return b""
    if kind == "truncated":
        return data[: len(data) * 2 // 3]
    if kind == "corrupt":
        middle = len(data) // 2
        return data[:middle] + bytes(64) + data[middle + 64 :]
    return b"<html>" + data


@pytest.mark.parametrize("kind", ["empty", "truncated", "corrupt", "page"])
def test_a_bad_extract_leaves_the_old_region(store: RegionStore, other: Path, kind: str) -> None:
    before = store.find("teststadt")
    other.write_bytes(_damaged(kind, other.read_bytes()))
    with pytest.raises(ConsoleError, match=r"newer\.osm\.pbf") as caught:
        store.install(Wanted(str(other), "teststadt"), silent)
    assert caught.value.remedy
    works(store, before)


def test_an_extract_that_lies_about_its_order(store: RegionStore, tmp_path: Path) -> None:
    path = tmp_path / "lies.osm.pbf"
    town.draw().write(path, shuffled=True, claims_order=True)
    built = store.install(Wanted(str(path)), silent)
    full = store.find("teststadt")
    assert (built.addresses, built.bounds) == (full.addresses, full.bounds)


@pytest.mark.parametrize("what", ["disk", "memory"])
def test_a_huge_extract_is_refused_at_once(
    store: RegionStore, other: Path, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = store.find("teststadt")
    free = shutil.disk_usage(other.parent).free
    size = free if what == "disk" else int(sources.memory() / 20)
    if what == "memory":
        monkeypatch.setattr(sources, "_DISK_PER_BYTE", 0)
    os.truncate(other, size)  # a hole: it takes no room
    with pytest.raises(ConsoleError, match=rf"newer\.osm\.pbf .*too large.* of {what}") as caught:
        store.install(Wanted(str(other), "teststadt"), silent)
    assert "--clip" in caught.value.remedy
    works(store, before)


@contextmanager
def small_files(limit: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("limit", [2_000, 10_000, 50_000])
def test_a_disk_that_takes_no_more(store: RegionStore, other: Path, limit: int) -> None:
    before = store.find("teststadt")
    with small_files(limit), pytest.raises(ConsoleError, match="disk is full") as caught:
        store.install(Wanted(str(other), "teststadt"), silent)
    assert "newer.osm.pbf" in caught.value.message
    assert "Make room" in caught.value.remedy
    works(store, before)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root may mount")
def test_a_really_full_disk(tmp_path: Path, region: Region, other: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    size = sum(path.stat().st_size for path in region.folder.rglob("*")) + 300_000
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk)],
        check=False, capture_output=True,
    )  # fmt: skip
    if mounted.returncode:
        # some containers refuse it even to root; a disk that says it is full is tested above
        pytest.skip("no file system may be mounted here")
    try:
        shutil.copytree(region.folder.parent, disk / region.name)
        store = RegionStore(disk, StillClock())
        before = store.find("teststadt")
        with pytest.raises(ConsoleError) as caught:
            store.install(Wanted(str(other), "teststadt"), silent)
        assert "newer.osm.pbf" in caught.value.message
        works(store, before)
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_build_called_off_ends_at_once(store: RegionStore, other: Path) -> None:
    before, stop = store.find("teststadt"), threading.Event()

    def told(sentence: str, share: float) -> None:
        if sentence == "Building the roads":
            stop.set()

    with pytest.raises(Cancelled):
        store.install(Wanted(str(other), "teststadt"), told, stop)
    works(store, before)


_BUILD = """
import sys
from pathlib import Path
from console.geo.regions import RegionStore
from tests.geo.conftest import StillClock
if __name__ == "__main__":
    RegionStore(Path(sys.argv[1]), StillClock()).add(
        Path(sys.argv[2]), "teststadt", lambda sentence, share: print(sentence, flush=True)
    )
"""


def test_a_killed_build_leaves_the_old_region(
    store: RegionStore, folder: Path, other: Path, tmp_path: Path
) -> None:
    before = store.find("teststadt")
    script = tmp_path / "build.py"
    script.write_text(_BUILD)
    killed = subprocess.Popen(
        [sys.executable, str(script), str(folder), str(other)],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert killed.stdout is not None
    with killed.stdout as lines:
        assert any("Building the roads" in line for line in lines)
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        lines.read()  # to its end: the children, who share it, are gone too
    assert store.find("teststadt") == before
    assert len(list(before.folder.parent.glob("*.building-*"))) == 1
    store.install(Wanted(str(other), "teststadt"), silent)
    assert not list(before.folder.parent.glob("*.building-*"))
    assert store.find("teststadt").addresses == before.addresses + 1


def test_two_builds_of_one_store_wait_for_each_other(
    store: RegionStore, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_work, most, original = [0], [0], building.build

    def counted(*words: object, **more: object) -> building.Built:
        at_work[0] += 1
        most[0] = max(most[0], at_work[0])
        try:
            return original(*words, **more)  # pyright: ignore[reportArgumentType]
        finally:
            at_work[0] -= 1

    monkeypatch.setattr(building, "build", counted)
    threads = [
        threading.Thread(target=store.install, args=(Wanted(str(other), name), silent))
        for name in ("one", "two")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1]
    assert [region.name for region in store.known()] == ["one", "teststadt", "two"]
