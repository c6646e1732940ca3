"""Valhalla in a process of its own: answers actions in JSON until its pipe closes.

This module imports the standard library and Valhalla only, and what serves them.
"""
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false
# (valhalla has hardly any types)

from multiprocessing.connection import Connection
from typing import Any

from console.geo.engines.child import Answer, serve_until_closed


def serve(pipe: Connection, config: str) -> None:
    """Answer ``(action, request as JSON)`` until the other end of the pipe closes.

    ``config`` is the path of Valhalla's configuration. Every answer is (True, JSON), or (False,
    sentence); where Valhalla refuses, (True, {"error_code", "error"}).
    """

    def start() -> Answer:
        import valhalla

        refusal: Any = valhalla.ValhallaError
        actor: Any = valhalla.Actor(config)

        def answer(request: tuple[Any, ...]) -> object:
            action, question = request
            try:
                return getattr(actor, action)(question)
            except refusal as error:
                return {"error_code": error.code, "error": error.message}

        return answer

    serve_until_closed(pipe, start)
