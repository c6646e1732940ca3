"""The web view behind the map: one profile, one page, one channel, and its recovery."""

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtWebChannel import QWebChannel
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile, QWebEngineSettings
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.ui.map.bridge import Bridge
from console.ui.map.page import base_page
from console.ui.map.scheme import ADDRESS, SCHEME, MapHandler, OutsideBlocked
from console.ui.map.shown import encode

_log = logging.getLogger(__name__)

_INLINE = 16_384
"""Bytes up to which a message travels in the signal itself; beyond, the page fetches it."""
MAX_CRASHES = 3
"""Crashes in a row after which the map waits for the user."""

_OFF = (
    QWebEngineSettings.WebAttribute.LocalStorageEnabled,
    QWebEngineSettings.WebAttribute.PluginsEnabled,
    QWebEngineSettings.WebAttribute.ErrorPageEnabled,
    QWebEngineSettings.WebAttribute.PdfViewerEnabled,
    QWebEngineSettings.WebAttribute.NavigateOnDropEnabled,
    QWebEngineSettings.WebAttribute.JavascriptCanOpenWindows,
)


class MapPage(QWebEnginePage):
    """Stays on our address and reports what goes wrong in the scripts."""

    def acceptNavigationRequest(
        self,
        url: QUrl | str,
        type: QWebEnginePage.NavigationType,
        isMainFrame: bool,  # noqa: N803
    ) -> bool:
        return QUrl(url).scheme() == SCHEME.decode()

    def javaScriptConsoleMessage(
        self,
        level: QWebEnginePage.JavaScriptConsoleMessageLevel,
        message: str,
        lineNumber: int,  # noqa: N803 - Qt's names
        sourceID: str,  # noqa: N803
    ) -> None:
        if level == QWebEnginePage.JavaScriptConsoleMessageLevel.ErrorMessageLevel:
            _log.warning("map page: %s (%s:%d)", message, sourceID, lineNumber)


class MapWeb(QWidget):
    """Loads the page, sends messages in order, and loads it again when its process dies.

    ``loaded`` asks for the whole state, the first time and after each crash; ``settled`` says that
    all messages are painted; ``given_up`` that the page died too often in a row.
    """

    loaded = Signal()
    settled = Signal()
    given_up = Signal()

    def __init__(self, cache: Path) -> None:
        super().__init__()
        self.is_loaded = False
        self._crashes = 0
        self._sent = 0
        self.view = QWebEngineView(self)
        profile = QWebEngineProfile()
        self.handler = MapHandler(lambda: base_page(cache), cache, profile)
        profile.installUrlSchemeHandler(SCHEME, self.handler)
        self._interceptor = OutsideBlocked(profile)
        profile.setUrlRequestInterceptor(self._interceptor)
        self.page = MapPage(profile, self.view)
        self._dress()
        # A parent deletes its children in their order: the page has to go before its profile.
        profile.setParent(self)
        self.bridge = Bridge(self.page)
        channel = QWebChannel(self.page)
        channel.registerObject("bridge", self.bridge)
        self.page.setWebChannel(channel)
        self.bridge.page_loaded.connect(self._loaded)
        self.bridge.page_settled.connect(self._settled)
        self.page.renderProcessTerminated.connect(self._terminated)

    def _dress(self) -> None:
        for attribute in _OFF:
            self.page.settings().setAttribute(attribute, False)  # noqa: FBT003 - Qt's own signature
        self.view.setPage(self.page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self.view.setAcceptDrops(False)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def load(self) -> None:
        """Open the page, or open it again."""
        self.is_loaded = False
        self.handler.drop_messages()
        self.page.setUrl(QUrl(ADDRESS))

    def send(self, kind: str, value: object) -> None:
        """Send a message; before the page is there it is dropped, for ``loaded`` asks for all."""
        if not self.is_loaded:
            return
        self._sent += 1
        body = encode(value)
        if len(body) > _INLINE:
            self.handler.hold(self._sent, body)
            self.bridge.sent.emit(kind, f"@{self._sent}")
        else:
            self.bridge.sent.emit(kind, body.decode())

    def ask(self, script: str, answer: Callable[[str], None]) -> None:
        """Run one of the page's own functions that answers JSON text; "" before it is there."""
        if self.is_loaded:
            self.page.runJavaScript(f"doorstepConsole.{script}", lambda text: answer(text or ""))  # pyright: ignore
        else:
            answer("")

    def try_again(self) -> None:
        """Load the page after it had been given up."""
        self._crashes = 0
        self.load()

    def _loaded(self) -> None:
        self._sent = 0
        self.is_loaded = True
        self.loaded.emit()

    def _settled(self, handled: int) -> None:
        self._crashes = 0
        if handled == self._sent:
            self.settled.emit()

    def _terminated(self, status: QWebEnginePage.RenderProcessTerminationStatus, code: int) -> None:
        self.is_loaded = False
        if status == QWebEnginePage.RenderProcessTerminationStatus.NormalTerminationStatus:
            return
        self._crashes += 1
        _log.info("the map's process ended (%s, %d)", status.name, code)
        if self._crashes < MAX_CRASHES:
            self.load()
        else:
            self.given_up.emit()
