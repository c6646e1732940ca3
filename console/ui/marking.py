"""A picture as marks of the map: lines along streets and stops; pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from console.dispatch.picture import Picture
from console.dispatch.ports import Geometry
from console.domain.places import Coordinate
from console.domain.plan import Fact, FactKind, Plan, RouteId, StopId, StopStatus
from console.domain.violations import Rule
from console.tongues import tr
from console.ui.colleagues import Colleague, colours_of, held_sentence
from console.ui.labels import count_text, route_label
from console.ui.map.marks import RouteLine, StopMark, StopState
from console.ui.theme.figures import NEVER, hours, km
from console.ui.theme.theme import Theme

Line = tuple[tuple[float, float], ...]
Points = tuple[Coordinate, ...]

_ENDED = {StopStatus.DELIVERED: StopState.DONE, StopStatus.FAILED: StopState.FAILED}


@dataclass(frozen=True, slots=True)
class Course:
    """Where a route goes: its stops with the depot at both ends, and where each lies."""

    nodes: tuple[str, ...] = ()
    points: Points = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """A route's line, the nodes it joins and its legs: one a pair of neighbouring nodes."""

    line: RouteLine
    nodes: tuple[str, ...]
    legs: tuple[Line, ...]


def course(picture: Picture, route: RouteId) -> Course:
    """Depot, stops in order, depot; what has no place on the map is left out."""
    planned = picture.plan.routes[route]
    depot = picture.depots.get(planned.shift.place)
    ends = ((str(planned.shift.place), depot),) if depot else ()
    labels = ((stop, picture.labels.get(stop)) for stop in planned.stops)
    stops = tuple((str(s), label.coordinate) for s, label in labels if label and label.coordinate)
    passed = (*ends, *stops, *ends)
    return Course(tuple(node for node, _ in passed), tuple(point for _, point in passed))


def straight(points: Points) -> tuple[Line, ...]:
    """Legs as the crow flies, until the streets are known."""
    pairs = tuple((point.lat, point.lon) for point in points)
    return tuple(pairwise(pairs))


def along_streets(geometry: Geometry) -> tuple[Line, ...]:
    """Legs as the streets engine told them."""
    return tuple(tuple((point.lat, point.lon) for point in leg) for leg in geometry.legs)


def joined(legs: tuple[Line, ...]) -> Line:
    """All legs as one line, shared ends once."""
    line: list[tuple[float, float]] = []
    for leg in legs:
        for point in leg:
            if not line or line[-1] != point:
                line.append(point)
    return tuple(line)


def route_line(picture: Picture, route: RouteId, line: Line, theme: Theme) -> RouteLine:
    """A route at rest in its driver's colour."""
    label = route_label(picture, route)
    schedule = picture.schedules[route]
    summary = (
        f"{count_text(len(schedule.visits))} · {km(schedule.metres)} · {hours(schedule.duration)} h"
    )
    return RouteLine(
        key=route,
        number=label.number,
        color=theme.driver_color(label.number).name(),
        ink=theme.driver_ink(label.number).name(),
        points=line,
        pattern=theme.driver_pattern(label.number),
        locked=picture.plan.routes[route].is_frozen,
        name=label.name,
        summary=summary,
    )


def stop_marks(picture: Picture, theme: Theme) -> list[StopMark]:
    """A mark for every stop that is on the map."""
    late = _late(picture)
    troubled = exceptions_of(picture.plan)
    colours = {route: _colours(picture, route, theme) for route in picture.plan.routes}
    marks: list[StopMark] = []
    for stop in picture.plan.stops.values():
        label = picture.labels.get(stop.id)
        if label is None or label.coordinate is None:
            continue
        state = _ENDED.get(stop.status, StopState.NORMAL)
        if stop.route is None and stop.is_open:
            state = StopState.UNASSIGNED
        elif stop.id in late and stop.is_open:
            state = StopState.LATE
        color, ink = colours[stop.route] if stop.route else ("", "")
        badge = _late_badge(late[stop.id]) if stop.id in late else ""
        marks.append(
            StopMark(
                key=stop.id,
                route_key=stop.route,
                number=picture.numbers.get(stop.id),
                lat=label.coordinate.lat,
                lon=label.coordinate.lon,
                state=state,
                badge=badge or ("!" if stop.id in troubled else ""),
                color=color,
                ink=ink,
                pinned=stop.pinned,
                label=label.street,
            )
        )
    return marks


def _colours(picture: Picture, route: RouteId, theme: Theme) -> tuple[str, str]:
    """Of a driver's stops and what is written on them; none where nobody drives."""
    number = route_label(picture, route).number
    if not number:
        return "", ""
    return theme.driver_color(number).name(), theme.driver_ink(number).name()


def _late_badge(minutes: int) -> str:
    """``+14``; what no road leads to is never come to."""
    return f"+{max(1, minutes)}" if minutes < NEVER.total_seconds() / 60 else tr("never")


def ringed(
    marks: Iterable[StopMark], held_by: Callable[[StopId], Sequence[Colleague]], theme: Theme
) -> list[StopMark]:
    """The marks, those that colleagues have selected with their colour and their names."""
    shown: list[StopMark] = []
    for mark in marks:
        held = held_by(StopId(mark.key))
        if held:
            ring = colours_of(theme, held[0])[0].name()
            label = f"{mark.label} ({held_sentence(held)})"
            shown.append(replace(mark, ring=ring, label=label))
        else:
            shown.append(mark)
    return shown


def _late(picture: Picture) -> Mapping[StopId, int]:
    """Minutes by which stops are late."""
    return {
        v.stop: round(v.amount / 60)
        for schedule in picture.schedules.values()
        for v in schedule.violations
        if v.rule is Rule.LATE and v.stop is not None
    }


def exceptions_of(plan: Plan) -> dict[str, Fact]:
    """The newest exception of every stop or route that has one."""
    logged = [fact for fact in plan.facts.values() if fact.kind is FactKind.EXCEPTION]
    return {fact.subject: fact for fact in sorted(logged, key=lambda f: f.happened_at)}
