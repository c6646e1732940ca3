"""Rich city days drawn from a seed: euro, seconds of the day, metres.

Two thirds of the stops lie in quarters, the depot at the edge of the centre. Roads are 1.3 times
the straight line, a little different each way; travel is slower towards the centre and faster on
long hops. A third of the orders have a window of one to four hours; a tenth are cold goods, a
twentieth need two hands; 15 % are optional with a price for leaving them out. Vans, large vans and
cargo bikes differ in loads (pieces, kg, litres), prices and skills; bikes may load again once. All
owe half an hour of lunch after six hours and may be 45 minutes over, at 1.5 times the wage.
"""

import math

import numpy as np

from tests.benchmarks.racing.case import Case, Cells, Job, Rest, Van

HOUR = 3600
LUNCH = Rest(1800, int(11.5 * HOUR), 14 * HOUR, 6 * HOUR)
SHIFT = 9 * HOUR
OVERTIME = 45 * 60
MISSED = 200.0  # euro that an order counts which must be served and is not
GRAIN = 100_000  # whole numbers in a euro
STOPS_PER_VAN = 40

KINDS = (  # capacity (pieces, kg, litres), euro per route, km and hour, reloads
    ((150, 900, 6_500), 45.0, 0.28, 24.0, 0),
    ((260, 1_500, 12_000), 68.0, 0.38, 26.0, 0),
    ((60, 220, 2_000), 24.0, 0.08, 21.0, 1),
)
MIX = (0, 1, 0, 2, 0)
RELOAD_SECONDS = 900


def city_day(stops: int, seed: int) -> Case:
    """The day; the same numbers always give the same day."""
    dice = np.random.default_rng([stops, seed])
    size = (
        16_000 if stops <= 250 else 20_000 if stops <= 500 else 26_000 if stops <= 1_000 else 32_000
    )
    points = _points(dice, stops, size)
    metres, seconds = _roads(dice, points, size)
    jobs = _jobs(dice, stops)
    return Case(
        f"city-{stops}-{seed}",
        jobs,
        _vans(math.ceil(stops / STOPS_PER_VAN) + 1),
        {"car": seconds},
        {"car": metres},
        grain=GRAIN,
        unserved_price=MISSED,
        must_serve=False,
    )


def _points(dice: np.random.Generator, stops: int, size: int) -> np.ndarray:
    quarters = max(4, stops // 60)
    middles = dice.uniform(0.1 * size, 0.9 * size, (quarters, 2))
    near = middles[dice.integers(0, quarters, stops)] + dice.normal(0, 0.05 * size, (stops, 2))
    anywhere = dice.uniform(0, size, (stops, 2))
    chosen = np.where((dice.random(stops) < 0.65)[:, None], near, anywhere).clip(0, size)
    return np.vstack([[0.3 * size, 0.55 * size], chosen])


def _roads(dice: np.random.Generator, points: np.ndarray, size: int) -> tuple[Cells, Cells]:
    """Metres and seconds, neither the same both ways."""
    cells = (len(points), len(points))
    apart = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    metres = apart * 1.3 * np.exp(dice.normal(0, 0.06, cells)) + 30
    from_centre = np.hypot(*(points - size / 2).T) / size
    outside = (from_centre[:, None] + from_centre[None]) / 2
    speed = 5.0 + 11 * outside + np.minimum(apart / 2500, 5)
    seconds = metres / speed * np.exp(dice.normal(0, 0.10, cells)) + 20
    for matrix in (metres, seconds):
        np.fill_diagonal(matrix, 0)
    return np.rint(metres).astype(np.int64), np.rint(seconds).astype(np.int64)


def _jobs(dice: np.random.Generator, stops: int) -> tuple[Job, ...]:
    pieces = np.minimum(dice.geometric(0.45, stops), 8)
    kg = np.clip(dice.lognormal(1.9, 0.8, stops), 1, 60).astype(int)
    litres = np.clip(dice.lognormal(3.6, 0.8, stops), 3, 400).astype(int)
    opens = dice.choice([8, 9, 10, 12, 14, 15], stops) * HOUR
    lasts = dice.choice([1, 2, 2, 3, 4], stops) * HOUR
    timed, skill, optional = dice.random(stops), dice.random(stops), dice.random(stops)
    prices = dice.uniform(1.5, 9.0, stops)
    service = dice.integers(2, 7, stops) * 60
    return tuple(
        Job(
            i + 1,
            i + 1,
            int(service[i]),
            ((int(opens[i]), int(opens[i] + lasts[i])),) if timed[i] < 0.33 else (),
            (int(pieces[i]), int(kg[i]), int(litres[i])),
            skills=_skills(float(skill[i])),
            skip_price=round(float(prices[i]), 2) if optional[i] < 0.15 else None,
        )
        for i in range(stops)
    )


def _skills(drawn: float) -> frozenset[str]:
    if drawn < 0.10:
        return frozenset({"cold"})
    return frozenset({"lift"}) if drawn < 0.15 else frozenset()


def _vans(count: int) -> tuple[Van, ...]:
    made = list[Van]()
    for v in range(count):
        capacity, fixed, per_km, per_hour, reloads = KINDS[MIX[v % len(MIX)]]
        begins = (7 + v // 3 % 3) * HOUR
        skills = {name for name, has in (("cold", v % 3 == 0), ("lift", v % 4 == 1)) if has}
        made.append(
            Van(
                v + 1,
                0,
                0,
                begins,
                begins + SHIFT,
                begins + SHIFT + OVERTIME,
                capacity,
                frozenset(skills),
                (LUNCH,),
                fixed,
                per_km / 1000,
                per_hour / HOUR,
                1.5,
                reloads=reloads,
                reload_time=RELOAD_SECONDS if reloads else 0,
            )
        )
    return tuple(made)
