"""A console of its own for the tests: appends rows and says of each when it is durable.

``python -m tests.storage.writer FOLDER NAME COUNT``; COUNT 0 goes on until it is killed.
"""

import sys
from dataclasses import replace
from itertools import count
from pathlib import Path

from console.domain.commands import AddStops
from console.domain.errors import Stale
from console.domain.plan import Plan, Stop, StopId
from console.storage.store import Store
from tests.storage.plans import STREAM, draft, stop


def named(writer: str, number: int) -> Stop:
    """A stop no other writer makes."""
    return replace(stop(number), id=StopId(f"{writer}-{number}"))


def append(store: Store, writer: str, number: int) -> int:
    """Append as a desk does: on Stale, pull and try again; answers how often it was stale."""
    row = draft(Plan(), AddStops((named(writer, number),)), number)
    row = replace(row, command_id=f"{writer}-{number}", origin=writer)
    for stale in count():
        try:
            store.journal.append(replace(row, version=store.journal.head(STREAM) + 1))
        except Stale:
            continue
        return stale
    raise AssertionError


def main(folder: str, writer: str, wanted: int) -> None:
    store = Store.open(Path(folder))
    print("open", flush=True)
    for number in range(1, wanted + 1) if wanted else count(1):
        stale = append(store, writer, number)
        print(f"{writer}-{number} {stale}", flush=True)
    store.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
