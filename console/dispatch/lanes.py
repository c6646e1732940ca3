"""Where blocking work runs: one thread a resource, so that the window never waits."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from typing import Protocol


class Lane(StrEnum):
    """A resource that only one call may use at a time."""

    SQL = "sql"
    STREETS = "streets"
    ROADS = "roads"  # builds for a vehicle, while the streets go on to answer
    FILES = "files"
    SOLVER = "solver"
    SAFETY = "safety"
    OUTBOX = "outbox"
    STORES = "stores"  # backups and moves, which may take minutes
    TRAINING = "training"  # a day to train on, made ready for a minute
    COMPANY = "company"  # who is here, which must not wait for a query
    SPEEDS = "speeds"  # builds of the traffic's speeds, while the streets go on to answer
    REGIONS = "regions"


class Lanes(Protocol):
    """Runs blocking calls somewhere; awaits their answer."""

    async def run[T](self, lane: Lane, call: Callable[[], T]) -> T:
        """The call's answer, or its error."""
        ...


class InlineLanes:
    """Everything at once on the caller's thread: for headless use and tests."""

    async def run[T](self, lane: Lane, call: Callable[[], T]) -> T:
        """Call it here."""
        return call()


class ThreadLanes:
    """One thread a lane, started when first needed."""

    def __init__(self) -> None:
        self._pools = {
            lane: ThreadPoolExecutor(1, thread_name_prefix=f"doorstep-{lane}") for lane in Lane
        }

    async def run[T](self, lane: Lane, call: Callable[[], T]) -> T:
        """Call it on the lane's thread."""
        return await asyncio.get_running_loop().run_in_executor(self._pools[lane], call)

    def close(self) -> None:
        """Wait for what is under way; nothing new starts."""
        for pool in self._pools.values():
            pool.shutdown(wait=True, cancel_futures=False)
