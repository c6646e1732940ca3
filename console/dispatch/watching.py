"""A folder into which others put order files: which of them are new, and whole."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})
MOST_KEPT = 2000


@dataclass(slots=True)
class WatchedFolder:
    """``taken`` are the marks of files that were read, or were there before.

    A file that is still being written changes between two looks: it is ready once it does not.
    """

    path: Path
    taken: list[str] = field(default_factory=list[str])
    _seen: frozenset[str] = frozenset()

    def ready(self) -> list[Path]:
        """New files that have not changed since the look before, by name.

        OSError when the folder cannot be read.
        """
        marks = {mark: file for file in self._files() if (mark := _mark(file))}
        found = sorted(mark for mark in marks if mark in self._seen and mark not in self.taken)
        self._seen = frozenset(marks)
        return [marks[mark] for mark in found]

    @property
    def is_waiting(self) -> bool:
        """True while a new file was seen only once."""
        return any(mark not in self.taken for mark in self._seen)

    def take(self, file: Path) -> None:
        """A file, as it is now, is not new any more; changed later, it is again."""
        if mark := _mark(file):
            self.taken = [*self.taken, mark][-MOST_KEPT:]

    def take_all(self) -> None:
        """What is there now is not new."""
        for file in self._files():
            self.take(file)

    def _files(self) -> Iterable[Path]:
        return [
            file
            for file in self.path.iterdir()
            if file.suffix.casefold() in SUFFIXES and not file.name.startswith((".", "~"))
        ]

    def as_text(self) -> str:
        """To be kept."""
        return json.dumps({"path": str(self.path), "taken": self.taken})


def _mark(file: Path) -> str:
    """Name, size and time of the last change; empty where the file has gone."""
    try:
        state = file.stat()
    except OSError:
        return ""
    return f"{file.name}|{state.st_size}|{state.st_mtime_ns}"


def watched_in(text: str) -> WatchedFolder | None:
    """What ``as_text`` kept; None for anything else."""
    try:
        told = json.loads(text)
        return WatchedFolder(Path(told["path"]), [str(mark) for mark in told["taken"]])
    except (ValueError, KeyError, TypeError):
        return None
