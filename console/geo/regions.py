"""The regions on this machine: built from extracts, kept below the user's data directory.

``folder/NAME/region.json`` points to the build in use, ``folder/NAME/HASH``. A new build is made in
``HASH.building-PID`` and renamed when complete; then the pointer is replaced, so the old build
serves until that moment, and a console that has it open keeps it until the build after.
"""

import errno
import hashlib
import json
import os
import re
import shutil
import sys
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from console.dispatch.ports import Clock, Progress, Region
from console.domain.errors import ConsoleError
from console.geo import building, children
from console.geo.extract import is_extract

BUILD_VERSION = 5  # one more whenever a rebuilt region would differ
_POINTER = "region.json"
_NAME = re.compile(r"^\w[\w .-]{0,62}\w$|^\w$")
_RESERVED = frozenset({"con", "prn", "aux", "nul"})
_ENDINGS = (".osm.pbf", ".pbf")
_MARGIN = 0.002  # degrees: houses just beyond the last road
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Facts:
    """What ``region.json`` says besides the Region itself."""

    name: str
    hash: str
    bounds: tuple[float, float, float, float]
    zone: str
    country: str
    addresses: int
    streets: int
    roads: int
    extract: str
    extract_date: str
    built_at: str
    build_version: int


class RegionStore:
    """Installed regions; implements ``dispatch.ports.Regions``."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        """Regions live in sub-folders of ``folder``, made when needed."""
        self._folder = folder
        self._clock = clock
        self._lock = threading.Lock()

    def known(self) -> Sequence[Region]:
        """All installed and complete regions, by name."""
        pointers = sorted(self._folder.glob(f"*/{_POINTER}"))
        found = (_read(pointer) for pointer in pointers)
        return [region for region in found if region is not None]

    def find(self, name: str) -> Region:
        """The region of this name; ConsoleError names those that exist."""
        known = self.known()
        for region in known:
            if region.name.casefold() == name.casefold():
                return region
        names = ", ".join(region.name for region in known) or "none yet"
        raise ConsoleError(
            f"There is no region named {name!r}. Installed: {names}.",
            remedy="Add one: doorstep region add FILE.osm.pbf --name NAME",
        )

    def facts(self, region: Region) -> Facts:
        """Counts, country and the extract's date."""
        return _facts(self._folder / region.name / _POINTER)

    def resolve(self, name_or_path: str, progress: Progress) -> Region:
        """A region's name, or the path of an ``.osm.pbf`` that is built when it is new or changed.

        A region made from a path is named after the file.
        """
        path = Path(name_or_path)
        if name_or_path.endswith(_ENDINGS) or (path.is_file() and is_extract(path)):
            return self.add(path, name_of(path), progress)
        return self.find(name_or_path)

    def add(self, extract: Path, name: str, progress: Progress) -> Region:
        """Build a region from an ``.osm.pbf`` (blocking); the old one stays until the new is done.

        An unchanged extract is not built again. ConsoleError on a bad name, a file that is no
        extract, one without roads, a full disk; whatever ``progress`` raises cancels the build.
        """
        _check_name(name)
        _check_extract(extract)
        try:
            with self._lock:
                return self._add(extract, name, progress)
        except OSError as error:
            raise (
                children.full_disk() if error.errno == errno.ENOSPC else _unwritable(error)
            ) from error

    def _add(self, extract: Path, name: str, progress: Progress) -> Region:
        home = self._folder / name
        home.mkdir(parents=True, exist_ok=True)
        digest = _digest(extract)
        present = _read(home / _POINTER)
        if present and present.hash == digest:
            progress(f"{name} is up to date", 1.0)
            return present
        _tidy(home, keep=present.folder if present else None)
        folder = home / f"{digest[:16]}.building-{os.getpid()}"
        folder.mkdir()
        try:
            built = _built(extract, folder, progress)
            ready = home / digest[:16]
            shutil.rmtree(ready, ignore_errors=True)
            folder.rename(ready)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            if present is None:
                _remove_if_empty(home)
            raise
        _point(home, self._describe(extract, name, digest, built))
        progress(f"{name} is ready", 1.0)
        return self.find(name)

    def _describe(self, extract: Path, name: str, digest: str, built: building.Built) -> Facts:
        south, west, north, east = built.survey.bounds
        return Facts(
            name=name,
            hash=digest,
            bounds=(south - _MARGIN, west - _MARGIN, north + _MARGIN, east + _MARGIN),
            zone=built.survey.zone,
            country=built.country,
            addresses=built.addresses,
            streets=built.streets,
            roads=built.survey.roads,
            extract=extract.name,
            extract_date=built.survey.date,
            built_at=self._clock.now().isoformat(),
            build_version=BUILD_VERSION,
        )


