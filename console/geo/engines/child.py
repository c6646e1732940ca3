"""How an engine's own process answers. Only the standard library: children load little."""

import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

Answer = Callable[[tuple[Any, ...]], object]


def serve_until_closed(pipe: Connection, start: Callable[[], Answer]) -> None:
    """Say (True, "ready"), then answer requests until the other end of the pipe closes.

    Every answer is (True, what ``start``'s function made of the request), or (False, a sentence):
    whatever an engine raises goes back as one, at its start and ever after.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the console; it will close us
    try:
        answer = start()
    except Exception as error:  # noqa: BLE001 - see above
        pipe.send((False, str(error)))
        return
    try:
        pipe.send((True, "ready"))
        while True:
            pipe.send(_answered(answer, pipe.recv()))
    except (EOFError, OSError):
        return


def _answered(answer: Answer, request: tuple[Any, ...]) -> tuple[bool, object]:
    try:
        return True, answer(request)
    except Exception as error:  # noqa: BLE001 - see above
        return False, str(error)
