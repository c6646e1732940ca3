"""Runs jobs in child processes: progress comes back, errors become sentences, no child is left."""

import errno
import multiprocessing
import subprocess
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from console.domain.errors import ConsoleError

_POLL = 0.2  # seconds between two looks at whether the work was called off


class Cancelled(Exception):  # noqa: N818 - not a defect: another job failed or the user stopped
    """The work was called off."""


def run(
    job: Callable[..., Any],
    *arguments: str,
    tell: Callable[[float], None],
    stop: threading.Event,
) -> Any:
    """Run ``job(*arguments, tell)`` in a spawned process and answer what it returns.

    Raises ConsoleError when the job failed or its process died, Cancelled when ``stop`` was set.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=_work, args=(theirs, job, arguments), daemon=True)
    child.start()
    theirs.close()
    try:
        return _follow(ours, tell, stop)
    finally:
        ours.close()
        child.kill()
        child.join()
        child.close()


def _work(pipe: Connection, job: Callable[..., Any], arguments: tuple[str, ...]) -> None:
    def tell(share: float) -> None:
        pipe.send(("share", share))

    try:
        result = job(*arguments, tell)
    except OSError as error:
        pipe.send(("os", (error.errno, str(error))))
    except Exception as error:  # noqa: BLE001 - goes back as a sentence
        pipe.send(("error", f"{type(error).__name__}: {error}"))
    else:
        pipe.send(("result", result))


def _follow(pipe: Connection, tell: Callable[[float], None], stop: threading.Event) -> Any:
    while True:
        while not pipe.poll(_POLL):
            if stop.is_set():
                raise Cancelled
        try:
            kind, value = pipe.recv()
        except (EOFError, OSError):
            raise ConsoleError(
                "A part of the region's build ended without a word; memory may be too small.",
                remedy="Close other programs or use a smaller extract, then add the region again.",
            ) from None
        if kind == "result":
            return value
        if kind == "share":
            tell(value)
        else:
            raise _failure(kind, value)


def _failure(kind: str, value: Any) -> ConsoleError:
    if kind == "os":
        number, text = value
        return full_disk() if number == errno.ENOSPC else unreadable(text)
    if ("disk" in value and "full" in value) or "No space left" in value:
        return full_disk()
    return unreadable(value)


def full_disk() -> ConsoleError:
    """The verdict on ENOSPC."""
    return ConsoleError(
        "The disk is full: the region could not be built. Nothing was changed.",
        remedy="Make room on the disk and add the region again.",
    )


class Unreadable(ConsoleError):  # noqa: N818 - a verdict
    """The verdict on an extract that cannot be read to its end; ``said`` is the reader's word."""

    def __init__(self, said: str, name: str = "The extract") -> None:
        super().__init__(
            f"{name} cannot be read: it is damaged or incomplete ({said}).",
            remedy="Download or copy the .osm.pbf file again, then add it again.",
        )
        self.said = said


def unreadable(said: str) -> ConsoleError:
    """The same from a child's sentence, without the name of its Python error."""
    return Unreadable(said.removeprefix("RuntimeError: "))


def command(words: list[str], log: Path, stop: threading.Event) -> None:
    """Run a program, output into ``log``; CalledProcessError when it fails, Cancelled on stop."""
    hidden = subprocess.CREATE_NO_WINDOW if sys.platform == "win32" else 0
    with log.open("ab") as output:
        child = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=output, stderr=output, creationflags=hidden
        )
        try:
            code = _wait(child, stop)
        finally:
            child.kill()
            child.wait()
    if code:
        raise subprocess.CalledProcessError(code, words)


def _wait(child: subprocess.Popen[bytes], stop: threading.Event) -> int:
    while True:
        try:
            return child.wait(_POLL)
        except subprocess.TimeoutExpired:
            if stop.is_set():
                raise Cancelled from None
