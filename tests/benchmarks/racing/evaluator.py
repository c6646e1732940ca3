"""The one judge of the race: what a plan costs and which rules it breaks.

Written for the race alone, with none of the product's code, so that it is a witness of its own. The
rules are those of FORMATS: service begins within a window; a break lies wholly within its hours and
on one leg (before, on or after the drive); a route leaves as late as it can without ending later;
paid time runs from leaving to the end. Breaks and visits to load again are placed here, at the
least cost, whatever a solver meant.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, combinations_with_replacement

from tests.benchmarks.racing.case import Case, Cells, Rest, Routes, Van, Window, padded

Visit = tuple[int, int, tuple[Window, ...], int]
"""(row, service s, windows, setup s)."""

RELOAD = -1
WAYS = 20  # of loading again that are looked at


@dataclass(frozen=True, slots=True)
class Timing:
    """A route in time: left at, starts of service, end; the legs on which the breaks lie."""

    leave: int
    starts: tuple[int, ...]
    end: int
    late: int
    legs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """One route: cost, paid seconds, metres, when each job's service begins, broken rules."""

    cost: float
    timing: Timing
    metres: int
    starts: tuple[int, ...]
    broken: tuple[str, ...] = ()
    harm: float = 0.0  # seconds and units over, to compare broken routes


@dataclass(frozen=True, slots=True)
class Verdict:
    """A plan: ``cost`` includes what skipped and unserved jobs count."""

    cost: float
    vehicles: int
    unserved: int
    skipped: int
    broken: tuple[str, ...]
    metres: int = 0
    paid_seconds: int = 0

    @property
    def feasible(self) -> bool:
        """No rule is broken."""
        return not self.broken


def judge(case: Case, routes: Routes) -> Verdict:
    """Score a whole plan."""
    used = [(v, order) for v, order in enumerate(routes) if order or case.vans[v].away]
    judged = [judge_route(case, v, order) for v, order in used]
    broken = [reason for each in judged for reason in each.broken]
    times = Counter(j for _, order in used for j in order)
    broken += [f"job {case.jobs[j].name} {n} times" for j, n in times.items() if n > 1]
    left = [job for j, job in enumerate(case.jobs) if j not in times]
    unserved = sum(job.skip_price is None for job in left)
    if unserved and case.must_serve:
        broken.append(f"{unserved} not served")
    prices = sum(case.unserved_price if j.skip_price is None else j.skip_price for j in left)
    return Verdict(
        sum(each.cost for each in judged) + prices,
        len(used),
        unserved,
        len(left) - unserved,
        tuple(broken),
        sum(each.metres for each in judged),
        sum(each.timing.end - each.timing.leave for each in judged),
    )


def judge_route(case: Case, van: int, order: Sequence[int]) -> Judged:
    """The cheapest way to drive the jobs in this order: breaks and loading placed at best."""
    best: Judged | None = None
    for cuts in _cuts(case, case.vans[van], order):
        judged = _with_cuts(case, van, order, cuts)
        if best is None or (judged.harm, judged.cost) < (best.harm, best.cost):
            best = judged
    if best is None:
        raise AssertionError("there is always a way without loading again")
    return best


