"""Broken rules with their numbers."""

from dataclasses import dataclass
from enum import StrEnum

from console.domain.plan import RouteId, StopId


class Rule(StrEnum):
    """A rule of the day; the name is stable and stands in overrides and plan files."""

    LATE = "late"
    OVERLOADED = "overloaded"
    SKILL = "skill"
    SHIFT = "shift"  # back after the last allowed return
    OVERTIME = "overtime"  # after the shift's end, within the allowance: paid, not forbidden
    RANGE = "range"
    BREAK = "break"
    UNREACHABLE = "unreachable"
    DRIVER_OFF = "driver_off"
    STOPS = "stops"  # more than the shift may have
    DISTANCE = "distance"
    DRIVING = "driving"  # longer at the wheel than the shift may be
    PEOPLE = "people"  # it takes more than there are
    PAIRING = "pairing"  # not collected before on the same route
    TERRITORY = "territory"
    DEPOT = "depot"

    @property
    def is_hard(self) -> bool:
        """True when a plan must not break it without an override."""
        return self is not Rule.OVERTIME


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule.

    ``stop`` is None when the whole route breaks it. ``amount`` is in ``unit``: seconds late (s),
    metres over (m), kg, pieces, m3 or units over, stops or people too many. ``detail`` is a skill's
    name, the order that is not collected, the territory or the depot. ``overridden`` is the
    reason a dispatcher gave, or empty.
    """

    rule: Rule
    route: RouteId
    stop: StopId | None = None
    amount: float = 0.0
    unit: str = ""
    detail: str = ""
    overridden: str = ""

    @property
    def is_harm(self) -> bool:
        """Hard and not overridden."""
        return self.rule.is_hard and not self.overridden