def _built(extract: Path, folder: Path, progress: Progress) -> building.Built:
    try:
        return building.build(extract, folder, progress)
    except children.Unreadable as error:
        raise children.Unreadable(error.said, extract.name) from error


def name_of(extract: Path) -> str:
    """The region's name for a file: ``liechtenstein.osm.pbf`` is liechtenstein."""
    name = extract.name
    for ending in _ENDINGS:
        name = name.removesuffix(ending)
    return re.sub(r"[^\w .-]+", "-", name).strip(" .-") or "region"


def _check_name(name: str) -> None:
    if not _NAME.match(name) or name.casefold().partition(".")[0] in _RESERVED:
        raise ConsoleError(
            f"A region cannot be named {name!r}.",
            remedy="Use up to 64 letters, digits, spaces, dots, hyphens; a letter or digit first.",
        )


def _check_extract(path: Path) -> None:
    if not path.is_file():
        raise ConsoleError(f"There is no file {path}.", remedy="Give the path of an .osm.pbf file.")
    try:
        size, good = path.stat().st_size, is_extract(path)
    except OSError as error:
        raise ConsoleError(
            f"{path.name} cannot be read ({error.strerror}).",
            remedy="Check the file's permissions and the drive it is on.",
        ) from error
    if not size:
        raise ConsoleError(f"{path.name} is empty.", remedy="Download or copy the file again.")
    if not good:
        raise ConsoleError(
            f"{path.name} is not an OpenStreetMap extract in PBF format.",
            remedy="Choose a file that ends in .osm.pbf.",
        )


def _digest(extract: Path) -> str:
    """SHA-256 of the build's version and the extract's bytes."""
    digest = hashlib.sha256(f"doorstep region {BUILD_VERSION}\n".encode())
    with extract.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _facts(pointer: Path) -> Facts:
    fields: dict[str, Any] = json.loads(pointer.read_text(encoding="utf-8"))
    fields["bounds"] = tuple(fields["bounds"])
    return Facts(**fields)


def _read(pointer: Path) -> Region | None:
    """None when the region is not there or not whole."""
    try:
        facts = _facts(pointer)
    except (OSError, ValueError, TypeError, KeyError):
        return None
    folder = pointer.parent / facts.hash[:16]
    if facts.build_version != BUILD_VERSION or not folder.is_dir():
        return None
    return Region(
        name=facts.name,
        hash=facts.hash,
        folder=folder,
        bounds=facts.bounds,
        zone=facts.zone,
        addresses=facts.addresses,
        built_at=datetime.fromisoformat(facts.built_at),
    )


def _point(home: Path, facts: Facts) -> None:
    new = home / f"{_POINTER}.{os.getpid()}"
    with new.open("w", encoding="utf-8") as file:
        json.dump(asdict(facts), file, indent=1, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    new.replace(home / _POINTER)


def _tidy(home: Path, keep: Path | None) -> None:
    """Remove older builds and what killed builds left behind."""
    for folder in home.iterdir():
        if not folder.is_dir() or folder == keep or _is_being_built(folder):
            continue
        shutil.rmtree(folder, ignore_errors=True)


def _is_being_built(folder: Path) -> bool:
    _, _, builder = folder.name.partition(".building-")
    if not builder.isdigit() or int(builder) == os.getpid():
        return False
    if sys.platform == "win32":  # there os.kill ends what it asks after
        return True
    try:
        os.kill(int(builder), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _remove_if_empty(home: Path) -> None:
    try:
        home.rmdir()
    except OSError:
        return


def _unwritable(error: OSError) -> ConsoleError:
    return ConsoleError(
        f"The region cannot be written ({error.strerror or error}).",
        remedy="Check the permissions and free space of the data directory.",
    )
