"""How far is it: two points on the map, the way between them, what is within reach of the first."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console import formats
from console.dispatch.distances import Measured
from console.dispatch.ports import Step
from console.domain.profiles import Profile
from console.formats import measured
from console.tongues import inside, tr
from console.ui.caption import FAINT, PLAIN, STRONG, Caption
from console.ui.dialogs.languages import LanguageField, usual_language
from console.ui.ink import Pen
from console.ui.theme.theme import Theme
from console.ui.tooldock import ToolDock

MINUTES = (5, 10, 20)
_BIG = Pen("figure", "text", bold=True)
_KINDS = {
    "car": tr("Car"),
    "van": tr("Van"),
    "truck": tr("Truck"),
    "bicycle": tr("Bicycle"),
    "foot": tr("On foot"),
}
FIRST, SECOND = tr("Click on the map where it begins."), tr("Click where it ends.")
THIRD = tr("Click elsewhere to move the end.")


class MeasuringPanel(ToolDock):
    """``changed``: ask again; ``restarted``: from a new beginning."""

    changed = Signal()
    restarted = Signal()

    def __init__(self, theme: Theme, window: QWidget | None = None) -> None:
        super().__init__(tr("How far is it"), window)
        self._theme = theme
        self.vehicle, self.language = QComboBox(), LanguageField(usual_language())
        self.reach = QCheckBox(tr("Show what is within {listed} minutes", listed=_listed(MINUTES)))
        self.hint = Caption(theme, PLAIN, FIRST, wrap=True)
        self.result = Caption(theme, _BIG)
        self.source = Caption(theme, FAINT, wrap=True)
        self.steps = QListWidget()
        self.again, self.close_button = QPushButton(tr("Start again")), QPushButton(tr("Done"))
        self._dress()
        self.setWidget(self._content())
        self.setMinimumWidth(272)

    @property
    def profile(self) -> str:
        """The kind of vehicle that is chosen."""
        return str(self.vehicle.currentData() or "car")

    @property
    def spoken(self) -> str:
        """The language of the way."""
        return self.language.chosen

    def offer(self, profiles: Sequence[str]) -> None:
        """The kinds of vehicle of the day; the choice stays where it can."""
        chosen = self.profile
        self.vehicle.blockSignals(True)  # noqa: FBT003 - Qt's own
        self.vehicle.clear()
        for profile in profiles:
            self.vehicle.addItem(named(profile), profile)
        self.vehicle.setCurrentIndex(max(0, self.vehicle.findData(chosen)))
        self.vehicle.blockSignals(False)  # noqa: FBT003

    def ask_for(self, hint: str) -> None:
        """Say which click is wanted; nothing is measured yet."""
        self.hint.say(hint)
        self.hint.show()
        self.steps.clear()
        for caption in (self.result, self.source):
            caption.say("")

    def show_way(self, measured: Measured) -> None:
        """The answer."""
        self.hint.hide()
        self.result.say(f"{duration(measured.way.seconds)} · {distance(measured.way.metres)}")
        self.source.say(
            tr(
                "By {vehicle}. {source}",
                vehicle=inside(named(self.profile)),
                source=measured.way.source,
            )
        )
        self.steps.clear()
        self.steps.addItems([told(step) for step in measured.steps])

    def _dress(self) -> None:
        self.offer(["car"])
        self.vehicle.setAccessibleName(tr("Kind of vehicle"))
        self.steps.setAccessibleName(tr("The way in words"))
        self.steps.setWordWrap(True)
        self.steps.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.vehicle.currentIndexChanged.connect(self.changed)
        self.language.currentIndexChanged.connect(self.changed)
        self.reach.toggled.connect(self.changed)
        self.again.clicked.connect(self.restarted)
        self.close_button.clicked.connect(self.end)

    def _content(self) -> QWidget:
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(12, 8, 12, 12)
        rows.setSpacing(8)
        for pair in (
            (Caption(self._theme, STRONG, tr("How far is it")), self.close_button),
            (self.vehicle, self.language),
        ):
            line = QHBoxLayout()
            line.addWidget(pair[0], 1)
            line.addWidget(pair[1], 0 if pair[1] is self.close_button else 1)
            rows.addLayout(line)
        for widget in (self.reach, self.hint, self.result, self.source):
            rows.addWidget(widget)
        rows.addWidget(self.steps, 1)
        rows.addWidget(self.again)
        return inner


def named(profile: str) -> str:
    """A kind of vehicle in words: ``Truck, 3.8 m high, 12 t, dangerous goods``."""
    wanted = Profile.parse(profile)
    sizes = (
        (wanted.height_m, tr("{} m high")),
        (wanted.width_m, tr("{} m wide")),
        (wanted.length_m, tr("{} m long")),
        (wanted.weight_t, "{} t"),
    )
    words = [text.format(measured(size)) for size, text in sizes if size is not None]
    return ", ".join(
        [_KINDS[wanted.kind], *words, *([tr("dangerous goods")] if wanted.hazmat else [])]
    )


def duration(seconds: int) -> str:
    """``1 h 05 min``, ``12 min``, ``40 s``."""
    if seconds < 60:
        return f"{seconds} s"
    minutes = round(seconds / 60)
    return (
        tr("{minutes} min", minutes=minutes)
        if minutes < 60
        else tr("{value} h {value2:02} min", value=minutes // 60, value2=minutes % 60)
    )


_NEAR = {"km": 1.0, "mi": 0.2}
"""Less than this is said in metres or feet."""


def distance(metres: int) -> str:
    """``12.3 km``, ``850 m``; or ``7.6 mi``, ``900 ft``."""
    way, unit = formats.distance(metres)
    if way < _NEAR[unit]:
        near, short = formats.short_distance(metres)
        return f"{formats.number(near)} {short}"
    return f"{formats.number(way, 1)} {unit}"


def told(step: Step) -> str:
    """A sentence, and how far one goes on."""
    return f"{step.sentence} {distance(step.metres)}" if step.metres else step.sentence


def _listed(minutes: Sequence[int]) -> str:
    return tr("{text} and {minutes}", text=", ".join(map(str, minutes[:-1])), minutes=minutes[-1])
