"""What a customer gets for what went wrong: by the depot's policy, above its limit by a manager."""

from dataclasses import dataclass

from console.dispatch.depotrules import Policy, rules_of
from console.dispatch.exceptions import attend, case_of
from console.dispatch.roles import Role, with_included
from console.dispatch.station import Station
from console.domain.cases import CaseNote, Step
from console.domain.casework import Case
from console.domain.errors import ConsoleError
from console.domain.plan import Fact, FactId
from console.tongues import tr


@dataclass(frozen=True, slots=True)
class Money:
    """How a case stands, in the depot's currency. ``proposed`` is the policy's.

    ``step`` is what was last said of it, None where nothing was; ``waits`` for a manager.
    """

    proposed: float
    amount: float = 0.0
    step: Step | None = None
    waits: bool = False


def money_of(case: Case, policy: Policy) -> Money:
    """What is paid, asked for or proposed."""
    said = case.money
    proposed = policy.proposed(case.fact.cause)
    if said is None or said.case is None:
        return Money(proposed)
    waits = said.case.step is Step.COMPENSATED and said.case.amount > policy.limit
    return Money(proposed, said.case.amount, said.case.step, waits)


def may_approve(station: Station) -> bool:
    """True for managers; on a local store for everybody."""
    roles = station.services.roles
    return Role.MANAGER in with_included(roles)


async def compensate(station: Station, exception: FactId, amount: float) -> Fact:
    """Pay it, or ask a manager where it is above the limit. ConsoleError where none is paid."""
    case = case_of(station.workday.desk.plan, exception)
    policy = (await rules_of(station)).policy
    if not 0 < amount <= policy.most:
        raise ConsoleError(
            tr("For one exception at most {most:g} is paid, and more than nothing.",
               most=policy.most),
            remedy=tr("Type another amount."),
        )  # fmt: skip
    known = money_of(case, policy)
    if known.step in (Step.COMPENSATED, Step.APPROVED):
        raise ConsoleError(
            tr("A compensation is on record already."), remedy=tr("Look at the exception again.")
        )
    return await attend(station, exception, CaseNote(Step.COMPENSATED, amount=round(amount, 2)))


async def decide(station: Station, exception: FactId, *, is_approved: bool) -> Fact:
    """A manager agrees to what was asked for, or does not; ConsoleError for anybody else."""
    case = case_of(station.workday.desk.plan, exception)
    known = money_of(case, (await rules_of(station)).policy)
    if not known.waits:
        raise ConsoleError(
            tr("Nothing waits for approval here."), remedy=tr("Look at the exception again.")
        )
    if not may_approve(station):
        raise ConsoleError(
            tr("Only a manager agrees to more than the limit."), remedy=tr("Ask one.")
        )
    step = Step.APPROVED if is_approved else Step.DECLINED
    return await attend(station, exception, CaseNote(step, amount=known.amount))
