"""A store that a killed console left, opened as a person would: by a new process.

``python -m tests.gauntlet.reopening WHERE STREAM`` tells the version that it came to and, in ms,
what it had computed until then, starting Python included.
"""

import subprocess
import sys
import time

from tests.gauntlet.tally import Tally


def reopen(tally: Tally, seed: int, at: tuple[str, str], version: int) -> None:
    """From the start of a process to a day that can be worked on; what it sees is what is there."""
    began = time.perf_counter()
    words = [sys.executable, "-m", "tests.gauntlet.reopening", *at]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = process.stdout.readline().split()
        wall_ms = (time.perf_counter() - began) * 1000
    if len(told) != 2 or int(told[0]) != version:
        tally.blame(seed, f"a new console came to {told}, not to version {version}")
        return
    tally.started_ms = max(tally.started_ms, wall_ms)
    tally.started_work_ms = max(tally.started_work_ms, float(told[1]))


def main(where: str, stream: str) -> None:
    from console.bootstrap import SystemClock  # all that a console imports before its window
    from console.dispatch.desk import Desk
    from console.dispatch.journal import beginning
    from console.storage.store import Store

    store = Store.open(where)
    desk = Desk(store.journal, stream, "ana", "ana", SystemClock())
    desk.begin(*beginning(store.journal, store.snapshots, stream))
    print(desk.plan.version, round(time.process_time() * 1000), flush=True)
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
