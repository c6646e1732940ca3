"""Dialogs of alarms: what became of each one today, and from when on something is one."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QSpinBox, QWidget

from console.dispatch.alarmlimits import Limits, RuleMode
from console.dispatch.alarmlog import median_reaction
from console.dispatch.picture import Picture
from console.domain.alarm import AlarmLife
from console.domain.orders import Priority
from console.domain.plan import RouteId, StopId
from console.tongues import tr, trn
from console.ui.dialogs.sheet import Sheet
from console.ui.dialogs.table import PlainTable
from console.ui.labels import route_label
from console.ui.live.alarmwords import KINDS, called, state
from console.ui.theme.figures import minutes
from console.ui.theme.theme import Theme

COLUMNS = (
    *(tr("Time"), tr("Alarm"), tr("Driver"), tr("Stop"), tr("First reaction after")),
    *(tr("Owner"), tr("What became of it")),
)
_MINUTE = timedelta(minutes=1)


class AlarmLogSheet(Sheet):
    """All alarms of the day, the newest first."""

    def __init__(
        self, lives: Iterable[AlarmLife], picture: Picture, now: datetime, theme: Theme,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(tr("Alarms of the day"), theme, parent)
        self.least(920, 420)
        told = sorted(lives, key=lambda life: life.raised, reverse=True)
        self.heading(tr("Alarms of the day"))
        self.sums = self.sentence(_sums(told))
        self.table = self.put(PlainTable(COLUMNS, theme))
        self.table.fill([_cells(life, picture, now) for life in told])
        self.go_back(tr("Close"), default=True)


def _sums(lives: Sequence[AlarmLife]) -> str:
    if not lives:
        return tr("There was none so far.")
    told = trn("{n} alarm", "{n} alarms", len(lives), n=len(lives))
    half = median_reaction(lives)
    if half is None:
        return told
    return told + tr("; half of those somebody saw to waited {span} at most", span=minutes(half))


def _cells(life: AlarmLife, picture: Picture, now: datetime) -> tuple[str, ...]:
    route, stop = RouteId(life.key.route), StopId(life.key.stop)
    became = state(life, picture, now)
    return (
        picture.clock(life.raised),
        KINDS[life.key.kind],
        route_label(picture, route).name if life.key.route in picture.plan.routes else "",
        called(stop, picture) if life.key.stop else "",
        minutes(life.reaction) if life.reaction is not None else "",
        life.owner,
        became,
    )


class AlarmLimitsSheet(Sheet):
    """``limits`` once accepted."""

    def __init__(self, limits: Limits, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(tr("Limits of alarms"), theme, parent)
        self._limits = limits
        self.least(440)
        self.heading(tr("From when on is it an alarm?"))
        self.sentence(tr("For everybody who works on this depot."))
        grid = self.grid()
        self.late = {tier: _minutes(span) for tier, span in limits.late.items()}
        for tier, words in _TIERS.items():
            grid.addRow(words, self.late[tier])
        self.spans = {name: _minutes(getattr(limits, name)) for name in _SPANS}
        for name, words in _SPANS.items():
            grid.addRow(words, self.spans[name])
        for field, words in zip(
            (*self.late.values(), *self.spans.values()),
            (*_TIERS.values(), *_SPANS.values()),
            strict=True,
        ):
            field.setAccessibleName(words)
        self.cautious = self.put(
            QCheckBox(tr("For high priority, reckon with the late end of the arrival"))
        )
        self.cautious.setChecked(limits.cautious)
        self._ask_rule(limits)
        self.go_back()
        self.go_on(tr("Keep"))

    def _ask_rule(self, limits: Limits) -> None:
        """What happens by itself."""
        self.caption(tr("An answer after which nothing is late"))
        self.rule, self.most = QComboBox(), QDoubleSpinBox()
        for mode, words in _RULES.items():
            self.rule.addItem(words, mode)
        self.rule.setCurrentIndex(list(_RULES).index(limits.rule))
        self.most.setRange(-1000, 1000)
        self.most.setValue(limits.most)
        grid = self.grid()
        for words, field in ((tr("Rule"), self.rule), (tr("If it costs at most"), self.most)):
            field.setAccessibleName(words)
            grid.addRow(words, field)
        self.rule.currentIndexChanged.connect(self.most.setEnabled)
        self.most.setEnabled(limits.rule is not RuleMode.OFF)

    @property
    def limits(self) -> Limits:
        """As they are filled in."""
        spans = {name: field.value() * _MINUTE for name, field in self.spans.items()}
        late = {tier: field.value() * _MINUTE for tier, field in self.late.items()}
        calm = self._limits.calm
        rule, most = RuleMode(self.rule.currentData()), self.most.value()
        cautious = self.cautious.isChecked()
        return Limits(late=late, cautious=cautious, calm=calm, rule=rule, most=most, **spans)


_TIERS: Mapping[Priority, str] = {
    Priority.HIGH: tr("Late, high priority"),
    Priority.NORMAL: tr("Late, normal priority"),
    Priority.LOW: tr("Late, low priority"),
}
_RULES: Mapping[RuleMode, str] = {
    RuleMode.OFF: tr("waits for somebody"),
    RuleMode.PROPOSE: tr("is proposed with a notice"),
    RuleMode.APPLY: tr("is done at once, and told"),
}
_SPANS: Mapping[str, str] = {
    "stop": tr("At a stop beyond the plan"),
    "silence": tr("Without a position"),
    "astray": tr("Off the route"),
    "overtime": tr("Overtime"),
    "ahead": tr("Window of a stop nobody has closes in"),
}


def _minutes(span: timedelta) -> QSpinBox:
    field = QSpinBox()
    field.setRange(0, 480)
    field.setSuffix(tr(" min"))
    field.setValue(round(span / _MINUTE))
    return field
