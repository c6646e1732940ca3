"""Doubtful addresses of a file that came in, and a map on which the right doors are shown."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from console.domain.places import Location, Place, PlaceId
from console.tongues import tr, trn
from console.ui.caption import QUIET, Caption
from console.ui.dialogs.fixup import FixUpList
from console.ui.dialogs.sheet import TITLE
from console.ui.map.view import MapView
from console.ui.theme.theme import Theme

SENTENCE = tr(
    "Take one of the places that were found, or click the right door on the map. "
    "It is remembered for every later file."
)
_LIST, _MAP = 340, 740


class DoorsPage(QWidget):
    """The list left, the map right. ``left`` counts the addresses that are still doubtful."""

    def __init__(self, theme: Theme, map_view: MapView) -> None:
        super().__init__()
        self.left = 0
        self.title = Caption(theme, TITLE, "", wrap=True)
        self.list = FixUpList(theme)
        self.map_view = map_view
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addWidget(self.title)
        rows.addWidget(Caption(theme, QUIET, SENTENCE, wrap=True))
        rows.addWidget(self._parts(), 1)

    def _parts(self) -> QSplitter:
        split = QSplitter(Qt.Orientation.Horizontal)
        self.list.setMinimumWidth(272)
        for part, share in ((self.list, _LIST), (self.map_view, _MAP)):
            split.addWidget(part)
            split.setStretchFactor(split.count() - 1, share)
        split.setSizes([_LIST, _MAP])
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        return split

    def show_places(
        self, places: Sequence[Place], answers: Mapping[PlaceId, Location] | None = None
    ) -> None:
        """See ``FixUpList.show_places``."""
        self.left = len(places)
        self.list.show_places(places, answers)
        self.title.say(
            trn(
                "{n} address was not found for sure",
                "{n} addresses were not found for sure",
                self.left,
            )
        )
