"""A person who asks to be forgotten is dropped from every register; the journal stays whole."""

from pathlib import Path
from typing import Any

import pytest

from console.dispatch.erasure import Person
from console.dispatch.registers import DepotRecord, DriverRecord
from console.domain.commands import AddStops, LogException
from console.domain.fleet import DepotId, DriverId
from console.domain.orders import OrderEntry, OrderId
from console.domain.places import Access, Address, Certainty, Coordinate, Place
from console.domain.plan import Cause, Fact, FactId, FactKind, Plan
from console.domain.recurring import RecurringOrder
from console.storage import checking
from console.storage.backups import Backups
from console.storage.erasing import FILE as ERASED
from console.storage.erasing import SqlRegistry, remember, remembered
from console.storage.keeper import Keeper
from console.storage.store import FILE, Store
from tests.storage.plans import EIGHT, STREAM, draft, stop

NAME, PHONE, MAIL = "Ida Müllerová", "+423 555 01 02", "ida@example.org"
HOME, SHARED = (
    Address("Hinterm Dorf 7", "9490", "Vaduz"),
    Address("Hauptstrasse 1", "9490", "Vaduz"),
)
GATE, NOTE, NOTES = "Torcode 4711", "hat den Hund losgelassen", "bitte klingeln, Zimmer 5"
WORDS = (NAME, PHONE, MAIL, HOME.street, GATE, NOTE, NOTES)


class SetClock:
    def now(self):
        return EIGHT


@pytest.fixture
def store(tmp_path: Path):
    opened = Store.open(tmp_path / "store")
    yield opened
    opened.close()


def entry(number: int, address: Address, name: str, **more: Any) -> OrderEntry:
    return OrderEntry(OrderId(f"o{number}"), address, name, **more)


def lived_in(store: Store) -> Person:
    """Ida has two orders, one of them in a house where Bo lives too; a note is about her."""
    home, _ = store.places.remember_all([HOME, SHARED])
    point = Coordinate(47.141234, 9.521234)
    store.places.put([Place(home.id, HOME, point, Certainty.FIXED, "Hinterm Dorf 7")])
    store.places.put_access(home.id, Access(gate=GATE))
    store.orders.put(
        [
            entry(0, HOME, NAME, phone=PHONE, email=MAIL, notes=NOTES, drivers=("Bo Frick",)),
            entry(1, SHARED, NAME.upper()),
            entry(2, SHARED, "Bo Frick", phone="+423 555 99 99"),
        ]
    )
    store.fleet.put_drivers([DriverRecord(DriverId("d1"), "Bo Frick", "+423 555 77 77")])
    note, other = store.notes.put(NOTE), store.notes.put("nobody there")
    plan = Plan()
    facts = [
        Fact(FactId(f"f{n}"), FactKind.EXCEPTION, stop(n).id, EIGHT, Cause.ABSENT, text)
        for n, text in ((0, note), (2, other))
    ]
    commands = [AddStops(tuple(stop(n) for n in range(3))), *(LogException(f) for f in facts)]
    for number, command in enumerate(commands, 1):
        row = draft(plan, command, number)
        store.journal.append(row)
        plan = row.patch.apply(plan)
    return Person((OrderId("o0"), OrderId("o1")), (home.id,), (note,))


def replayed(store: Store) -> Plan:
    plan = Plan()
    for row in store.journal.read(STREAM):
        plan = row.patch.apply(plan)
    return plan


def bytes_of(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob(f"{FILE}*"))


@pytest.mark.parametrize(
    "words", [NAME, "  ida   MÜLLEROVÁ ", "00423 555 01 02", "+423-555-0102", MAIL.upper(), "o0"]
)
def test_she_is_found_by_whole_words_only(store: Store, words: str) -> None:
    lived_in(store)
    assert OrderId("o0") in SqlRegistry(store.database).find(words).orders


@pytest.mark.parametrize("words", ["", "Ida", "555", "Müllerov", "9490", "nobody"])
def test_half_a_name_finds_nobody(store: Store, words: str) -> None:
    lived_in(store)
    assert not SqlRegistry(store.database).find(words)


def test_what_is_hers_alone_is_found_with_her(store: Store) -> None:
    expected = lived_in(store)
    found = SqlRegistry(store.database).find(NAME)
    assert found == expected
    assert found.sentence == "2 orders, 1 address, 1 note"


