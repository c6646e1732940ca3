"""The web view's own address space: page, assets, tiles and messages, and nothing from outside."""

from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QFile, QIODevice, QObject
from PySide6.QtWebEngineCore import (
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
    QWebEngineUrlRequestJob,
    QWebEngineUrlScheme,
    QWebEngineUrlSchemeHandler,
)

from console.dispatch.ports import Basemap
from console.ui.map.online import OnlineTiles
from console.ui.map.page import asset

SCHEME = b"doorstep"
ADDRESS = "doorstep://map/"
_POLICY = (
    b"default-src 'none'; script-src doorstep: 'unsafe-inline'; "
    b"style-src doorstep: 'unsafe-inline'; img-src doorstep: data:; connect-src doorstep:"
)
_KINDS = {
    ".js": b"text/javascript",
    ".css": b"text/css",
    ".svg": b"image/svg+xml",
    ".json": b"application/json",
    ".mvt": b"application/x-protobuf",
    ".html": b"text/html; charset=utf-8",
    ".png": b"image/png",
}
_TILE_PARTS = 5


def register_scheme() -> None:
    """Make the scheme known to the web engine; call it before the QApplication, once or more."""
    if QWebEngineUrlScheme.schemeByName(SCHEME).name() == SCHEME:
        return
    scheme = QWebEngineUrlScheme(SCHEME)
    scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
    scheme.setFlags(
        QWebEngineUrlScheme.Flag.SecureScheme
        | QWebEngineUrlScheme.Flag.CorsEnabled
        | QWebEngineUrlScheme.Flag.FetchApiAllowed
    )
    QWebEngineUrlScheme.registerScheme(scheme)


class OutsideBlocked(QWebEngineUrlRequestInterceptor):
    """Lets only our own scheme through."""

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        if info.requestUrl().scheme() not in (SCHEME.decode(), "data", "blob"):
            info.block(True)  # noqa: FBT003 - Qt's own signature


class MapHandler(QWebEngineUrlSchemeHandler):
    """Answers the page's requests from memory, packed files and the region's basemap."""

    def __init__(
        self, page: Callable[[], bytes], cache: Path, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._page = page
        self.online = OnlineTiles(cache, self)
        self._messages: dict[str, bytes] = {}
        self.basemap: Basemap | None = None

    def hold(self, number: int, body: bytes) -> None:
        """Keep a message until the page fetches it."""
        self._messages[f"{number}.json"] = body

    def drop_messages(self) -> None:
        """Forget what a page that is gone did not fetch."""
        self._messages.clear()

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        path = job.requestUrl().path().lstrip("/")
        if path.startswith("online/"):
            self._fetch(job, path)
            return
        body = self._answer(path)
        if body is None:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        suffix = PurePosixPath(path).suffix or ".html"
        headers: Any = {QByteArray(b"Content-Security-Policy"): [QByteArray(_POLICY)]}
        job.setAdditionalResponseHeaders(headers)  # a multimap, which Qt's stub does not know
        device = QBuffer(job)
        device.setData(QByteArray(body))
        device.open(QIODevice.OpenModeFlag.ReadOnly)
        job.reply(QByteArray(_KINDS.get(suffix, b"application/octet-stream")), device)

    def _answer(self, path: str) -> bytes | None:
        if not path:
            return self._page()
        if path == "qwebchannel.js":
            return _channel_script()
        if path.startswith("tiles/"):
            return self._tile(path)
        if path.startswith("messages/"):
            return self._messages.pop(path.removeprefix("messages/"), None)
        return asset(path)

    def _fetch(self, job: QWebEngineUrlRequestJob, path: str) -> None:
        """``online/{version}/{z}/{x}/{y}``."""
        numbers = [int(part) for part in path.split("/")[1:] if part.isdecimal()]
        if len(numbers) == _TILE_PARTS - 1:
            self.online.answer(job, *numbers[1:])
        else:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)

    def _tile(self, path: str) -> bytes | None:
        """``tiles/{version}/{z}/{x}/{y}.mvt``; empty where the region has nothing."""
        parts = path.removesuffix(".mvt").split("/")
        numbers = [int(part) for part in parts[2:] if part.isdecimal()]
        if len(parts) != _TILE_PARTS or len(numbers) != len(parts) - 2:
            return None
        found = self.basemap.tile(*numbers) if self.basemap else None
        return found or b""


def _channel_script() -> bytes:
    source = QFile(":/qtwebchannel/qwebchannel.js")
    source.open(QIODevice.OpenModeFlag.ReadOnly)
    try:
        return bytes(source.readAll().data())
    finally:
        source.close()
