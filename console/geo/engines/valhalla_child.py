"""Valhalla in a process of its own: answers actions in JSON until its pipe closes.

This module imports the standard library and Valhalla only.
"""
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false
# (valhalla has hardly any types)

import signal
from multiprocessing.connection import Connection
from typing import Any


def serve(pipe: Connection, config: str) -> None:
    """Answer ``(action, request as JSON)`` until the other end of the pipe closes.

    ``config`` is the path of Valhalla's configuration. Every answer is (True, JSON), or (False,
    sentence); where Valhalla refuses, (True, {"error_code", "error"}).
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the console; it will close us
    try:
        import valhalla

        actor: Any = valhalla.Actor(config)
    except Exception as error:  # noqa: BLE001 - whatever the engine says goes back as a sentence
        pipe.send((False, str(error)))
        return
    try:
        pipe.send((True, "ready"))
        while True:
            action, request = pipe.recv()
            pipe.send(_answer(actor, valhalla, action, request))
    except (EOFError, OSError):
        return


def _answer(actor: Any, valhalla: Any, action: str, request: str) -> tuple[bool, Any]:
    try:
        return True, getattr(actor, action)(request)
    except valhalla.ValhallaError as error:
        return True, {"error_code": error.code, "error": error.message}
    except Exception as error:  # noqa: BLE001 - see above
        return False, str(error)
