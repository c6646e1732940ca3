"""Places, orders, fleet, notes and preferences."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.dispatch.ports import Orders, Places
from console.dispatch.registers import (
    DepotRecord,
    DriverRecord,
    Fleet,
    Notes,
    Preferences,
    ShiftTemplate,
    VehicleRecord,
)
from console.domain.errors import ConsoleError
from console.domain.fleet import DepotId, DriverId, DrivingRule, Rates, VehicleId
from console.domain.load import Capacity, Load
from console.domain.orders import DayWindow, OrderEntry, OrderId, Priority
from console.domain.places import Access, Address, Certainty, Coordinate, Place, PlaceId
from console.storage.places import key_of
from console.storage.schema import orders
from console.storage.store import Store
from console.storage.upsert import put
from tests.postgres import Server

HOME = Address("Städtle 12", "9490", "Vaduz", "LI")
POINT = Coordinate(47.14, 9.52)


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    where = str(tmp_path / "store")
    if request.param == "postgresql":
        server: Server = request.getfixturevalue("server")
        where = server.url(request.getfixturevalue("shared"), "ana")
    opened = Store.open(where)
    yield opened
    opened.close()


def test_the_store_keeps_the_contracts(store: Store) -> None:
    places: Places = store.places
    orders: Orders = store.orders
    fleet: Fleet = store.fleet
    notes: Notes = store.notes
    preferences: Preferences = store.preferences
    assert all((places, orders, fleet, notes, preferences))


def test_one_address_is_one_place(store: Store) -> None:
    first = store.places.remember(HOME)
    again = store.places.remember(Address(" STÄDTLE  12 ", "9490", "vaduz", "li"))
    other = store.places.remember(Address("Städtle 14", "9490", "Vaduz", "LI"))
    assert again == first
    assert other.id != first.id
    assert first == Place(first.id, HOME)


def test_many_addresses_in_the_order_asked(store: Store) -> None:
    asked = [Address(f"Street {i % 700}") for i in range(1500)]
    places = store.places.remember_all(asked)
    assert [place.address for place in places] == asked
    assert len({place.id for place in places}) == 700
    assert store.places.remember_all(asked) == places


def test_how_a_place_is_reached_is_kept(store: Store) -> None:
    place = store.places.remember(HOME)
    access = Access("4711#", "3rd floor", "behind the bin", timedelta(minutes=4), POINT)
    store.places.put_access(place.id, access)
    assert store.places.get([place.id])[place.id].access == access
    assert store.places.remember(HOME).access == access
    store.places.put([replace(place, coordinate=POINT, certainty=Certainty.ROOFTOP)])
    assert store.places.get([place.id])[place.id].access == access
    store.places.put_access(place.id, Access(gate="bell"))
    assert store.places.get([place.id])[place.id].access == Access(gate="bell")
    store.places.put_access(PlaceId("gone"), access)
    assert store.places.get([PlaceId("gone")]) == {}


@pytest.mark.parametrize(
    ("fixed", "later"),
    [
        (Address("Hauptstraße 5", "9490", "Vaduz"), Address("Hauptstr. 5", "9490", "VADUZ")),
        (Address("St\u00e4dtle 12"), Address("Stadtle 12")),
        (Address("N\u00f8rregade 3", "1165", "K"), Address("Norregade 3", "1165", "K")),
        (Address("5 Main Street", "61301"), Address("5 Main St.", "61301")),
    ],
)
def test_a_fixed_door_is_known_in_another_spelling(
    store: Store, fixed: Address, later: Address
) -> None:
    first = store.places.remember(fixed)
    store.places.put([replace(first, coordinate=POINT, certainty=Certainty.FIXED)])
    store.places.put_access(first.id, Access(gate="bell"))
    again, other = store.places.remember_all([later, replace(later, street="Nowhere 99")])
    assert (again.coordinate, again.certainty) == (POINT, Certainty.FIXED)
    assert again.access == Access(gate="bell")
    assert again.id != first.id
    assert other.certainty is Certainty.UNKNOWN
    assert store.places.get([again.id])[again.id] == again


def test_two_fixed_doors_of_one_spelling_stand_for_neither(store: Store) -> None:
    spellings = [Address("Hauptstraße 5"), Address("Haupt Straße 5"), Address("Hauptstr. 5")]
    one, other = store.places.remember_all(spellings[:2])
    store.places.put([replace(one, coordinate=POINT, certainty=Certainty.FIXED)])
    elsewhere = Coordinate(47.2, 9.6)
    store.places.put([replace(other, coordinate=elsewhere, certainty=Certainty.FIXED)])
    assert store.places.remember(spellings[2]).certainty is Certainty.UNKNOWN


def test_ids_tell_nothing_of_the_address(store: Store) -> None:
    one = store.places.remember(HOME)
    assert "st" not in one.id
    assert len(one.id) == 32


def test_coordinates_are_kept(store: Store) -> None:
    place = store.places.remember(HOME)
    located = Place(place.id, HOME, POINT, Certainty.ROOFTOP, "Städtle 12")
    store.places.put([located])
    assert store.places.get([place.id]) == {place.id: located}


def test_a_dispatchers_fix_stays(store: Store) -> None:
    place = store.places.remember(HOME)
    fixed = replace(place, coordinate=POINT, certainty=Certainty.FIXED)
    store.places.put([fixed])
    store.places.put([replace(place, coordinate=Coordinate(0, 0), certainty=Certainty.ROOFTOP)])
    assert store.places.get([place.id])[place.id] == fixed
    better = replace(fixed, coordinate=Coordinate(47.15, 9.53))
    store.places.put([better])
    assert store.places.get([place.id])[place.id] == better


def test_places_made_elsewhere_are_taken(store: Store) -> None:
    made = Place(PlaceId("p1"), HOME, POINT, Certainty.GIVEN)
    store.places.put([made])
    assert store.places.remember(HOME) == made


def test_unknown_places_are_left_out(store: Store) -> None:
    assert store.places.get([PlaceId("nowhere")]) == {}


@given(st.text(max_size=20), st.text(max_size=8))
def test_a_key_is_its_own_key(street: str, city: str) -> None:
    key = key_of(Address(street, "", city))
    assert key_of(Address(*key.split("|"))) == key


def entry(i: int = 1) -> OrderEntry:
    return OrderEntry(
        OrderId(f"o{i}"),
        HOME,
        "Ruth Büchel",
        "+423 555 01 23",
        "ruth@example.org",
        Load(2, 3.5, 0.02),
        (DayWindow(time(8), time(10, 30)), DayWindow(time(14), None)),
        timedelta(minutes=4),
        ("cold",),
        Priority.HIGH,
        "ring twice",
        POINT,
        row=i + 1,
    )


def test_orders_come_back_whole(store: Store) -> None:
    entries = [entry(i) for i in range(1200)]
    digests = store.orders.put(entries)
    assert store.orders.get([e.id for e in entries]) == {e.id: e for e in entries}
    assert len(set(digests.values())) == 1200


def test_rich_orders_come_back_and_old_rows_still_read(store: Store) -> None:
    rich = replace(
        entry(),
        windows=(DayWindow(time(8), time(10), 0.5),),
        collected=Load(1),
        pickup=OrderId("o2"),
        deadline=time(12),
        drivers=("Ana",),
        skip_price=3.5,
    )
    store.orders.put([rich])
    assert store.orders.get([rich.id]) == {rich.id: rich}
    old = '{"id":"o9","address":{"street":"Weg 1"},"windows":[{"earliest":"08:00:00"}],"row":3}'
    with store.orders.database.writing() as connection:
        row = {"id": "o9", "salt": "00", "digest": "", "value": old}
        put(connection, orders, [row])
    before = store.orders.get([OrderId("o9")])[OrderId("o9")]
    assert before == OrderEntry(
        OrderId("o9"), Address("Weg 1"), windows=(DayWindow(time(8)),), row=3
    )


def test_a_digest_follows_the_personal_part_only(store: Store) -> None:
    (first,) = store.orders.put([entry()]).values()
    (same,) = store.orders.put([replace(entry(), row=99, load=Load(9))]).values()
    (moved,) = store.orders.put([replace(entry(), phone="+423 1")]).values()
    assert first == same != moved


def test_an_erased_order_leaves_nothing_to_guess(store: Store) -> None:
    (before,) = store.orders.put([entry()]).values()
    store.orders.erase([OrderId("o1")])
    assert store.orders.get([OrderId("o1")]) == {}
    (after,) = store.orders.put([entry()]).values()
    assert after != before


def test_drivers_keep_id_and_colour(store: Store) -> None:
    ana, ben = store.fleet.put_drivers(
        [DriverRecord(DriverId(""), "Ana", "+1"), DriverRecord(DriverId(""), "Ben")]
    )
    assert (ana.colour, ben.colour) == (1, 2)
    (again,) = store.fleet.put_drivers([DriverRecord(DriverId(""), " Ana ")])
    assert again == ana
    (renamed,) = store.fleet.put_drivers([DriverRecord(ben.id, "Benno", "+2")])
    assert (renamed.id, renamed.colour) == (ben.id, 2)
    assert store.fleet.drivers() == [ana, renamed]


def test_colours_are_shared_evenly_when_they_run_out(store: Store) -> None:
    many = store.fleet.put_drivers([DriverRecord(DriverId(""), f"D{i:03}") for i in range(120)])
    colours = [driver.colour for driver in many]
    assert sorted(colours) == sorted([*range(1, 61), *range(1, 61)])


def test_a_fleet_comes_back(store: Store) -> None:
    place = store.places.remember(HOME)
    (driver,) = store.fleet.put_drivers([DriverRecord(DriverId(""), "Ana")])
    (van,) = store.fleet.put_vehicles([VehicleRecord(VehicleId(""), "FL 1234", "e-van")])
    (depot,) = store.fleet.put_depots(
        [DepotRecord(DepotId(""), "Vaduz", place.id, "Europe/Vaduz", "CHF", "liechtenstein")]
    )
    shift = ShiftTemplate(
        driver.id,
        van.id,
        time(8),
        time(17),
        Capacity(80, 700.0, 6.0),
        ("cold",),
        Rates(30.0, 0.4, 25.0),
        timedelta(minutes=30),
        time(11),
        time(14),
        timedelta(minutes=45),
        180.0,
    )
    rich = replace(
        shift,
        end_place=place.id,
        chargers=(place.id,),
        driving_rule=DrivingRule(),
        max_driving=timedelta(hours=7),
        territories=("north",),
        co2e_per_km=0.2,
    )
    store.fleet.put_templates(depot.id, [rich])
    assert store.fleet.templates(depot.id) == [rich]
    store.fleet.put_templates(depot.id, [shift])
    store.fleet.put_templates(depot.id, [shift, replace(shift, start=time(9))])
    assert store.fleet.templates(depot.id) == [shift, replace(shift, start=time(9))]
    assert store.fleet.vehicles() == [van]
    assert store.fleet.depots() == [depot]
    (moved,) = store.fleet.put_depots([replace(depot, id=DepotId(""), region="li-2")])
    assert moved == replace(depot, region="li-2")
    assert store.fleet.put_vehicles([replace(van, id=VehicleId(""))]) == [van]


def test_notes(store: Store) -> None:
    one, two = store.notes.put("Dog in the yard"), store.notes.put("Ask the neighbour 🐕")
    assert store.notes.get([one, two, "x"]) == {one: "Dog in the yard", two: "Ask the neighbour 🐕"}
    store.notes.erase([one])
    assert store.notes.get([one, two]) == {two: "Ask the neighbour 🐕"}


def test_preferences_of_each_user(store: Store) -> None:
    store.preferences.put("ana", {"layout": "a", "last_day": "2026-11-23"})
    store.preferences.put("ana", {"layout": "b"})
    if not store.is_shared:  # there, everybody can write her own only
        store.preferences.put("ben", {"layout": "c"})
    assert store.preferences.get("ana") == {"layout": "b", "last_day": "2026-11-23"}
    assert store.preferences.get("nobody") == {}


def test_everything_is_there_after_reopening(tmp_path: Path) -> None:
    first = Store.open(tmp_path)
    place = first.places.remember(HOME)
    first.orders.put([entry()])
    first.close()
    second = Store.open(tmp_path)
    assert second.places.get([place.id]) == {place.id: place}
    assert second.orders.get([OrderId("o1")]) == {OrderId("o1"): entry()}
    second.close()


@pytest.mark.parametrize("street", ["a|b", "", " ", "'; DROP TABLE place; --", "\x00", "🏠"])
def test_strange_addresses(store: Store, street: str) -> None:
    if store.is_shared and "\x00" in street:
        with pytest.raises(ConsoleError, match="NUL"):  # PostgreSQL cannot keep it
            store.places.remember(Address(street))
        return
    place = store.places.remember(Address(street))
    assert store.places.remember(Address(street)) == place
    assert store.places.get([place.id])[place.id].address.street == street


def test_a_repeatable_store_counts(tmp_path: Path) -> None:
    for name in ("one", "two"):
        store = Store.open(tmp_path / name)
        again = store.repeatable()
        place = again.places.remember(HOME)
        (driver,) = again.fleet.put_drivers([DriverRecord(DriverId(""), "Ana")])
        (van,) = again.fleet.put_vehicles([VehicleRecord(VehicleId(""), "FL 1")])
        assert (place.id, driver.id, van.id) == ("p000001", "f000001", "f000002")
        assert store.places.get([place.id]) == {place.id: place}
        store.close()
