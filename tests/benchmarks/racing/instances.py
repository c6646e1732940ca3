"""Which reader reads a file, and the best known cost beside it."""

import json
from dataclasses import replace
from pathlib import Path

from tests.benchmarks.racing.case import Case
from tests.benchmarks.racing.vroom_json import read_vroom
from tests.benchmarks.racing.vrptw import Unreadable, read_solomon, read_vrplib

READERS = {".txt": read_solomon, ".vrp": read_vrplib, ".json": read_vroom}


def read(path: Path) -> Case:
    """The case in a file, with its best known cost; Unreadable says what is wrong with it."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise Unreadable(f"{path.name}: only {', '.join(READERS)} are read")
    try:
        case = reader(path.stem, path.read_text(encoding="utf-8-sig"))
    except Unreadable as failure:
        raise Unreadable(f"{path.name}: {failure}") from None
    except (KeyError, IndexError, TypeError, ValueError) as failure:
        raise Unreadable(f"{path.name}: {type(failure).__name__} {failure}") from failure
    return replace(case, best_known=best_known(path))


def best_known(path: Path) -> int | None:
    """What ``best_known.json`` in the same folder says of this instance."""
    beside = path.parent / "best_known.json"
    if not beside.exists():
        return None
    told = {name.lower(): cost for name, cost in json.loads(beside.read_text()).items()}
    return told.get(path.stem.lower())
