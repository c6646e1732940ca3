"""How figures are written in the language and country of this computer."""

from PySide6.QtCore import QLocale

from console.formats import Clock, Dates, Distance, Formats, Marks, Weight
from console.tongues import SOURCE, spoken

_SYSTEM = QLocale.MeasurementSystem
_SPACES = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE} "
_QUOTES = "'\N{RIGHT SINGLE QUOTATION MARK}"


def formats_of(locale: QLocale) -> Formats:
    """Units, clock, dates and marks as people there read them."""
    system = locale.measurementSystem()
    short = QLocale.FormatType.ShortFormat
    return Formats(
        Distance.KM if system is _SYSTEM.MetricSystem else Distance.MILES,
        Weight.POUNDS if system is _SYSTEM.ImperialUSSystem else Weight.KG,
        Clock.H12 if "a" in locale.timeFormat(short).casefold() else Clock.H24,
        _dates(locale.dateFormat(short)),
        _marks(locale.groupSeparator(), locale.decimalPoint()),
    )


def language_of_system() -> str:
    """The language people want this computer to speak, as a code such as ``de``."""
    wanted = QLocale.system().uiLanguages()
    return wanted[0].partition("-")[0] if wanted else ""


def usual_locale() -> QLocale:
    """That of this computer, or that of the language spoken where the computer's is another one."""
    system, code = QLocale.system(), spoken().code
    if code == SOURCE or system.name().partition("_")[0] == code:
        return system
    return QLocale(code)


def currency_of(locale: QLocale) -> str:
    """The ISO 4217 code of the country's money; '' where the locale names no country."""
    return locale.currencySymbol(QLocale.CurrencySymbolFormat.CurrencyIsoCode)


def _dates(pattern: str) -> Dates:
    first = next((sign for sign in pattern.casefold() if sign in "dmy"), "d")
    return {"m": Dates.MONTH_FIRST, "y": Dates.YEAR_FIRST}.get(first, Dates.DAY_FIRST)


def _marks(group: str, point: str) -> Marks:
    if point == ",":
        return Marks.SPACE if group in _SPACES else Marks.COMMA
    return Marks.APOSTROPHE if group in _QUOTES else Marks.POINT
