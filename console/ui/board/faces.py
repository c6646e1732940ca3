"""What lanes and cards say: words and figures made once per change of a route, not per paint."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from console.dispatch.picture import DriverLabel, Picture
from console.domain.load import Capacity, Load
from console.domain.orders import Priority, TimeWindow
from console.domain.plan import Route, RouteId, Stop, StopId, StopStatus
from console.domain.schedule import Schedule, Visit
from console.domain.violations import Rule, Violation
from console.tongues import tr
from console.ui.harm import harm_text, late_minutes, worst
from console.ui.labels import count_text, route_label
from console.ui.theme.figures import hours, kg, percent

LONG_TRAVEL_MINUTES = 12  # LOOK section 8: longer travel is drawn as a gap
MAX_CHIPS = 2
_METERS = {"kg": "kg", "m3": "m³", "pieces": tr("pcs"), "units": tr("units")}


@dataclass(frozen=True, slots=True)
class Mark:
    """A chip on a card: an icon, a text, or both, with its colour token."""

    icon: str = ""
    text: str = ""
    color: str = "text2"


@dataclass(frozen=True, slots=True)
class CardFace:
    """A stop as its card shows it. ``travel`` is minutes when long enough for a gap, else 0."""

    stop: StopId
    number: str
    street: str
    eta: str = ""
    window: str = ""
    weight: str = ""
    marks: tuple[Mark, ...] = ()
    late: str = ""
    excused: bool = False
    travel: int = 0
    status: StopStatus = StopStatus.PLANNED


@dataclass(frozen=True, slots=True)
class LaneFace:
    """A lane's head and cards. ``meters`` are (unit, share), worst first."""

    route: RouteId | None
    label: DriverLabel
    cards: tuple[CardFace, ...]
    figures: str = ""
    finish: str = ""
    meters: tuple[tuple[str, float], ...] = ()
    trouble: str = ""
    empty: str = tr("No stops yet")
    locked: bool = False
    released: bool = False
    off: bool = False

    @property
    def stops(self) -> tuple[StopId, ...]:
        """The ids of its cards in order."""
        return tuple(card.stop for card in self.cards)


def lane_face(picture: Picture, route: RouteId) -> LaneFace:
    """A driver's lane."""
    entry = picture.plan.routes[route]
    schedule = picture.schedules.get(route)
    visits = {visit.stop: visit for visit in schedule.visits} if schedule else {}
    broken = _by_stop(schedule)
    cards = tuple(
        card_face(picture, picture.plan.stops[stop], i + 1, visits.get(stop), broken.get(stop, ()))
        for i, stop in enumerate(entry.stops)
    )
    face = LaneFace(
        route,
        route_label(picture, route),
        cards,
        figures=f"{len(cards)}",
        locked=entry.locked,
        released=entry.released,
        off=entry.off,
    )
    return face if schedule is None else _timed(picture, entry, schedule, face)


def _timed(picture: Picture, entry: Route, schedule: Schedule, face: LaneFace) -> LaneFace:
    figures = (face.figures, hours(schedule.duration), percent(schedule.fullness))
    harm = worst(v for v in schedule.violations if v.stop is None)
    return replace(
        face,
        figures=" · ".join(figures),
        finish=picture.clock(schedule.end),
        meters=meters(entry.shift.capacity, schedule.load),
        trouble=harm_text(harm) if harm else "",
    )


def waiting_face(picture: Picture) -> LaneFace:
    """The lane of the stops that no driver has."""
    stops = (picture.plan.stops[stop] for stop in picture.plan.unassigned)
    cards = tuple(card_face(picture, stop, None) for stop in stops)
    return LaneFace(
        None,
        DriverLabel(0, tr("Unassigned")),
        cards,
        figures=count_text(len(cards)),
        empty=_all_served(picture),
    )


def _all_served(picture: Picture) -> str:
    count = len(picture.plan.stops)
    if not count:
        return tr("No orders yet: Ctrl O opens a file")
    return (
        tr("All {count_text} have a driver", count_text=count_text(count))
        if count > 1
        else tr("The stop has a driver")
    )


