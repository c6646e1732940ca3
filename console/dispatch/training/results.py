"""What trainees came to, in a file beside their scenarios; the work's own store has none of it."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import cast

from console.dispatch.training.grading import Grade
from console.domain.errors import ConsoleError
from console.tongues import tr


@dataclass(frozen=True, slots=True)
class Result:
    """One run. ``at`` is when it was graded (UTC), ``reaction`` the median minutes to a decision.

    ``lost`` is in the depot's currency; ``reaction`` is -1 where there was no trouble to answer.
    """

    at: str
    trainee: str
    scenario: str
    title: str
    whole: float
    service: float
    cost: float
    stability: float
    communication: float
    lost: float
    decisions: int
    reaction: float = -1.0


def result_of(grade: Grade, at: datetime) -> Result:
    """A grade in one row."""
    waits = [step.after.total_seconds() / 60 for step in grade.steps if step.after is not None]
    score = grade.score
    return Result(
        at.isoformat(timespec="seconds"),
        grade.trainee,
        grade.scenario,
        grade.title,
        score.whole,
        score.service,
        score.cost,
        score.stability,
        score.communication,
        grade.lost,
        sum(not step.is_unanswered for step in grade.steps),
        round(median(waits), 1) if waits else -1.0,
    )


@dataclass(frozen=True, slots=True)
class Results:
    """``file`` need not be there yet; every call blocks for a moment."""

    file: Path

    def all(self) -> list[Result]:
        """The newest first; ConsoleError where the file is damaged."""
        try:
            told = json.loads(self.file.read_text(encoding="utf-8"))
            rows = [_read(row) for row in cast("list[dict[str, object]]", told)]
        except FileNotFoundError:
            return []
        except (OSError, ValueError, TypeError, AttributeError) as error:
            raise ConsoleError(
                tr("The training results in {file} cannot be read.", file=self.file.name),
                remedy=tr("Put the file right, or move it away: a new one is begun."),
            ) from error
        return sorted(rows, key=lambda row: row.at, reverse=True)

    def add(self, result: Result) -> None:
        """One more; the file is replaced as a whole. ConsoleError where the disk says no."""
        self._write([*self.all(), result])

    def forget(self, trainee: str) -> int:
        """Take out all of a person; answers how many there were."""
        before = self.all()
        kept = [row for row in before if row.trainee != trainee]
        if len(kept) < len(before):
            self._write(kept)
        return len(before) - len(kept)

    def _write(self, rows: Sequence[Result]) -> None:
        made = self.file.with_suffix(".new")
        text = json.dumps([asdict(row) for row in rows], indent=1, ensure_ascii=False)
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            made.write_text(text, encoding="utf-8")
            made.replace(self.file)
        except OSError as error:
            raise ConsoleError(
                tr("The training results cannot be written: {error}.", error=error.strerror),
                remedy=tr("See to the disk."),
            ) from error


def _read(row: dict[str, object]) -> Result:
    known = {field.name: field.type for field in fields(Result)}
    kept = {name: value for name, value in row.items() if name in known}
    made = Result(**kept)  # pyright: ignore[reportArgumentType] - checked below
    for field in fields(Result):
        value = getattr(made, field.name)
        is_right = isinstance(value, str if field.type is str else (int, float))
        if not is_right or isinstance(value, bool):
            raise ValueError(field.name)
    return made


def compared(results: Sequence[Result]) -> list[Result]:
    """Each trainee's best run of each scenario, the best trainee of a scenario first."""
    best = dict[tuple[str, str], Result]()
    for each in results:
        key = (each.scenario, each.trainee)
        if key not in best or each.whole > best[key].whole:
            best[key] = each
    return sorted(best.values(), key=lambda row: (row.title, -row.whole, row.trainee))
