"""The race on instances of the literature: Doorstep, PyVRP, VROOM, plain OR-Tools.

    python -m tests.benchmarks.race INSTANCE... --seconds N --cores K [--seeds S] [--json FILE]

Solomon and Homberger tables (.txt), VRPLIB VRPTW (.vrp) and VROOM problems (.json); one solver
after the other has the cores for the same seconds by the wall. Imports, children and models are
ready before the clock starts; for Doorstep, stating its problem counts. PyVRP: K seeds side by
side, the best counts. VROOM: K threads and its own time limit, the best of exploration levels 5, 3,
1 down to the first that ends by itself (each gets all the seconds). OR-Tools: K first-solution
heuristics with guided local search side by side, the best counts. VROOM and OR-Tools have no seed
and run once. Every plan is judged by ``racing.evaluator`` alone. Best known costs are those of
``best_known.json`` beside the instance.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from tests.benchmarks.racing.case import Case
from tests.benchmarks.racing.contest import SOLVERS, Row, Setting, as_json, run
from tests.benchmarks.racing.instances import read
from tests.benchmarks.racing.tables import HEAD, line, mean_gaps, solvers_of

SEEDLESS = ("vroom", "ortools")


def main(words: Sequence[str] | None = None) -> None:
    """Read, race, tell."""
    asked = _arguments(words)
    cases = [read(path) for path in asked.instances]
    setting = Setting(asked.seconds, asked.cores)
    told, rows = list[dict[str, object]](), list[Row]()
    print(HEAD)
    for case in cases:
        for note in case.notes:
            print(f"{case.name}: {note}")
        for row in raced(case, asked.solvers, setting, asked.seeds):
            rows.append(row)
            told.append(as_json(case, row))
            print(line(row), flush=True)
            if asked.json:
                asked.json.write_text(json.dumps({"rows": told}, indent=1))
    print("\n".join(mean_gaps(rows)))


def raced(case: Case, solvers: Sequence[str], setting: Setting, seeds: int) -> Iterator[Row]:
    """The rows of one case, solver by solver for each seed."""
    for seed in range(seeds):
        for solver in solvers:
            if seed and solver in SEEDLESS:
                continue
            yield run(solver, case, Setting(setting.seconds, setting.cores, seed))


def _arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("instances", nargs="+", type=Path, metavar="INSTANCE")
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--cores", type=int, required=True)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--solvers", type=partial(solvers_of, known=SOLVERS), default=SOLVERS)
    parser.add_argument("--json", type=Path)
    return parser.parse_args(words)


if __name__ == "__main__":
    main()
