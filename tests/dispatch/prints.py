"""A picture with everything in it that reaches paper, tables and files."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from console.dispatch.drawing import Surroundings, draw
from console.dispatch.picture import DriverLabel, Picture, StopLabel
from console.domain.commands import AdoptSolution
from console.domain.orders import TimeWindow
from console.domain.places import Coordinate, PlaceId
from console.domain.plan import Plan
from tests.planning.days import DEPOT, at, plan, shift, stop, straight

POINTS = [(0, 0), *((900.0 * i, 300.0 * i) for i in range(1, 9))]
HARD = "Ğüneş Łódź Dvořák Őry Þór Ærø Жук Ωμέγα"


def day() -> Plan:
    """B makes s1 to s3, A makes s4 and s5, C stays; s6 to s8 wait."""
    stops = [stop(i) for i in range(1, 9)]
    order = replace(stops[0].orders[0], skills=("cold",), windows=(TimeWindow(at(9), at(10)),))
    stops[0] = replace(stops[0], orders=(order,))
    made = plan([shift(name, skills=("cold",)) for name in "BAC"], stops)
    first, second, _ = made.routes
    names = [s.id for s in stops]
    command = AdoptSolution(((first, tuple(names[:3])), (second, tuple(names[3:5]))))
    return command.apply(made)


def picture(made: Plan | None = None, *, notes: str = "ring <twice> & wait") -> Picture:
    """The day drawn, with labels that need every letter of Europe."""
    made = made or day()
    labels = {
        stop_id: StopLabel(
            f"{HARD} {number}",
            "9490 Vaduz",
            ("Zoë Krüger", "Åse"),
            ("+423 1",),
            (notes,),
            Coordinate(47 + number / 1000, 9.5),
        )
        for number, stop_id in enumerate(made.stops, 1)
    }
    numbers = zip(made.routes, (2, 1, 3), strict=False)
    drivers = {
        route: DriverLabel(n, f"Driver {made.routes[route].shift.driver} & co", f"FL {n}")
        for route, n in numbers
    }
    around = Surroundings(
        straight(POINTS),
        ZoneInfo("Europe/Vaduz"),
        labels,
        drivers,
        "Depot",
        {PlaceId(DEPOT): Coordinate(47, 9.5)},
    )
    return draw(made, around)
