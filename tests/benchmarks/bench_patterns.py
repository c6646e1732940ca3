"""How often groups that do not stand out are called so, and how often those that do are found.

    python -m tests.benchmarks.bench_patterns [--rounds 60]

Each round throws forty days of eighty visits, of which one in twenty fails for one of three
causes, in ten areas, with eight drivers, eight vehicles that change hands, four hundred customers
and five windows. A storm: one day in ten with four times as many failures.
"""

import argparse
import time
from datetime import UTC, date, datetime, timedelta
from random import Random

from console.domain.clusters import By, Group, Try, Verdict, find
from console.domain.plan import Cause, Fact, FactId, FactKind, StopId

FIRST, AT = date(2026, 9, 1), datetime(2026, 9, 1, tzinfo=UTC)
CAUSES = (Cause.ABSENT, Cause.ACCESS, Cause.DAMAGE)
BAD = Group(By.AREA, "3")
HEAD = (
    "| days | rounds with a false finding | with an event | bad area found | groups | CPU s each |"
)


def thrown(seed: int, *, storms: float = 0.0, bad: float = 1.0, days: int = 40) -> list[Try]:
    """Some days of visits."""
    dice, made = Random(seed), list[Try]()
    for number in range(days):
        rate = 0.05 * (4 if dice.random() < storms else 1)
        for i in range(80):
            area = dice.randrange(10)
            groups = {
                By.AREA: str(area),
                By.DRIVER: str(i % 8),
                By.VEHICLE: str((i % 8 + number // 20) % 8),
                By.CUSTOMER: str(dice.randrange(400)),
                By.WINDOW: str(dice.randrange(5)),
            }
            is_wrong = dice.random() < rate * (bad if area == 3 else 1)
            cause = dice.choice(CAUSES)
            fact = Fact(FactId(f"{number} {i}"), FactKind.FAILED, StopId("s"), AT, cause)
            made.append(Try(FIRST + timedelta(days=number), groups, (fact,) if is_wrong else ()))
    return made


def line(name: str, rounds: int, *, storms: float = 0.0, bad: float = 1.0) -> str:
    """One row of the table."""
    false = events = hits = groups = 0
    began = time.process_time()
    for seed in range(rounds):
        found = find(thrown(seed, storms=storms, bad=bad))
        said = {p.group: p.verdict for p in found.patterns}
        others = {v for g, v in said.items() if bad == 1 or (g.by, g.key) != (BAD.by, BAD.key)}
        false += Verdict.CLEAR in others
        events += Verdict.EVENT in others
        hits += said.get(BAD) is Verdict.CLEAR
        groups = found.looked_at
    spent = (time.process_time() - began) / rounds
    return f"| {name} | {false} | {events} | {hits} | {groups} | {spent:.2f} |"


def main() -> None:
    """The table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=60)
    rounds = parser.parse_args().rounds
    print(f"{HEAD}\n|---|---|---|---|---|---|")
    print(line("usual", rounds))
    print(line("with storms", rounds, storms=0.1))
    print(line("one area, three times", rounds, bad=3.0))
    print(line("the same with storms", rounds, storms=0.1, bad=3.0))


if __name__ == "__main__":
    main()
