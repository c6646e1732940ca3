"""Which build of a region is in use: ``region.json``, and what lies beside it.

``HOME/region.json`` points to the build in use, ``HOME/HASH``. Builds in the making are called
``HASH.building-PID``; only folders of these two forms are ever tidied away, so whatever else is
kept in a region's home survives every update.
"""

import json
import os
import re
import shutil
import sys
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from console.dispatch.ports import Region

BUILD_VERSION = 8  # one more whenever a rebuilt region would differ
POINTER = "region.json"
_HASH = re.compile(r"[0-9a-f]{16,128}")
_BUILD = re.compile(r"^[0-9a-f]{16}(?:\.building-(\d+))?$")


@dataclass(frozen=True, slots=True)
class Facts:
    """What ``region.json`` says. ``tag`` is the version a server gave to what was downloaded."""

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
    source: str = ""
    tag: str = ""
    clip: str = ""
    licence: str = ""
    credit: str = ""


def facts(home: Path) -> Facts | None:
    """What is known of the region in this folder; None where nothing can be read.

    What another version knows besides is left out.
    """
    try:
        found = msgspec.json.decode((home / POINTER).read_bytes(), type=Facts)
        datetime.fromisoformat(found.built_at)
    except (OSError, ValueError, RecursionError, msgspec.MsgspecError):
        return None
    south, west, north, east = found.bounds
    is_on_earth = -90 <= south <= north <= 90 and -180 <= west <= east <= 180
    return found if is_on_earth and _HASH.fullmatch(found.hash) else None


def folder(home: Path, known: Facts) -> Path:
    """The build in use."""
    return home / known.hash[:16]


def region(home: Path) -> Region | None:
    """None when the region is not there, not whole or of another version's making."""
    known = facts(home)
    if known is None or known.build_version != BUILD_VERSION or not folder(home, known).is_dir():
        return None
    return Region(
        name=known.name,
        hash=known.hash,
        folder=folder(home, known),
        bounds=known.bounds,
        zone=known.zone,
        addresses=known.addresses,
        built_at=datetime.fromisoformat(known.built_at),
    )


def point(home: Path, known: Facts) -> None:
    """Put another build in use, all or nothing."""
    new = home / f"{POINTER}.{os.getpid()}"
    try:
        with new.open("w", encoding="utf-8") as file:
            json.dump(asdict(known), file, indent=1, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        new.replace(home / POINTER)
    finally:
        new.unlink(missing_ok=True)


def tidy(home: Path, keep: Path | None) -> None:
    """Remove older builds and what killed builds left behind."""
    for each in home.iterdir():
        found = _BUILD.match(each.name)
        if found and each.is_dir() and each != keep and not is_at_work(found.group(1)):
            shutil.rmtree(each, ignore_errors=True)


def is_at_work(builder: str | None) -> bool:
    """True for the number of another process that lives, or may live."""
    if not builder or int(builder) == os.getpid():
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
