"""Compensation by policy: within the limit at once, above it by a manager, never twice."""

from dataclasses import replace

import pytest

from console.dispatch import exceptions
from console.dispatch.compensating import compensate, decide, may_approve, money_of
from console.dispatch.depotrules import DepotRules
from console.dispatch.exceptions import Logged
from console.dispatch.roles import Role
from console.domain.cases import Step
from console.domain.errors import ConsoleError
from console.domain.plan import Cause, StopId
from tests.dispatch.consoles import SetClock, World, begun, journey, local, row

POLICY = DepotRules().policy


@journey
async def test_the_policy_proposes_and_its_limit_asks_a_manager(world: World) -> None:
    clock = SetClock()
    with world.console(clock=clock) as station:
        await begun(station, world, row("A", "Weg 10"), row("B", "Weg 30"))
        clock.moment = local(9)
        one = await exceptions.log(station, StopId("s:A"), Logged(Cause.DAMAGE))
        two = await exceptions.log(station, StopId("s:B"), Logged(Cause.WEATHER))

        def money(fact):
            return money_of(exceptions.case_of(station.workday.desk.plan, fact.id), POLICY)

        assert (money(one).proposed, money(two).proposed) == (20.0, 0.0)
        for amount in (0.0, -1.0, POLICY.most + 1):
            with pytest.raises(ConsoleError, match="at most 500"):
                await compensate(station, one.id, amount)
        await compensate(station, one.id, POLICY.limit)
        assert (money(one).step, money(one).waits) == (Step.COMPENSATED, False)
        with pytest.raises(ConsoleError, match="on record already"):
            await compensate(station, one.id, 5)
        with pytest.raises(ConsoleError, match="Nothing waits"):
            await decide(station, one.id, is_approved=True)
        await compensate(station, two.id, POLICY.limit + 1)
        assert money(two).waits
        boss = station.services
        station.services = replace(boss, roles=frozenset((Role.DISPATCHER,)))
        assert not may_approve(station)
        with pytest.raises(ConsoleError, match="Only a manager"):
            await decide(station, two.id, is_approved=True)
        station.services = boss
        clock.moment = local(10)
        await decide(station, two.id, is_approved=False)
        assert (money(two).step, money(two).waits) == (Step.DECLINED, False)
        clock.moment = local(11)
        await compensate(station, two.id, POLICY.limit + 2)
        clock.moment = local(12)
        await decide(station, two.id, is_approved=True)
        assert (money(two).step, money(two).amount) == (Step.APPROVED, POLICY.limit + 2)
