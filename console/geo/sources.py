"""What a region is built from: is the file an extract, what is it called, is there room for it."""

import hashlib
import os
import re
import shutil
from pathlib import Path

from console.dispatch.extracts import Clip, is_address
from console.domain.errors import ConsoleError
from console.geo.extract import is_extract
from console.geo.pointers import BUILD_VERSION
from console.tongues import tr

_NAME = re.compile(r"^\w[\w .-]{0,62}\w$|^\w$")
_RESERVED = frozenset({"con", "prn", "aux", "nul"})
_CHUNK = 1 << 20
# Rough, to refuse only what is hopeless: small extracts were measured (BENCHMARKS.md), a country's
# needs were reckoned from its buildings, about 1.5 kB each in the map's tiles.
_DISK_PER_BYTE = 10
_MEMORY_PER_BYTE = 25


def check_name(name: str) -> None:
    """ConsoleError for what could not be a folder's name everywhere."""
    if not _NAME.match(name) or name.casefold().partition(".")[0] in _RESERVED:
        raise ConsoleError(
            tr("A region cannot be named {name!r}.", name=name),
            remedy=tr(
                "Use up to 64 letters, digits, spaces, dots, hyphens; a letter or digit first."
            ),
        )


def check_extract(path: Path) -> None:
    """ConsoleError unless the file begins like an extract."""
    if not path.is_file():
        raise ConsoleError(
            tr("There is no file {path}.", path=path),
            remedy=tr("Give the path of an .osm.pbf file."),
        )
    try:
        size, good = path.stat().st_size, is_extract(path)
    except OSError as error:
        raise ConsoleError(
            tr("{name} cannot be read ({strerror}).", name=path.name, strerror=error.strerror),
            remedy=tr("Check the file's permissions and the drive it is on."),
        ) from error
    if not size:
        raise ConsoleError(
            tr("{name} is empty.", name=path.name), remedy=tr("Download or copy the file again.")
        )
    if not good:
        raise ConsoleError(
            tr("{name} is not an OpenStreetMap extract in PBF format.", name=path.name),
            remedy=tr("Choose a file that ends in .osm.pbf."),
        )


def check_address(source: str) -> None:
    """ConsoleError for an address of another kind than http and https."""
    if "://" in source and not is_address(source):
        raise ConsoleError(
            tr("{source} cannot be downloaded: only http and https addresses can.", source=source),
            remedy=tr("Download the file by other means and give its path."),
        )


def check_room(extract: Path, folder: Path) -> None:
    """ConsoleError where disk or memory cannot hold the build of so large an extract."""
    size = extract.stat().st_size
    free = shutil.disk_usage(folder).free
    if size * _DISK_PER_BYTE > free:
        raise _too_large(extract, size, tr("{gb} of disk", gb=_gb(size * _DISK_PER_BYTE)), free)
    have = memory()
    if have and size * _MEMORY_PER_BYTE > have:
        raise _too_large(extract, size, tr("{gb} of memory", gb=_gb(size * _MEMORY_PER_BYTE)), have)


def _too_large(extract: Path, size: int, needed: str, have: int) -> ConsoleError:
    return ConsoleError(
        tr(
            "{name} ({gb}) is too large for this computer: building it needs about "
            "{needed}, and {gb2} are there.",
            name=extract.name,
            gb=_gb(size),
            needed=needed,
            gb2=_gb(have),
        ),
        remedy=tr(
            "Take the part round your depot only, for example --clip LAT,LON,50km (in the"
            " window: Only a part), or an extract of a smaller area."
        ),
    )


def _gb(size: int) -> str:
    return f"{size / 1e9:,.1f} GB" if size >= 1e8 else f"{size / 1e6:,.1f} MB"


def memory() -> int:
    """The machine's memory in bytes; 0 where it does not say."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return 0


def digest(extract: Path, clip: Clip | None) -> str:
    """SHA-256 of the build's version, the clip and the extract's bytes."""
    found = hashlib.sha256(f"doorstep region {BUILD_VERSION}\n{clip or ''}\n".encode())
    with extract.open("rb") as file:
        while chunk := file.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()