class LandingCards(Mapping[StopId, CardFace]):
    """The cards of a route as a drop would leave them: renumbered, with new times.

    Each is made when it is asked for: the pointer moves on before most of them are seen.
    """

    def __init__(self, picture: Picture, schedule: Schedule) -> None:
        self._picture, self._broken = picture, _by_stop(schedule)
        self._visits = {
            visit.stop: (number, visit)
            for number, visit in enumerate(schedule.visits, 1)
            if visit.stop in picture.plan.stops
        }
        self._made: dict[StopId, CardFace] = {}

    def __getitem__(self, stop: StopId) -> CardFace:
        if stop not in self._made:
            number, visit = self._visits[stop]
            entry, broken = self._picture.plan.stops[stop], self._broken.get(stop, ())
            self._made[stop] = card_face(self._picture, entry, number, visit, broken)
        return self._made[stop]

    def __contains__(self, stop: object) -> bool:
        return stop in self._visits

    def __iter__(self) -> Iterator[StopId]:
        return iter(self._visits)

    def __len__(self) -> int:
        return len(self._visits)


def card_face(
    picture: Picture,
    stop: Stop,
    number: int | None,
    visit: Visit | None = None,
    broken: Iterable[Violation] = (),
) -> CardFace:
    """One stop's card."""
    label = picture.labels.get(stop.id)
    late = next((v for v in broken if v.rule is Rule.LATE), None)
    return CardFace(
        stop=stop.id,
        number="?" if number is None else str(number),
        street=label.street if label else str(stop.id),
        eta=picture.clock(visit.arrival) if visit else "",
        window=window_text(picture, stop.windows),
        weight=kg(stop.load.kg) if stop.load.kg else "",
        marks=tuple(_marks(picture, stop, broken))[:MAX_CHIPS],
        late=f"+{late_minutes(late.amount)}" if late else "",
        excused=bool(late and late.overridden),
        travel=long_travel(visit),
        status=stop.status,
    )


def long_travel(visit: Visit | None) -> int:
    """Minutes of a drive that is long enough for a gap before its card, else 0."""
    minutes = round(visit.travel.total_seconds() / 60) if visit else 0
    return minutes if minutes > LONG_TRAVEL_MINUTES else 0


def stops_of(picture: Picture, lane: RouteId | None) -> tuple[StopId, ...]:
    """The stops of a lane's cards in order, without the cards."""
    return picture.plan.unassigned if lane is None else picture.plan.routes[lane].stops


def gaps_of(picture: Picture, lane: RouteId | None) -> int:
    """How many of a lane's cards have a long drive before them."""
    schedule = picture.schedules.get(lane) if lane is not None else None
    return sum(bool(long_travel(visit)) for visit in schedule.visits) if schedule else 0


def window_text(picture: Picture, windows: tuple[TimeWindow, ...]) -> str:
    """``09:00-10:00``, the first of several with a mark; 'any time' without one."""
    if not windows:
        return tr("any time")
    first = windows[0]
    more = "+" if len(windows) > 1 else ""
    return f"{picture.clock(first.earliest)}\N{EN DASH}{picture.clock(first.latest)}{more}"


def _marks(picture: Picture, stop: Stop, broken: Iterable[Violation]) -> Iterable[Mark]:
    missing = {v.detail: v for v in broken if v.rule is Rule.SKILL}
    if stop.status is StopStatus.FAILED:
        yield Mark("x", color="bad")
    if stop.status in (StopStatus.DELIVERED, StopStatus.ARRIVED):
        yield Mark("check", color="ok")
    if stop.id in picture.off_road:
        yield Mark("map-pin-off", color="warn")
    if stop.overrides:
        yield Mark("shield")
    if stop.pinned:
        yield Mark("pin", color="accent")
    for skill in stop.skills:
        yield Mark(text=skill, color="bad" if skill in missing else "text2")
    if stop.priority is Priority.HIGH:
        yield Mark(text=tr("high"), color="accent")


def _by_stop(schedule: Schedule | None) -> Mapping[StopId, tuple[Violation, ...]]:
    if schedule is None:
        return {}
    found = [v for v in schedule.violations if v.stop is not None]
    found.sort(key=lambda v: v.stop or "")
    return {StopId(stop or ""): tuple(of) for stop, of in groupby(found, key=lambda v: v.stop)}


def meters(capacity: Capacity, load: Load) -> tuple[tuple[str, float], ...]:
    """(unit, share of the limit) of every dimension that has one, fullest first."""
    shares = [
        (unit, load.amount(dimension) / limit)
        for dimension, unit in _METERS.items()
        if (limit := capacity.limit(dimension))
    ]
    return tuple(sorted(shares, key=lambda share: -share[1]))
