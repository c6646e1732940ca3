"""What a command is said to do to the day is what happens when it is done."""

from random import Random

import pytest

from console.dispatch.consequences import consequence
from console.dispatch.workday import Workday
from console.domain.commands import (
    Command,
    LockRoutes,
    MergeRoutes,
    ReverseRoute,
    SendTail,
    SwapRoutes,
)
from console.domain.plan import RouteId
from tests.dispatch.test_previews import cost, driving, opened


def commands(workday: Workday) -> list[Command]:
    one, two, three = sorted(workday.picture.plan.routes)
    tail = workday.picture.plan.routes[two].stops[1]
    return [
        ReverseRoute(one),
        SwapRoutes(one, two),
        SendTail(two, tail, three),
        MergeRoutes(one, three),
    ]


@pytest.mark.parametrize("which", range(4))
@pytest.mark.parametrize("seed", range(4))
def test_what_is_promised_happens(which: int, seed: int) -> None:
    workday = opened(Random(seed))
    command = commands(workday)[which]
    before, seconds, money = workday.picture, driving(workday), cost(workday)
    found = consequence(workday, command)
    assert workday.picture is before
    workday.submit(command)
    after = workday.picture
    assert found.refusal is None
    assert driving(workday) - seconds == found.seconds
    assert cost(workday) - money == pytest.approx(found.cost, abs=0.02)
    assert after.totals.late_stops - before.totals.late_stops == found.late_stops
    if after.totals.harms > before.totals.harms:
        assert found.harm is not None
    if found.harm is not None:
        assert found.harm in after.schedules[found.harm.route].violations


def test_a_refusal_is_answered_not_raised() -> None:
    workday = opened(Random(1))
    route = RouteId(min(workday.picture.plan.routes))
    workday.submit(LockRoutes((route,)))
    found = consequence(workday, ReverseRoute(route))
    assert found.refusal is not None
    assert found.refusal.reason == "frozen"
    assert (found.seconds, found.cost, found.harm) == (0, 0.0, None)
