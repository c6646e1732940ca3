"""Long work that nobody waits for: somebody may look at it, and call it off."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager, nullcontext

from console.dispatch.extracts import Cancelled
from console.dispatch.ports import Progress

Watch = Callable[[], AbstractContextManager[Progress | None]]
"""Told of the progress inside, where it may end it; what is raised then goes no further."""


class Watched:
    """Once it was called off, nothing begins by itself until somebody asks for it."""

    def __init__(self) -> None:
        self.watch: Watch = nullcontext
        self._is_called_off = False

    def resume(self) -> None:
        """Let it begin by itself again."""
        self._is_called_off = False

    async def do(
        self, work: Callable[[Progress | None], Awaitable[None]], told: Progress | None
    ) -> bool:
        """Do it, asked for by who gives ``told``; False where it was called off before.

        Cancelled when ``told`` raises it.
        """
        if told is not None:
            self.resume()
            await self._done(work, told)
        elif self._is_called_off:
            return False
        else:
            with self.watch() as watcher:
                await self._done(work, watcher)
        return True

    async def _done(
        self, work: Callable[[Progress | None], Awaitable[None]], told: Progress | None
    ) -> None:
        try:
            await work(told)
        except Cancelled:
            self._is_called_off = True
            raise
