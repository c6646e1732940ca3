"""How figures are written: units, clock, dates and marks of the person who reads them.

There is one way at a time in a process. It is a matter of the screen and of paper only: commands,
the journal, files and forms keep metres, kilograms and 24 hours.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache
from typing import Any

from console.tongues import spoken, tr

METRES_PER_KM, METRES_PER_MILE = 1000.0, 1609.344
METRES_PER_FOOT, KG_PER_POUND = 0.3048, 0.45359237
_NOON = 12


class Distance(StrEnum):
    """The unit of ways."""

    KM = "km"
    MILES = "mi"


class Weight(StrEnum):
    """The unit of goods."""

    KG = "kg"
    POUNDS = "lb"


class Clock(StrEnum):
    """``14:05`` or ``2:05 pm``."""

    H24 = "24"
    H12 = "12"


class Dates(StrEnum):
    """``24 Nov 2026``, ``Nov 24, 2026`` or ``2026-11-24``."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"
    YEAR_FIRST = "ymd"


class Marks(StrEnum):
    """``1,234.5``, ``1.234,5``, ``1 234,5`` or ``1'234.5``."""

    POINT = ",."
    COMMA = ".,"
    SPACE = "\N{NARROW NO-BREAK SPACE},"
    APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}."


@dataclass(frozen=True, slots=True)
class Formats:
    """One way of writing."""

    distance: Distance = Distance.KM
    weight: Weight = Weight.KG
    clock: Clock = Clock.H24
    dates: Dates = Dates.DAY_FIRST
    marks: Marks = Marks.POINT

    def kept(self) -> dict[str, str]:
        """As texts, to be kept for a user."""
        return {name: str(value) for name, value in asdict(self).items()}

    def changed(self, kept: Mapping[str, str]) -> "Formats":
        """With what was kept; what nobody knows is passed over."""
        known: dict[str, Any] = {}
        for name, kind in CHOICES.items():
            if kept.get(name) in set(kind):
                known[name] = kind(kept[name])
        return replace(self, **known)


CHOICES: Mapping[str, type[StrEnum]] = {
    "distance": Distance,
    "weight": Weight,
    "clock": Clock,
    "dates": Dates,
    "marks": Marks,
}
"""What there is to choose from, by the field's name."""


class _Present:
    """What is used in this process."""

    formats = Formats()


def present() -> Formats:
    """How figures are written now."""
    return _Present.formats


def use(formats: Formats) -> None:
    """Write figures so from now on."""
    _Present.formats = formats


def number(amount: float, digits: int = 0) -> str:
    """``2,184``, ``13.4``: without a sign, in the present marks."""
    text = f"{abs(amount):,.{digits}f}"
    group, point = present().marks.value
    return text.translate({ord(","): group, ord("."): point})


def measured(amount: float) -> str:
    """``2.5``, ``2``: with as many digits as it needs, three at most."""
    text = number(amount, 3)
    return text.rstrip("0").rstrip(present().marks.value[1])


@dataclass(frozen=True, slots=True)
class Figure:
    """A number inside a ``Phrase``: as short as it can be, or with so many digits."""

    amount: float
    digits: int | None = None

    def __str__(self) -> str:
        if self.digits is not None:
            return ("-" if self.amount < 0 else "") + number(self.amount, self.digits)
        return f"{self.amount:g}".replace(".", present().marks.value[1])


@dataclass(frozen=True, slots=True)
class Moment:
    """A time of day inside a ``Phrase``."""

    time: time

    def __str__(self) -> str:
        return clock(self.time)


@dataclass(frozen=True, slots=True)
class Day:
    """A day inside a ``Phrase``."""

    date: date

    def __str__(self) -> str:
        return day(self.date)


def distance(metres: float) -> tuple[float, str]:
    """In kilometres or miles, and which."""
    if present().distance is Distance.MILES:
        return metres / METRES_PER_MILE, Distance.MILES.value
    return metres / METRES_PER_KM, Distance.KM.value


