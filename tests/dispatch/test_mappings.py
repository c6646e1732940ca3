"""Mappings are kept for everybody and found by a file's header."""

from pathlib import Path

import pytest

from console.dispatch.mappings import (
    look_at,
    mappings,
    read_back,
    read_learned,
    read_taught,
    written,
)
from console.dispatch.orderwork import take_in
from console.intake import ColumnMap, DateOrder, MissingColumns, Source
from tests.dispatch.consoles import World, begun, journey

FIELDS = {
    "order_id": Source(("Beleg",)),
    "street": Source(("Wohin",), split="/", part=-1),
    "weight": Source(("Gramm",), unit="g", empty="7"),
    "service_date": Source(("Tag",)),
}
TAUGHT = ColumnMap("Bakery", FIELDS, DateOrder.MDY, joins_lines=True)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_a_mapping_comes_back_from_its_text() -> None:
    assert read_back(written(TAUGHT)) == TAUGHT


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"name": 1}', '{"name":"x","fields":[]}'])
def test_what_cannot_be_understood_is_no_mapping(text: str) -> None:
    assert read_back(text) in (None, ColumnMap("x"))


def test_fields_of_a_later_version_are_passed_over() -> None:
    later = ColumnMap("x", {"order_id": Source(("a",)), "mood": Source(("b",))})
    back = read_back(written(later))
    assert back is not None
    assert set(back.fields) == {"order_id"}


def test_a_file_is_taught_once_and_by_whomever(world: World) -> None:
    first = world.file("a.csv", "Beleg;Wohin;Gramm;Tag", "B-1;x/Weg 9;500;11/23/2026")
    second = world.file("b.csv", "Beleg;Wohin;Gramm;Tag", "B-1;x/Weg 9;750;", "B-2;y/Weg 18;;")

    @journey
    async def run() -> None:
        with world.console("ada") as station:
            await begun(station, world)
            with pytest.raises(MissingColumns):
                await read_learned(station, first)
            sample, guess = await look_at(station, first)
            assert "order_id" not in guess.fields
            report = await read_taught(station, sample, TAUGHT)
            done = await take_in(station, report)
            assert done.added == ("B-1",)
        with world.console("bo") as station:
            await begun(station, world)
            read = await read_learned(station, second)
            assert read.taught == TAUGHT
            done = await take_in(station, read.report)
            assert (done.added, done.changed) == (("B-2",), ("B-1",))
            orders = [o for s in station.picture.plan.stops.values() for o in s.orders]
            assert sorted(order.load.kg for order in orders) == [0.007, 0.75]
            assert list((await mappings(station)).values()) == [TAUGHT]

    run()


def test_other_files_are_read_as_before(world: World) -> None:
    @journey
    async def run() -> None:
        with world.console() as station:
            await begun(station, world)
            sample, _ = await look_at(
                station, world.file("a.csv", "Beleg;Wohin;Gramm;Tag", "1;2;3;")
            )
            await read_taught(station, sample, TAUGHT)
            read = await read_learned(station, world.orders("o1,Ida,Weg 1,,Ebene,,1,2,,,"))
            assert read.taught is None
            assert read.report.ids == ("o1",)

    run()
