"""A proposal for a small day: stops change driver, order and arrival, one is served now."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from console.dispatch.picture import Picture
from console.dispatch.proposals import Proposal
from console.domain.commands import AdoptSolution
from console.domain.objective import COST
from console.domain.plan import Plan, RouteId, StopId
from console.planning.compare import Timed, compare_timed
from console.planning.run import ChangeBudget, Progress, Terms
from tests.ui.day import build_plan, paint_picture

R1, R2, R3 = (RouteId(f"r{i}") for i in (1, 2, 3))


def proposal_of(
    present: Picture, town: object, routes: Mapping[RouteId, Sequence[StopId]], terms: Terms
) -> Proposal:
    """What a search with this result would propose; every comparison is the product's own."""
    command = AdoptSolution(tuple((route, tuple(stops)) for route, stops in routes.items()))
    proposed = paint_picture(command.apply(present.plan), town, present)
    compared = compare_timed(
        Timed(present.plan, present.schedules),
        Timed(proposed.plan, proposed.schedules),
        terms.budget.minutes,
    )
    served, cost = compared.after.served, compared.after.cost
    progress = (
        Progress(0.5, cost - 90, served - 5, served, "first"),
        Progress(1.0, cost + 20, served, served, "relay"),
        Progress(6.0, cost, served, served, "relay"),
    )
    return Proposal(terms, present, proposed, command, compared, progress, seconds=9.0)


def changed(plan: Plan) -> dict[RouteId, tuple[StopId, ...]]:
    """Two stops of the first route to the second, one waiting to the second, one turned round."""
    first, second = plan.routes[R1].stops, plan.routes[R2].stops
    waiting = plan.unassigned[0]
    return {R1: first[2:], R2: (second[1], second[0], *second[2:], *first[:2], waiting)}


@pytest.fixture
def day():
    plan, town = build_plan(3, 6, 2, seed=4)
    return paint_picture(plan, town), town


@pytest.fixture
def terms() -> Terms:
    return Terms(6.0, objective=COST, budget=ChangeBudget(drivers=2, promises=1, minutes=5))


@pytest.fixture
def proposal(day, terms) -> Proposal:
    present, town = day
    return proposal_of(present, town, changed(present.plan), terms)


@pytest.fixture
def unlimited(day, terms) -> Proposal:
    present, town = day
    free = replace(terms, budget=ChangeBudget())
    return proposal_of(present, town, changed(present.plan), free)
