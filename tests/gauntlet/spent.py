"""A piece of work in a process of its own, and what it took: seconds, computing, memory."""

import json
import os
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Spent:
    """``answer`` is what the work told; seconds on the wall and of computing, MB at most."""

    answer: Any
    wall: float
    computing: float
    memory: float

    def __str__(self) -> str:
        return f"{self.wall:.2f} s ({self.computing:.2f} s of computing, {self.memory:.0f} MB)"


def spent(work: Callable[[], Any]) -> Spent:
    """Do it in a forked child; its answer is anything that JSON can tell.

    RuntimeError where the child ended without one.
    """
    read, write = os.pipe()
    began = time.perf_counter()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.close(read)
            told = json.dumps(work()).encode()
            with os.fdopen(write, "wb") as pipe:
                pipe.write(told)
            code = 0
        except BaseException:  # noqa: BLE001 - told to whoever reads the output
            traceback.print_exc()
        finally:
            os._exit(code)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        told = pipe.read()
    _, status, usage = os.wait4(child, 0)
    if status:
        raise RuntimeError("a piece of work ended by an error of its own")
    wall, computing = time.perf_counter() - began, usage.ru_utime + usage.ru_stime
    return Spent(json.loads(told), wall, computing, usage.ru_maxrss / 1024)
