"""Tiles from a server of the user's own choice, fetched by the window and kept as HTTP allows."""

from importlib.metadata import version
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QUrl
from PySide6.QtNetwork import (
    QNetworkAccessManager,
    QNetworkDiskCache,
    QNetworkReply,
    QNetworkRequest,
)
from PySide6.QtWebEngineCore import QWebEngineUrlRequestJob

from console.tongues import tr

AGENT = tr("Doorstep/{version} (desktop dispatch console)", version=version("doorstep"))
"""Who asks: servers of tiles want to know."""
_ROOM = 50 << 20  # bytes kept on disk
_PATIENCE_MS = 15_000


class OnlineTiles(QObject):
    """Answers the page's requests for online tiles; the page itself fetches nothing."""

    def __init__(self, cache: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.template = ""
        self._network = QNetworkAccessManager(self)
        self._network.setTransferTimeout(_PATIENCE_MS)
        disk = QNetworkDiskCache(self)
        disk.setCacheDirectory(str(cache / "tiles"))
        disk.setMaximumCacheSize(_ROOM)
        self._network.setCache(disk)

    def answer(self, job: QWebEngineUrlRequestJob, z: int, x: int, y: int) -> None:
        """Fetch one tile and reply, or fail."""
        if not self.template:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        address = self.template
        for name, value in (("z", z), ("x", x), ("y", y)):
            address = address.replace(f"{{{name}}}", str(value))
        request = QNetworkRequest(QUrl(address))
        request.setHeader(QNetworkRequest.KnownHeaders.UserAgentHeader, AGENT)
        wanted = QNetworkRequest.CacheLoadControl.PreferCache
        request.setAttribute(QNetworkRequest.Attribute.CacheLoadControlAttribute, wanted)
        _Passing(self._network.get(request), job)


class _Passing(QObject):
    """One tile on its way from the server to the page; it lives as long as the reply.

    A request that ends while its tile is on its way (the page went elsewhere) calls the server's
    reply off, which finishes at once: by then the request must not be spoken to any more.
    """

    def __init__(self, reply: QNetworkReply, job: QWebEngineUrlRequestJob) -> None:
        super().__init__(reply)
        self._reply = reply
        self._job: QWebEngineUrlRequestJob | None = job
        job.destroyed.connect(self._give_up)
        reply.finished.connect(self._pass_on)

    def _give_up(self) -> None:
        self._job = None
        self._reply.abort()

    def _pass_on(self) -> None:
        reply, job = self._reply, self._job
        reply.deleteLater()
        if job is None:
            return
        if reply.error() != QNetworkReply.NetworkError.NoError:
            job.fail(QWebEngineUrlRequestJob.Error.RequestFailed)
            return
        kind = str(reply.header(QNetworkRequest.KnownHeaders.ContentTypeHeader) or "image/png")
        device = QBuffer(job)
        device.setData(reply.readAll())
        device.open(QIODevice.OpenModeFlag.ReadOnly)
        job.reply(QByteArray(kind.partition(";")[0].encode()), device)
