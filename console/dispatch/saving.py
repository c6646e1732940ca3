"""From a desk's outbox to the journal, and back again; what cannot go now waits on the disk."""

import asyncio
from contextlib import suppress
from functools import partial

from console.dispatch.desk import Desk
from console.dispatch.journal import Disconnected, Draft, NotAllowed, beginning, read_all
from console.dispatch.lanes import Lane
from console.dispatch.services import Services
from console.domain.errors import ConsoleError, Rejected, Stale


class Saving:
    """Makes the rows of one console durable, one after another; lives on the desk's thread."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._saving = asyncio.Lock()
        self.could_not_save = False
        self._is_kept = False

    @property
    def is_under_way(self) -> bool:
        """True while rows are on their way to the journal."""
        return self._saving.locked()

    async def save(self, desk: Desk) -> None:
        """Make the outbox durable; ConsoleError leaves it waiting for the next call.

        While the shared database does not answer, what waits is written to this machine's disk
        first: a console that is killed then goes on with it at its next start.
        """
        if self._is_kept:
            await self._keep(desk)
        async with self._saving:
            while (draft := desk.head_of_outbox()) is not None:
                await self._send(desk, draft)
            if self._is_kept:
                await self._keep(desk)
                self._is_kept = False

    async def _send(self, desk: Desk, draft: Draft) -> None:
        services = self._services
        try:
            entry = await services.lanes.run(Lane.SQL, partial(services.journal.append, draft))
        except Stale:
            await self._pull(desk)
            return
        except NotAllowed:
            desk.refuse(Rejected("not_allowed", kind=draft.command.kind))
            return
        except ConsoleError as error:
            self.could_not_save = True
            if isinstance(error, Disconnected):
                await self._keep(desk)
            raise
        self.could_not_save = False
        if entry.version == draft.version:
            desk.confirm(entry)
        else:
            await self._pull(desk)

    async def resume(self, desk: Desk) -> None:
        """Take up what waited on the disk when this console ended; what fits no more is told."""
        outbox = self._services.outbox
        if outbox is None:
            return
        drafts = await self._services.lanes.run(Lane.SQL, partial(outbox.waiting, desk.stream))
        if drafts:
            self._is_kept = True
            desk.resume(drafts)

    async def _keep(self, desk: Desk) -> None:
        """The disk's copy of the outbox as it is now; not on the SQL lane, which may be waiting."""
        outbox = self._services.outbox
        if outbox is None:
            return
        self._is_kept = True
        keep = partial(outbox.keep, desk.stream, desk.outbox)
        await self._services.lanes.run(Lane.OUTBOX, keep)

    async def pull(self, desk: Desk) -> bool:
        """Take in what other consoles wrote; True when there was something.

        What of our own became durable while this waited is nothing new.
        """
        async with self._saving:
            before = desk.confirmed.version
            await self._pull(desk)
            return desk.confirmed.version != before

    async def _pull(self, desk: Desk) -> None:
        services = self._services
        read = partial(services.journal.read, desk.stream, desk.confirmed.version)
        desk.absorb(await services.lanes.run(Lane.SQL, read))


async def opened(services: Services, stream: str) -> Desk:
    """A desk that has read its stream, from a snapshot where that is quicker."""
    start = await services.lanes.run(
        Lane.SQL, partial(beginning, services.journal, services.snapshots, stream)
    )
    desk = Desk(services.journal, stream, services.actor, services.origin, services.clock)
    desk.roles = services.roles
    desk.begin(*start)
    await keep_snapshot(services, desk)
    return desk


async def keep_snapshot(services: Services, desk: Desk) -> None:
    """Keep where a day stands, when that is due: who opens it next has less to read."""
    if services.snapshots is not None:
        keep = partial(services.snapshots.keep, desk.stream, desk.confirmed)
        with suppress(Disconnected):  # somebody keeps one when the server answers again
            await services.lanes.run(Lane.SQL, keep)


async def recall(services: Services, desk: Desk) -> None:
    """Read behind the window what the rows before a snapshot did: undo and releases ask for it."""
    await services.lanes.run(Lane.FILES, partial(read_all, tuple(desk.entries)))
