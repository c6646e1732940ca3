"""Changes of ours that a colleague's overtook: kept until somebody has decided about them.

On a shared database they are on this machine's disk too, so that a console that ends before the
decision asks again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from console.dispatch.desk import Desk, Refusal
from console.dispatch.journal import Draft, Entry
from console.dispatch.lanes import Lane
from console.dispatch.services import Services
from console.dispatch.workday import Workday
from console.domain.commands import Command, MoveStops
from console.domain.errors import Rejected
from console.domain.plan import StopId

_KEPT = "{} overtaken"
"""The outbox's name for what of a stream was overtaken."""


@dataclass(frozen=True, slots=True)
class Overtaken:
    """What we wanted, why it was not done, and the colleague's row that was first, if one was."""

    draft: Draft
    verdict: Rejected
    theirs: Entry | None = None

    @property
    def key(self) -> str:
        """The command's id."""
        return self.draft.command_id


def overtaken(desk: Desk, refusal: Refusal) -> Overtaken:
    """A refusal with the row behind it: the newest of a colleague that touched what is meant."""
    meant = {str(value) for value in refusal.verdict.details.values()}
    meant |= refusal.command.names(desk.plan)
    later = (entry for entry in reversed(desk.entries) if entry.origin != desk.origin)
    theirs = next((entry for entry in later if entry.patch.touched() & meant), None)
    return Overtaken(refusal.draft, refusal.verdict, theirs)


async def keep(services: Services, stream: str, waiting: Sequence[Overtaken]) -> None:
    """These wait for a decision; durable where the store is shared."""
    if services.outbox is None:
        return
    name = _KEPT.format(stream)
    drafts = [replace(each.draft, stream=name) for each in waiting]
    await services.lanes.run(Lane.OUTBOX, partial(services.outbox.keep, name, drafts))


async def recall(services: Services, desk: Desk) -> list[Overtaken]:
    """What waited when this console ended; what would fit by now is offered all the same."""
    if services.outbox is None:
        return []
    kept = partial(services.outbox.waiting, _KEPT.format(desk.stream))
    drafts = await services.lanes.run(Lane.OUTBOX, kept)
    found: list[Overtaken] = []
    for each in drafts:
        draft = replace(each, stream=desk.stream)
        verdict = desk.verdict_on(draft) or Rejected("undecided")
        found.append(overtaken(desk, Refusal(draft, verdict)))
    return found


def renewed(workday: Workday, command: Command) -> Command:
    """The same on the present plan: stops that are there still, at the best place for them."""
    if not isinstance(command, MoveStops):
        return command
    plan = workday.desk.plan
    stops = tuple(stop for stop in command.stops if stop in plan.stops)
    route = plan.routes.get(command.to) if command.to is not None else None
    if route is None or not stops:
        return command
    rest = [stop for stop in route.stops if stop not in stops]
    if command.after in rest or command.before in rest:
        return replace(command, stops=stops)
    landing = workday.previews(stops, {route.id}).get(route.id)
    after = landing.after if landing is not None else _last(rest)
    behind = rest if after is None else rest[rest.index(after) + 1 :]
    return MoveStops(stops, route.id, after, behind[0] if behind else None)


def _last(stops: Sequence[StopId]) -> StopId | None:
    return stops[-1] if stops else None
