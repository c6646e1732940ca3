# pyright: basic
"""The way from the search to the judge: a call by address.

Compiled functions that call the judge directly would each hold a copy of it, and compiling would
take minutes. So the judge is compiled once, and called with the address of a list of all its
arrays. Where no machine code is stored it is called as it is.
"""

import weakref
from typing import Any

import numpy as np

from console.planning.kernel.judge import judge
from console.planning.kernel.options import IS_COMPILED, fast
from console.planning.kernel.tables import Array, Tables
from console.planning.kernel.work import Work

CALL, LIST = range(2)
WIDE = 4  # numbers of each array in the list: address, shape
_ROOMS: "weakref.WeakValueDictionary[int, Room]" = weakref.WeakValueDictionary()


class Room:
    """A judge with its problem, the rounds it looks at, and room to work in.

    ``door`` is what compiled code holds of it: call ``ask``.
    """

    def __init__(self, tables: Tables, work: Work, orders: Array) -> None:
        self.told = (tables, work, orders)
        rows = [_listed(array) for array in (*_read(tables), *work, orders)]
        self._list = np.array(rows, dtype=np.int64)
        self.door = np.array([_entry(), self._list.ctypes.data], dtype=np.int64)
        _ROOMS[int(self.door[LIST])] = self


def _read(tables: Tables) -> tuple[Array, ...]:
    """The tables that the judge reads, in the order in which the list has them."""
    t = tables
    return (t.travel, t.metres, t.demand, t.crew, t.window, t.pair, t.slice, t.begins, t.charger)


def _listed(array: Array) -> list[int]:
    shape = (*array.shape, 1, 1)[:3]
    return [array.ctypes.data, *shape]


if IS_COMPILED:
    from console.planning.kernel.native import called, entry

    def _entry() -> int:
        return int(entry.address or 0)

    @fast
    def ask(door: Any, k: Any, m: Any) -> Any:
        """``judge`` for crew k and the first ``m`` demands of its row; through ``Room.door``."""
        return called(door[CALL], door[LIST], k, m)  # pyright: ignore[reportCallIssue]

else:

    def _entry() -> int:
        return 0

    def ask(door: Any, k: Any, m: Any) -> Any:
        """``judge`` for crew k and the first ``m`` demands of its row; through ``Room.door``."""
        tables, work, orders = _ROOMS[int(door[LIST])].told
        return judge(tables, work, orders, k, m)
