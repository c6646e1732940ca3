"""What a search is asked, from the plan and what may change."""

from datetime import datetime

from console.domain.plan import Plan
from console.domain.travel import TravelMatrix
from console.planning.problem import Problem
from console.planning.run import Terms


def stated(plan: Plan, matrix: TravelMatrix, terms: Terms, now: datetime | None) -> Problem:
    """The problem of what the terms allow to change; routes under way go on from where they are.

    Pure, but it takes tens of milliseconds: for a lane.
    """
    from console.planning.replanning import restate  # loads NumPy, which windows start without

    return restate(plan, matrix, terms, now)
