"""A driver's phone: fixes with noise, jumps and gaps; what it cannot send it keeps, and sends late.

It knows the street's port alone.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from console.dispatch.kindofday import Scenario
from console.dispatch.street import Position, Report
from console.domain.plan import Cause, FactId, FactKind, RouteId, StopId
from console.domain.watching import XY, Plane
from console.simulator.clock import SimulatedClock

GAP = 240.0  # s, the mean of a gap
KEEPS = 0.6  # of the gaps, how many are without network only: the fixes are kept and sent late

Whereabouts = tuple[XY, float | None, float]
"""On the plane, heading (degrees from north) or None, speed (m/s)."""


@dataclass(slots=True)
class Phone:
    """``where`` tells the truth, None while the driver is not at work."""

    route: RouteId
    clock: SimulatedClock
    scenario: Scenario
    dice: Random
    plane: Plane
    where: Callable[[], Whereabouts | None]
    silences: tuple[tuple[datetime, datetime], ...] = ()
    positions: list[Position] = field(default_factory=list[Position])
    reports: list[Report] = field(default_factory=list[Report])
    _held: tuple[list[Position], list[Report]] = field(
        default_factory=lambda: (list[Position](), list[Report]())
    )
    _silent_until: datetime | None = None
    _keeps: bool = True
    _told: int = 0

    def say(
        self, kind: FactKind, subject: StopId | RouteId, cause: Cause | None = None, note: str = ""
    ) -> None:
        """Report something now, or when there is a signal again."""
        self._told += 1
        fact = FactId(f"phone {self.route} {self._told}")
        one = Report(fact, kind, subject, self.clock.now(), cause, note)
        (self._held[1] if self.is_silent() else self.reports).append(one)

    def is_silent(self) -> bool:
        """True without a signal."""
        now = self.clock.now()
        if any(begins <= now < ends for begins, ends in self.silences):
            return True
        return self._silent_until is not None and now < self._silent_until

    @property
    def holds_back(self) -> bool:
        """True while something waits for a signal."""
        return bool(self._held[0] or self._held[1] or self.positions or self.reports)

    def life(self) -> Iterator[datetime]:
        """A fix every few seconds, as long as the driver is at work and all of it is sent."""
        every = timedelta(seconds=self.scenario.every)
        yield self.clock.now() + every * self.dice.random()
        while True:
            where = self.where()
            self._lose_signal()
            if where is not None:
                self._fix(where)
            if not self.is_silent():
                self._send()
            yield self.clock.now() + every

    def _lose_signal(self) -> None:
        if self.is_silent():
            return
        gaps = min(0.9, self.scenario.gps_gaps)
        if self.dice.random() < gaps / (1 - gaps) * self.scenario.every / GAP:
            seconds = self.dice.expovariate(1 / GAP)
            self._silent_until = self.clock.now() + timedelta(seconds=seconds)
            self._keeps = self.dice.random() < KEEPS

    def _fix(self, where: Whereabouts) -> None:
        (x, y), heading, speed = where
        noise = self.scenario.gps_noise
        accuracy = noise * self.dice.uniform(0.8, 2.0)
        if self.dice.random() < self.scenario.gps_jumps:
            far, turn = self.dice.uniform(800, 4000), self.dice.uniform(0, math.tau)
            x, y = x + far * math.cos(turn), y + far * math.sin(turn)
        seen = self.plane.point((x + self.dice.gauss(0, noise), y + self.dice.gauss(0, noise)))
        fix = Position(self.route, self.clock.now(), seen, accuracy, heading, speed)
        if not self.is_silent():
            self.positions.append(fix)
        elif self._keeps:
            self._held[0].append(fix)

    def _send(self) -> None:
        positions, reports = self._held
        self.positions += positions
        self.reports += reports
        self._held = ([], [])
        self._keeps = True
