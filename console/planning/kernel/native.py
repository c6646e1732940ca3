# pyright: basic, reportCallIssue=false, reportPrivateImportUsage=false
"""The judge as machine code at an address (``door``)."""

from typing import Any, NamedTuple

import numpy as np
from llvmlite import ir
from numba import carray, cfunc, types
from numba.extending import intrinsic

from console.planning.kernel.judge import judge
from console.planning.kernel.work import Work


class Seen(NamedTuple):
    """What the judge reads of ``Tables``."""

    travel: Any
    metres: Any
    demand: Any
    crew: Any
    window: Any
    pair: Any
    slice: Any
    begins: Any
    charger: Any


@intrinsic
def called(_typing: Any, _address: Any, _rooms: Any, _k: Any, _m: Any) -> Any:
    """Call the function at an address."""

    def made(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        whole = ir.IntType(64)
        kind = ir.FunctionType(whole, [whole, whole, whole])
        return builder.call(builder.inttoptr(given[0], kind.as_pointer()), given[1:])

    return types.int64(types.int64, types.int64, types.int64, types.int64), made


@intrinsic
def _at(_typing: Any, _address: Any) -> Any:
    """An address as a pointer."""

    def made(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        return builder.inttoptr(given[0], ir.IntType(8).as_pointer())

    return types.voidptr(types.int64), made


@cfunc("int64(int64, int64, int64)", cache=True)
def entry(rooms, k, m):
    """The judge, its arrays given by a list of their addresses and shapes."""
    a = carray(_at(rooms), (20, 4), np.int64)
    seen = Seen(
        carray(_at(a[0, 0]), (a[0, 1], a[0, 2], a[0, 3]), np.int32),
        carray(_at(a[1, 0]), (a[1, 1], a[1, 2], a[1, 3]), np.int32),
        carray(_at(a[2, 0]), (a[2, 1], a[2, 2]), np.int64),
        carray(_at(a[3, 0]), (a[3, 1], a[3, 2]), np.int64),
        carray(_at(a[4, 0]), (a[4, 1], a[4, 2]), np.int64),
        carray(_at(a[5, 0]), (a[5, 1], a[5, 2]), np.int64),
        carray(_at(a[6, 0]), (a[6, 1], a[6, 2], a[6, 3]), np.int32),
        carray(_at(a[7, 0]), (a[7, 1],), np.int64),
        carray(_at(a[8, 0]), (a[8, 1],), np.int64),
    )
    work = Work(
        carray(_at(a[9, 0]), (a[9, 1], a[9, 2]), np.int64),
        carray(_at(a[10, 0]), (a[10, 1], a[10, 2]), np.int64),
        carray(_at(a[11, 0]), (a[11, 1], a[11, 2]), np.int64),
        carray(_at(a[12, 0]), (a[12, 1], a[12, 2]), np.int64),
        carray(_at(a[13, 0]), (a[13, 1], a[13, 2], a[13, 3]), np.int64),
        carray(_at(a[14, 0]), (a[14, 1],), np.int64),
        carray(_at(a[15, 0]), (a[15, 1], a[15, 2]), np.int64),
        carray(_at(a[16, 0]), (a[16, 1], a[16, 2]), np.int64),
        carray(_at(a[17, 0]), (a[17, 1], a[17, 2]), np.int64),
        carray(_at(a[18, 0]), (a[18, 1], a[18, 2]), np.int64),
    )
    orders = carray(_at(a[19, 0]), (a[19, 1], a[19, 2]), np.int32)
    return judge(seen, work, orders, k, m)
