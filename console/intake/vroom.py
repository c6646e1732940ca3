"""Problems in VROOM's JSON are read; what cannot be planned so is listed, nothing is dropped."""

from pathlib import Path
from typing import Any, cast

import msgspec

from console.domain.errors import ConsoleError
from console.intake.files import name_of, read_bytes
from console.intake.vroomchecks import unmet, unread, wrong
from console.intake.vroomjson import Matrix, Told, VroomProblem
from console.tongues import tr

SUFFIX = ".json"


def is_vroom(path: Path) -> bool:
    """True for a file that is called as one: JSON is no order list."""
    return path.suffix.casefold() == SUFFIX


def read_vroom(path: Path) -> VroomProblem:
    """Read a problem; ConsoleError names what is wrong with it and where."""
    return problem_of(name_of(path), read_bytes(path))


def problem_of(name: str, content: bytes) -> VroomProblem:
    """The same for bytes already in memory."""
    try:
        told = msgspec.json.decode(content, type=Told)
        raw = cast("dict[str, Any]", msgspec.json.decode(content))
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        raise ConsoleError(
            tr("“{name}” is no VROOM problem: {error}.", name=name, error=error),
            remedy=tr("It needs jobs or shipments, and vehicles, as VROOM documents them."),
        ) from error
    matrices = dict(told.matrices)
    if told.matrix is not None:
        matrices.setdefault("car", Matrix(durations=told.matrix))
    problem = VroomProblem(told.jobs, told.shipments, told.vehicles, matrices, ())
    _check(name, problem)
    notes = (*unread(raw), *unmet(problem))
    return VroomProblem(told.jobs, told.shipments, told.vehicles, matrices, notes)


def _check(name: str, problem: VroomProblem) -> None:
    if not problem.vehicles or not (problem.jobs or problem.shipments):
        has_tasks = problem.jobs or problem.shipments
        raise ConsoleError(
            tr("“{name}” has no vehicles.", name=name)
            if has_tasks
            else tr("“{name}” has no jobs.", name=name),
            remedy=tr("A VROOM problem needs jobs or shipments, and vehicles."),
        )
    found = next(wrong(problem), None)
    if found:
        raise ConsoleError(
            tr("“{name}”: {found}.", name=name, found=found),
            remedy=tr("Correct the problem and try again."),
        )