def short_distance(metres: float) -> tuple[float, str]:
    """In metres or feet, and which: for what is less than a kilometre or a fifth of a mile."""
    if present().distance is Distance.MILES:
        return metres / METRES_PER_FOOT, "ft"
    return metres, "m"


def weight(kg: float) -> tuple[float, str]:
    """In kilograms or pounds, and which."""
    if present().weight is Weight.POUNDS:
        return kg / KG_PER_POUND, Weight.POUNDS.value
    return kg, Weight.KG.value


def measure(amount: float, unit: str) -> tuple[float, str]:
    """An amount of one dimension: kilograms as they are read, all else as it is."""
    return weight(amount) if unit == Weight.KG.value else (amount, unit)


def clock(moment: datetime | time) -> str:
    """``14:05`` or ``2:05 pm``; a moment is on its own clock."""
    if present().clock is Clock.H24:
        return f"{moment:%H:%M}"
    half = "am" if moment.hour < _NOON else "pm"
    return f"{moment.hour % _NOON or _NOON}:{moment.minute:02d} {half}"


def clock_pattern() -> str:
    """The same for Qt's fields."""
    return "HH:mm" if present().clock is Clock.H24 else "h:mm ap"


@cache
def _names(_code: str) -> tuple[tuple[str, ...], ...]:
    """Short and whole names of months, then of weekdays, in the present language."""
    return (
        tuple(tr("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()),
        tuple(
            tr(
                "January February March April May June July August September October November "
                "December"
            ).split()
        ),
        tuple(tr("Mon Tue Wed Thu Fri Sat Sun").split()),
        tuple(tr("Monday Tuesday Wednesday Thursday Friday Saturday Sunday").split()),
    )


def _month(moment: date, *, whole: bool = False) -> str:
    return _names(spoken().code)[whole][moment.month - 1]


def name_of_day(moment: date, *, whole: bool = True) -> str:
    """``Tuesday`` or ``Tue``, in the present language."""
    return _names(spoken().code)[2 + whole][moment.weekday()]


def weekday(place: int) -> str:
    """``Mon`` for 0, in the present language."""
    return _names(spoken().code)[2][place]


def day(moment: date, *, year: bool = True, weekday: bool = False) -> str:
    """``24 Nov 2026``, ``Tue 24 Nov 2026``, ``Nov 24``; in figures where the year is first."""
    match present().dates:
        case Dates.DAY_FIRST:
            text = tr("{day} {month}", day=moment.day, month=_month(moment))
            text += f" {moment:%Y}" if year else ""
        case Dates.MONTH_FIRST:
            text = f"{_month(moment)} {moment.day}" + (f", {moment:%Y}" if year else "")
        case Dates.YEAR_FIRST:
            text = f"{moment:%Y-%m-%d}" if year else f"{moment:%m-%d}"
    return f"{name_of_day(moment, whole=False)} {text}" if weekday else text


def day_in_full(moment: date) -> str:
    """``Tuesday 24 November``, ``Tuesday, November 24`` or ``Tuesday 2026-11-24``."""
    name = name_of_day(moment)
    match present().dates:
        case Dates.DAY_FIRST:
            month = _month(moment, whole=True)
            return tr("{name} {day} {month}", name=name, day=moment.day, month=month)
        case Dates.MONTH_FIRST:
            return f"{name}, {_month(moment, whole=True)} {moment.day}"
        case Dates.YEAR_FIRST:
            return f"{name} {moment:%Y-%m-%d}"


def day_pattern() -> str:
    """For Qt's fields, in figures."""
    patterns = {
        Dates.DAY_FIRST: "dd.MM.yyyy",
        Dates.MONTH_FIRST: "MM/dd/yyyy",
        Dates.YEAR_FIRST: "yyyy-MM-dd",
    }
    return patterns[present().dates]


def day_figures(moment: date) -> str:
    """``24.11.2026``, ``11/24/2026`` or ``2026-11-24``."""
    patterns = {
        Dates.DAY_FIRST: "%d.%m.%Y",
        Dates.MONTH_FIRST: "%m/%d/%Y",
        Dates.YEAR_FIRST: "%Y-%m-%d",
    }
    return moment.strftime(patterns[present().dates])
