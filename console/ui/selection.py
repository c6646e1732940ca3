"""What is picked: the dispatcher's one selection for all views, and her colleagues' own."""

from collections.abc import Iterable, Sequence

from console.domain.plan import RouteId, StopId
from console.ui.colleagues import Colleague, holders
from console.ui.signals import Signals


class Selection:
    """Stops in the order they were picked, and the route that is lit."""

    def __init__(self, signals: Signals) -> None:
        self._signals = signals
        self._stops: dict[StopId, None] = {}
        self._route: RouteId | None = None
        self.company: tuple[Colleague, ...] = ()
        self._held = holders(())

    @property
    def stops(self) -> tuple[StopId, ...]:
        """The picked stops, first picked first."""
        return tuple(self._stops)

    @property
    def route(self) -> RouteId | None:
        """The route that is lit, if one is."""
        return self._route

    def __contains__(self, stop: object) -> bool:
        return stop in self._stops

    def pick(self, stops: Iterable[StopId], route: RouteId | None = None) -> None:
        """Replace the selection."""
        self._change(dict.fromkeys(stops), route)

    def toggle(self, stop: StopId) -> None:
        """Add a stop, or take it out."""
        stops = dict(self._stops)
        if stop in stops:
            del stops[stop]
        else:
            stops[stop] = None
        self._change(stops, self._route)

    def extend(self, stops: Iterable[StopId]) -> None:
        """Add stops."""
        self._change({**self._stops, **dict.fromkeys(stops)}, self._route)

    def light(self, route: RouteId | None) -> None:
        """Light a route without changing the stops."""
        self._change(self._stops, route)

    def clear(self) -> None:
        """Pick nothing."""
        self._change({}, None)

    def retain(self, known: Iterable[StopId]) -> None:
        """Forget stops that left the plan."""
        alive = set(known)
        self._change({stop: None for stop in self._stops if stop in alive}, self._route)

    def held_by(self, stop: StopId) -> tuple[Colleague, ...]:
        """The colleagues who have this stop selected."""
        return self._held.get(stop, ())

    def holder(self, stop: StopId) -> Colleague | None:
        """The first of them, None where nobody has it."""
        return next(iter(self.held_by(stop)), None)

    @property
    def held(self) -> frozenset[StopId]:
        """All that colleagues have selected."""
        return frozenset(self._held)

    def share(self, company: Sequence[Colleague]) -> None:
        """These colleagues are here now."""
        if tuple(company) == self.company:
            return
        before, self._held = self._held, holders(company)
        self.company = tuple(company)
        both = before.keys() | self._held.keys()
        changed = {stop for stop in both if before.get(stop) != self._held.get(stop)}
        self._signals.companyChanged.emit(frozenset(changed))

    def _change(self, stops: dict[StopId, None], route: RouteId | None) -> None:
        if list(stops) == list(self._stops) and route == self._route:
            return
        self._stops, self._route = stops, route
        self._signals.selectionChanged.emit(frozenset(stops))
