"""The door to a road server: one connection, JSON in and out, a clear word on what went wrong."""

import contextlib
import http.client
import json
import socket
import threading
from collections.abc import Generator, Mapping
from typing import Any, cast
from urllib.parse import urlsplit

from console.domain.errors import ConsoleError
from console.tongues import tr

_AGENT = "Doorstep dispatch console"
_TRIES = 2  # a connection kept open may have been closed by the other side
_MOST = 256 << 20  # bytes of an answer
_SHOWN = 120


class Turned(ConsoleError):  # noqa: N818 - a verdict
    """The server refuses a question (4xx or 5xx); ``answer`` is its JSON, or empty."""

    def __init__(self, message: str, remedy: str, answer: Mapping[str, Any]) -> None:
        super().__init__(message, remedy=remedy)
        self.answer = answer

    @property
    def number(self) -> object:
        """The number of its error, where it has one."""
        return _fields(self.answer.get("error")).get("code")


class Door:
    """One server; safe from any thread, one question at a time."""

    def __init__(
        self,
        what: str,
        url: str,
        seconds: float,
        headers: Mapping[str, str],
        table: str = "streets",
    ) -> None:
        """``what`` is the kind of server for messages; ``seconds`` bound every answer.

        ``table`` is where ``doorstep.toml`` sets it.
        """
        self._what, self._url, self._seconds = what, url.rstrip("/"), seconds
        self._below = tr(
            "in File > Engines and services or below [{table}] in doorstep.toml", table=table
        )
        parts = urlsplit(self._url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ConsoleError(
                tr("{url!r} is not the address of a {what}.", url=url, what=what),
                remedy=tr("Give it as http://HOST:PORT {below}.", below=self._below),
            )
        self._is_safe, self._host, self._port = parts.scheme == "https", parts.hostname, parts.port
        self._path = parts.path
        self._headers = {"User-Agent": _AGENT, "Accept": "application/json", **headers}
        self._connection: http.client.HTTPConnection | None = None
        self._lock = threading.Lock()

    @property
    def host(self) -> str:
        """Where it is, for people."""
        return urlsplit(self._url).netloc

    def get(self, path: str) -> Any:
        """The JSON of a GET. Turned on a refusal, ConsoleError on anything else."""
        return self._ask("GET", path, None)

    def post(self, path: str, body: Mapping[str, Any]) -> Any:
        """The JSON of a POST of JSON; errors as in ``get``."""
        return self._ask("POST", path, json.dumps(body).encode())

    @contextlib.contextmanager
    def reading(self, what: str) -> Generator[None]:
        """ConsoleError where JSON is not what it should be; ``what`` was asked for."""
        try:
            yield
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            raise ConsoleError(
                tr(
                    "The {what} {url} answers without {what2}.",
                    what=self._what,
                    url=self._url,
                    what2=what,
                ),
                remedy=tr(
                    "Check that the address {below} is that of a {what}, and its version.",
                    below=self._below,
                    what=self._what,
                ),
            ) from error

    def close(self) -> None:
        """Hang up; the next question connects again."""
        with self._lock:
            self._hang_up()

    def _ask(self, method: str, path: str, body: bytes | None) -> Any:
        with self._lock:
            status, text = self._sent(method, path, body)
        try:
            answer: Any = json.loads(text)
        except (ValueError, RecursionError):
            answer = None
        if status >= 400:
            raise self._refusal(status, answer)
        if status != 200 or answer is None:
            raise self._nonsense(status, text)
        return answer

    def _sent(self, method: str, path: str, body: bytes | None) -> tuple[int, bytes]:
        for left in reversed(range(_TRIES)):
            is_new = self._connection is None
            try:
                return self._send(method, path, body)
            except TimeoutError:
                self._hang_up()
                raise self._silent() from None
            except (http.client.HTTPException, ConnectionError) as error:
                self._hang_up()
                if not left or is_new:
                    raise self._unreachable(error) from error
            except OSError as error:
                self._hang_up()
                raise self._unreachable(error) from error
        raise AssertionError("the last try answers or raises")

    def _send(self, method: str, path: str, body: bytes | None) -> tuple[int, bytes]:
        connection = self._connection = self._connection or self._connect()
        headers = {**self._headers, **({"Content-Type": "application/json"} if body else {})}
        connection.request(method, self._path + path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read(_MOST)

    def _connect(self) -> http.client.HTTPConnection:
        kind = http.client.HTTPSConnection if self._is_safe else http.client.HTTPConnection
        return kind(self._host, self._port, timeout=self._seconds)

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    # -- verdicts ----------------------------------------------------------------------------------

    def _silent(self) -> ConsoleError:
        return ConsoleError(
            tr(
                "The {what} {url} did not answer within {seconds:.0f} seconds.",
                what=self._what,
                url=self._url,
                seconds=self._seconds,
            ),
            remedy=tr(
                "Check that it runs and is not overloaded, or set a longer timeout {below}.",
                below=self._below,
            ),
        )

    def _unreachable(self, error: Exception) -> ConsoleError:
        why = tr("its name is not known") if isinstance(error, socket.gaierror) else str(error)
        return ConsoleError(
            tr(
                "The {what} {url} cannot be reached ({value}).",
                what=self._what,
                url=self._url,
                value=why or type(error).__name__,
            ),
            remedy=tr(
                "Check that it runs, its address {below}, and the network; or choose another "
                "one there.",
                below=self._below,
            ),
        )

    def _refusal(self, status: int, answer: Any) -> ConsoleError:
        fields = _fields(answer)
        said = _said(fields) or http.client.responses.get(status, "")
        if status >= 500:
            return Turned(
                tr(
                    "The {what} {url} has a fault ({status} {said}).",
                    what=self._what,
                    url=self._url,
                    status=status,
                    said=said,
                ),
                tr("Try again; if it stays, look into the server's log."),
                fields,
            )
        remedy = {
            401: tr("Set its key {below}.", below=self._below),
            403: tr("Set its key {below}.", below=self._below),
            404: tr("Check its address and the profile's name {below}.", below=self._below),
            413: tr("Set a smaller table_size {below}.", below=self._below),
            414: tr("Set a smaller table_size {below}.", below=self._below),
            429: tr("It is asked too often: wait a while, or use a server of your own."),
        }.get(
            status,
            tr("Check that it serves this area, and table_size {below}.", below=self._below),
        )
        message = tr(
            "The {what} {url} refuses the question ({status} {said}).",
            what=self._what,
            url=self._url,
            status=status,
            said=said,
        )
        return Turned(message, remedy, fields)

    def _nonsense(self, status: int, text: bytes) -> ConsoleError:
        shown = text[:_SHOWN].decode(errors="replace").strip() or tr("nothing")
        return ConsoleError(
            tr(
                "{url} answers no {what}'s JSON ({status}: {shown}).",
                url=self._url,
                what=self._what,
                status=status,
                shown=shown,
            ),
            remedy=tr("Check the address and the kind of server {below}.", below=self._below),
        )


def _said(fields: Mapping[str, Any]) -> str:
    """What the server says in its own words, wherever it puts them."""
    error = fields.get("error")
    inner = _fields(error).get("message")
    return str(inner or fields.get("message") or error or "")[:_SHOWN]


def _fields(answer: object) -> Mapping[str, Any]:
    return cast("dict[str, Any]", answer) if isinstance(answer, dict) else {}
