"""A deed of the running day: a driver drops out, and the others take over what is left."""

from functools import partial

from console.dispatch.dropping import dealing, without_driver
from console.domain.plan import RouteId
from console.tongues import tr
from console.ui.deeds.optimise import OptimiseDeeds
from console.ui.workplace import Workplace


class DroppingDeeds:
    """One method a deed; what is found is a proposal like any other."""

    def __init__(self, place: Workplace, optimiser: OptimiseDeeds) -> None:
        self._place, self._optimiser = place, optimiser

    def driver_out(self) -> None:
        """Deal what this driver has not served to the others, as a proposal."""
        route = self._place.route()
        if route is not None and self._optimiser.is_idle:
            self._place.conductor.spawn(self._deal(route))

    async def _deal(self, route: RouteId) -> None:
        station, optimiser = self._place.station, self._optimiser
        workday, choice = station.workday, optimiser.choice
        terms = dealing(route, choice.seconds, choice.objective, choice.terms().budget)
        name = station.picture.drivers[route].name
        found = await optimiser.aside(
            tr("Without {name}…", name=name),
            terms,
            partial(without_driver, station, terms),
        )
        if station.workday is workday:
            optimiser.open_proposal(found)