def test_she_is_gone_and_the_numbers_stay(store: Store, tmp_path: Path) -> None:
    lived_in(store)
    before, digests = replayed(store), [row.hash for row in store.journal.read(STREAM)]
    registry = SqlRegistry(store.database, tmp_path / "store" / ERASED)
    person = registry.find(NAME)
    told = registry.erase(person)
    assert "Backups hold her" in told
    assert replayed(store) == before
    assert [row.hash for row in store.journal.read(STREAM)] == digests
    assert checking.check(store.database).is_whole
    assert store.orders.get(person.orders) == {}
    assert store.notes.get(person.notes) == {}
    (place,) = store.places.get(person.places).values()
    assert place.address == Address("", "9490", "Vaduz")
    assert place.coordinate == Coordinate(47.14, 9.52)
    assert place.access == Access()
    for word in WORDS:
        assert word.encode() not in bytes_of(tmp_path / "store"), word
    assert not registry.find(NAME)
    assert store.orders.get([OrderId("o2")])
    (other,) = store.places.remember_all([SHARED])
    assert other.address == SHARED


def test_a_driver_becomes_a_number(store: Store, tmp_path: Path) -> None:
    lived_in(store)
    registry = SqlRegistry(store.database)
    person = registry.find("+423 555 77 77")
    assert person == Person(drivers=(DriverId("d1"),))
    registry.erase(person)
    (driver,) = store.fleet.drivers()
    assert (driver.name, driver.phone) == ("Driver d1", "")
    assert store.orders.get([OrderId("o0")])[OrderId("o0")].drivers == ()
    assert checking.check(store.database).is_whole


def test_a_depot_keeps_its_address(store: Store) -> None:
    lived_in(store)
    (home,) = store.places.remember_all([HOME])
    store.fleet.put_depots([DepotRecord(DepotId("dep"), "Depot", home.id, "Europe/Vaduz")])
    assert SqlRegistry(store.database).find(NAME).places == ()


def test_a_restore_erases_her_again(store: Store, tmp_path: Path) -> None:
    lived_in(store)
    made = Backups(tmp_path / "store" / "backups").make(store.database, EIGHT)
    said: list[str] = []
    keeper = Keeper(tmp_path / "store", "", said.append, SetClock())
    assert keeper.erase(NAME, lambda _found: True) == 0
    store.close()
    assert NAME.encode() in made.read_bytes()
    assert keeper.restore(made) == 0
    assert any("2 orders and drivers that had been erased were erased again" in s for s in said)
    assert NAME.encode() not in bytes_of_store(tmp_path / "store")
    again = Store.open(tmp_path / "store")
    assert not SqlRegistry(again.database).find(NAME)
    assert checking.check(again.database).is_whole
    again.close()


def bytes_of_store(folder: Path) -> bytes:
    return b"".join((folder / f"{FILE}{side}").read_bytes() for side in ("", "-wal")
                    if (folder / f"{FILE}{side}").exists())  # fmt: skip


def test_nothing_is_done_without_a_yes(store: Store, tmp_path: Path) -> None:
    lived_in(store)
    said: list[str] = []
    keeper = Keeper(tmp_path / "store", "", said.append, SetClock())
    assert keeper.erase(NAME, lambda _found: False) == 1
    assert keeper.erase("Nobody At All", lambda _found: True) == 1
    assert said[0] == "Nothing was changed."
    assert "Nobody At All" in said[1]
    assert SqlRegistry(store.database).find(NAME)


def test_the_list_survives_a_torn_line(tmp_path: Path) -> None:
    file = tmp_path / ERASED
    assert not remembered(file)
    remember(file, Person((OrderId("a"),)))
    with file.open("a") as lines:
        lines.write('{"orders": ["b"\n[]\n{"orders": 3}\n')
    remember(file, Person((OrderId("c"), OrderId("a"))))
    assert remembered(file).orders == (OrderId("a"), OrderId("c"))


def test_an_erased_person_may_come_again(store: Store) -> None:
    """A later order is a new one, and nothing of it is lost."""
    lived_in(store)
    registry = SqlRegistry(store.database)
    registry.erase(registry.find(NAME))
    store.places.remember(HOME)
    store.orders.put([entry(9, HOME, NAME)])
    assert registry.find(NAME).orders == (OrderId("o9"),)


def test_what_comes_again_is_forgotten_too(store: Store) -> None:
    place = store.places.remember(SHARED)
    (depot,) = store.fleet.put_depots([DepotRecord(DepotId(""), "Vaduz", place.id, "UTC")])
    hers, his = entry(7, HOME, NAME), entry(8, SHARED, "Bo Frick")
    store.recurring.put(depot.id, [RecurringOrder(hers), RecurringOrder(his)])
    registry = SqlRegistry(store.database)
    found = registry.find(NAME)
    assert hers.id in found.orders
    registry.erase(found)
    assert store.recurring.of_depot(depot.id) == [RecurringOrder(his)]
    assert checking.check(store.database).is_whole
