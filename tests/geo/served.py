"""A small web server that behaves as badly as it is told: for downloads."""

import contextlib
import hashlib
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Shelf:
    """Files by path, and what is wrong with them. Statuses and cuts are used up one by one."""

    files: dict[str, bytes] = field(default_factory=dict)
    statuses: list[int] = field(default_factory=list)
    cuts: list[int] = field(default_factory=list)
    ranges: bool = True
    sized: bool = True
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    address: str = ""
    hold: threading.Event | None = None
    """Where set, half of a file is sent and the rest when it is let go."""

    def tag(self, path: str) -> str:
        return f'"{hashlib.sha256(self.files[path]).hexdigest()[:12]}"'

    def whole(self, ending: str = ".pbf") -> list[dict[str, str]]:
        """The headers of what was asked of files with this ending."""
        return [headers for path, headers in self.asked if path.endswith(ending)]


class _Answer(BaseHTTPRequestHandler):
    shelf: Shelf

    def do_GET(self) -> None:
        shelf, headers = self.shelf, {k.casefold(): v for k, v in self.headers.items()}
        shelf.asked.append((self.path, headers))
        if self.path == "/moved.osm.pbf":
            self._say(302, {"Location": "/town.osm.pbf"})
        elif self.path not in shelf.files:
            self._say(404, {})
        elif shelf.statuses and self.path.endswith(".pbf"):
            self._say(shelf.statuses.pop(0), {"Retry-After": "0"})
        elif headers.get("if-none-match") == shelf.tag(self.path):
            self._say(304, {})
        else:
            self._send(shelf.files[self.path], headers)

    def _send(self, data: bytes, headers: dict[str, str]) -> None:
        shelf, tag, start = self.shelf, self.shelf.tag(self.path), 0
        wanted = re.match(r"bytes=(\d+)-", headers.get("range", ""))
        if wanted and shelf.ranges and headers.get("if-range") == tag:
            start = int(wanted[1])
        if start >= len(data):
            self._say(416, {})
            return
        body, said = data[start:], {"ETag": tag}
        if start:
            said["Content-Range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
        if shelf.sized:
            said["Content-Length"] = str(len(body))
        self._say(206 if start else 200, said)
        cut = shelf.cuts.pop(0) if shelf.cuts and self.path.endswith(".pbf") else len(body)
        self._write(body[:cut])

    def _write(self, body: bytes) -> None:
        with contextlib.suppress(OSError):
            self.wfile.write(body[: len(body) // 2])
            if self.shelf.hold is not None and self.path.endswith(".pbf"):
                self.wfile.flush()
                self.shelf.hold.wait(60)
            self.wfile.write(body[len(body) // 2 :])

    def _say(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's word
        """Say nothing."""


@contextlib.contextmanager
def serving(shelf: Shelf) -> Iterator[Shelf]:
    """Serve the shelf on a port of this machine."""
    handler = type("Answer", (_Answer,), {"shelf": shelf})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    shelf.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield shelf
    finally:
        if shelf.hold is not None:
            shelf.hold.set()
        server.shutdown()
        server.server_close()
        thread.join()
