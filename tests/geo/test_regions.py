import errno
import json
import shutil
from pathlib import Path

import pytest

from console.dispatch.ports import Region
from console.domain.errors import ConsoleError
from console.domain.places import Coordinate
from console.geo import building, pointers
from console.geo.regions import RegionStore, name_of
from tests.geo import town
from tests.geo.conftest import StillClock, silent


@pytest.fixture
def store(tmp_path: Path) -> RegionStore:
    return RegionStore(tmp_path / "regions", StillClock())


@pytest.fixture
def copied(region: Region, tmp_path: Path) -> RegionStore:
    """A store that holds the built town already."""
    shutil.copytree(region.folder.parent, tmp_path / "regions" / region.name)
    return RegionStore(tmp_path / "regions", StillClock())


def test_a_region_is_described(copied: RegionStore, region: Region) -> None:
    found = copied.find("TESTSTADT")
    assert (found.name, found.hash, found.zone) == ("teststadt", region.hash, "Europe/Vienna")
    assert found.contains(Coordinate(*town.at(3, 5)))
    assert not found.contains(Coordinate(48.2, 16.4))
    facts = copied.facts(found)
    assert (facts.country, facts.extract) == ("AT", "teststadt.osm.pbf")
    assert facts.addresses == found.addresses == 68
    assert facts.roads == 10


def test_progress_is_told_in_sentences(store: RegionStore, extract: Path) -> None:
    told: list[tuple[str, float]] = []
    store.add(extract, "told", lambda sentence, share: told.append((sentence, share)))
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert told[-1] == ("told is ready", 1.0)
    assert {"Checking the extract", "Building the roads", "Drawing the map"} <= {s for s, _ in told}


def test_an_unchanged_extract_is_not_built_again(
    copied: RegionStore, extract: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "build", lambda *_, **_k: pytest.fail("built again"))
    assert copied.add(extract, "teststadt", silent).hash == copied.find("teststadt").hash


def test_a_changed_extract_replaces_the_region(copied: RegionStore, tmp_path: Path) -> None:
    old = copied.find("teststadt")
    changed = town.draw()
    changed.house(town.at(0, 8), "Bahnhofstraße", "8", **town.NAMES)
    changed.write(tmp_path / "teststadt.osm.pbf")
    new = copied.resolve(str(tmp_path / "teststadt.osm.pbf"), silent)
    assert new.hash != old.hash
    assert new.addresses == old.addresses + 1
    assert [region.hash for region in copied.known()] == [new.hash]
    assert old.folder.is_dir()  # whoever has it open keeps it


def test_leftovers_of_killed_builds_are_removed(copied: RegionStore, tmp_path: Path) -> None:
    home = tmp_path / "regions" / "teststadt"
    (home / "0123456789abcdef.building-99999999").mkdir()
    (home / "region.json").unlink()
    with pytest.raises(ConsoleError):
        copied.add(_written(tmp_path, b"\0\0\0\rOSMHeader"), "teststadt", silent)
    assert not (home / "0123456789abcdef.building-99999999").exists()


def test_an_unsorted_extract_is_sorted(store: RegionStore, tmp_path: Path, region: Region) -> None:
    town.draw().write(tmp_path / "unsorted.osm.pbf", shuffled=True)
    built = store.add(tmp_path / "unsorted.osm.pbf", "unsorted", silent)
    assert built.addresses == region.addresses
    assert built.bounds == region.bounds
    assert not (built.folder / "sorted.osm.pbf").exists()


def _written(folder: Path, data: bytes) -> Path:
    path = folder / "broken.osm.pbf"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "says"),
    [(b"", "is empty"), (b"PK\x03\x04 no extract at all", "not an OpenStreetMap extract")],
)
def test_what_is_no_extract_is_refused(
    store: RegionStore, tmp_path: Path, data: bytes, says: str
) -> None:
    with pytest.raises(ConsoleError, match=says) as caught:
        store.add(_written(tmp_path, data), "broken", silent)
    assert caught.value.remedy
    assert not store.known()


