"""Stops on their way between views: the MIME format, the ghost, and what each drop would do."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import inf
from typing import cast

from PySide6.QtCore import QByteArray, QElapsedTimer, QMimeData, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QDrag, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from console.dispatch.picture import DropPreview, Picture
from console.domain.load import Load, total
from console.domain.plan import RouteId, StopId
from console.domain.violations import Violation
from console.tongues import tr
from console.ui.hands import Hands
from console.ui.ink import Ink, Pen
from console.ui.labels import count_text
from console.ui.theme.figures import THIN, kg, number
from console.ui.theme.theme import Theme

STOPS_MIME = "application/x-doorstep-stops"
GHOST_OFFSET = QPoint(14, 14)
"""Where the ghost hangs, seen from the pointer."""

_SHEETS = 3
_SHEET_STEP = 3


def stops_mime(stops: Sequence[StopId]) -> QMimeData:
    """Stops as they travel between views: a JSON list of ids."""
    mime = QMimeData()
    mime.setData(STOPS_MIME, QByteArray(json.dumps(list(stops)).encode()))
    return mime


def stops_in(mime: QMimeData) -> tuple[StopId, ...]:
    """The stops a drag carries, each once; () when it carries none of ours."""
    if not mime.hasFormat(STOPS_MIME):
        return ()
    try:
        found: object = json.loads(bytes(mime.data(STOPS_MIME).data()))
    except ValueError:
        return ()
    ids = cast("list[object]", found) if isinstance(found, list) else []
    return tuple(dict.fromkeys(StopId(stop) for stop in ids if isinstance(stop, str)))


def in_plan_order(picture: Picture, stops: Iterable[StopId]) -> tuple[StopId, ...]:
    """The stops route by route as they are driven now, those without a route last."""
    routes = {route: i for i, route in enumerate(picture.plan.routes)}

    def place(stop: StopId) -> tuple[int, int]:
        route = picture.plan.stops[stop].route
        if route is None:
            return len(routes), 0
        return routes[route], picture.numbers.get(stop, 0)

    return tuple(sorted((s for s in stops if s in picture.plan.stops), key=place))


def carried(picture: Picture, stops: Iterable[StopId]) -> Load:
    """The load of all these stops together."""
    return total(picture.plan.stops[stop].load for stop in stops if stop in picture.plan.stops)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a drop would land: on a route (None: unassigned) behind ``after`` (None: first).

    ``best`` leaves the position to the console: the head of a lane was meant, not a gap in it.
    """

    route: RouteId | None
    after: StopId | None = None
    best: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one driver would make of the drop.

    ``blocked`` is the sentence that forbids it whatever the reason; ``harm`` a broken rule that a
    reason can override; ``gives`` counts the dragged stops that come from this route.
    """

    blocked: str = ""
    harm: Violation | None = None
    preview: DropPreview | None = None
    gives: int = 0
    best: bool = False

    @property
    def is_forbidden(self) -> bool:
        """True when a plain drop is refused."""
        return bool(self.blocked) or (self.harm is not None and self.harm.is_harm)

    @property
    def extra_overtime(self) -> bool:
        """True when the route would end after its shift, which is paid but allowed."""
        schedule = self.preview.schedule if self.preview else None
        return schedule is not None and bool(schedule.overtime)


def verdict_note(verdict: Verdict) -> tuple[str, str] | None:
    """(words, colour token) of the one remark there is room for."""
    found = verdict.preview
    if found is None:
        return None
    if found.late_stops:
        return tr("{late_stops}{THIN}late", late_stops=number(found.late_stops), THIN=THIN), "warn"
    if found.schedule is not None and found.schedule.overtime:
        return (
            f"{number(found.schedule.overtime.total_seconds() / 60, signed=True)}{THIN}OT",
            "warn",
        )
    if verdict.gives:
        return tr("gives {gives}", gives=verdict.gives), "text3"
    return ("best", "ok") if verdict.best else None


class Dragged:
    """One drag as one view sees it; previews are asked for once, and only when needed."""

    def __init__(self, hands: Hands, stops: Sequence[StopId]) -> None:
        self._hands = hands
        self.picture = hands.picture
        self.stops = in_plan_order(self.picture, stops)
        self.picked = tuple(stop for stop in stops if stop in self.picture.plan.stops)
        self.moving = frozenset(self.stops)
        self._blocked: dict[RouteId | None, str] = {}
        self._verdicts: dict[RouteId | None, Verdict] = {}
        self._previews: dict[Place, DropPreview | None] = {}
        self._landings: dict[RouteId, DropPreview] = {}
        self._untried = dict.fromkeys(self.picture.plan.routes)

    @property
    def previews(self) -> Mapping[RouteId, DropPreview]:
        """The best landing on every open route."""
        self.try_routes()
        return self._landings

    def try_routes(self, most: float = inf) -> bool:
        """Work out what routes say, for so many milliseconds; True once all did."""
        spent = QElapsedTimer()
        spent.start()
        while self._untried and spent.elapsed() < most:
            route = next(iter(self._untried))
            self.blocked(route)
            self._best_on(route)
        return not self._untried

    def _best_on(self, route: RouteId) -> DropPreview | None:
        if route in self._untried:
            del self._untried[route]
            self._landings |= self._hands.previews(self.stops, [route])
        return self._landings.get(route)

    @cached_property
    def best(self) -> RouteId | None:
        """The route that costs the whole plan least, if a plain drop is allowed on any."""
        open_routes = [p for p in self.previews.values() if not (p.harm and p.harm.is_harm)]
        sources = {self._route_of(stop) for stop in self.stops}
        away = [p for p in open_routes if p.route not in sources and not self.blocked(p.route)]
        cheapest = min(away, key=lambda p: (p.cost, p.seconds, p.route), default=None)
        return cheapest.route if cheapest else None

    @cached_property
    def load(self) -> Load:
        """What the dragged stops weigh together."""
        return carried(self.picture, self.stops)

    def blocked(self, route: RouteId | None) -> str:
        """Why a drop there is impossible whatever the reason; '' when it is not."""
        if route not in self._blocked:
            self._blocked[route] = self._hands.why_not(self.stops, route)
        return self._blocked[route]

    def verdict(self, route: RouteId | None) -> Verdict:
        """What a drop on this route means, at its best place there; asks for all previews."""
        if route not in self._verdicts:
            judged = self.judged(Place(route, best=True))
            is_best = route is not None and route == self.best
            self._verdicts[route] = replace(judged, best=is_best)
        return self._verdicts[route]

    def judged(self, place: Place) -> Verdict:
        """What a drop just there means."""
        blocked = self.blocked(place.route)
        gives = sum(1 for stop in self.stops if self._route_of(stop) == place.route)
        if blocked or place.route is None:
            return Verdict(blocked, gives=gives)
        found = self.preview(place)
        return Verdict("", found.harm if found else None, found, gives)

    def preview(self, place: Place) -> DropPreview | None:
        """What would follow from dropping there."""
        if place.route is None:
            return None
        if place.best:
            return self._best_on(place.route)
        if place not in self._previews:
            self._previews[place] = self._hands.preview(self.stops, place.route, place.after)
        return self._previews[place]

    def landing(self, place: Place) -> StopId | None:
        """The neighbour the stops land behind."""
        if place.route is None or not place.best:
            return place.after
        found = self._best_on(place.route)
        if found is not None:
            return found.after
        rest = [s for s in self.picture.plan.routes[place.route].stops if s not in self.moving]
        return rest[-1] if rest else None

    def is_noop(self, place: Place) -> bool:
        """True when the stops already are just there."""
        if place.route is None:
            return all(self.picture.plan.stops[stop].route is None for stop in self.stops)
        route = self.picture.plan.routes.get(place.route)
        if route is None or not set(self.stops) <= set(route.stops):
            return False
        rest = [stop for stop in route.stops if stop not in self.moving]
        after = self.landing(place)
        i = rest.index(after) + 1 if after is not None and after in rest else 0
        return (*rest[:i], *self.stops, *rest[i:]) == route.stops

    def drop(self, place: Place, *, forced: bool, as_picked: bool = False) -> bool:
        """Let go; ``as_picked`` keeps the order in which the stops were picked."""
        if self.is_noop(place) and not as_picked:
            return False
        stops = self.picked if as_picked else self.stops
        return self._hands.move(stops, place.route, self.landing(place), forced=forced)

    def _route_of(self, stop: StopId) -> RouteId | None:
        return self.picture.plan.stops[stop].route


def ghost(theme: Theme, picture: Picture, stops: Sequence[StopId], ratio: float = 1.0) -> QPixmap:
    """The stack that hangs at the pointer: how many stops and how heavy they are."""
    ink = Ink(theme)
    title, weight = count_text(len(stops)), kg(carried(picture, stops).kg)
    bold, small = Pen("body", "text", bold=True), Pen("small", "text2")
    width = ink.width(title, bold) + ink.width(weight, small) + ink.px(30)
    sheets = min(_SHEETS, len(stops)) - 1
    size = QPointF(width, ink.px(26))
    pixmap = QPixmap(
        round((size.x() + sheets * _SHEET_STEP + 2) * ratio),
        round((size.y() + sheets * _SHEET_STEP + 2) * ratio),
    )
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        for sheet in range(sheets, -1, -1):
            step = sheet * _SHEET_STEP + 0.5
            line: QColor = ink.color("border_strong" if sheet else "accent")
            box = QRectF(step, step, size.x(), size.y())
            ink.plate(painter, box, ink.color("surface"), theme.radius("control"), line=line)
        box = QRectF(ink.px(10), 0.5, size.x() - ink.px(20), size.y())
        ink.write(painter, box, title, bold)
        ink.write_right(painter, box, weight, small)
    return pixmap


def start_drag(source: QWidget, hands: Hands, theme: Theme, stops: Sequence[StopId]) -> bool:
    """Drag stops out of a view; returns when they are dropped. True when a view took them."""
    drag = QDrag(source)
    drag.setMimeData(stops_mime(stops))
    drag.setPixmap(ghost(theme, hands.picture, stops, source.devicePixelRatioF()))
    drag.setHotSpot(-GHOST_OFFSET)
    return drag.exec(Qt.DropAction.MoveAction) is Qt.DropAction.MoveAction
