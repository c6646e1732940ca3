"""The running day: drivers where they are, what was planned beside what became of it, facts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QWidget

from console.dispatch.baseline import Baseline
from console.dispatch.forecasting import Forecast
from console.dispatch.liveboard import Doing, LiveLine, Sight, board
from console.dispatch.pace import Pace
from console.dispatch.picture import Picture
from console.dispatch.reporting import last_told, record, retract
from console.dispatch.tracking import Tracking
from console.dispatch.workday import Workday
from console.domain.etas import Eta
from console.domain.load import Load
from console.domain.plan import Cause, FactKind, RouteId, Stop, StopId, StopStatus
from console.tongues import inside, tr
from console.ui.deeds.alarms import AlarmDeeds
from console.ui.live.faces import headline, live_face, vans
from console.ui.live.panel import WORDS, Choices, LivePanel
from console.ui.timeline.faces import Span, minute
from console.ui.tooldock import mirrored
from console.ui.window import ORDERS, PLAN
from console.ui.workplace import Workplace

LIVE = 4
"""The workspace's place in the bar."""
SECOND_MS = 1000
_OVER = object()
SOON_MS = 150
MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class _Followed:
    """What is kept of a day while it is open."""

    workday: Workday
    forecast: Forecast
    baseline: Baseline


class LiveDeeds:
    """The workspace "Live": it shares the map and the timeline with the plan."""

    def __init__(self, place: Workplace, pace: Pace | None = None) -> None:
        self._place, self._pace = place, pace
        self.tracking = Tracking(place.station)
        self.panel = LivePanel(place.theme, place.actions)
        self.alarms = AlarmDeeds(place, self.panel.alarms)
        self.dock = self._docked()
        self._day: _Followed | None = None
        self._lines: list[LiveLine] = []
        self._is_on = False
        self._clock = self._timer(SECOND_MS, self._second_passed)
        self._soon = self._timer(SOON_MS, self._refresh_by_parts)
        self._soon.setSingleShot(True)
        self._parts: Iterator[None] = iter(())
        self._part = self._timer(0, self._draw_part)
        self._minute = self._timer(MINUTE_MS, self.look_aside)
        self._connect()

    def _connect(self) -> None:
        panel, place = self.panel, self._place
        panel.told.connect(self._tell)
        panel.takenBack.connect(self._take_back)
        panel.chosen.connect(self._choose)
        place.signals.planChanged.connect(self._plan_changed)
        place.signals.selectionChanged.connect(self._selection_changed)
        if self._pace is not None:
            panel.pace.follow(self._pace)
            panel.pace.stepped.connect(self._step)

    def _docked(self) -> QDockWidget:
        dock = QDockWidget(tr("Drivers"))
        dock.setObjectName("Live")
        dock.setWidget(self.panel)
        dock.setTitleBarWidget(QWidget())
        left, _ = self._place.window.usual_areas
        self._place.window.addDockWidget(mirrored(left), dock)
        dock.hide()
        return dock

    def _timer(self, every: int, call: object) -> QTimer:
        timer = QTimer(self.panel)
        timer.setInterval(every)
        timer.timeout.connect(call)
        return timer

    # -- the workspace -----------------------------------------------------------------------------

    def view_live(self) -> None:
        """Show the running day."""
        self.show_page(LIVE)

    def show_page(self, page: int) -> None:
        """A workspace was chosen in the bar."""
        if page != LIVE:
            self.leave()
            self._place.window.show_page(page)
            return
        window, tabs = self._place.window, self._place.panes.topbar.tabs
        with QSignalBlocker(tabs):
            window.show_page(PLAN)
            tabs.setCurrentIndex(LIVE)
        if not self._is_on:
            self._is_on = True
            window.orders_dock.hide()
            self.dock.show()
            window.resizeDocks([self.dock], [_width(window.width())], Qt.Orientation.Horizontal)
            self._clock.start()
        self.refresh()

    def leave(self) -> None:
        """Back to the plan's panels."""
        if not self._is_on:
            return
        self._is_on = False
        self._clock.stop()
        self._part.stop()
        self.dock.hide()
        window = self._place.window
        window.orders_dock.setVisible(window.pages.currentIndex() != ORDERS)
        self._place.panes.map_view.set_vans([])
        self._place.panes.timeline.show_planned({})

    @property
    def lines(self) -> list[LiveLine]:
        """The drivers as they are shown."""
        return self._lines

    def etas(self, route: RouteId) -> Mapping[StopId, Eta]:
        """Those of a route's open stops, whatever workspace is shown."""
        return self._followed().forecast.etas(route)

    # -- what is shown -----------------------------------------------------------------------------

    def _plan_changed(self, _change: object) -> None:
        self._followed()
        if self._is_on:
            self._soon.start()

    def _followed(self) -> _Followed:
        """The open day's forecast and baseline; others for another day."""
        station = self._place.station
        workday = station.workday
        if self._day is None or self._day.workday is not workday:
            forecast = Forecast(workday, station.services.clock)
            self._day = _Followed(workday, forecast, Baseline(workday))
            self._minute.start()
            self._place.conductor.spawn(self._look_back())
        return self._day

    async def _look_back(self) -> None:
        await self.tracking.resume()
        self.refresh()

    def _now(self) -> datetime:
        return self._place.station.services.clock.now()

    def _second_passed(self) -> None:
        station = self._place.station
        now = station.now()
        self._place.panes.timeline.set_now(now)
        if now is not None:
            station.workday.tick(now)
        self._refresh_by_parts()

    def refresh(self) -> None:
        """All of it as it stands now."""
        for _ in self._drawn():
            pass

    def _refresh_by_parts(self) -> None:
        """The same, with a turn for whatever else waits after each part."""
        self._parts = self._drawn()
        self._part.start()

    def _draw_part(self) -> None:
        if next(self._parts, _OVER) is _OVER:
            self._part.stop()

    def _drawn(self) -> Iterator[None]:
        if not self._is_on:
            return
        place, day, now = self._place, self._followed(), self._now()
        picture = place.station.picture
        sight = self._look(now)
        yield
        faces = [live_face(line, picture, now) for line in self._lines]
        self.panel.show_faces(faces, headline(self._lines, picture), place.route())
        self.panel.pace.show_time(picture.local(now))
        yield
        place.panes.map_view.set_vans(vans(self._lines, picture, place.theme, now))
        yield
        place.panes.timeline.show_planned(self._planned(picture, day.baseline))
        self._offer()
        yield
        self.alarms.told = self.alarms.look(self._lines, sight.etas, now)
        self.panel.count_alarms(self.alarms.told)

    def _look(self, now: datetime) -> Sight:
        """The board as it stands; what it was made from."""
        day = self._followed()
        sight = Sight(self.tracking.seen, day.baseline.planned, cache(day.forecast.etas))
        self._lines = board(self._place.station.picture, sight, now)
        return sight

    def look_aside(self) -> None:
        """Alarms do not wait until somebody looks at the running day."""
        station = self._place.station
        now = station.now()
        routes = station.picture.plan.routes.values()
        if self._is_on or now is None or not any(route.released for route in routes):
            return
        station.workday.tick(now)
        sight = self._look(now)
        count = self.alarms.look(self._lines, sight.etas, now)
        self.panel.count_alarms(count)
        self.alarms.tell_aside(count)

    def _planned(self, picture: Picture, baseline: Baseline) -> Mapping[RouteId, tuple[Span, ...]]:
        made = ((route, baseline.planned(route)) for route in picture.schedules)
        return {
            route: tuple((minute(v.start), minute(v.departure)) for v in schedule.visits)
            for route, schedule in made
            if schedule is not None
        }

    # -- what is said ------------------------------------------------------------------------------

    def _choose(self, route: str) -> None:
        self._place.selection.pick([], RouteId(route))

    def _selection_changed(self, _stops: object) -> None:
        if self._is_on:
            self._soon.start()

    def _offer(self) -> None:
        line = self._line()
        if line is None:
            self.panel.offer(Choices())
            return
        picture = self._place.station.picture
        last = last_told(picture.plan, line.route)
        words, _ = WORDS.get(last.kind, ("", "")) if last else ("", "")
        told = f"{inside(words)} {picture.clock(last.happened_at)}" if last and words else ""
        stop = self._subject(line)
        kinds = _kinds(line, None if stop is None else picture.plan.stops[stop])
        is_off = line.doing is Doing.OFF
        self.panel.offer(Choices(self._called(line, stop), kinds, told, is_off))

    def _called(self, line: LiveLine, stop: StopId | None) -> str:
        picture = self._place.station.picture
        if stop is None or line.doing is Doing.WAITING:
            return line.driver.name
        label, number = picture.labels.get(stop), picture.numbers.get(stop, "")
        return tr(
            "{name}, stop {number}: {value}",
            name=line.driver.name,
            number=number,
            value=label.street if label else "",
        )

    def _line(self) -> LiveLine | None:
        route = self._place.route()
        return next((line for line in self._lines if line.route == route), None)

    def _subject(self, line: LiveLine) -> StopId | None:
        """The stop that is picked on this route and not done, else the next one."""
        for stop in self._place.picked():
            if stop.route == line.route and _is_ahead(stop):
                return stop.id
        return line.next

    def _tell(self, kind: FactKind, cause: Cause | None) -> None:
        line = self._line()
        if line is None:
            return
        stop = self._subject(line)
        is_at_door = kind in _AT_DOOR
        if is_at_door and stop is None:
            return
        subject = stop if is_at_door and stop is not None else line.route
        self._place.conductor.spawn(record(self._place.station, kind, subject, cause=cause))

    def _take_back(self) -> None:
        line = self._line()
        last = last_told(self._place.station.picture.plan, line.route) if line else None
        if last is not None:
            self._place.conductor.spawn(retract(self._place.station, last.id))

    def _step(self) -> None:
        if self._pace is not None:
            self._place.conductor.spawn(self._pace.step())
            self._soon.start()


