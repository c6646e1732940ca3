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
from shiboken6 import Shiboken

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
        reply = self._network.get(request)
        job.destroyed.connect(reply.abort)
        reply.finished.connect(lambda: _pass_on(reply, job))


def _pass_on(reply: QNetworkReply, job: QWebEngineUrlRequestJob) -> None:
    reply.deleteLater()
    if not Shiboken.isValid(job):  # the page has gone elsewhere
        return
    if reply.error() != QNetworkReply.NetworkError.NoError:
        job.fail(QWebEngineUrlRequestJob.Error.RequestFailed)
        return
    kind = str(reply.header(QNetworkRequest.KnownHeaders.ContentTypeHeader) or "image/png")
    device = QBuffer(job)
    device.setData(reply.readAll())
    device.open(QIODevice.OpenModeFlag.ReadOnly)
    job.reply(QByteArray(kind.partition(";")[0].encode()), device)
