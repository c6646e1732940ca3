"""What the registers say otherwise once a change is decided, and not before."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from console.dispatch.earlier import orders_of
from console.dispatch.lanes import Lane
from console.dispatch.picture import Picture, StopLabel
from console.dispatch.station import Station
from console.domain.commands import AdoptSolution
from console.domain.errors import Rejected
from console.domain.orders import OrderEntry
from console.domain.plan import StopId


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Rows of the register of orders as they are to be, and the labels of the stops they serve."""

    entries: tuple[OrderEntry, ...]
    labels: Mapping[StopId, StopLabel]

    def shown(self, picture: Picture) -> Picture:
        """A picture that names the stops as they will be named."""
        return replace(picture, labels={**picture.labels, **self.labels})


async def submit_with(
    station: Station, command: AdoptSolution, rewrite: Rewrite, base: int | None = None
) -> None:
    """The registers and the plan, both or neither; ``Rejected`` when the command does not fit."""
    services = station.services
    verdict = station.workday.verdict(command)
    if verdict is not None:
        raise verdict
    ids = [entry.id for entry in rewrite.entries]
    before = await services.lanes.run(Lane.SQL, partial(services.orders.get, ids))
    planned = orders_of(station.workday.desk.plan, ids)
    digests = await services.lanes.run(Lane.SQL, partial(services.orders.put, rewrite.entries))
    changed = tuple(
        replace(order, digest=digests.get(order.id, order.digest))
        for order in command.trouble.changed
    )
    command = replace(command, trouble=replace(command.trouble, changed=changed))
    try:
        await station.submit(command, base)
    except Rejected:
        await services.lanes.run(Lane.SQL, partial(services.orders.put, list(before.values())))
        raise
    station.earlier.note(planned, before, {entry.id: entry for entry in rewrite.entries})
    await station.relabel()
