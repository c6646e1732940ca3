"""The race on rich city days from ``racing.city_day``.

    python -m tests.benchmarks.city --stops 150 500 1000 2000 --seconds 5 20 60 [--seeds S]

Every size with every budget; seed s is day s, solved with seed s. PyVRP: skills as profiles,
prizes for optional orders, reload depots, overtime, all loads, lunch as slack. VROOM: lunch, skills
and prices its own; it neither loads again nor weighs what leaving an order out costs, so optional
orders that cost more than they are worth are taken out afterwards; the best of three runs counts,
each with all the seconds. Plain OR-Tools: lunch as slack, no loading again, up to 500 stops. A
rival's plan that breaks a rule is mended. An order that must be served and is not counts 200 euro
for everybody. See ``race`` for how time is taken.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from tests.benchmarks.racing.case import Case
from tests.benchmarks.racing.city_day import city_day
from tests.benchmarks.racing.contest import SOLVERS, Row, Setting, as_json, run
from tests.benchmarks.racing.tables import HEAD, cost_ratios, line, mean_ratios, solvers_of

ORTOOLS_STOPS = 500


def main(words: Sequence[str] | None = None) -> None:
    """Draw, race, tell."""
    asked = _arguments(words)
    told, rows = list[dict[str, object]](), list[Row]()
    print(HEAD)
    for case, row in _raced(asked):
        rows.append(row)
        told.append(as_json(case, row))
        print(line(row), flush=True)
        if asked.json:
            asked.json.write_text(json.dumps({"rows": told}, indent=1))
    print("\n".join([*cost_ratios(rows), *mean_ratios(rows)]))


def _raced(asked: argparse.Namespace) -> Iterator[tuple[Case, Row]]:
    for stops in asked.stops:
        for seed in range(asked.first_seed, asked.first_seed + asked.seeds):
            day = city_day(stops, seed)
            for seconds in asked.seconds:
                case = replace(day, name=f"{day.name} {seconds:g}s")
                for solver in asked.solvers:
                    if solver != "ortools" or stops <= ORTOOLS_STOPS:
                        yield case, run(solver, case, Setting(seconds, asked.cores, seed))


def _arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--stops", nargs="+", type=int, default=[150, 500, 1000, 2000])
    parser.add_argument("--seconds", nargs="+", type=float, default=[5, 20, 60])
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--solvers", type=partial(solvers_of, known=SOLVERS), default=SOLVERS)
    parser.add_argument("--json", type=Path)
    return parser.parse_args(words)


if __name__ == "__main__":
    main()
