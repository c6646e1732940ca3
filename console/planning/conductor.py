"""The run's thread: gives work to children, hears them, and does without those that fail."""

import math
import time
from dataclasses import dataclass
from multiprocessing.connection import wait

from console.planning.engine import Budget, Exchange
from console.planning.kernel.store import is_compiled
from console.planning.lockstep import Lockstep
from console.planning.messages import Better, Done, Halt, Message, Offer, Ready, Take, Work
from console.planning.problem import Problem
from console.planning.processes import Child
from console.planning.relay import Outline, Relay
from console.planning.run import Outcome, Progress, Run
from console.planning.solution import solution_of
from console.planning.standing import Standing

GRACE = 10.0  # seconds that a child may be late before it counts as hanging
ANSWER = 0.12  # seconds that children have to hand in their best when the run ends
LINGER = 3.0  # seconds that they have to come to an end after that
START = 60.0  # seconds that a child may take to come up
CRASHES = 3  # failures of one seat after which it stays empty


@dataclass(slots=True, eq=False)
class _Seat:
    """A place for a child, and what it is doing until when."""

    child: Child
    due: float
    has_problem: bool = False
    work: Work | None = None
    crashes: int = 0
    is_empty: bool = False  # its children died too often


class Conductor:
    """Conducts one run over some children; replaces those that die."""

    def __init__(self, problem: Problem, run: Run, children: list[Child], number: int) -> None:
        self._run = run
        self._number = number
        self._children = children
        self._standing = Standing(problem)
        now = time.monotonic()
        self._seats = [_Seat(child, now + START) for child in children]
        terms, compiled = run.terms, is_compiled()
        self._lockstep = Lockstep(terms, compiled=compiled) if terms.work else None
        self._relay = Relay(terms, len(children), Outline.of(problem), compiled=compiled)
        self._progress: list[Progress] = []
        self._failures: list[str] = []
        self._started = False

    def conduct(self) -> Outcome:
        """Search until the time is over, nothing is left to do, or the dispatcher stops it.

        ``clear_up`` has to follow, when the outcome has been told.
        """
        self._tell()
        while not self._run.is_stopped:
            for number, seat in enumerate(self._seats):
                self._employ(number, seat)
            if not any(seat.work or not seat.child.is_ready for seat in self._present):
                break
            if self._started and self._left <= 0:
                break
            self._hear(self._pause())
            self._dismiss_the_late()
        for seat in self._present:
            if seat.work:
                seat.child.send(Halt(self._number))
        self._collect(ANSWER)
        standing = self._standing
        if not standing.has_plan and not self._run.is_stopped:
            self._plan_at_last()
        solution = solution_of(standing.problem, standing.routes, standing.engine)
        return Outcome(solution, tuple(self._progress), tuple(self._failures))

    def _plan_at_last(self) -> None:
        """A first plan by insertion, here, where no child came up with one in time."""
        from console.planning.ruin import Insertion  # hardly ever needed

        standing = self._standing
        budget = Budget(time.monotonic(), lambda: self._run.is_stopped)
        routes = Insertion().solve(standing.problem, standing.routes, budget, Exchange())
        self._improve(Insertion.name, routes)

    @property
    def _present(self) -> list[_Seat]:
        return [seat for seat in self._seats if not seat.is_empty]

    @property
    def _left(self) -> float:
        if self._lockstep:
            return math.inf
        return self._run.terms.seconds - self._standing.elapsed

    def _pause(self) -> float:
        """Until the next moment at which something is due."""
        due = min((seat.due for seat in self._present), default=time.monotonic())
        pause = due - time.monotonic()
        return max(0.0, min(pause, self._left) if self._started else pause)

    def _employ(self, number: int, seat: _Seat) -> None:
        """Give an idle child something to do."""
        if seat.is_empty or seat.work or not seat.child.is_ready:
            return
        if not self._started:
            self._started = True
            self._standing.began = time.monotonic()
        source = self._lockstep or self._relay
        given = source.next(number, self._standing)
        if given is None:
            seat.due = time.monotonic() + START
            return
        if not seat.has_problem:
            seat.child.send(Take(self._standing.problem))
            seat.has_problem = True
        standing = self._standing
        start = standing.routes if given.from_best else tuple(() for _ in standing.routes)
        pool = standing.pool if given.with_pool else ()
        seed = self._run.terms.seed + number if given.seed < 0 else given.seed
        seat.work = Work(self._number, given.engine, start, given.seconds, seed, pool, given.work)
        seat.due = time.monotonic() + given.seconds + GRACE
        seat.child.send(seat.work)

    def _hear(self, timeout: float) -> None:
        pipes = {id(seat.child.pipe): seat for seat in self._present}
        ends = [seat.child.pipe for seat in self._present]
        for end in wait([*ends, self._run.wake], timeout):
            seat = pipes.get(id(end))
            if seat is not None:
                self._take(seat, seat.child.receive())

    def _take(self, seat: _Seat, message: Message | None) -> None:
        match message:
            case None:
                self._replace(seat, "stopped unexpectedly")
            case Ready():
                seat.child.is_ready = True
            case Offer(run=self._number, rounds=rounds):
                self._keep(seat, rounds)
            case Better(run=self._number) if self._lockstep:
                pass  # it takes what jobs come to in the end, in their order
            case Better(run=self._number, engine=engine, routes=routes):
                self._improve(engine, routes)
            case Done():
                self._done(seat, message)
            case _:
                pass  # from a run before

    def _keep(self, seat: _Seat, rounds: bytes) -> None:
        if self._lockstep:
            self._lockstep.offer(self._seats.index(seat), rounds)
        else:
            self._standing.keep(rounds)

    def _done(self, seat: _Seat, done: Done) -> None:
        if done.run != self._number:
            return
        seat.work = None
        if done.failure:
            self._relay.fail(self._seats.index(seat), done.engine)
            self._failures.append(f"The solver “{done.engine}” failed: {done.failure}")
        number = self._seats.index(seat)
        for each in self._lockstep.done(number, done, self._standing) if self._lockstep else [done]:
            self._improve(each.engine, each.routes)

    def _improve(self, engine: str, routes: "tuple[tuple[int, ...], ...]") -> None:
        if self._standing.take(engine, routes):
            self._tell()

    def _tell(self) -> None:
        standing = self._standing
        orders = sum(demand.count for demand in standing.problem.demands)
        elapsed = standing.elapsed if self._started else 0.0
        now = Progress(elapsed, standing.cost, standing.served, orders, standing.engine)
        self._progress.append(now)
        if self._run.on_progress is not None:
            self._run.on_progress(now)

    def _dismiss_the_late(self) -> None:
        for seat in self._present:
            if seat.due < time.monotonic() and (seat.work or not seat.child.is_ready):
                self._replace(seat, "did not answer in time")

    def _replace(self, seat: _Seat, what: str) -> None:
        """A new child in the place of one that died or hangs."""
        engine = seat.work.engine if seat.work else "child"
        self._failures.append(f"The solver “{engine}” {what}; the best plan so far is kept.")
        (self._lockstep or self._relay).fail(self._seats.index(seat), engine)
        seat.child.end()
        self._children.remove(seat.child)
        seat.work, seat.has_problem = None, False
        seat.crashes += 1
        if seat.crashes >= CRASHES or self._run.is_stopped:
            seat.is_empty = True
            return
        seat.child = Child(niceness=seat.child.niceness)
        seat.due = time.monotonic() + START
        self._children.append(seat.child)

    def _collect(self, seconds: float) -> None:
        """Take what halted children hand in."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            busy = [seat for seat in self._present if seat.work]
            if not busy:
                return
            ends = {id(seat.child.pipe): seat for seat in busy}
            for pipe in wait([seat.child.pipe for seat in busy], left):
                seat = ends[id(pipe)]
                self._last_words(seat, seat.child.receive())

    def clear_up(self) -> None:
        """Wait a little for children that are still at work; those that hang are killed."""
        self._collect(LINGER)
        for seat in self._present:
            if seat.work:
                seat.child.end()
                self._children.remove(seat.child)

    def _last_words(self, seat: _Seat, message: Message | None) -> None:
        if message is None:
            seat.work, seat.is_empty = None, True
            seat.child.end()
            self._children.remove(seat.child)
        else:
            self._take(seat, message)
