"""Long work that is called off: what there was goes on to serve, and nothing begins by itself."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from console.dispatch.extracts import Cancelled
from console.dispatch.orderwork import fix_place, locate_day, take_in
from console.dispatch.orderwork import read_file as read
from console.dispatch.ports import Progress
from console.dispatch.station import Station
from console.domain.places import Coordinate
from console.domain.plan import StopId
from tests.dispatch.consoles import SignPosts, StraightStreets, World, begun, journey, row

ROWS = (row("A", "Weg 10"), row("B", "Weg 20"))
MORE = (row("C", "Weg 30"), row("D", "Weg 40"), row("E", "Weg 50"))


def halted(sentence: str, share: float) -> None:
    raise Cancelled


class Watcher:
    """Counts what it is shown, and calls it off."""

    def __init__(self) -> None:
        self.begun = 0

    @contextmanager
    def __call__(self) -> Iterator[Progress]:
        self.begun += 1
        with suppress(Cancelled):
            yield halted


@pytest.fixture
def telling(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streets and sign posts that tell how far they are, as the real ones do."""
    ask, find = StraightStreets.matrix, SignPosts.locate_all

    def matrix(self, points, profile="car", progress=None):
        if progress is not None:
            progress("Computing travel times", 0.0)
        return ask(self, points, profile, progress)

    def locate_all(self, addresses, progress=None):
        found = find(self, addresses)
        try:
            if progress is not None:
                progress("Locating addresses", 0.5)
        except Cancelled:
            return found[:2]
        return found

    monkeypatch.setattr(StraightStreets, "matrix", matrix)
    monkeypatch.setattr(SignPosts, "locate_all", locate_all)


async def more(station: Station, world: World) -> None:
    await take_in(station, await read(station, world.orders(*ROWS, *MORE)))


def timed(station: Station) -> set[str]:
    plan, index = station.picture.plan, station.workday.matrix.index
    return {str(stop.id) for stop in plan.stops.values() if stop.place in index}


@pytest.mark.usefixtures("telling")
@journey
async def test_what_is_called_off_keeps_what_there_was(world: World) -> None:
    watcher = Watcher()
    with world.console() as station:
        await begun(station, world, *ROWS)
        assert timed(station) == {"s:A", "s:B"}
        before = station.workday.matrix
        await more(station, world)
        with pytest.raises(Cancelled):
            await locate_day(station, halted)
        places = station.services.places.get(
            [stop.place for stop in station.picture.plan.stops.values()]
        )
        assert sum(place.coordinate is not None for place in places.values()) == 4
        station.watched.watch = watcher
        await station.refresh()
        assert station.workday.matrix == before
        assert watcher.begun == 1
        await station.pull()
        await station.refresh()
        assert watcher.begun == 1  # until somebody asks
        assert station.picture.labels[StopId("s:C")].coordinate is not None
        await locate_day(station, lambda sentence, share: None)
        assert timed(station) == {f"s:{name}" for name in "ABCDE"}
        station.watched.watch = watcher
        await fix_place(station, next(iter(places)), Coordinate(47.1, 9.5))
        assert watcher.begun == 2
