"""Short words for drivers, counts and changes, the same in every painted view."""

from datetime import timedelta

from console.dispatch.picture import DriverLabel, Picture
from console.domain.plan import RouteId
from console.tongues import trn
from console.ui.theme.figures import money, number, with_unit


def route_label(picture: Picture, route: RouteId) -> DriverLabel:
    """The route's driver; by its id where the register has none."""
    found = picture.drivers.get(route)
    if found is not None:
        return found
    place = list(picture.plan.routes).index(route) + 1
    return DriverLabel(place, str(picture.plan.routes[route].shift.driver))


def short_why(sentence: str) -> str:
    """The first part of a sentence: what is wrong, without what to do about it."""
    return sentence.split(":")[0].split(";")[0].rstrip(".")


def count_text(count: int) -> str:
    """``1 stop``, ``3 stops``."""
    return with_unit(number(count), trn("stop", "stops", count))


def delta_text(seconds: int, cost: float, currency: str) -> str:
    """``+6 min · +€ 2.10``."""
    return f"{drive_text(seconds)} · {cost_text(cost, currency)}"


def drive_text(seconds: int) -> str:
    """``+6 min``."""
    return with_unit(number(round(seconds / 60), signed=True), "min")


def late_text(late: timedelta) -> str:
    """``12 min``, rounded up: what is late is never 0 min late."""
    return with_unit(number(-(-late // timedelta(minutes=1))), "min")


def cost_text(cost: float, currency: str) -> str:
    """``+€ 2.10``; the currency by its sign where it has one."""
    return money(cost, _SIGNS.get(currency, currency), signed=True)


def cost_of(cost: float, currency: str, *, digits: int = 2) -> str:
    """``€ 2,184.00``; the currency by its sign where it has one."""
    return money(cost, _SIGNS.get(currency, currency), digits=digits)


def sign_of(currency: str) -> str:
    """``€``; the currency itself where it has no sign."""
    return _SIGNS.get(currency, currency)


_SIGNS = {
    "CHF": "CHF",
    "CZK": "Kč",
    "DKK": "kr",
    "EUR": "€",
    "GBP": "£",
    "NOK": "kr",
    "PLN": "zł",
    "SEK": "kr",
    "USD": "$",
}
CURRENCIES = tuple(_SIGNS)
"""Those one can choose from, by their ISO 4217 codes."""
