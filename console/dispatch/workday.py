"""The day that is open: its desk, its travel times and the picture all views show."""

from collections.abc import Callable, Collection, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from console.dispatch.desk import Desk, PlanChange, Refusal
from console.dispatch.drawing import (
    Surroundings,
    draw,
    known_places,
    overtaken,
    redraw,
    redrawn,
    touched_routes,
    with_risks,
)
from console.dispatch.labels import handed_over
from console.dispatch.picture import (
    DriverLabel,
    DropPreview,
    Picture,
    PictureChange,
    StopLabel,
)
from console.dispatch.previews import Lifted, best_landings, landing, with_shift
from console.domain.commands import Command
from console.domain.errors import Rejected
from console.domain.fleet import Shift
from console.domain.patch import diff
from console.domain.places import PlaceId
from console.domain.plan import Plan, RouteId, StopId
from console.domain.risk import Risks
from console.domain.travel import TravelMatrix

Follow = Callable[[PictureChange], None]


class Workday:
    """A desk with everything a view needs to show it; lives on one thread, never blocks."""

    def __init__(self, desk: Desk, around: Surroundings) -> None:
        self.desk = desk
        self._around = around
        self._picture = draw(desk.plan, around)
        self._lifted = Lifted(self._picture, around, ())
        self._followers: list[Follow] = []
        self._gathered: list[PictureChange] | None = None
        self._on_refusal: list[Callable[[Refusal], None]] = []
        self._untold: list[Refusal] = []
        self._expected: dict[PlaceId, None] = {}
        desk.follow(self)

    @property
    def picture(self) -> Picture:
        """The present picture."""
        return self._picture

    @property
    def matrix(self) -> TravelMatrix:
        """The travel times in use."""
        return self._around.matrix

    @property
    def around(self) -> Surroundings:
        """What surrounds the plan."""
        return self._around

    @property
    def now(self) -> datetime | None:
        """Nothing is planned before this moment; None plans the whole day."""
        return self._around.now

    def follow(self, follower: Follow) -> None:
        """Tell this follower of every change of the picture."""
        self._followers.append(follower)

    def on_refusal(self, told: Callable[[Refusal], None]) -> None:
        """Tell of commands that a colleague overtook, also before anybody asked."""
        self._on_refusal.append(told)
        while self._untold:
            told(self._untold.pop(0))

    # -- what comes in ---------------------------------------------------------------------------

    def plan_changed(self, change: PlanChange) -> None:
        """A row arrived: draw again what it touched."""
        if self._gathered is not None:
            return  # drawn once, for all of them
        self._take_in(change)

    def _take_in(self, change: PlanChange) -> None:
        before, drivers = self._picture, self._around.drivers
        if drivers is not None:
            labels = handed_over(drivers, change.before, change.patch)
            self._around = replace(self._around, drivers=labels)
        if change.patch.day is not None:
            self._redraw_all()
            return
        after = redraw(before, change.after, change.patch, self._around)
        stops = frozenset(StopId(delta.key) for delta in change.patch.stops)
        self._show(
            PictureChange(
                before, after, touched_routes(change.before, change.after, change.patch), stops
            )
        )

    def refused(self, refusal: Refusal) -> None:
        """A command of ours was overtaken."""
        if not self._on_refusal:
            self._untold.append(refusal)
        for told in self._on_refusal:
            told(refusal)

    def set_matrix(self, matrix: TravelMatrix) -> None:
        """New travel times: everything is drawn again."""
        self._around = replace(self._around, matrix=matrix)
        self._redraw_all()

    def set_labels(
        self,
        labels: Mapping[StopId, StopLabel],
        drivers: Mapping[RouteId, DriverLabel] | None = None,
    ) -> None:
        """The registers' part of what is shown."""
        drivers = drivers if drivers is not None else self._around.drivers
        self._around = replace(self._around, labels=labels, drivers=drivers)
        self._redraw_all()

    def set_around(self, around: Surroundings) -> None:
        """Everything around the plan at once."""
        self._around = around
        self._redraw_all()

    def set_risks(self, risks: Risks) -> None:
        """How likely first tries fail: no schedule changes by it."""
        self._around = replace(self._around, risks=risks)
        before = self._picture
        self._show(PictureChange(before, with_risks(before, risks)))

    def set_now(self, now: datetime | None) -> None:
        """The clock went on: routes that have not started leave no earlier."""
        self._around = replace(self._around, now=now)
        self._redraw_all()

    def tick(self, now: datetime) -> None:
        """The clock went on: only the routes that it has overtaken are drawn again."""
        self._around = replace(self._around, now=now)
        late = overtaken(self._picture, now)
        if late:
            before = self._picture
            self._show(PictureChange(before, redrawn(before, late, self._around), late))

    def imaging(self) -> Callable[[Plan], Picture]:
        """Draws other plans of this day as they would look now; may run on any thread."""
        before, around = self._picture, self._around
        return lambda plan: redraw(before, plan, diff(before.plan, plan), around)

    # -- what goes up ----------------------------------------------------------------------------

    def submit(self, command: Command, base: int | None = None) -> PlanChange:
        """Apply a command; ``Rejected`` when it does not fit."""
        return self.desk.submit(command, base)

    def expect(self, place: PlaceId) -> None:
        """A proposal goes to this place, though the plan does not yet: it is timed as well."""
        self._expected[place] = None

    def places(self) -> list[PlaceId]:
        """Every place that is timed: those of the plan, then what is expected."""
        return list(dict.fromkeys([*known_places(self.desk.plan), *self._expected]))

    def missing_places(self) -> list[PlaceId]:
        """Places without travel times."""
        known = self._around.matrix.index
        return [place for place in known_places(self.desk.plan) if place not in known]

    def previews(
        self, stops: Sequence[StopId], routes: Collection[RouteId] | None = None
    ) -> dict[RouteId, DropPreview]:
        """The best landing of these stops on every open route, or on those named."""
        return best_landings(self._lift(stops), routes)

    def preview(
        self, stops: Sequence[StopId], to: RouteId, after: StopId | None
    ) -> DropPreview | None:
        """What dropping just there would do; None when travel times are missing."""
        return landing(self._lift(stops), to, after)

    def _lift(self, stops: Sequence[StopId]) -> Lifted:
        """The stops that were asked about last are mostly asked about again, route by route."""
        if not self._lifted.is_of(self._picture, self._around, stops):
            self._lifted = Lifted(self._picture, self._around, stops)
        return self._lifted

    def landings(
        self, plan: Plan, stop: StopId, around: Surroundings
    ) -> Mapping[RouteId, DropPreview]:
        """The best landing of a stop on every open route of another plan of this day.

        ``around`` may know more travel times than the day does.
        """
        changed = diff(self._picture.plan, plan)
        return best_landings(Lifted(redraw(self._picture, plan, changed, around), around, [stop]))

    def with_shift(self, route: RouteId, shift: Shift) -> DropPreview | None:
        """What another shift would do to a route; None when travel times are missing."""
        return with_shift(self._picture, self._around, route, shift)

    def verdict(self, command: Command) -> Rejected | None:
        """Why a command would be rejected, None when it fits."""
        try:
            self.desk.dry_run(command)
        except Rejected as verdict:
            return verdict
        return None

    def _redraw_all(self) -> None:
        before = self._picture
        self._show(PictureChange(before, draw(self.desk.plan, self._around), everything=True))

    @contextmanager
    def together(self) -> Generator[None]:
        """Draw and show all that changes meanwhile at once; the picture stays until then.

        Nothing may be awaited meanwhile.
        """
        if self._gathered is not None:
            yield
            return
        self._gathered = []
        try:
            yield
        finally:
            before, after = self._picture.plan, self.desk.plan
            if after is not before:
                self._take_in(PlanChange(before, after, diff(before, after)))
            gathered, self._gathered = self._gathered, None
            if gathered:
                self._show(_joined(gathered))

    def _show(self, change: PictureChange) -> None:
        self._picture = change.after
        if self._gathered is not None:
            self._gathered.append(change)
            return
        for follower in self._followers:
            follower(change)


def _joined(changes: Sequence[PictureChange]) -> PictureChange:
    """From the first picture to the last."""
    return PictureChange(
        changes[0].before,
        changes[-1].after,
        frozenset[RouteId]().union(*(change.routes for change in changes)),
        frozenset[StopId]().union(*(change.stops for change in changes)),
        any(change.everything for change in changes),
    )
