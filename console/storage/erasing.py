"""Somebody dropped from the registers, and again after a restore: ids are kept, nothing else.

The journal is not touched: it holds ids and salted digests, whose salts go with the rows.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from sqlalchemy import Connection, delete, select, update

from console.dispatch.erasure import Person
from console.dispatch.insights import owner_of, read_all
from console.domain.errors import ConsoleError
from console.domain.fleet import DriverId
from console.domain.insight import About
from console.domain.orders import OrderEntry, OrderId
from console.domain.places import PlaceId
from console.domain.plan import Fact
from console.storage import folders, orders, recurring
from console.storage.database import Database
from console.storage.journal import SqlJournal
from console.storage.places import key_of
from console.storage.schema import (
    accesses,
    depots,
    drivers,
    notes,
    places,
    positions,
    preferences,
    proofs,
    recurring_orders,
)
from console.storage.schema import orders as entries
from console.storage.sqlite import SqliteDatabase
from console.storage.upsert import CHUNK, erase, found
from console.tongues import tr

FILE = "erased.jsonl"
"""Beside the local store: who was erased, in ids, to be erased again from a backup."""

_FEW = 7  # digits that a telephone number has at least
_COARSE = 2  # decimals of a degree: about a kilometre


@dataclass(frozen=True, slots=True)
class SqlRegistry:
    """Implements ``dispatch.erasure.Registry``; ``kept`` is the file of ids, where there is one."""

    database: Database
    kept: Path | None = None

    def find(self, words: str) -> Person:
        """What there is of somebody; see ``Registry.find``."""
        with self.database.reading() as connection:
            everybody = [*_entries(connection), *recurring.entries_of(connection)]
            hers = [entry for entry in everybody if _is_of(entry, words)]
            crew = connection.execute(select(drivers.c.id, drivers.c.name, drivers.c.phone))
            drives = [DriverId(own) for own, *told in crew if _names(told, words)]
            ids = tuple(entry.id for entry in hers)
            alone = _addresses(hers) - _addresses(e for e in everybody if e not in hers)
            houses = _places_of(connection, sorted(alone))
            known = _insights(connection, {*houses, *drives})
        texts = dict.fromkeys((*self._notes(frozenset(ids)), *known))
        return Person(ids, houses, tuple(texts), tuple(drives))

    def erase(self, person: Person) -> str:
        """Drop her from every register, write her ids down, and overwrite what the file held."""
        if self.kept is not None:
            remember(self.kept, person)
        forget(self.database, person)
        if not isinstance(self.database, SqliteDatabase):
            return tr("Backups and dumps of the server hold her until they are thinned out.")
        with suppress(ConsoleError):
            self.database.compact()
            return tr("Backups hold her until they are thinned out; a restore erases her again.")
        return tr(
            "Another console has the store open: close it, and erase again to overwrite the file."
        )

    def _notes(self, wanted: frozenset[OrderId]) -> tuple[str, ...]:
        """Texts on the stops that these orders were ever part of."""
        if not wanted:
            return ()
        journal = SqlJournal(self.database)
        texts: list[str] = []
        for stream in journal.streams():
            about: set[str] = set()
            for entry in journal.read(stream):
                for delta in entry.patch.stops:
                    held = (*(delta.before.orders if delta.before else ()),
                            *(delta.after.orders if delta.after else ()))  # fmt: skip
                    if any(order.id in wanted for order in held):
                        about.add(delta.key)
                facts = [delta.after for delta in entry.patch.facts if delta.after]
                hers = [fact for fact in facts if fact.subject in about]
                about |= {fact.id for fact in hers}  # what was done about them names her, too
                texts += [text for fact in hers for text in _texts(fact) if text]
        return tuple(dict.fromkeys(texts))


def _insights(connection: Connection, about: set[str]) -> list[str]:
    """Texts of what was found out about these doors and drivers."""
    kept = connection.execute(
        select(preferences.c.name, preferences.c.value).where(
            preferences.c.user_name.like(owner_of("%"))
        )
    )
    found = read_all({str(name): str(value) for name, value in kept})
    personal = (About.DOOR, About.DRIVER)
    return [each.note for each in found if each.about in personal and each.key in about]


def _texts(fact: Fact) -> tuple[str, str]:
    """A note and a photo, both texts of the register."""
    return fact.note, fact.case.photo if fact.case else ""


def forget(database: Database, person: Person) -> None:
    """Drop rows and texts, all or none; what is not there any more is passed over."""
    with database.writing() as connection:
        erase(connection, entries, person.orders)
        erase(connection, recurring_orders, person.orders)
        erase(connection, notes, person.notes)
        erase(connection, proofs, person.notes)
        for own in person.drivers:
            connection.execute(delete(positions).where(positions.c.driver == own))
        erase(connection, accesses, person.places)
        for row in list(found(connection, places, places.c.id, person.places)):
            blurred = {
                "street": "",
                "key": f"erased|{row['id']}",
                "label": "",
                "lat": None if row["lat"] is None else round(row["lat"], _COARSE),
                "lon": None if row["lon"] is None else round(row["lon"], _COARSE),
            }
            connection.execute(update(places).where(places.c.id == row["id"]).values(blurred))
        _unwish(connection, person.drivers)
        for own in person.drivers:
            nameless = {"name": f"Driver {own[:6]}", "phone": ""}
            connection.execute(update(drivers).where(drivers.c.id == own).values(nameless))


def _unwish(connection: Connection, gone: Sequence[DriverId]) -> None:
    """No order asks by name for a driver who is erased."""
    query = select(drivers.c.name).where(drivers.c.id.in_(gone))
    names = {_plain(name) for name in connection.execute(query).scalars()} if gone else set[str]()
    for entry in list(_entries(connection)) if names else ():
        kept = tuple(name for name in entry.drivers if _plain(name) not in names)
        if kept != entry.drivers:
            value = orders.encoded(replace(entry, drivers=kept))
            own = entries.c.id == entry.id
            connection.execute(update(entries).where(own).values(value=value))


def remember(file: Path, person: Person) -> None:
    """Add a line; it is on the disk when this returns."""
    folders.prepare(file.parent)
    try:
        with file.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(asdict(person)) + "\n")
            lines.flush()
            folders.sync(lines)
    except OSError as error:
        raise folders.unusable(file.parent, error) from error


def remembered(file: Path) -> Person:
    """Everybody who was erased; a line that a crash cut short is passed over."""
    everybody = Person()
    lines = file.read_text("utf-8", "replace").splitlines() if file.exists() else []
    for line in lines:
        with suppress(ValueError, TypeError, AttributeError):
            told = json.loads(line)
            everybody = everybody.with_all_of(
                Person(
                    tuple(map(OrderId, told["orders"])),
                    tuple(map(PlaceId, told["places"])),
                    tuple(map(str, told["notes"])),
                    tuple(map(DriverId, told["drivers"])),
                )
            )
    return everybody


def forget_again(database: Database, file: Path) -> int:
    """After a restore: drop everybody who was erased since; how many orders and drivers."""
    everybody = remembered(file)
    if everybody:
        forget(database, everybody)
    return len(everybody.orders) + len(everybody.drivers)


def _entries(connection: Connection) -> Iterator[OrderEntry]:
    query = select(entries.c.value).execution_options(yield_per=CHUNK)
    for value in connection.execute(query).scalars():
        yield orders.decoded(value)


def _is_of(entry: OrderEntry, words: str) -> bool:
    return _names((entry.recipient, entry.phone, entry.email, entry.id), words)


def _names(told: Iterable[str], words: str) -> bool:
    """The whole of one of the texts, or the telephone number in it."""
    wanted, number = _plain(words), _digits(words)
    texts = [text for text in told if text]
    if wanted and any(_plain(text) == wanted for text in texts):
        return True
    return len(number) >= _FEW and any(_digits(text) == number for text in texts)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _digits(text: str) -> str:
    """A telephone number without marks; empty for anything that has letters."""
    if re.search(r"[^\d\s+()/.-]", text):
        return ""
    digits = re.sub(r"\D", "", text)
    return digits.removeprefix("00")


def _addresses(of: Iterable[OrderEntry]) -> set[str]:
    return {key_of(entry.address) for entry in of}


def _places_of(connection: Connection, keys: Sequence[str]) -> tuple[PlaceId, ...]:
    """Their places, but for those where a depot stands."""
    stands = set(connection.execute(select(depots.c.place)).scalars())
    rows = found(connection, places, places.c.key, keys)
    return tuple(PlaceId(row["id"]) for row in rows if row["id"] not in stands)
