"""``python -m tests.gauntlet NAME|all [--rounds N] [--ledger FOLDER]``.

Each run goes on with the seeds after the last one's and adds to the totals in the ledger, some
rounds at a time, so that it may be ended whenever; without a ledger it begins at seed 0. The last
line is JSON: ``{"faults": [{name, rounds, acknowledged, lost, silent}]}``.

Exit status 1 when anything was lost or went unseen.
"""

import argparse
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path

import pytest

from tests.gauntlet.faults import FAULTS, ran
from tests.gauntlet.tally import Ledger, Tally


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="tests.gauntlet", description=__doc__)
    parser.add_argument("name", choices=[*FAULTS, "all"])
    parser.add_argument("--rounds", type=int, default=0, help="of each; a few by default")
    parser.add_argument("--ledger", type=Path, help="adds up over several runs")
    parser.add_argument("--folder", type=Path, help="where files are made, and stay")
    asked = parser.parse_args(arguments)
    names = list(FAULTS) if asked.name == "all" else [asked.name]
    with tempfile.TemporaryDirectory(prefix="doorstep-gauntlet-") as folder:
        ledger, made = Ledger(asked.ledger or Path(folder) / "ledger"), asked.folder or Path(folder)
        for name in names:
            began = time.monotonic()
            try:
                rounds = asked.rounds or FAULTS[name].short
                tally = _run(name, rounds, ledger, made, keeps=asked.folder is not None)
            except pytest.skip.Exception as reason:
                # what this machine lacks is said and not counted; the other faults go on
                print(f"{name}: skipped, {reason}", flush=True)
                continue
            _say(name, tally, time.monotonic() - began)
        told = [_line(name, ledger.total(name)) for name in names]
    print(json.dumps({"faults": told}))
    return int(any(each["lost"] or each["silent"] for each in told))


def _run(name: str, rounds: int, ledger: Ledger, folder: Path, *, keeps: bool) -> Tally:
    """So many rounds, in parts that are written down one by one."""
    tally, first, part = Tally(), ledger.total(name).rounds, FAULTS[name].part
    end = first + rounds
    while first < end:
        seeds = range(first, min(end, (first // part + 1) * part))
        added = ran(name, seeds, folder / name)
        if not keeps:
            shutil.rmtree(folder / name)
        ledger.add(name, added)
        tally.add(added)
        first = seeds.stop
    return tally


def _say(name: str, tally: Tally, seconds: float) -> None:
    slowest = (
        f", reopened in at most {tally.slowest_ms:.0f} ms ({tally.work_ms:.0f} ms of computing)"
        if tally.slowest_ms
        else ""
    )
    if tally.started_ms:
        slowest += (
            f", a new process had its day in at most {tally.started_ms:.0f} ms "
            f"({tally.started_work_ms:.0f} ms of computing)"
        )
    print(
        f"{name}: {tally.rounds} rounds in {seconds:.1f} s, {tally.acknowledged} acknowledged, "
        f"{tally.lost} lost, {tally.silent} silent{slowest}",
        flush=True,
    )
    for note in tally.notes:
        print(f"    {note}", flush=True)


def _line(name: str, total: Tally) -> dict[str, object]:
    return {
        "name": name,
        "rounds": total.rounds,
        "acknowledged": total.acknowledged,
        "lost": total.lost,
        "silent": total.silent,
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
