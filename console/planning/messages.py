"""What passes between the console and its solving children."""

from dataclasses import dataclass

from console.planning.problem import Problem, Routes


@dataclass(frozen=True, slots=True)
class Work:
    """Solve with this engine for so many seconds, or ``work`` steps of its own.

    ``run`` tells late answers from due ones.
    """

    run: int
    engine: str
    start: Routes
    seconds: float
    seed: int = 0
    pool: tuple[bytes, ...] = ()
    work: int = 0


@dataclass(frozen=True, slots=True)
class Take:
    """The problem that the next work is about; or, with ``routes``, a plan found elsewhere."""

    problem: Problem | None = None
    routes: Routes = ()


@dataclass(frozen=True, slots=True)
class Halt:
    """Stop what this run has you search and answer with the best so far."""

    run: int


@dataclass(frozen=True, slots=True)
class Ready:
    """The child is up and has imported the engine it was told to prepare."""

    pid: int


@dataclass(frozen=True, slots=True)
class Better:
    """A better plan."""

    run: int
    engine: str
    routes: Routes


@dataclass(frozen=True, slots=True)
class Offer:
    """Good rounds for the pool, packed: the console only passes them on."""

    run: int
    rounds: bytes


@dataclass(frozen=True, slots=True)
class Done:
    """The work is finished; ``failure`` tells of an engine that broke down, else is empty."""

    run: int
    engine: str
    routes: Routes
    failure: str = ""


Message = Work | Take | Halt | Ready | Better | Offer | Done
