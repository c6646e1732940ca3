"""The strip over a proposal: what it is, what it brings, adopt or discard."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from console.dispatch.proposals import Proposal
from console.tongues import tr
from console.ui.actions import Actions, action_button
from console.ui.caption import QUIET, Caption
from console.ui.ink import Pen
from console.ui.proposal import headline
from console.ui.theme.theme import Theme

OUTDATED = tr("The plan has changed since: adopting searches anew for two seconds and asks again")


class Banner(QWidget):
    """One row on the colour of selections, for this is no ordinary day."""

    def __init__(self, theme: Theme, actions: Actions) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedHeight(theme.size("strip_proposal"))
        self.mark = QLabel()
        self.title = Caption(theme, Pen("title", "text", bold=True))
        self.said = Caption(theme, QUIET)
        self.gain = Caption(theme, Pen("title", "ok", bold=True))
        self.keep = action_button(actions["keep_scenario"], theme, tr("Keep…"), "save")
        self.discard = action_button(actions["discard_proposal"], theme, tr("Discard"), "x")
        self.adopt = action_button(actions["adopt_proposal"], theme, tr("Adopt"), "check")
        self.adopt.setProperty("role", "primary")
        theme.dress(self.adopt, "check", "on_accent")
        self._lay_out()
        self._dress()
        theme.changed.connect(self._dress)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addStretch(1)
        for caption in (self.title, self.said):
            caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            words.addWidget(caption)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(12)
        row.addWidget(self.mark)
        row.addLayout(words, 1)
        for widget in (self.gain, self.keep, self.discard, self.adopt):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_proposal(self, proposal: Proposal) -> None:
        """Another proposal."""
        self.title.say(headline.title(proposal))
        self.say(headline.subtitle(proposal))
        words, tone = headline.gain(proposal)
        self.gain.say(words, tone)
        self.keep.setVisible(proposal.kept is None)
        self.discard.setText(tr("Discard") if proposal.kept is None else tr("Close"))
        self.setAccessibleName(
            f"{headline.title(proposal)}. {headline.subtitle(proposal)}. {words}"
        )

    def say(self, words: str, *, warn: bool = False) -> None:
        """The second line."""
        self.said.say(words, "warn" if warn else "text2")

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self._theme.color("selection"))
            line = self.rect().adjusted(0, self.height() - 1, 0, 0)
            painter.fillRect(line, self._theme.color("border"))

    def _dress(self) -> None:
        self.mark.setPixmap(self._theme.pixmap("sparkles", "accent", 20, self.devicePixelRatioF()))
        self.update()
