"""How everything here is compiled.

Stored on disk, without the interpreter's lock, and without counting references to arrays: nothing
here makes any, and the counting took nine tenths of the time. Where the code is not stored, nobody
waits for a compiler: ``fast`` and ``inline`` then leave functions as they are, slow but the same.
"""

import os
from collections.abc import Callable
from typing import Any, cast

from console.planning.kernel.store import COMPILING, is_compiled

FAST: dict[str, Any] = {"cache": True, "nogil": True, "_nrt": False}
INNER: dict[str, Any] = {**FAST, "no_cpython_wrapper": True, "no_cfunc_wrapper": True}
INLINE: dict[str, Any] = {**INNER, "inline": "always"}

IS_COMPILED = COMPILING in os.environ or is_compiled()


def fast[F: Callable[..., Any]](function: F) -> F:
    """Compiled, where the machine code is stored."""
    return _compiled(function, FAST)


def inner[F: Callable[..., Any]](function: F) -> F:
    """The same for what only compiled code calls: without a door to Python, which takes long."""
    return _compiled(function, INNER)


def inline[F: Callable[..., Any]](function: F) -> F:
    """The same, copied to where it is called."""
    return _compiled(function, INLINE)


def _compiled[F: Callable[..., Any]](function: F, options: dict[str, Any]) -> F:
    if not IS_COMPILED:
        return function
    from numba import njit  # half a second that nobody pays where it is not wanted

    return cast("F", njit(**options)(function))
