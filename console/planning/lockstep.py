"""The same plan again: rounds in lock-step, in which jobs do a fixed number of steps.

Two searches begin from the best plan and CP-SAT puts together what they came through; then the next
round begins. What they find is merged when all of a round are done, in the order of the jobs, so
neither the clock nor the number of children plays a part; a job whose child died is given again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from console.planning.messages import Done
from console.planning.problem import Routes
from console.planning.relay import Assignment
from console.planning.run import Terms
from console.planning.standing import Standing

PATIENCE = 600.0  # seconds after which a job's child counts as hanging
STEPS = {
    "insertion": 1,
    "strings": 30_000,
    "squeeze": 30_000,
    "ruin": 100,
    "pyvrp": 150,
    "recombination": 2,  # of CP-SAT's deterministic seconds
}


@dataclass(slots=True)
class _Job:
    engine: str
    seed: int
    is_given: bool = False
    routes: Routes | None = None
    offers: list[bytes] = field(default_factory=list[bytes])


class Lockstep:
    """Hands out the jobs of one round after the other."""

    def __init__(self, terms: Terms, *, compiled: bool) -> None:
        self._rounds = _rounds(terms, compiled=compiled)
        self._jobs: list[_Job] = []
        self._of: dict[int, _Job] = {}

    def next(self, seat: int, standing: Standing) -> Assignment | None:
        """A job for this seat; None where it has to wait, or nothing is left to do."""
        if not self._jobs:
            self._jobs = next(self._rounds, list[_Job]())
        waiting = [job for job in self._jobs if not job.is_given]
        if not waiting:
            return None
        job = self._of[seat] = waiting[0]
        job.is_given, job.offers = True, []
        return Assignment(
            job.engine,
            PATIENCE,
            with_pool=job.engine == "recombination",
            work=STEPS.get(job.engine, 1),
            seed=job.seed,
        )

    def fail(self, seat: int, engine: str) -> None:
        """The seat's child died: its job has to be given again."""
        job = self._of.pop(seat, None)
        if job is not None and job.engine == engine:
            job.is_given = False

    def offer(self, seat: int, rounds: bytes) -> None:
        """Good rounds, for the pool when the round is over."""
        if seat in self._of:
            self._of[seat].offers.append(rounds)

    def done(self, seat: int, done: Done, standing: Standing) -> Sequence[Done]:
        """Take a job's answer; all answers of the round, in order, when it was the last one."""
        job = self._of.pop(seat, None)
        if job is None:
            return ()
        job.routes = done.routes
        if any(each.routes is None for each in self._jobs):
            return ()
        jobs, self._jobs = self._jobs, []
        for each in jobs:
            for rounds in each.offers:
                standing.keep(rounds)
        return [Done(done.run, each.engine, each.routes or ()) for each in jobs]


def _rounds(terms: Terms, *, compiled: bool) -> Iterator[list[_Job]]:
    """The jobs of each round, round after round."""
    if terms.engine:
        for number in range(terms.work):
            yield [_Job(terms.engine, terms.seed + number)]
        return
    if not compiled:
        yield [_Job("insertion", terms.seed)]
    pair = ("strings", "squeeze") if compiled else ("pyvrp", "ruin")
    for number in range(terms.work):
        seed = terms.seed + 2 * number
        yield [_Job(engine, seed + i) for i, engine in enumerate(pair)]
        yield [_Job("recombination", seed)]
