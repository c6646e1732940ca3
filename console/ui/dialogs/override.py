"""Which broken rules are accepted, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QWidget

from console.dispatch.picture import Picture
from console.domain.commands import OverrideRule
from console.domain.plan import RouteId, StopId
from console.domain.violations import Rule, Violation
from console.tongues import tr
from console.ui.caption import FAINT, Caption
from console.ui.dialogs.reason import ReasonField
from console.ui.dialogs.sheet import Sheet
from console.ui.harm import harm_text
from console.ui.labels import route_label
from console.ui.theme.theme import Theme


@dataclass(frozen=True, slots=True)
class Breach:
    """One rule broken at one place: what a single override covers."""

    subject: StopId | RouteId
    rule: Rule
    sentence: str
    overridden: str


def breaches(violations: Sequence[Violation], picture: Picture) -> list[Breach]:
    """Violations folded by subject and rule, in the order given."""
    folded: dict[tuple[str, Rule], list[Violation]] = {}
    for violation in violations:
        folded.setdefault((violation.stop or violation.route, violation.rule), []).append(violation)
    return [
        Breach(
            several[0].stop or several[0].route,
            rule,
            f"{', '.join(harm_text(one) for one in several)}  ·  {_where(several[0], picture)}",
            several[0].overridden,
        )
        for (_, rule), several in folded.items()
    ]


def _where(violation: Violation, picture: Picture) -> str:
    driver = route_label(picture, violation.route).name
    if violation.stop is None:
        return driver
    label = picture.labels.get(violation.stop)
    number = picture.numbers.get(violation.stop)
    return tr(
        "{driver}, stop {number}, {value}",
        driver=driver,
        number=number,
        value=label.street if label else violation.stop,
    )


class OverrideDialog(Sheet):
    """``commands`` once accepted: what was ticked is accepted, what was unticked is withdrawn."""

    def __init__(
        self,
        violations: Sequence[Violation],
        picture: Picture,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("Accept a violation"), theme, parent)
        self.least(440)
        self.heading(tr("Which violations do you accept?"))
        self.boxes: list[tuple[Breach, QCheckBox]] = []
        self._add_boxes(breaches(violations, picture))
        self.caption(tr("Reason"))
        self.reasons = self.put(ReasonField(theme))
        self.body.addStretch(1)
        self.go_back()
        self.accept_button = self.go_on(tr("Accept"))
        self.reasons.field.textChanged.connect(self._check)
        self._check()
        self.reasons.field.setFocus()

    @property
    def commands(self) -> list[OverrideRule]:
        """One command for every box that changed."""
        made: list[OverrideRule] = []
        for breach, box in self.boxes:
            if box.isChecked() and not breach.overridden:
                made.append(OverrideRule(breach.subject, breach.rule, self.reasons.reason))
            elif breach.overridden and not box.isChecked():
                made.append(OverrideRule(breach.subject, breach.rule, None))
        return made

    def _add_boxes(self, found: Sequence[Breach]) -> None:
        open_ones = [breach for breach in found if not breach.overridden]
        for breach in found:
            box = self.put(QCheckBox(breach.sentence.replace("&", "&&")))
            box.setChecked(bool(breach.overridden) or len(open_ones) == 1)
            if breach.overridden:
                text = tr(
                    "Accepted: {overridden}. Untick to withdraw.", overridden=breach.overridden
                )
                note = self.put(Caption(self.theme, FAINT, text, wrap=True))
                note.setIndent(22)
            box.toggled.connect(self._check)
            self.boxes.append((breach, box))

    def _check(self, _changed: object = None) -> None:
        """Accepting needs a reason; withdrawing does not."""
        wanted = self.commands
        needs = any(command.reason is not None for command in wanted)
        self.accept_button.setText(tr("Withdraw") if wanted and not needs else tr("Accept"))
        self.accept_button.setEnabled(bool(wanted) and (bool(self.reasons.reason) or not needs))
