"""The day is opened, shifts change, drivers drop out."""

from dataclasses import dataclass, replace
from typing import ClassVar

from console.domain.commands.stops import known_route
from console.domain.errors import Rejected
from console.domain.fleet import Shift
from console.domain.plan import Day, Plan, Route, RouteId


@dataclass(frozen=True, slots=True)
class OpenDay:
    """Say which depot, day, zone and streets this plan is about."""

    day: Day

    kind: ClassVar[str] = "open_day.1"
    is_fact: ClassVar[bool] = False

    def names(self, plan: Plan) -> frozenset[str]:
        """The header itself."""
        return frozenset(("day",))

    def apply(self, plan: Plan) -> Plan:
        """Open, or change region; ``other_day`` when depot or date would change."""
        present = plan.day
        if present and (present.depot, present.service_day) != (
            self.day.depot,
            self.day.service_day,
        ):
            raise Rejected("other_day")
        return replace(plan, day=self.day)


@dataclass(frozen=True, slots=True)
class OpenShifts:
    """New shifts on this day, each with an empty route."""

    shifts: tuple[tuple[RouteId, Shift], ...]

    kind: ClassVar[str] = "open_shifts.1"
    is_fact: ClassVar[bool] = False

    def names(self, plan: Plan) -> frozenset[str]:
        """The new routes."""
        return frozenset(route for route, _ in self.shifts)

    def apply(self, plan: Plan) -> Plan:
        """Open; ``route_exists``, or ``driver_twice`` for a second shift of a driver."""
        ids = [route for route, _ in self.shifts]
        if len(set(ids)) != len(ids):
            raise Rejected("doubled")
        drivers = {route.shift.driver for route in plan.routes.values()}
        for route, shift in self.shifts:
            if route in plan.routes:
                raise Rejected("route_exists", route=route)
            if shift.driver in drivers:
                raise Rejected("driver_twice", driver=shift.driver)
            drivers.add(shift.driver)
        return plan.with_routes(Route(route, shift) for route, shift in self.shifts)


@dataclass(frozen=True, slots=True)
class AmendShift:
    """Another window, vehicle, capacity or price for one route today."""

    route: RouteId
    shift: Shift

    kind: ClassVar[str] = "amend_shift.1"
    is_fact: ClassVar[bool] = False

    def names(self, plan: Plan) -> frozenset[str]:
        """The route."""
        return frozenset((self.route,))

    def apply(self, plan: Plan) -> Plan:
        """Amend; ``driver_differs`` when it would change hands, ``shift_backwards``."""
        route = known_route(plan, self.route)
        if route.shift.driver != self.shift.driver:
            raise Rejected("driver_differs", route=self.route)
        if self.shift.end <= self.shift.start:
            raise Rejected("shift_backwards", route=self.route)
        return plan.with_routes([replace(route, shift=self.shift)])


@dataclass(frozen=True, slots=True)
class SwitchDriver:
    """A driver does not work today (``off``), or does after all; open stops become unassigned."""

    route: RouteId
    off: bool = True

    kind: ClassVar[str] = "switch_driver.1"
    is_fact: ClassVar[bool] = False

    def names(self, plan: Plan) -> frozenset[str]:
        """The route and its stops."""
        stops = plan.routes[self.route].stops if self.route in plan.routes else ()
        return frozenset((self.route, *stops))

    def apply(self, plan: Plan) -> Plan:
        """Switch; stops that were already served stay where they are."""
        route = known_route(plan, self.route)
        if not self.off:
            return plan.with_routes([replace(route, off=False)])
        stops = plan.stops_of(self.route)
        kept = tuple(stop.id for stop in stops if not stop.is_open)
        freed = [replace(s, route=None, pinned=False, loaded=False) for s in stops if s.is_open]
        return plan.with_stops(freed).with_routes([replace(route, off=True, stops=kept)])


@dataclass(frozen=True, slots=True)
class SwapShifts:
    """Two drivers exchange their day: hours, vehicle and stops stay, the drivers change places.

    What is the driver's own goes with her: skills, pay, overtime, hours at the wheel.
    """

    one: RouteId
    other: RouteId

    kind: ClassVar[str] = "swap_shifts.1"
    is_fact: ClassVar[bool] = False

    def names(self, plan: Plan) -> frozenset[str]:
        """Both routes and their stops."""
        ids = (self.one, self.other)
        stops = (stop for r in ids if r in plan.routes for stop in plan.routes[r].stops)
        return frozenset((*ids, *stops))

    def apply(self, plan: Plan) -> Plan:
        """Swap; ``same_route``, ``driver_off``, ``already_served`` for one that has left."""
        if self.one == self.other:
            raise Rejected("same_route", route=self.one)
        one, other = known_route(plan, self.one), known_route(plan, self.other)
        for route in (one, other):
            if route.off:
                raise Rejected("driver_off", route=route.id)
            if route.started_at is not None or plan.behind(route.id):
                raise Rejected("already_served", route=route.id)
        mine, theirs = driven_by(one.shift, other.shift), driven_by(other.shift, one.shift)
        return plan.with_routes([replace(one, shift=mine), replace(other, shift=theirs)])


def driven_by(shift: Shift, whose: Shift) -> Shift:
    """A shift with the driver of another one, and all that is hers."""
    return replace(
        shift,
        driver=whose.driver,
        skills=whose.skills,
        rates=whose.rates,
        max_overtime=whose.max_overtime,
        max_driving=whose.max_driving,
        driving_rule=whose.driving_rule,
    )
