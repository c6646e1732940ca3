"""From the plan to a better one without looking at it first, and why stops have no driver."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from console.dispatch.lanes import Lane
from console.dispatch.proposals import Begun, Told, adopt, search
from console.dispatch.station import Station
from console.domain.commands import AdoptSolution
from console.domain.errors import Rejected
from console.domain.plan import Plan, StopId
from console.domain.travel import TravelMatrix
from console.domain.violations import Rule
from console.formats import number
from console.planning.run import Terms
from console.tongues import tr

if TYPE_CHECKING:
    from console.planning.explain import Reason  # needed only when somebody asks
    from console.planning.relaxations import Relaxation
    from console.planning.why import WhyHere

REPAIRS = 3


@dataclass(frozen=True, slots=True)
class Optimised:
    """What a search came to. ``repaired`` counts how often the plan had moved meanwhile."""

    command: AdoptSolution
    served: int
    failures: tuple[str, ...] = ()
    repaired: int = 0


async def optimise(
    station: Station, terms: Terms, *, told: Told | None = None, begun: Begun | None = None
) -> Optimised:
    """Search and adopt what was found; where the plan moved meanwhile, search again, shortly.

    ``told`` and ``begun`` as in ``proposals.search``. Rejected when the plan moves each time.
    """
    proposal = await search(station, terms, told=told, begun=begun)
    for _ in range(REPAIRS + 1):
        served, failures = proposal.comparison.after.served, proposal.failures
        found = Optimised(proposal.command, served, failures, proposal.repaired)
        again = await adopt(station, proposal, told=told, begun=begun)
        if again is None:
            return found
        proposal = again
    raise Rejected("changed_since")


async def reasons(station: Station) -> "Mapping[StopId, Sequence[Reason]]":
    """Why every unassigned stop is so, driver by driver, with numbers."""
    from console.planning.explain import Explainer

    workday = station.workday
    plan, matrix = workday.desk.plan, workday.matrix
    off_road = workday.picture.off_road
    told: dict[StopId, Sequence[Reason]] = {
        stop: (_unplaced(station, stop),) for stop in plan.unassigned if stop in off_road
    }
    if not workday.picture.is_timed:
        return told

    def explained() -> "dict[StopId, Sequence[Reason]]":
        explainer = Explainer(plan, matrix, station.now())
        return {stop: explainer.explain(stop) for stop in plan.unassigned if stop not in off_road}

    return told | await station.services.lanes.run(Lane.FILES, explained)


async def hopeless(station: Station) -> "Mapping[StopId, Reason]":
    """Why nobody could serve them, for stops that could go nowhere: asked before a search."""
    workday = station.workday
    if not workday.picture.is_timed:
        return {}

    def found() -> "Mapping[StopId, Reason]":
        from console.planning.preflight import hopeless as checked

        return checked(workday.desk.plan, workday.matrix, station.now())

    return await station.services.lanes.run(Lane.FILES, found)


async def relaxations(station: Station, stop: StopId) -> "Sequence[Relaxation]":
    """What would let an unassigned stop in, each a ready command; found at the plan's version.

    Submit a command with that version as its base: whoever changed its routes since wins.
    """
    from console.planning.relaxations import Relaxer

    plan, matrix, now = _standing(station, stop)
    if plan is None:
        return ()

    def found() -> "Sequence[Relaxation]":
        return Relaxer(plan, matrix, now).relaxations(stop)

    return await station.services.lanes.run(Lane.FILES, found)


async def why_here(station: Station, stop: StopId) -> "WhyHere | None":
    """What a stop's place costs, and what the next best ones would; None where it has none."""
    from console.planning.why import why_here as found

    plan, matrix, now = _standing(station, stop)
    if plan is None:
        return None
    return await station.services.lanes.run(Lane.FILES, partial(found, plan, stop, matrix, now))


def _standing(station: Station, stop: StopId) -> tuple[Plan | None, TravelMatrix, datetime | None]:
    """The plan with its travel times; no plan where nothing can be said about the stop."""
    workday = station.workday
    plan = workday.desk.plan
    known = stop in plan.stops and workday.picture.is_timed
    return plan if known else None, workday.matrix, station.now()


def _unplaced(station: Station, stop: StopId) -> "Reason":
    """Nobody can go there: no point on the map, or no road to it."""
    from console.planning.explain import Reason

    metres = station.off_road.get(station.workday.desk.plan.stops[stop].place)
    if metres is None:
        return Reason(None, "not_located", tr("the address was not found on the map"))
    if math.isinf(metres):
        return Reason(None, Rule.UNREACHABLE, tr("no road leads there"))
    return Reason(
        None,
        Rule.UNREACHABLE,
        tr("{metres} m from the next road", metres=number(metres)),
        metres,
        "m",
    )
