"""How fast a rehearsed day goes: what a window may ask of the simulator."""

from typing import Protocol

from console.dispatch.kindofday import Incident

SPEEDS = (1, 10, 30, 60, 120, 300, 600)


class Pace(Protocol):
    """Runs on the window's thread. ``title`` is what is rehearsed."""

    title: str
    goals: tuple[str, ...]

    @property
    def speed(self) -> float:
        """Seconds of the day in one of ours."""
        ...

    @property
    def is_running(self) -> bool:
        """False while it stands still."""
        ...

    @property
    def is_over(self) -> bool:
        """True when nobody has anything left to do."""
        ...

    def run(self) -> None:
        """Go on."""
        ...

    def pause(self) -> None:
        """Stand still."""
        ...

    def go(self, speed: float) -> None:
        """From now on as fast as this."""
        ...

    def inject(self, incident: Incident) -> Incident:
        """One more thing happens; answers it as it will happen, ConsoleError where it cannot."""
        ...

    async def step(self) -> None:
        """On to the next thing that happens, or a minute on."""
        ...

    async def close(self) -> None:
        """End it."""
        ...
