"""A driver drops out during the day: what is left of the route is dealt to the others."""

from console.dispatch.proposals import Begun, Proposal, Told, search
from console.dispatch.station import Station
from console.domain.commands import AdoptSolution
from console.domain.errors import Rejected
from console.domain.objective import Objective
from console.domain.plan import RouteId
from console.planning.run import ChangeBudget, Terms

MOST_CHANGES = 10
"""Stops of the others that may change driver as well, where nobody set a budget."""


def dealing(route: RouteId, seconds: float, weights: Objective, budget: ChangeBudget) -> Terms:
    """The search that deals what a driver leaves; routes that are out are amended for it."""
    if budget.drivers is None:
        budget = ChangeBudget(MOST_CHANGES, budget.promises, budget.minutes)
    return Terms(seconds, objective=weights, budget=budget, amends=True, off=(route,))


async def without_driver(
    station: Station, terms: Terms, *, told: Told | None = None, begun: Begun | None = None
) -> Proposal:
    """A day without the drivers that the terms leave off, as a proposal.

    What they served, and where they have arrived, stays theirs. Rejected where a route is locked
    (``frozen``) or they are off already (``driver_off``).
    """
    plan = station.workday.desk.plan
    for route in terms.off:
        if plan.routes[route].off:
            raise Rejected("driver_off", route=route)
    verdict = station.workday.verdict(AdoptSolution((), off=terms.off))
    if verdict is not None:
        raise verdict
    return await search(station, terms, told=told, begun=begun)
