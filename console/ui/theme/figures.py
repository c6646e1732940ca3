"""Figures as the console writes them: true minus, sign where it says a change, thin space.

Units, marks and the clock are those of ``console.formats``.
"""

from datetime import datetime, timedelta, tzinfo
from decimal import Decimal

from console import formats
from console.tongues import tr, trn

Amount = int | float | Decimal

MINUS = "\N{MINUS SIGN}"
THIN = "\N{THIN SPACE}"
DASH = "\N{EM DASH}"

_SECONDS_PER_MINUTE = 60
_MINUTES_PER_HOUR = 60
NEVER = timedelta(days=1000)
"""What takes longer is on no road at all."""
_TOO_FAR_M = 1e9
_WHOLE = 100
"""From here on a tenth of a kilometre or mile says nothing."""


def number(amount: Amount, digits: int = 0, *, signed: bool = False) -> str:
    """``2,184``; with ``signed`` also ``+6``, ``-6`` (true minus) and a bare ``0``."""
    text = formats.number(float(amount), digits)
    if not any(mark in text for mark in "123456789"):
        return text
    if amount < 0:
        return MINUS + text
    return f"+{text}" if signed else text


def with_unit(figure: str, unit: str) -> str:
    """A figure and its unit, a thin space between."""
    return f"{figure}{THIN}{unit}"


def minutes(duration: timedelta, *, signed: bool = False) -> str:
    """``6 min``, ``+6 min``."""
    if abs(duration) >= NEVER:
        return tr("never")
    whole = round(duration.total_seconds() / _SECONDS_PER_MINUTE)
    return with_unit(number(whole, signed=signed), "min")


def hours(duration: timedelta) -> str:
    """``4:58`` (hours and minutes)."""
    if abs(duration) >= NEVER:
        return DASH
    whole = round(abs(duration.total_seconds()) / _SECONDS_PER_MINUTE)
    text = f"{whole // _MINUTES_PER_HOUR}:{whole % _MINUTES_PER_HOUR:02d}"
    return MINUS + text if duration < timedelta() and whole else text


def money(amount: Amount, currency: str = "€", *, digits: int = 2, signed: bool = False) -> str:
    """``€ 2,184.00``, ``+€ 3.80``, ``-€ 3.80``; the amount in major units."""
    text = number(amount, digits, signed=signed)
    sign = text[0] if text[0] in f"+{MINUS}" else ""
    return f"{sign}{currency}{THIN}{text.removeprefix(sign)}"


def km(metres: Amount, *, signed: bool = False) -> str:
    """``13.4 km``, from 100 km on ``191 km``; in miles where they are chosen."""
    if abs(metres) >= _TOO_FAR_M:
        return DASH
    way, unit = formats.distance(float(metres))
    digits = 0 if abs(way) >= _WHOLE else 1
    return with_unit(number(way, digits, signed=signed), unit)


def kg(weight: Amount, *, signed: bool = False) -> str:
    """``26 kg``; under 10 kg with a tenth unless whole; in pounds where they are chosen."""
    value, unit = formats.weight(float(weight))
    digits = 0 if abs(value) >= 10 or value == round(value) else 1
    return with_unit(number(value, digits, signed=signed), unit)


def cubic_metres(volume: Amount) -> str:
    """``0.11 m³``."""
    return with_unit(number(volume, 2), "m³")


def pieces(count: int) -> str:
    """``1 pc``, ``2 pcs``."""
    return with_unit(number(count), trn("pc", "pcs", count))


def percent(share: Amount) -> str:
    """``89 %`` from 0.89."""
    return with_unit(number(float(share) * 100), "%")


def clock(moment: datetime, zone: tzinfo, day: datetime | None = None) -> str:
    """``10:17`` in the depot's zone and the present format; on another day ``+1`` behind."""
    local = moment.astimezone(zone)
    text = formats.clock(local)
    if day is None:
        return text
    apart = (local.date() - day.astimezone(zone).date()).days
    return f"{text} {number(apart, signed=True)}" if apart else text
