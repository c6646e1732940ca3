"""A simulated day beside a window: on the clock's pace, faster, paused or step by step."""

import asyncio
import time
from datetime import timedelta

from console.dispatch.kindofday import Incident, Scenario
from console.dispatch.street import Notice, Street
from console.domain.errors import ConsoleError
from console.simulator.clock import SimulatedClock
from console.simulator.day import SimulatedDay, Surface
from console.tongues import tr

BEAT = 0.1  # s between two looks at our own clock
CATCH_UP = 1.0  # s of ours that are made up for after a standstill of the machine
MINUTE = timedelta(minutes=1)


class Playback:
    """Implements ``dispatch.pace.Pace``; before the day begins it keeps what drivers are told."""

    def __init__(self, scenario: Scenario, clock: SimulatedClock, speed: float) -> None:
        self.title, self.goals = scenario.title, scenario.goals
        self._scenario, self._clock, self._speed = scenario, clock, speed
        self._runs, self._is_closed = True, False
        self._day: SimulatedDay | None = None
        self._told: list[Notice] = []
        self._turn = asyncio.Lock()

    def send(self, notice: Notice) -> None:
        """Drivers are told something. Implements ``ports.Notices``."""
        if self._day is None:
            self._told.append(notice)
        else:
            self._day.send(notice)

    async def live(self, street: Street, surface: Surface) -> None:
        """The day, beat by beat, until it is closed; positions and facts go to this street."""
        self._day = SimulatedDay(self._scenario, self._clock, street, surface)
        for notice in self._told:
            self._day.send(notice)
        last = time.monotonic()
        while not self._is_closed:
            await asyncio.sleep(BEAT)
            now = time.monotonic()
            passed, last = min(CATCH_UP, now - last), now
            if self._runs and not self._is_closed:
                await self._advance(timedelta(seconds=passed * self._speed))

    @property
    def speed(self) -> float:
        """Seconds of the day in one of ours."""
        return self._speed

    @property
    def is_running(self) -> bool:
        """False while it stands still."""
        return self._runs

    @property
    def is_over(self) -> bool:
        """True when nobody has anything left to do."""
        day = self._day
        return day is not None and bool(day.drivers) and (day.is_over or day.is_idle)

    def run(self) -> None:
        """Go on."""
        self._runs = True

    def pause(self) -> None:
        """Stand still."""
        self._runs = False

    def go(self, speed: float) -> None:
        """From now on as fast as this."""
        self._speed = speed

    def inject(self, incident: Incident) -> Incident:
        """One more thing happens, on the same way as the scenario's; answers it as it will happen.

        ConsoleError where nobody drives yet, or it could never happen any more.
        """
        if self._day is None or not self._day.drivers:
            raise ConsoleError(
                tr("Nobody is at work yet."), remedy=tr("Let the day begin, then try again.")
            )
        return self._day.inject(incident)

    async def step(self) -> None:
        """On to the next thing that happens, or a minute on."""
        at = self._day.next_at if self._day is not None else None
        await self._advance(at - self._clock.now() if at is not None else MINUTE)

    async def close(self) -> None:
        """End it, when what is under way is done."""
        self._is_closed = True
        async with self._turn:
            pass

    async def _advance(self, by: timedelta) -> None:
        async with self._turn:
            if self._day is not None:
                await self._day.advance(self._clock.now() + by)
