"""The shelf of published regions: one row each, and their files in packed pieces.

Pieces are laid down one by one, each durable by itself, so that nothing large is ever in memory or
in one transaction, and what was cut is gone on with. They count from the moment at which the row
of their region names their package; that, and not the pieces, wakes other consoles.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import msgspec
from sqlalchemy import Connection, delete, func, insert, select

from console.dispatch.ports import Clock
from console.dispatch.publications import PIECE, Package, Published, checksum
from console.domain.errors import ConsoleError
from console.storage import codec
from console.storage.database import Database
from console.storage.schema import pieces, published
from console.tongues import tr

_KEPT = timedelta(days=7)  # what was laid down and never published
_AT_ONCE = 200  # pieces in one statement that deletes
_encoder = msgspec.json.Encoder(order="deterministic")
_decoder = msgspec.json.Decoder(Package)


def published_in(database: Database) -> list[Published]:
    """What a shared database offers, by name; blocking."""
    query = select(published).order_by(published.c.name)
    with database.asking_itself() as connection:
        return [_read(row.value, row.actor, row.at) for row in connection.execute(query)]


@dataclass(frozen=True, slots=True)
class SqlPublications:
    """Implements ``dispatch.publications.Publications``; a server says itself who the actor is."""

    database: Database
    clock: Clock
    actor: str = ""

    def all(self) -> list[Published]:
        """All of them, by name."""
        return published_in(self.database)

    def find(self, name: str) -> Published:
        """That of one region, whatever its case."""
        known = self.all()
        for each in known:
            if each.name.casefold() == name.casefold():
                return each
        names = ", ".join(each.name for each in known) or tr("none yet")
        raise ConsoleError(
            tr(
                "No region named {name!r} is published in {name2}. Published: {names}.",
                name=name,
                name2=self.database.name,
                names=names,
            ),
            remedy=tr(
                "Have a manager publish it where it is installed: doorstep region publish NAME"
            ),
        )

    def piece(self, package: Package, number: int) -> bytes | None:
        """One piece, held against its checksum; None when it is not there."""
        own = (pieces.c.package == package.id, pieces.c.number == number)
        found = self.database.row_of_bytes(select(pieces.c.digest, pieces.c.data).where(*own))
        if found is None:
            return None
        digest, packed = found
        data = _unpacked(bytes(packed))
        if data is None or checksum(data) != digest:
            raise ConsoleError(
                tr(
                    "The streets of {name} are damaged in {name2}: the checksum of piece {value} "
                    "of {pieces} is wrong.",
                    name=package.name,
                    name2=self.database.name,
                    value=number + 1,
                    pieces=package.pieces,
                ),
                remedy=tr(
                    "Have a manager publish them again: doorstep region publish {name}",
                    name=package.name,
                ),
            )
        return data

    def held(self, package: Package) -> dict[int, str]:
        """The pieces that are there already, with their checksums."""
        query = select(pieces.c.number, pieces.c.digest).where(pieces.c.package == package.id)
        with self.database.asking_itself() as connection:
            return {row.number: row.digest for row in connection.execute(query)}

    def put(self, package: Package, number: int, data: bytes) -> None:
        """Lay down one piece, in the place of what is there."""
        values = {
            "package": package.id,
            "number": number,
            "name": package.name,
            "at": self._now(),
            "digest": checksum(data),
            "data": zlib.compress(data),
        }
        own = (pieces.c.package == package.id, pieces.c.number == number)
        with self.database.writing(alone=False) as connection:
            connection.execute(delete(pieces).where(*own))
            connection.execute(insert(pieces).values(values))

    def publish(self, package: Package) -> Published:
        """Let this be the region from now on; pieces of the one before go."""
        at, value = self._now(), _encoder.encode(package).decode()
        count = select(func.count()).where(pieces.c.package == package.id)
        with self.database.writing() as connection:
            if connection.execute(count).scalar_one() != package.pieces:
                raise ConsoleError(
                    tr(
                        "Pieces of {name} are missing in {name2}: somebody else publishes it too.",
                        name=package.name,
                        name2=self.database.name,
                    ),
                    remedy=tr("Wait until that is done, then publish it again."),
                )
            known = connection.execute(select(published.c.name)).scalars().all()
            same = [each for each in known if each.casefold() == package.name.casefold()]
            connection.execute(delete(published).where(published.c.name.in_(same)))
            connection.execute(
                insert(published).values(
                    name=package.name, package=package.id, actor=self.actor, at=at, value=value
                )
            )
        self._tidy(package.name)
        return self.find(package.name)

    def drop(self, package: Package) -> None:
        """Forget the pieces of one that was not published."""
        with self.database.asking_itself() as connection:
            used = set(connection.execute(select(published.c.package)).scalars())
        if package.id not in used:
            self._delete([package.id])

    def remove(self, name: str) -> None:
        """Publish a region no more."""
        known = self.find(name).name
        with self.database.writing() as connection:
            connection.execute(delete(published).where(published.c.name == known))
        self._tidy(known)

    # -- what is of no use any more ----------------------------------------------------------------

    def _tidy(self, name: str) -> None:
        """Pieces of a region's other packages, and what nobody went on with for a week."""
        old = (self.clock.now() - _KEPT).isoformat()
        used = select(published.c.package)
        query = select(pieces.c.package).distinct()
        with self.database.asking_itself() as connection:
            unused = list(
                connection.execute(
                    query.where(
                        pieces.c.package.not_in(used), (pieces.c.name == name) | (pieces.c.at < old)
                    )
                ).scalars()
            )
        self._delete(unused)

    def _delete(self, packages: Sequence[str]) -> None:
        """In statements that end soon, as many as it takes."""
        for package in packages:
            while True:
                with self.database.writing(alone=False) as connection:
                    if not _delete_some(connection, package):
                        break

    def _now(self) -> str:
        return self.clock.now().astimezone(UTC).isoformat()


def _delete_some(connection: Connection, package: str) -> int:
    own = pieces.c.package == package
    least = connection.execute(select(func.min(pieces.c.number)).where(own)).scalar()
    if least is None:
        return 0
    gone = connection.execute(delete(pieces).where(own, pieces.c.number < least + _AT_ONCE))
    return gone.rowcount


def _read(value: str, actor: str, at: str) -> Published:
    package = codec.decode_kept(_decoder, value, "regions")
    return Published(package, actor, datetime.fromisoformat(at))


def _unpacked(packed: bytes) -> bytes | None:
    """None for what is damaged, or would be larger than a piece."""
    unpacking = zlib.decompressobj()
    try:
        data = unpacking.decompress(packed, PIECE + 1)
    except zlib.error:
        return None
    return data if unpacking.eof and len(data) <= PIECE else None