_AT_DOOR = (FactKind.ARRIVED, FactKind.DELIVERED, FactKind.COLLECTED, FactKind.FAILED)


def _kinds(line: LiveLine, stop: Stop | None) -> tuple[FactKind, ...]:
    """What may have happened next; a visit may be reported without an arrival."""
    if line.doing is Doing.WAITING:
        return (FactKind.DEPARTED,)
    if line.doing is Doing.RESTING:
        return (FactKind.BREAK_ENDED,)
    if line.doing in (Doing.HEADING_HOME, Doing.BACK, Doing.OFF) or stop is None:
        return (FactKind.RETURNED,) if line.doing is Doing.HEADING_HOME else ()
    is_pickup = stop.load == Load() != stop.collected
    outcome = FactKind.COLLECTED if is_pickup else FactKind.DELIVERED
    if stop.status is StopStatus.ARRIVED:
        return outcome, FactKind.FAILED
    return FactKind.ARRIVED, outcome, FactKind.FAILED, FactKind.BREAK_BEGAN


def _is_ahead(stop: Stop) -> bool:
    return stop.status in (StopStatus.PLANNED, StopStatus.ARRIVED)


def _width(window: int) -> int:
    """Of the dock, by the window (LOOK section 1)."""
    return 360 if window >= 2300 else 320
