"""What every deed works with: the console's parts in one value."""

from collections.abc import Callable
from dataclasses import dataclass, field

from console.dispatch.station import Station
from console.domain.plan import RouteId, Stop, StopId
from console.planning.run import Run
from console.ui.actions import Actions
from console.ui.cartography import Cartographer
from console.ui.conductor import Conductor
from console.ui.notices import Job
from console.ui.panes import Panes
from console.ui.selection import Selection
from console.ui.signals import Signals
from console.ui.theme.theme import Theme
from console.ui.window import Window


@dataclass(slots=True)
class Workplace:
    """One window and all it needs; ``run`` is the search under way, if one is.

    ``edited`` are the stops that a colleague changed last.
    """

    window: Window
    panes: Panes
    station: Station
    conductor: Conductor
    selection: Selection
    signals: Signals
    actions: Actions
    theme: Theme
    cartographer: Cartographer
    run: Run | None = None
    edited: tuple[str, ...] = ()
    rehearses: bool = False
    """True in a window where nothing is real."""
    jobs: dict[str, Job] = field(default_factory=dict[str, Job])

    def picked(self) -> list[Stop]:
        """The picked stops that are in the plan, in the order they were picked."""
        stops = self.station.picture.plan.stops
        return [stops[stop] for stop in self.selection.stops if stop in stops]

    def picked_ids(self) -> tuple[StopId, ...]:
        """Their ids."""
        return tuple(stop.id for stop in self.picked())

    def route(self) -> RouteId | None:
        """The route that is meant: the lit one, else that of the first picked stop."""
        lit = self.selection.route
        if lit is not None and lit in self.station.picture.plan.routes:
            return lit
        return next((stop.route for stop in self.picked() if stop.route), None)

    def show_job(self, job: Job) -> None:
        """Tell all views of work under way."""
        self.jobs[job.name] = job
        self.signals.jobChanged.emit(job)


def collected(actions: Actions, *owners: object) -> dict[str, Callable[[], None]]:
    """Deeds by name: each action's method on one of the owners."""
    found: dict[str, Callable[[], None]] = {}
    for name in actions.names:
        for owner in owners:
            if hasattr(owner, name):
                found[name] = getattr(owner, name)
                break
    return found
