"""A full disk: a small file system is filled up under a console that saves; then room is made."""

import contextlib
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.dispatch.desk import Desk
from console.domain.errors import ConsoleError
from console.storage.store import Store
from tests.gauntlet import consoles
from tests.gauntlet.tally import Tally, examine, whole

SIZE = "6m"
PER_DISK = 20  # rounds on one store; the disk is emptied between
MOST = 3000  # edits after which a disk that is not full is a defect of this test


@contextlib.contextmanager
def small_disk(where: Path) -> Iterator[Path]:
    where.mkdir(parents=True, exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(where)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        # a full disk is only real on one that is full; CI runs as root
        pytest.skip("a small disk can only be mounted by root")
    try:
        yield where
    finally:
        subprocess.run(["umount", str(where)], check=True)


def fault(seeds: range, folder: Path) -> Tally:
    tally = Tally()
    for first in range(seeds.start, seeds.stop, PER_DISK):
        with small_disk(folder / "disk") as disk:
            _disk(tally, range(first, min(first + PER_DISK, seeds.stop)), disk)
    return tally


def _disk(tally: Tally, seeds: range, disk: Path) -> None:
    stream = "plan/depot/disk"
    store = Store.open(disk / "store")
    desk = consoles.desk_of(store, stream, "ana")
    consoles.begin(desk)
    acknowledged: list[str] = []
    for seed in seeds:
        acknowledged += _round(tally, seed, desk, disk)
        tally.rounds += 1
    if examine(tally, seeds[-1], (store.journal, stream), acknowledged) != desk.plan:
        tally.blame(seeds[-1], "replay and desk differ")
    whole(tally, seeds[-1], store.database)
    store.close()


def _round(tally: Tally, seed: int, desk: Desk, disk: Path) -> list[str]:
    """Fill the disk to a few pages, edit until it is full, make room: the outbox goes through."""
    chance = random.Random(seed)
    ballast = disk / "ballast"
    _fill(ballast, spare=chance.randrange(0, 120) * 1024)
    acknowledged: list[str] = []
    is_told = False
    for _ in range(MOST):
        try:
            acknowledged.append(consoles.edit(desk, chance))
        except ConsoleError as error:
            is_told = bool(error.remedy)
            break
    if not is_told:
        tally.blame(seed, "a full disk that nobody spoke of")
    ballast.unlink()
    waiting = desk.head_of_outbox()
    desk.flush()
    if waiting is None:
        tally.blame(seed, "what could not be saved was dropped")
    else:
        acknowledged.append(waiting.command_id)
    return acknowledged


def _fill(ballast: Path, spare: int) -> None:
    with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(4096))
    with ballast.open("rb+") as file:
        file.truncate(max(0, ballast.stat().st_size - spare))
