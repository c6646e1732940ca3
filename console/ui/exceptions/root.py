"""Why it happened: what is known of the root cause, how its action stands, what to do next."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from console import formats
from console.dispatch.rootcause import Known
from console.tongues import tr
from console.ui.caption import PLAIN, QUIET, STRONG, Caption
from console.ui.theme.theme import Theme

WORKED = {True: tr("It helped"), False: tr("It did not help"), None: tr("No clear change")}


class RootPart(QWidget):
    """``askedWhy`` to write it down, ``acted`` and ``askedEffect`` of its action.

    Nothing is shown until somebody asked; ``ask_button`` stands where whoever holds this puts it.
    """

    askedWhy = Signal()
    acted = Signal()
    askedEffect = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        rows.addWidget(Caption(theme, STRONG, tr("Root cause")))
        self.whys = Caption(theme, QUIET, "", wrap=True)
        self.action = Caption(theme, PLAIN, "", wrap=True)
        rows.addWidget(self.whys)
        rows.addWidget(self.action)
        row = QHBoxLayout()
        self.ask_button = QPushButton(tr("Ask why…"))
        self.why_button = QPushButton(tr("Change…"))
        self.acted_button = QPushButton(tr("Action taken"))
        self.effect_button = QPushButton(tr("Did it help?"))
        for button in (self.why_button, self.acted_button, self.effect_button):
            row.addWidget(button)
        row.addStretch(1)
        rows.addLayout(row)
        self.ask_button.clicked.connect(self.askedWhy)
        self.why_button.clicked.connect(self.askedWhy)
        self.acted_button.clicked.connect(self.acted)
        self.effect_button.clicked.connect(self.askedEffect)
        self.hide()

    def clear(self) -> None:
        """Another exception: nothing is known yet."""
        self.show_root(None, date.min)

    def show_root(self, known: Known | None, today: date) -> None:
        """As it stands; nothing where nobody asked yet."""
        self.setVisible(known is not None)
        self.ask_button.setVisible(known is None)
        self.acted_button.setVisible(known is not None and known.acted is None)
        self.effect_button.setVisible(
            known is not None and known.acted is not None and not known.checked
        )
        if known is not None:
            self.whys.say(chain(known))
            tone = "bad" if known.is_overdue(today) else "text"
            self.action.say(state(known, today), tone)


def chain(known: Known) -> str:
    """One why a line, the evidence below."""
    lines = [f"{i}. {why}" for i, why in enumerate(known.whys, 1)]
    if not lines:
        lines = [tr("The texts were erased.")]
    if known.evidence:
        lines.append(tr("Evidence: {evidence}", evidence=known.evidence))
    if known.photo:
        lines.append(tr("Evidence photo: {name}…", name=known.photo[:12]))
    return "\n".join(lines)


def state(known: Known, today: date) -> str:
    """The action, whose it is, by when, what came of it."""
    told = tr("{action} ({owner})", action=known.action, owner=known.owner)
    if known.checked:
        return f"{told}: {WORKED[known.worked]}. {known.checked}"
    if known.acted is not None:
        return tr("{told}: taken on {day}", told=told, day=formats.day(known.acted, year=False))
    due = formats.day(known.due, year=False) if known.due is not None else ""
    if known.is_overdue(today):
        return tr("{told}: overdue since {day}", told=told, day=due)
    return tr("{told}: due {day}", told=told, day=due)
