"""Jobs for child processes that go wrong in every way."""

import errno
import os
import signal
import time
from collections.abc import Callable

Tell = Callable[[float], None]


def echo(text: str, tell: Tell) -> str:
    tell(0.5)
    return text


def die(text: str, tell: Tell) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fill_the_disk(text: str, tell: Tell) -> None:
    raise OSError(errno.ENOSPC, text)


def fill_the_database(text: str, tell: Tell) -> None:
    raise RuntimeError("database or disk is full")


def choke(text: str, tell: Tell) -> None:
    raise RuntimeError("PBF error: truncated data (EOF encountered)")


def hang(pid_file: str, tell: Tell) -> None:
    with open(pid_file, "w") as file:  # noqa: PTH123 - in a child, as a job would
        file.write(str(os.getpid()))
    time.sleep(600)
