"""``python -m tests.fuzz NAME|all [--seconds N] [--keep FOLDER] | NAME --input FILE``.

With ``--keep`` what was learnt stays and the next run goes on from it. Exit status 1 when a reader
raised anything but the house's own errors, ate too much memory, took too long or died.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.fuzz.readers import READERS, guarded
from tests.fuzz.rounds import fuzz


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="tests.fuzz", description=__doc__)
    parser.add_argument("name", choices=[*READERS, "all"])
    parser.add_argument("--seconds", type=int, default=60, help="for each reader")
    parser.add_argument("--seed", type=int, default=0, help="0: another one each time")
    parser.add_argument("--keep", type=Path, help="what was learnt, and what was found")
    parser.add_argument("--input", type=Path, help="read this one file, as it was found")
    asked = parser.parse_args(arguments)
    if asked.input:
        guarded(READERS[asked.name], asked.input.read_bytes())
        return 0
    names = list(READERS) if asked.name == "all" else [asked.name]
    found = 0
    with tempfile.TemporaryDirectory(prefix="doorstep-fuzz-") as folder:
        for name in names:
            began = time.monotonic()
            kept = (asked.keep or Path(folder)) / name
            told = fuzz(name, kept, f"-max_total_time={asked.seconds}", f"-seed={asked.seed}")
            print(
                f"{name}: {told.inputs:,} inputs in {time.monotonic() - began:.0f} s, "
                f"{told.edges:,} edges, {told.peak_mb} MB{': FOUND' if told.why else ''}",
                flush=True,
            )
            if told.why:
                found += 1
                print(f"    {told.finding}\n{told.why}", flush=True)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
