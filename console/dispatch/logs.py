"""What this console did and what went wrong, as lines of JSON; with nothing of a person in them.

A line holds what stands in the program itself: the event's constant words, where in the code, the
kinds of errors and the frames they passed. Of what went through the program only numbers, and
words that the code names as its own (``Word``), are written: no text of an order, no message of an
error, no argument of a library.
"""

import faulthandler
import json
import logging
import sys
import traceback
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import IO, override

KEPT = 10  # files of runs before this one
LARGEST = 1_000_000  # bytes of a file, which then gives way to a second one
_LOG, _CRASH = "run-{}.log", "run-{}.crash"
_FRAMES = 30
_OWN = "console"
_LEFT_OUT = "(text)"


class Word(str):
    """A word of the program's own, such as a command's kind: it may be written down."""

    __slots__ = ()


class Line(logging.Formatter):
    """A record as one line of JSON."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        """The positive list: see the module."""
        is_ours = record.name.partition(".")[0] == _OWN
        told: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": record.msg if is_ours and isinstance(record.msg, str) else _LEFT_OUT,
            "where": f"{record.module}:{record.lineno}",
            "thread": record.thread,
        }
        if is_ours and isinstance(record.args, tuple) and record.args:
            told["values"] = [harmless(value) for value in record.args]
        if record.exc_info and record.exc_info[1] is not None:
            told["error"] = anatomy(record.exc_info[1])
        return json.dumps(told)


def harmless(value: object) -> object:
    """A number or a word of ours as it is; of anything else only that it was there."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return str(value) if isinstance(value, Word) else _LEFT_OUT


def anatomy(error: BaseException) -> list[dict[str, object]]:
    """An error and its causes: their kinds, and the frames they passed; not what they say."""
    return [
        {"kind": type(each).__qualname__, "frames": list(frames(each))} for each in causes(error)
    ]


def causes(error: BaseException) -> Iterator[BaseException]:
    """The error, then what it came from."""
    seen: set[int] = set()
    found: BaseException | None = error
    while found is not None and id(found) not in seen:
        seen.add(id(found))
        yield found
        found = found.__cause__ or (None if found.__suppress_context__ else found.__context__)


def frames(error: BaseException) -> Iterator[str]:
    """Where it came through, the newest last: module, line and function."""
    for frame in traceback.extract_tb(error.__traceback__)[-_FRAMES:]:
        path = Path(frame.filename)
        yield f"{'/'.join(path.parts[-3:])}:{frame.lineno} {frame.name}"


def report(error: BaseException) -> str:
    """The same for a person to read and to send on: nothing in it is of a person."""
    lines = [f"Doorstep {_version()}, Python {sys.version.split()[0]}, {sys.platform}"]
    for number, each in enumerate(causes(error)):
        lines.append(("It came from " if number else "") + type(each).__qualname__)
        lines += [f"    {frame}" for frame in frames(each)]
    lines.append("What the error said is left out, as it may name people.")
    return "\n".join(lines)


def _version() -> str:
    from console import __version__

    return __version__


@dataclass(frozen=True, slots=True)
class Logs:
    """The files of one run; close it to end it in order."""

    folder: Path
    handler: logging.Handler
    crash: IO[str]

    @classmethod
    def begin(cls, folder: Path, name: str) -> "Logs":
        """Write from now on; ``name`` is unlike that of every other run. OSError: no such place."""
        folder.mkdir(parents=True, exist_ok=True)
        _thin(folder)
        path = folder / _LOG.format(name)
        handler = RotatingFileHandler(path, maxBytes=LARGEST, backupCount=1, encoding="utf-8")
        handler.setFormatter(Line())
        handler.setLevel(logging.INFO)
        crash = (folder / _CRASH.format(name)).open("w", encoding="utf-8")
        faulthandler.enable(crash)
        root = logging.getLogger()
        root.addHandler(handler)
        logging.getLogger(_OWN).setLevel(logging.INFO)
        return cls(folder, handler, crash)

    def close(self) -> None:
        """The end of an orderly run: there is no crash to tell of."""
        logging.getLogger().removeHandler(self.handler)
        self.handler.close()
        faulthandler.disable()
        self.crash.close()
        with suppress(OSError):
            if not Path(self.crash.name).stat().st_size:
                Path(self.crash.name).unlink()


def files(folder: Path) -> list[Path]:
    """All logs and crashes that are kept, the newest first."""
    found = (file for file in folder.glob("run-*") if file.is_file())
    return sorted(found, key=lambda file: file.stat().st_mtime_ns, reverse=True)


def crashes(folder: Path) -> list[Path]:
    """Runs that ended in native code and left word of it, the newest first."""
    return [file for file in files(folder) if file.suffix == ".crash" and file.stat().st_size]


def _thin(folder: Path) -> None:
    """The last runs stay; an empty crash file is of a run that goes on, or that was killed."""
    for old in files(folder)[2 * KEPT :]:
        with suppress(OSError):  # somebody reads it
            old.unlink()
