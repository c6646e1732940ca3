"""A region's build as it travels to other machines: only what is the same on all of them.

Streets, address index and map are; road tiles depend on processor and version of the engine, and
are built anew from the streets. What only this machine means anything to (the path that the extract
had here) stays here.
"""

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

import msgspec

from console.dispatch.extracts import SHARED, is_address
from console.dispatch.journal import Disconnected
from console.dispatch.ports import Progress
from console.dispatch.publications import PIECE, File, Package, Publications, Published, checksum
from console.domain.errors import ConsoleError
from console.geo import addresses, basemap, pointers, roads, sources
from console.geo.pointers import BUILD_VERSION, Facts
from console.tongues import tr

STREETS = f"{roads.FOLDER}/{roads.SOURCE}"
FILES = (STREETS, addresses.FILE, basemap.FILE)
_CHUNK = 1 << 20


def packed(home: Path, facts: Facts) -> Package:
    """The package of the build in use below ``home``; ConsoleError when a file is missing."""
    folder = pointers.folder(home, facts)
    try:
        files = tuple(file_of(folder, path) for path in FILES)
    except OSError as error:
        raise ConsoleError(
            tr(
                "The streets of {name} are not whole on this computer ({value}).",
                name=facts.name,
                value=error.strerror or error,
            ),
            remedy=tr(
                "Build them anew, then publish them: doorstep region update {name}", name=facts.name
            ),
        ) from error
    source = facts.source if is_address(facts.source) else ""
    told = replace(facts, source=source, tag="")
    return Package(
        name=facts.name,
        hash=facts.hash,
        form=facts.build_version,
        data_date=facts.extract_date,
        built_at=facts.built_at,
        addresses=facts.addresses,
        facts=json.dumps(asdict(told), ensure_ascii=False),
        files=files,
    )


def facts_of(published: Published) -> Facts:
    """What the region notes of itself here; ConsoleError where this program cannot use it."""
    package = published.package
    if package.form > BUILD_VERSION:
        raise ConsoleError(
            tr("The streets of {name} were published by a newer Doorstep.", name=package.name),
            remedy=tr("Update this console, then fetch them again."),
        )
    if package.form < BUILD_VERSION:
        raise ConsoleError(
            tr(
                "The streets of {name} were published by an older Doorstep and cannot be used"
                " with this one.",
                name=package.name,
            ),
            remedy=tr(
                "Have a manager with this version update them and publish them again: "
                "doorstep region update {name}, doorstep region publish {name}",
                name=package.name,
            ),
        )
    try:
        facts = msgspec.json.decode(package.facts.encode(), type=Facts)
    except (ValueError, RecursionError, msgspec.MsgspecError) as error:
        raise _strange(package) from error
    is_ours = (facts.name, facts.hash, facts.build_version) == (
        package.name,
        package.hash,
        package.form,
    )
    sources.check_name(facts.name)
    if not is_ours or sorted(file.path for file in package.files) != sorted(FILES):
        raise _strange(package)
    return replace(facts, source=SHARED)


def upload(folder: Path, package: Package, shelf: Publications, progress: Progress) -> None:
    """Lay down all pieces that are not there yet; whatever ``progress`` raises ends it.

    Where the connection was cut, they stay for the next try; of what ends otherwise, none does.
    """
    _require_newest(package, shelf)
    try:
        _send(folder, package, shelf, progress)
    except Disconnected:
        raise
    except BaseException:
        with suppress(ConsoleError):  # the first error is the one to tell
            shelf.drop(package)
        raise


def _require_newest(package: Package, shelf: Publications) -> None:
    """ConsoleError where a later version is published: it is not overwritten in silence."""
    built_at = datetime.fromisoformat(package.built_at)
    for each in shelf.all():
        is_newer = each.package.is_newer_than(package.hash, package.data_date, built_at)
        if each.name.casefold() == package.name.casefold() and is_newer:
            raise ConsoleError(
                tr(
                    "A newer version of {name} is published already, by {actor} on {at:%Y-%m-%d}.",
                    name=each.name,
                    actor=each.actor,
                    at=each.at,
                ),
                remedy=tr(
                    "Fetch it instead. To go back to this one, first publish the other no more: "
                    "doorstep region publish {name} --remove",
                    name=each.name,
                ),
            )


def _send(folder: Path, package: Package, shelf: Publications, progress: Progress) -> None:
    sentence = tr("Sending {name} to the shared database", name=package.name)
    held, done = shelf.held(package), 0
    is_published = package.id in {each.package.id for each in shelf.all()}
    for file, first in package.numbered():
        with (folder / file.path).open("rb") as source:
            for number in range(first, first + file.pieces):
                progress(sentence, done / max(1, package.pieces))
                data = source.read(PIECE)
                is_there = held.get(number) == checksum(data)
                if is_there and is_published:
                    is_there = _is_sound(package, number, shelf)
                if not is_there:
                    shelf.put(package, number, data)
                done += 1
    progress(sentence, 1.0)


def _is_sound(package: Package, number: int, shelf: Publications) -> bool:
    """False for a piece that is not what its checksum says."""
    try:
        return shelf.piece(package, number) is not None
    except Disconnected:
        raise
    except ConsoleError:
        return False


def file_of(folder: Path, path: str) -> File:
    """A file of a build as it is now; OSError when it is not there."""
    digest, size = digest_of(folder / path)
    return File(path, size, digest)


def digest_of(path: Path) -> tuple[str, int]:
    """SHA-256 and size of a file."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size


def _strange(package: Package) -> ConsoleError:
    return ConsoleError(
        tr("What is published as {name} is not a region of this console's.", name=package.name),
        remedy=tr(
            "Have a manager publish it again: doorstep region publish {name}", name=package.name
        ),
    )
