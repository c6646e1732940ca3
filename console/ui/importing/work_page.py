"""A file is read and its addresses are looked up: how far it is."""

from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from console.ui.caption import QUIET, Caption
from console.ui.dialogs.sheet import TITLE
from console.ui.notices import Job
from console.ui.theme.theme import Theme

_STEPS = 1000


class WorkPage(QWidget):
    """A title, what is done now, and a bar that runs to and fro while nobody knows how long."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.title = Caption(theme, TITLE, "", wrap=True)
        self.said = Caption(theme, QUIET, "", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        for widget in (self.title, self.said, self.bar):
            rows.addWidget(widget)
        rows.addStretch(1)

    def show_job(self, job: Job) -> None:
        """Work under way."""
        self.said.say(job.text)
        self.bar.setRange(0, 0 if job.share is None else _STEPS)
        self.bar.setValue(round(_STEPS * (job.share or 0.0)))
        self.bar.setAccessibleName(job.text)
