"""The dock of traffic: speeds by the hour, and the zones with the fields of the chosen one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console.domain.places import Coordinate
from console.domain.traffic import Traffic
from console.domain.zones import Zone, ZoneId
from console.tongues import tr, trn
from console.ui.caption import HEADING, QUIET, STRONG, Caption
from console.ui.ink import Pen
from console.ui.scrolling import scrolling
from console.ui.theme.theme import Theme
from console.ui.tooldock import ToolDock
from console.ui.traffic.form import ZoneForm
from console.ui.traffic.strip import HeatStrip
from console.ui.traffic.words import group_text, summary

TOOLS = {"polygon": tr("Polygon"), "rectangle": tr("Rectangle"), "circle": tr("Circle")}
_WARNING = Pen("small", "bad")
_NO_ZONES = tr("No zones yet. Draw one on the map: road works, a market, a school street.")
_ROWS = 5  # zones that are seen without scrolling


class TrafficPanel(ToolDock):
    """Speeds and zones as a tool.

    ``slowed(bool)``: speeds by the hour or free roads. ``speedsWanted``: the table. ``toolWanted``:
    draw a zone with this tool, '' stops. ``chosen``: another zone, '' none. ``saved(Zone)``,
    ``removed(ZoneId)``: the dispatcher decided.
    """

    slowed = Signal(bool)
    speedsWanted = Signal()
    toolWanted = Signal(str)
    chosen = Signal(str)
    saved = Signal(object)
    removed = Signal(str)

    def __init__(self, theme: Theme, window: QWidget | None = None) -> None:
        super().__init__(tr("Traffic and zones"), window)
        self._theme = theme
        self._zones: dict[ZoneId, Zone] = {}
        self._today = date.min
        self.zone: Zone | None = None
        self._make_fields()
        self.setWidget(self._content())
        self.setMinimumWidth(328)
        self._connect()
        self._show_form()

    def _make_fields(self) -> None:
        theme = self._theme
        self.slow = QCheckBox(tr("Roads are slower by the hour"))
        self.day = Caption(theme, QUIET)
        self.strip = HeatStrip(theme)
        self.edit = QPushButton(tr("Edit speeds…"))
        self.tools = {name: QPushButton(words) for name, words in TOOLS.items()}
        for button in self.tools.values():
            button.setCheckable(True)
            button.setMinimumWidth(0)
            theme.dress(button, "plus")
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Zones"))
        self.list.setSpacing(3)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.none = Caption(theme, QUIET, _NO_ZONES, wrap=True)
        self.form = ZoneForm(theme)
        self.inside = Caption(theme, QUIET, "", wrap=True)
        self.said = Caption(theme, _WARNING, "", wrap=True)
        self.save = QPushButton(tr("Save the zone"))
        self.save.setProperty("role", "primary")
        self.save.setFont(theme.font("body", bold=True))
        self.remove = QPushButton(tr("Remove"))
        theme.dress(self.remove, "trash-2")

    def _content(self) -> QWidget:
        whole, inner = QWidget(), QWidget()
        outer = QVBoxLayout(whole)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(self._head())
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(12, 4, 12, 12)
        rows.setSpacing(6)
        self._fill(rows)
        outer.addWidget(scrolling(inner), 1)
        return whole

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(12, 8, 8, 8)
        row.addWidget(Caption(self._theme, STRONG, tr("Traffic and zones")), 1)
        close = QPushButton(tr("Done"))
        close.clicked.connect(self.end)
        row.addWidget(close)
        return row

    def _fill(self, rows: QVBoxLayout) -> None:
        rows.addWidget(Caption(self._theme, HEADING, tr("Speeds")))
        rows.addWidget(self.slow)
        rows.addWidget(self.strip)
        under = QHBoxLayout()
        under.addWidget(self.day, 1)
        under.addWidget(self.edit)
        rows.addLayout(under)
        rows.addSpacing(8)
        rows.addWidget(Caption(self._theme, HEADING, tr("Zones")))
        tools = QHBoxLayout()
        tools.setSpacing(4)
        for button in self.tools.values():
            tools.addWidget(button, 1)
        rows.addLayout(tools)
        for widget in (self.none, self.list, self.form, self.inside, self.said):
            rows.addWidget(widget)
        self.buttons = QWidget()
        last = QHBoxLayout(self.buttons)
        last.setContentsMargins(0, 0, 0, 0)
        last.addWidget(self.save, 1)
        last.addWidget(self.remove)
        rows.addWidget(self.buttons)
        rows.addStretch(1)

    def _connect(self) -> None:
        self.slow.toggled.connect(self.slowed)
        self.edit.clicked.connect(self.speedsWanted)
        for name, button in self.tools.items():
            button.clicked.connect(partial(self._take, name))
        self.list.currentItemChanged.connect(self._picked)
        self.form.changed.connect(self._check)
        self.save.clicked.connect(self._save)
        self.remove.clicked.connect(self._remove)

    def show_traffic(self, traffic: Traffic, today: date) -> None:
        """What holds now; a zone that is being drawn or changed stays as it is."""
        self._today = today
        with QSignalBlocker(self.slow):
            self.slow.setChecked(traffic.speeds is not None)
        self._show_speeds(traffic)
        self._zones = {zone.id: zone for zone in traffic.zones}
        self._show_list()

    def _show_speeds(self, traffic: Traffic) -> None:
        table = traffic.speeds
        groups = table.groups if table else ()
        days = (i for i, group in enumerate(groups) if self._today.weekday() in group.days)
        group = next(days, 0)
        self.strip.show_table(table, group)
        self.day.say(group_text(groups[group]) if table else "")

    def _show_list(self) -> None:
        with QSignalBlocker(self.list):
            self.list.clear()
            for zone in self._zones.values():
                item = QListWidgetItem(f"{zone.name}\n{summary(zone)}")
                item.setData(Qt.ItemDataRole.UserRole, zone.id)
                item.setToolTip(summary(zone))
                self.list.addItem(item)
                if self.zone is not None and zone.id == self.zone.id:
                    self.list.setCurrentItem(item)
        line = max(self._theme.line("body") * 2, self.list.sizeHintForRow(0)) + 6
        self.list.setFixedHeight(line * min(_ROWS, max(1, self.list.count())) + 6)
        self.list.setVisible(bool(self._zones))
        self.none.setVisible(not self._zones and self.zone is None)

    def show_zone(self, zone: Zone | None) -> None:
        """The fields of this zone, stored or not."""
        self.zone = zone
        if zone is not None:
            self.form.show_zone(zone, self._today)
        self._show_list()
        self._show_form()
        self._check()

    def set_corners(self, corners: Sequence[Coordinate]) -> None:
        """The zone that is shown has another shape, not yet saved."""
        if self.zone is not None:
            self.zone = replace(self.form.zone, corners=tuple(corners))
            self.form.show_zone(self.zone, self._today)
            self._check()

    def show_tool(self, tool: str) -> None:
        """Which pencil is out."""
        for name, button in self.tools.items():
            button.setChecked(name == tool)

    def show_inside(self, stops: int) -> None:
        """How many of the day's stops lie in the zone."""
        self.inside.say(
            trn("{n} stop of this day lies inside.", "{n} stops of this day lie inside.", stops)
            if stops
            else tr("No stop of this day lies inside.")
        )

    def _show_form(self) -> None:
        for widget in (self.form, self.inside, self.said, self.buttons):
            widget.setVisible(self.zone is not None)

    def _take(self, tool: str) -> None:
        self.toolWanted.emit(tool if self.tools[tool].isChecked() else "")

    def _picked(self, item: QListWidgetItem | None) -> None:
        self.chosen.emit(item.data(Qt.ItemDataRole.UserRole) if item else "")

    def _check(self) -> None:
        if self.zone is None:
            return
        problem = self.form.problem
        self.said.say(problem)
        known = self._zones.get(self.zone.id)
        self.save.setText(tr("Save the zone") if known else tr("Add the zone"))
        self.save.setEnabled(not problem and self.form.zone != known)
        self.remove.setText(tr("Remove") if known else tr("Discard"))

    def _save(self) -> None:
        self.saved.emit(self.form.zone)

    def _remove(self) -> None:
        if self.zone is not None:
            self.removed.emit(self.zone.id)