def _cuts(case: Case, van: Van, order: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Where the van may load again: the fewest times that fit; () when it need not, or cannot.

    Of many ways, those with the least seconds of detour.
    """
    seconds = case.seconds[van.profile]

    def detour(cuts: tuple[int, ...]) -> int:
        rows = [(case.jobs[order[i - 1]].row, case.jobs[order[i]].row) for i in cuts]
        return sum(
            int(seconds[a, van.base] + seconds[van.base, b] - seconds[a, b]) for a, b in rows
        )

    for count in range(van.reloads + 1):
        fitting = [
            cuts
            for cuts in combinations(range(1, len(order)), count)
            if not _excess(case, van, order, cuts)
        ]
        if fitting:
            yield from sorted(fitting, key=detour)[:WAYS]
            return
    yield ()


def _with_cuts(case: Case, van: int, order: Sequence[int], cuts: tuple[int, ...]) -> Judged:
    driver = case.vans[van]
    visits, owners = list[Visit](), list[int]()
    for i, j in enumerate(order):
        if i in cuts:
            visits.append((driver.base, driver.reload_time, (), 0))
            owners.append(RELOAD)
        job = case.jobs[j]
        visits.append((job.row, job.service, job.windows, job.setup))
        owners.append(j)
    seconds, metres = case.seconds[driver.profile], case.metres[driver.profile]
    timing, rest_missing = _timed(driver, visits, seconds)
    rows = [driver.start, *(visit[0] for visit in visits), driver.end]
    driven = int(metres[rows[:-1], rows[1:]].sum())
    driving = int(seconds[rows[:-1], rows[1:]].sum())
    broken, harm = _broken(case, driver, order, (timing, rest_missing, driving))
    excess = _excess(case, driver, order, cuts)
    if excess:
        broken.append(f"van {driver.name}: {excess} over capacity")
    return Judged(
        price(driver, timing, driven),
        timing,
        driven,
        tuple(s for s, owner in zip(timing.starts, owners, strict=True) if owner != RELOAD),
        tuple(broken),
        harm + excess * 3600.0,
    )


def price(van: Van, timing: Timing, metres: int) -> float:
    """What a route costs."""
    overtime = max(0, timing.end - van.ends)
    paid = timing.end - timing.leave + (van.overtime_factor - 1) * overtime
    return van.fixed + van.per_metre * metres + van.per_second * paid


def _broken(
    case: Case, van: Van, order: Sequence[int], told: tuple[Timing, bool, int]
) -> tuple[list[str], float]:
    timing, rest_missing, driving = told
    beyond = max(0, timing.end - van.latest_end)
    stops_over = max(0, len(order) - (van.max_stops or len(order)))
    driving_over = max(0, driving - (van.max_driving or driving))
    unskilled = [case.jobs[j].name for j in order if not case.allows(van, case.jobs[j])]
    pairs = _unpaired(case, order)
    numbers = [
        (timing.late, "s late"),
        (beyond, "s after the last return"),
        (3600 * rest_missing, "s for a break that fits nowhere"),
        (stops_over, "stops too many"),
        (driving_over, "s at the wheel too many"),
        (3600 * len(unskilled), f"s for skills missing at {unskilled}"),
        (3600 * len(pairs), f"s for shipments torn apart at {pairs}"),
    ]
    found = [f"van {van.name}: {number} {what}" for number, what in numbers if number]
    return found, float(sum(number for number, _ in numbers))


def _unpaired(case: Case, order: Sequence[int]) -> list[int | str]:
    """Jobs whose other half is not on the route, or stands on the wrong side."""
    place = {j: i for i, j in enumerate(order)}
    seconds = {job.pickup: j for j, job in enumerate(case.jobs) if job.pickup is not None}
    wrong = list[int | str]()
    for j in order:
        first = case.jobs[j].pickup
        if first is not None and place.get(first, len(order)) > place[j]:
            wrong.append(case.jobs[j].name)
        if j in seconds and seconds[j] not in place:
            wrong.append(case.jobs[j].name)
    return wrong


def _excess(case: Case, van: Van, order: Sequence[int], cuts: tuple[int, ...]) -> int:
    """The most by which any load is over, summed over trips and dimensions."""
    over, size = 0, len(van.capacity)
    carried = [0] * size  # shipments, which stay on board through the depot
    for begin, end in zip((0, *cuts), (*cuts, len(order)), strict=True):
        trip = [case.jobs[j] for j in order[begin:end]]
        board = [sum(padded(job.brought, size)[d] for job in trip) for d in range(size)]
        peak = [a + b for a, b in zip(board, carried, strict=True)]
        for j, job in zip(order[begin:end], trip, strict=True):
            brought, taken = padded(job.brought, size), padded(job.taken, size)
            shipped = padded(_shipped(case, j), size)
            for d in range(size):
                board[d] += taken[d] - brought[d]
                carried[d] += shipped[d]
                peak[d] = max(peak[d], board[d] + carried[d])
        over += sum(max(0, most - limit) for most, limit in zip(peak, van.capacity, strict=True))
    return over


def _shipped(case: Case, j: int) -> tuple[int, ...]:
    """What a shipment's half puts on board: its amount, or less it."""
    job = case.jobs[j]
    return job.amount if job.pickup is None else tuple(-a for a in job.amount)


def _timed(van: Van, visits: Sequence[Visit], seconds: Cells) -> tuple[Timing, bool]:
    """The cheapest timing, and whether a break that is owed fits nowhere."""
    hops = _hops(van, visits, seconds)
    plain = _run(van, visits, hops, ())
    owed = [rest for rest in van.rests if plain.end - plain.leave > rest.after]
    if not owed:
        return plain, False
    best: Timing | None = None
    for legs in combinations_with_replacement(range(len(hops)), len(owed)):
        timing = _run(van, visits, hops, tuple(zip(owed, legs, strict=True)))
        if timing.late >= FAILED:
            continue
        if best is None or _rank(van, timing) < _rank(van, best):
            best = timing
    return (plain, True) if best is None else (best, False)


FAILED = 1 << 40


def _rank(van: Van, timing: Timing) -> tuple[int, float, int]:
    beyond = max(0, timing.end - van.latest_end)
    return timing.late + beyond, price(van, timing, 0), timing.end


def _hops(van: Van, visits: Sequence[Visit], seconds: Cells) -> list[int]:
    rows = [van.start, *(visit[0] for visit in visits), van.end]
    return [int(cell) for cell in seconds[rows[:-1], rows[1:]]]


Pauses = tuple[tuple[Rest, int], ...]
"""(break, leg) pairs in time's order."""


def _run(van: Van, visits: Sequence[Visit], hops: Sequence[int], pauses: Pauses) -> Timing:
    """As soon as possible, then left as late as that end allows; FAILED without a break."""
    soonest = _forward(van, visits, hops, (pauses, van.begins))
    if soonest.late:
        return soonest
    leave = _latest_leave(visits, hops, (pauses, van.start, soonest.end))
    return _forward(van, visits, hops, (pauses, leave)) if leave > van.begins else soonest


def _forward(
    van: Van, visits: Sequence[Visit], hops: Sequence[int], told: tuple[Pauses, int]
) -> Timing:
    pauses, leave = told
    starts, late, clock, here = list[int](), 0, leave, van.start
    for leg, (row, service, windows, setup) in enumerate(visits):
        ready = _arrival(clock, hops[leg], [rest for rest, at in pauses if at == leg])
        if ready is None:
            return Timing(leave, (), clock, FAILED)
        start = _admitted(windows, ready)
        late += max(0, start - windows[-1][1]) if windows else 0
        starts.append(start)
        clock = start + service + (setup if row != here else 0)
        here = row
    end = _arrival(clock, hops[-1], [rest for rest, at in pauses if at == len(visits)])
    if end is None:
        return Timing(leave, (), clock, FAILED)
    return Timing(leave, tuple(starts), end, late, tuple(leg for _, leg in pauses))


def _arrival(leave: int, hop: int, rests: Sequence[Rest]) -> int | None:
    """When one is there, with these breaks on the way; None when one of them is too late."""
    free, ready = leave, leave + hop
    for rest in rests:
        begin = max(free, rest.earliest)
        if begin + rest.duration > rest.latest:
            return None
        free = begin + rest.duration
        ready = max(ready, rest.earliest) + rest.duration
    return ready


def _departure(ready: int, hop: int, rests: Sequence[Rest]) -> int:
    """The latest moment to leave so as to be there by ``ready``."""
    leave = ready - hop - sum(rest.duration for rest in rests)
    after = 0
    for rest in reversed(rests):
        after += rest.duration
        leave = min(leave, rest.latest - after)
    return leave


def _admitted(windows: tuple[Window, ...], ready: int) -> int:
    for earliest, latest in windows:
        if ready <= latest:
            return max(ready, earliest)
    return ready


def _latest_leave(
    visits: Sequence[Visit], hops: Sequence[int], told: tuple[Pauses, int, int]
) -> int:
    """The latest moment to leave for this end, with nobody served late."""
    pauses, start_row, limit = told
    for i in range(len(visits), -1, -1):
        if i < len(visits):
            row, service, windows, setup = visits[i]
            before = visits[i - 1][0] if i else start_row
            limit -= service + (setup if row != before else 0)
            fitting = [min(limit, last) for first, last in windows if first <= limit]
            limit = max(fitting, default=limit)
        limit = _departure(limit, hops[i], [rest for rest, leg in pauses if leg == i])
    return limit
