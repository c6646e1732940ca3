"""The command as a user types it: a process of its own, a home of its own."""

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from console.cli import app, guarded

ROOT = Path(__file__).resolve().parents[3]
DAY = "2031-11-24"  # a Monday to come: nothing is planned on a day that is over


@dataclass(frozen=True)
class Ran:
    """What came of it."""

    status: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """All that was printed."""
        return self.out + self.err


def doorstep(home: Path, *arguments: object, before: Callable[[], None] | None = None) -> Ran:
    """Run the command; ``before`` is called in the child first."""
    done = subprocess.run(
        [sys.executable, "-W", "error::DeprecationWarning:console", "-m", "console"]
        + [str(argument) for argument in arguments],
        cwd=ROOT,
        env={**os.environ, "DOORSTEP_HOME": str(home), "DOORSTEP_CORES": "2"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
        preexec_fn=before,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def inside(home: Path, *arguments: object) -> Ran:
    """The same within this process, for tests that need no process of their own: much quicker.

    An error that the command does not expect fails the test.
    """
    out, err = io.StringIO(), io.StringIO()
    before = os.environ["DOORSTEP_HOME"]
    os.environ["DOORSTEP_HOME"] = str(home)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = guarded(lambda: app([str(a) for a in arguments], standalone_mode=False))
    finally:
        os.environ["DOORSTEP_HOME"] = before
    return Ran(status, out.getvalue(), err.getvalue())


def plan_arguments(
    orders: Path, fleet: Path, region: Path | str, out: Path, *more: object
) -> Sequence[object]:
    """A quick plan of a day."""
    return (
        *("plan", orders, "--fleet", fleet, "--region", region),
        *("--date", DAY, "--seconds", "3", "--out", out, *more),
    )
