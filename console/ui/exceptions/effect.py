"""Did it help: the rate before an action and since, and what may be said of it."""

from PySide6.QtWidgets import QWidget

from console.domain.effect import Effect, Outcome, Side
from console.tongues import tr, trn
from console.ui.dialogs.sheet import Sheet
from console.ui.dialogs.table import PlainTable
from console.ui.patterns.words import percent
from console.ui.theme.figures import number
from console.ui.theme.theme import Theme

COLUMNS = (tr("When"), tr("Days"), tr("Cases"), tr("Rate"), tr("True rate"))


class EffectSheet(Sheet):
    """Accepted where the result is to be noted; ``sentence`` is what is noted."""

    def __init__(
        self, effect: Effect, what: str, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("Did it help?"), theme, parent)
        self.least(620, 300)
        self.told = result(effect)
        self.heading(_title(effect.outcome))
        self.sentence(what)
        self.table = self.put(PlainTable(COLUMNS, theme))
        self.table.fill(
            [_cells(tr("Before"), effect.before), _cells(tr("Since"), effect.after)],
            ["text", "text"],
        )
        self.table.setMaximumHeight(round(110 * theme.scale))
        self.explained = self.sentence(" ".join(_why(effect)))
        self.go_back(tr("Close"))
        self.note_button = self.go_on(tr("Note the result"))
        self.note_button.setEnabled(effect.outcome is not Outcome.FEW)


def result(effect: Effect) -> str:
    """``12 of 24 visits (50.0 %) before, 0 of 18 visits (0.0 %) since``, as a sentence."""
    return tr(
        "{before} before, {after} since.", before=_side(effect.before), after=_side(effect.after)
    )


def _side(side: Side) -> str:
    return trn(
        "{cases} of {of} visit ({rate})", "{cases} of {of} visits ({rate})", side.of,
        cases=number(side.cases), of=number(side.of), rate=percent(side.rate),
    )  # fmt: skip


def _cells(when: str, side: Side) -> tuple[str, ...]:
    return (
        when,
        number(side.days),
        tr("{cases} of {of}", cases=number(side.cases), of=number(side.of)),
        percent(side.rate),
        tr("{low} to {high}", low=number(side.low * 100, 1), high=percent(side.high)),
    )


def _title(outcome: Outcome) -> str:
    return {
        Outcome.FELL: tr("The rate fell"),
        Outcome.ROSE: tr("The rate rose"),
        Outcome.SAME: tr("No clear change"),
        Outcome.FEW: tr("It is too early to say"),
    }[outcome]


def _why(effect: Effect) -> list[str]:
    """How sure that is, what others did, and what falls by itself."""
    sure = tr("Chance alone would bring this in {chance} of cases.", chance=percent(effect.chance))
    said = {
        Outcome.FELL: sure,
        Outcome.ROSE: sure,
        Outcome.SAME: tr("Such a difference may well be chance."),
        Outcome.FEW: tr("Of so few visits since, nothing could be said even if none had failed."),
    }
    parts = [said[effect.outcome]]
    if effect.others is not None:
        before, after = map(percent, effect.others)
        parts.append(tr("All other visits: {before} before, {after} since.", before=before,
                        after=after))  # fmt: skip
    if effect.outcome is Outcome.FELL:
        parts.append(tr("What was looked at because it was high falls a little by itself, too."))
    return parts
