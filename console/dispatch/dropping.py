"""A driver drops out during the day: what is left of the route is dealt to the others."""

from dataclasses import replace

from console.domain.objective import Objective
from console.domain.plan import RouteId
from console.planning.run import ChangeBudget, Terms

MOST_CHANGES = 10
"""Stops of the others that may change driver as well, where nobody set a budget."""


def careful(terms: Terms) -> Terms:
    """Terms that amend what is out, and change few stops' driver where nobody set a budget."""
    budget = terms.budget
    if budget.drivers is None:
        budget = replace(budget, drivers=MOST_CHANGES)
    return replace(terms, amends=True, budget=budget, routes=())


def dealing(route: RouteId, seconds: float, weights: Objective, budget: ChangeBudget) -> Terms:
    """The search that deals what a driver leaves; routes that are out are amended for it."""
    return replace(careful(Terms(seconds, objective=weights, budget=budget)), off=(route,))
