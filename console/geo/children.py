"""Runs jobs in child processes: progress comes back, errors become sentences, no child is left.

Not even one of a console that was killed: each child watches for the end of its parent.
"""

import contextlib
import errno
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from console.dispatch.extracts import Cancelled
from console.domain.errors import ConsoleError
from console.tongues import tr

_POLL = 0.2  # seconds between two looks at whether the work was called off
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FULL_WORDS = ("No space left", "File too large", "disk I/O error", "Disk quota")
_KILLED = -9
_TOO_LARGE = -25  # SIGXFSZ: the command may not write so large a file


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
    threading.Thread(target=_end_with_parent, daemon=True).start()

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


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _follow(pipe: Connection, tell: Callable[[float], None], stop: threading.Event) -> Any:
    while True:
        try:
            kind, value = _next(pipe, stop)
        except (EOFError, OSError):
            raise ConsoleError(
                tr("A part of the region's build ended without a word; memory may be too small."),
                remedy=tr(
                    "Close other programs or use a smaller extract, then add the region again."
                ),
            ) from None
        if kind == "result":
            return value
        if kind == "share":
            tell(value)
        else:
            raise _failure(kind, value)


def _next(pipe: Connection, stop: threading.Event) -> Any:
    """What the child says next; Cancelled once ``stop`` is set, however fast the child is."""
    while True:
        has_come = pipe.poll(_POLL)
        if stop.is_set():
            raise Cancelled
        if has_come:
            return pipe.recv()


def _failure(kind: str, value: Any) -> ConsoleError:
    if kind == "os":
        number, text = value
        return FullDisk() if number in FULL else unreadable(text)
    return FullDisk() if is_full(value) else unreadable(value)


def is_full(said: str) -> bool:
    """True for a tool's or a library's words for a disk that takes no more."""
    return ("disk" in said and "full" in said) or any(word in said for word in _FULL_WORDS)


def is_full_code(code: int) -> bool:
    """True for the exit status of a command that the disk or a limit stopped."""
    return code == _TOO_LARGE


class FullDisk(ConsoleError):  # noqa: N818 - a verdict
    """The verdict on a disk that takes no more; ``name`` is the extract, ``folder`` where."""

    def __init__(self, name: str = "the extract", folder: str = "") -> None:
        where = f" that holds {folder}" if folder else ""
        super().__init__(
            tr(
                "The disk is full: no region could be built from {name}. Nothing was changed.",
                name=name,
            ),
            remedy=tr("Make room on the disk{where} and add the region again.", where=where),
        )


class Unreadable(ConsoleError):  # noqa: N818 - a verdict
    """The verdict on an extract that cannot be read to its end; ``said`` is the reader's word."""

    def __init__(self, said: str, name: str = "The extract") -> None:
        super().__init__(
            tr(
                "{name} cannot be read: it is damaged or incomplete ({said}).", name=name, said=said
            ),
            remedy=tr("Download or copy the .osm.pbf file again, then add it again."),
        )
        self.said = said


def unreadable(said: str) -> ConsoleError:
    """The same from a child's sentence, without the name of its Python error."""
    return Unreadable(said.removeprefix("RuntimeError: "))


def command(words: list[str], log: Path, stop: threading.Event) -> None:
    """Run a program, output into ``log``; CalledProcessError when it fails, Cancelled on stop."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    guard = context.Process(target=_guard, args=(theirs, [str(word) for word in words], str(log)))
    guard.start()
    theirs.close()
    try:
        code = _code(ours, stop)
    finally:
        ours.close()  # which ends the program, should it still run
        guard.join()
        guard.close()
    if code:
        raise subprocess.CalledProcessError(code, words)


def _code(pipe: Connection, stop: threading.Event) -> int:
    try:
        return _next(pipe, stop)
    except (EOFError, OSError):
        return _KILLED


def _guard(pipe: Connection, words: list[str], log: str) -> None:
    """Run the program as long as somebody holds the other end of the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the console's to handle
    hidden = subprocess.CREATE_NO_WINDOW if sys.platform == "win32" else 0
    with Path(log).open("ab") as output:
        program = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=output, stderr=output, creationflags=hidden
        )

    def watch() -> None:
        with contextlib.suppress(EOFError, OSError):
            pipe.recv()
        program.kill()

    threading.Thread(target=watch, daemon=True).start()
    code = program.wait()
    with contextlib.suppress(OSError):
        pipe.send(code)