@pytest.mark.parametrize("share", [0.3, 0.99])
def test_a_truncated_extract_is_refused(
    store: RegionStore, tmp_path: Path, extract: Path, share: float
) -> None:
    data = extract.read_bytes()
    with pytest.raises(ConsoleError, match="damaged or incomplete") as caught:
        store.add(_written(tmp_path, data[: int(len(data) * share)]), "broken", silent)
    assert "again" in caught.value.remedy
    assert not any((tmp_path / "regions").iterdir())


def test_a_flipped_byte_is_found(store: RegionStore, tmp_path: Path, extract: Path) -> None:
    data = bytearray(extract.read_bytes())
    data[len(data) // 2] ^= 0xFF
    with pytest.raises(ConsoleError):
        store.add(_written(tmp_path, bytes(data)), "broken", silent)


def test_an_extract_without_roads_is_refused(store: RegionStore, tmp_path: Path) -> None:
    empty = town.Drawing()
    empty.house((47.0, 15.0), "Weg", "1")
    empty.way([(47.0, 15.0), (47.1, 15.1)], {"highway": "footway"})
    empty.write(tmp_path / "paths.osm.pbf")
    with pytest.raises(ConsoleError, match="no road that a car may use"):
        store.resolve(str(tmp_path / "paths.osm.pbf"), silent)


def test_a_missing_file_is_named(store: RegionStore) -> None:
    with pytest.raises(ConsoleError, match=r"no file .*nowhere\.osm\.pbf"):
        store.resolve("/nowhere.osm.pbf", silent)


def test_an_unknown_name_lists_the_known(copied: RegionStore, store: RegionStore) -> None:
    with pytest.raises(ConsoleError, match=r"no region named 'graz'. Installed: teststadt\."):
        copied.find("graz")
    shutil.rmtree(copied.find("teststadt").folder)
    with pytest.raises(ConsoleError, match="Installed: none yet"):
        store.resolve("graz", silent)


@pytest.mark.parametrize("name", ["", "..", "a/b", " x", "con", "x" * 65, "-rf", "a\0b"])
def test_bad_names_are_refused(store: RegionStore, extract: Path, name: str) -> None:
    with pytest.raises(ConsoleError, match="cannot be named"):
        store.add(extract, name, silent)


def test_regions_are_named_after_their_file() -> None:
    assert name_of(Path("/x/liechtenstein.osm.pbf")) == "liechtenstein"
    assert name_of(Path("São Paulo (2026).pbf")) == "São Paulo -2026"


def test_a_full_disk_changes_nothing(
    copied: RegionStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **_k: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    other = town.draw()
    other.house(town.at(0, 9), "Bahnhofstraße", "9")
    other.write(tmp_path / "other.osm.pbf")
    monkeypatch.setattr(building, "build", full)
    before = copied.find("teststadt")
    with pytest.raises(ConsoleError, match="disk is full") as caught:
        copied.add(tmp_path / "other.osm.pbf", "teststadt", silent)
    assert "Make room" in caught.value.remedy
    assert copied.find("teststadt") == before


def test_a_cancelled_build_leaves_nothing(
    store: RegionStore, extract: Path, tmp_path: Path
) -> None:
    class StopError(Exception):
        pass

    def stop(sentence: str, share: float) -> None:
        if sentence == "Building the roads":
            raise StopError

    with pytest.raises(StopError):
        store.add(extract, "stopped", stop)
    assert not store.known()
    assert not any((tmp_path / "regions").iterdir())


def test_a_damaged_pointer_hides_the_region(copied: RegionStore, tmp_path: Path) -> None:
    pointer = tmp_path / "regions" / "teststadt" / "region.json"
    facts = json.loads(pointer.read_text())
    pointer.write_text(json.dumps({**facts, "build_version": pointers.BUILD_VERSION - 1}))
    assert not copied.known()
    pointer.write_text("{")
    assert not copied.known()
