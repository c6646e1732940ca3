"""Spreadsheets (xlsx, xlsm, xlsb, xls, ods) become rows of text."""

import os
import sys
from multiprocessing import current_process, get_context
from typing import TYPE_CHECKING

from console.domain.errors import ConsoleError
from console.intake.archives import check_archive, corrupt, locked
from console.intake.files import EXPORT_REMEDY, Kind
from console.intake.rows import Row, Score, best_score
from console.intake.workbook import read_workbook
from console.tongues import Tongue, speak, spoken, tr

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CHILD_MEMORY = 4_000_000_000  # bytes of address space
_CHILD_SECONDS = 120


def read_sheets(name: str, content: bytes, kind: Kind, score: Score) -> tuple[list[Row], str]:
    """Rows of the sheet with the best header, and its name where there are several."""
    if kind is Kind.COMPOUND and _ENCRYPTED in content:
        raise locked(name)
    is_checked = kind is Kind.ARCHIVE and check_archive(name, content)
    read = read_workbook if is_checked or current_process().daemon else _read_apart
    found = read(name, content)
    if not found:
        raise ConsoleError(
            tr("“{name}” is empty: no sheet has a filled cell.", name=name),
            remedy=str(EXPORT_REMEDY),
        )
    title, rows = max(found, key=lambda sheet: best_score(sheet[1], score))
    return rows, title if len(found) > 1 else ""


def _read_apart(name: str, content: bytes) -> list[tuple[str, list[Row]]]:
    """Read in a process of its own, which a damaged file may take down without harm."""
    context = get_context("spawn")
    here, there = context.Pipe(duplex=False)
    child = context.Process(
        target=_read_in_child, args=(there, name, content, spoken().code), daemon=True
    )
    child.start()
    there.close()
    try:
        answer = here.recv() if here.poll(_CHILD_SECONDS) else None
    except EOFError:
        answer = None
    finally:
        child.kill()
        child.join()
        here.close()
    if answer is None:
        raise corrupt(name, tr("its reader gave up"))
    if isinstance(answer, ConsoleError):
        raise answer
    return answer


def _read_in_child(there: "Connection", name: str, content: bytes, language: str) -> None:
    speak(Tongue.of(language))
    _confine()
    try:
        there.send(read_workbook(name, content))
    except ConsoleError as error:
        there.send(error)


def _confine() -> None:
    """Little memory, and no reports of native code on the console."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_CHILD_MEMORY, _CHILD_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
