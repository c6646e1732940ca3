"""Streets that one console publishes in the shared database for all others to fetch.

What is published is the part of a region's build that is the same on every machine: streets,
address index and map. Road tiles depend on the computer and are built from the streets where they
are used.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from console.dispatch.ports import Region

PIECE = 1 << 19
"""Bytes of a file in one piece; the last one of a file is shorter."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of a region's build: its place below the folder with ``/``, size in bytes, SHA-256."""

    path: str
    size: int
    digest: str

    @property
    def pieces(self) -> int:
        """How many pieces it comes in."""
        return -(-self.size // PIECE)


@dataclass(frozen=True, slots=True)
class Package:
    """A region as it travels; ``facts`` is what its own console notes of it, as text.

    ``hash`` is the region's, ``form`` the version of the builds it is one of, ``data_date`` the
    day of the map data ("" where nobody knows), ``built_at`` aware UTC as ISO 8601.
    """

    name: str
    hash: str
    form: int
    data_date: str
    built_at: str
    addresses: int
    facts: str
    files: tuple[File, ...]

    @property
    def id(self) -> str:
        """The same for the same streets: a digest over all that is in it."""
        told = [self.name, self.hash, str(self.form), self.facts]
        told += [f"{file.path} {file.size} {file.digest}" for file in self.files]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()

    @property
    def size(self) -> int:
        """In bytes, unpacked."""
        return sum(file.size for file in self.files)

    @property
    def pieces(self) -> int:
        """How many there are."""
        return sum(file.pieces for file in self.files)

    def is_newer_than(self, hash_: str, data_date: str, built_at: datetime) -> bool:
        """True for other map data of a later date; where no date tells, for a later build."""
        if self.hash == hash_:
            return False
        if data_date and self.data_date and data_date != self.data_date:
            return self.data_date > data_date
        return datetime.fromisoformat(self.built_at) > built_at

    def numbered(self) -> Iterator[tuple[File, int]]:
        """Each file with the number of its first piece."""
        first = 0
        for file in self.files:
            yield file, first
            first += file.pieces


@dataclass(frozen=True, slots=True)
class Published:
    """A package with who published it and when (aware UTC)."""

    package: Package
    actor: str
    at: datetime

    @property
    def name(self) -> str:
        """The region's."""
        return self.package.name

    def is_newer_than(self, ours: Region | None, data_date: str = "") -> bool:
        """True when the streets here, with map data of this date, are others and older."""
        return ours is None or self.package.is_newer_than(ours.hash, data_date, ours.built_at)


class Publications(Protocol):
    """The shared database's shelf of regions; every call blocks and asks the server itself.

    ConsoleErrors: ``Disconnected`` where it does not answer, ``NotAllowed`` for a login that may
    not publish, what a later version of the console published.
    """

    def all(self) -> Sequence[Published]:
        """All of them, by name."""
        ...

    def find(self, name: str) -> Published:
        """That of one region, whatever its case; ConsoleError names those that are published."""
        ...

    def piece(self, package: Package, number: int) -> bytes | None:
        """One piece, held against its checksum; None when it is not there.

        ConsoleError when it is damaged.
        """
        ...

    def held(self, package: Package) -> Mapping[int, str]:
        """The pieces that are there already, with their checksums."""
        ...

    def put(self, package: Package, number: int, data: bytes) -> None:
        """Lay down one piece; nobody sees it before ``publish``."""
        ...

    def publish(self, package: Package) -> Published:
        """Let this be the region from now on; pieces of the one before go.

        ConsoleError when pieces are missing: somebody else publishes the same region.
        """
        ...

    def drop(self, package: Package) -> None:
        """Forget the pieces of one that was not published."""
        ...

    def remove(self, name: str) -> None:
        """Publish a region no more; consoles that have it keep it."""
        ...


def checksum(data: bytes) -> str:
    """That of a piece."""
    return hashlib.sha256(data).hexdigest()
