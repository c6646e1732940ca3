"""Broken rules in the fewest words, number first: what cards, rows and heads have room for."""

from collections.abc import Iterable

from console import formats
from console.domain.schedule import Schedule
from console.domain.violations import Rule, Violation
from console.tongues import tr
from console.ui.theme.figures import THIN, number

NEARLY_FULL = 0.94  # LOOK section 7: the load bar warns from here on
TIGHT_SECONDS = 15 * 60  # LOOK section 7: less slack than this is marked

_UNITS = {"pieces": tr("pcs"), "kg": "kg", "m3": "m³", "units": tr("units")}
_GRAVEST = (
    Rule.DRIVER_OFF,
    Rule.UNREACHABLE,
    Rule.PAIRING,
    Rule.SKILL,
    Rule.PEOPLE,
    Rule.DEPOT,
    Rule.TERRITORY,
    Rule.OVERLOADED,
    Rule.RANGE,
    Rule.DISTANCE,
    Rule.STOPS,
    Rule.DRIVING,
    Rule.SHIFT,
    Rule.BREAK,
    Rule.LATE,
    Rule.OVERTIME,
)


def harm_text(harm: Violation) -> str:
    """``38 kg over``, ``17 min late``, ``ADR missing``."""
    if harm.rule in _PLAIN:
        return _PLAIN[harm.rule].format(detail=harm.detail)
    if harm.rule is Rule.OVERLOADED:
        amount, unit = formats.measure(harm.amount, harm.unit)
        return tr(
            "{amount}{THIN}{text} over",
            amount=_amount(amount),
            THIN=THIN,
            text=_UNITS.get(unit, unit),
        )
    if harm.rule in _FAR:
        way, unit = formats.distance(harm.amount)
        return f"{number(way, 1)}{THIN}{unit} {_FAR[harm.rule]}"
    if harm.rule in _COUNTED:
        return f"{_amount(harm.amount)}{THIN}{_COUNTED[harm.rule]}"
    return tr(
        "{late_minutes}{THIN}min {TIMED}",
        late_minutes=late_minutes(harm.amount),
        THIN=THIN,
        TIMED=_TIMED[harm.rule],
    )


_PLAIN = {
    Rule.SKILL: tr("{detail} missing"),
    Rule.BREAK: tr("no room for the break"),
    Rule.UNREACHABLE: tr("no road there"),
    Rule.DRIVER_OFF: tr("off today"),
    Rule.PAIRING: tr("not collected before"),
    Rule.TERRITORY: tr("foreign territory"),
    Rule.DEPOT: tr("loaded elsewhere"),
}
_FAR = {Rule.RANGE: tr("over range"), Rule.DISTANCE: tr("too far")}
_COUNTED = {Rule.PEOPLE: tr("people short"), Rule.STOPS: tr("stops too many")}
_TIMED = {
    Rule.LATE: tr("late"),
    Rule.SHIFT: tr("past the shift"),
    Rule.OVERTIME: tr("overtime"),
    Rule.DRIVING: tr("too long at the wheel"),
}


def late_minutes(seconds: float) -> int:
    """Whole minutes, never 0 where something is late."""
    return max(1, round(seconds / 60))


def worst(violations: Iterable[Violation]) -> Violation | None:
    """The gravest of several: harms before what is allowed or overridden."""
    ranked = sorted(
        violations, key=lambda v: (not v.is_harm, _GRAVEST.index(v.rule), -v.amount, v.stop or "")
    )
    return ranked[0] if ranked else None


def load_ratio(harm: Violation, schedule: Schedule | None) -> str:
    """``318 / 280`` for an overload, else nothing."""
    if schedule is None or harm.rule is not Rule.OVERLOADED:
        return ""
    loaded, _ = formats.measure(schedule.load.amount(harm.unit), harm.unit)
    over, _ = formats.measure(harm.amount, harm.unit)
    return f"{_amount(loaded)}{THIN}/{THIN}{_amount(loaded - over)}"


def fullness_color(share: float) -> str:
    """The colour token of a load bar."""
    if share > 1:
        return "bad"
    return "warn" if share >= NEARLY_FULL else "text3"


def _amount(amount: float) -> str:
    whole = abs(amount - round(amount)) < 0.05
    return number(amount, 0 if whole or amount >= 10 else 1)
