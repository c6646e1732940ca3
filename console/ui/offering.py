"""Looks for what would let waiting stops in, once the hands rest."""

from collections.abc import Collection

from PySide6.QtCore import QTimer

from console.dispatch.optimising import relaxations
from console.domain.plan import StopId
from console.ui.remedies import Remedy, remedies
from console.ui.workplace import Workplace

MOST = 10  # stops; each takes about a second of another thread
REST_MS = 1000


class Offering:
    """Shows remedies beside the reasons; none outlives the plan it was found for."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self._found: dict[StopId, tuple[Remedy, ...]] = {}
        self._round = 0
        self._rest = QTimer(place.window)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(lambda: place.conductor.spawn(self._look()))
        place.signals.selectionChanged.connect(self._picked)

    def begin(self) -> None:
        """Look as soon as nothing has changed for a while."""
        self._rest.start()

    def drop(self) -> None:
        """The plan has changed: what was found is void, and what is looked for, too."""
        self._rest.stop()
        self._round += 1
        if self._found:
            self._found = {}
            self._show()

    async def _look(self) -> None:
        """One stop after the other, the picked ones first."""
        station, picture = self._place.station, self._place.station.picture
        self._round += 1
        mine, waiting = self._round, picture.plan.unassigned
        picked = [stop for stop in self._place.selection.stops if stop in waiting]
        others = (stop for stop in waiting if stop not in picked)
        for stop in [*picked, *others][:MOST]:
            if stop in self._found:
                continue
            found = remedies(picture, await relaxations(station, stop))
            if mine != self._round:
                return
            self._found[stop] = found
            self._show()

    def _picked(self, stops: Collection[StopId]) -> None:
        """A waiting stop that nobody has looked at yet."""
        waiting = self._place.station.picture.plan.unassigned if stops else ()
        if any(stop in waiting and stop not in self._found for stop in stops):
            self._rest.start()

    def _show(self) -> None:
        first = {stop: found[0] for stop, found in self._found.items() if found}
        self._place.panes.orders.show_remedies(first)
        self._place.panes.details.show_remedies(dict(self._found))
