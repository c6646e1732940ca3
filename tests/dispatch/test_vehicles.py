"""Vehicles of other kinds than the common one travel by roads of their own."""

import pytest

from console.dispatch.fleetwork import import_fleet
from console.dispatch.station import Station
from console.domain.errors import ConsoleError
from tests.dispatch.consoles import DAY, FLEET, World, begun, journey, row

KINDS = f"{FLEET},profile"


def fleet(world: World, *profiles: str) -> list[str]:
    return [
        f"D{i},+1,cold,V{i},50,200,Weg 1,08:00,16:00,30,0.5,30,{profile}"
        for i, profile in enumerate(profiles)
    ]


async def opened(station: Station, world: World, *profiles: str) -> None:
    await begun(station, world, row("A", "Weg 9"), row("B", "Weg 40"))
    await import_fleet(station, world.file("kinds.csv", KINDS, *fleet(world, *profiles)))


@journey
async def test_every_kind_has_times_of_its_own(world: World) -> None:
    with world.console() as station:
        await opened(station, world, "", "bike", "lkw", "hovercraft")
        matrix = station.workday.matrix
        assert set(matrix.others) == {"bicycle", "truck"}
        bicycle = matrix.of("bicycle")
        assert bicycle.places == matrix.places
        assert list(bicycle.durations) == [2 * cell for cell in matrix.durations]
        assert matrix.of("hovercraft") is matrix  # nobody has roads for it: it was told


@journey
async def test_new_places_are_timed_for_every_kind(world: World) -> None:
    with world.console() as station:
        await opened(station, world, "bike")
        before = station.workday.matrix
        await station.retime()
        assert station.workday.matrix == before
        await begun(station, world, row("C", "Weg 77"), drivers=())
        matrix = station.workday.matrix
        assert len(matrix.places) == len(before.places) + 1
        assert matrix.others["bicycle"].places == matrix.places


@journey
async def test_roads_that_are_not_there_are_told_once(world: World) -> None:
    with world.console() as station:
        with pytest.raises(ConsoleError, match="for a foot; those of a car are taken") as caught:
            await opened(station, world, "walking", "bike")
        assert "Nobody walks here." in caught.value.message
        assert caught.value.remedy == "Drive."
        await station.refresh()
        assert set(station.workday.matrix.others) == {"bicycle"}
        with pytest.raises(ConsoleError, match="Nobody walks here"):
            await station.retime()
        assert station.service_day.day == DAY
