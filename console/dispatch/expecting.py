"""The risks of the open day's stops: from days that were read once, for new stops only."""

from contextlib import suppress
from datetime import date, tzinfo
from functools import partial

from console.dispatch.depotrules import rules_of
from console.dispatch.firsttries import read_past
from console.dispatch.lanes import Lane
from console.dispatch.picture import Picture
from console.dispatch.station import Station
from console.domain.errors import ConsoleError
from console.domain.fleet import DepotId
from console.domain.orders import Order
from console.domain.places import PlaceId
from console.domain.plan import StopId
from console.domain.risk import Past, Risk, Risks, Span, span_of

Known = dict[StopId, tuple[tuple[PlaceId, tuple[Order, ...], str], Risk]]


class Expecting:
    """Keeps them with the plan; ``follow`` is called whenever it has changed."""

    def __init__(self, station: Station) -> None:
        self._station = station
        self._read: tuple[DepotId, date] | None = None
        self._past = Past((), {})
        self._points: tuple[str, ...] = ()
        self._known: Known = {}
        self._is_reading = False

    async def follow(self) -> None:
        """Put the risks into the picture; a day that is over has none."""
        station = self._station
        if station.depot is None or station.is_over() or self._is_reading:
            return
        await self._look_back(station.depot.id)
        if not self._past.is_enough:
            return
        workday, before = station.workday, self._known
        estimate = partial(_risks, station.picture, self._past, before, station.service_day.zone)
        known = await station.services.lanes.run(Lane.FILES, estimate)
        if workday is not station.workday:
            return  # another day was opened meanwhile, and is followed itself
        self._known = known
        past = self._past
        risks = Risks(
            {stop: risk for stop, (_, risk) in known.items()},
            past.overall, past.tries, past.days, self._points,
        )  # fmt: skip
        if risks != workday.picture.risks:
            workday.set_risks(risks)

    async def _look_back(self, depot: DepotId) -> None:
        """Once a day and depot."""
        station = self._station
        now = station.services.clock.now().astimezone(station.service_day.zone).date()
        if self._read == (depot, now):
            return
        self._is_reading = True
        try:
            self._known, self._past = {}, await read_past(station)
            self._points = ()
            with suppress(ConsoleError):  # rules that cannot be read are told where they are set
                points = (await rules_of(station)).pickup_points
                self._points = tuple(point.street for point in points)
            self._read = depot, now
        finally:
            self._is_reading = False


def _risks(picture: Picture, past: Past, known: Known, zone: tzinfo) -> Known:
    """Those of stops that are as they were stay; may run on any thread."""
    found, made = Known(), dict[tuple[PlaceId, str, Span], Risk]()
    for stop in picture.plan.stops.values():
        label = picture.labels.get(stop.id)
        face = (stop.place, stop.orders, label.town if label is not None else "")
        had = known.get(stop.id)
        if had is not None and had[0] == face:
            found[stop.id] = had
            continue
        place = stop.place if stop.place in past.doors else PlaceId("")
        key = (place, face[2], span_of(stop.windows, zone))
        if key not in made:
            made[key] = past.risk(*key)
        found[stop.id] = face, made[key]
    return found


def risk_of(picture: Picture, stop: StopId) -> Risk | None:
    """Of a stop nobody was at yet; None where that is over, or nothing is known."""
    held = picture.plan.stops.get(stop)
    return picture.risks.of.get(stop) if held is not None and held.is_open else None
