"""Everything the palette finds: what can be done, drivers, stops, orders and streets."""

from collections.abc import Iterable, Sequence

from console.dispatch.picture import Picture
from console.domain.plan import StopId
from console.tongues import tr
from console.ui.actions import Actions
from console.ui.choosing.choice import Choice, matching, rank
from console.ui.choosing.drivers import driver_choice
from console.ui.folding import folded
from console.ui.guide.pages import load_guide
from console.ui.labels import count_text, route_label

DEED, ROUTE, STOP, STREET, GUIDE = "deed", "route", "stop", "street", "guide"
SHOWN_EACH = 8
"""Of one kind, so that streets do not hide the driver who is called like one."""
_LAST = (9, 0)


class Finder:
    """Rows for what is typed; drivers and places are laid out once for each picture."""

    def __init__(self, actions: Actions, picture: Picture) -> None:
        self._deeds = list(_deeds(actions))
        self._drivers = [
            _keyed(ROUTE, driver_choice(picture, route)) for route in picture.plan.routes
        ]
        self._stops = [_stop(picture, stop) for stop in picture.plan.stops]
        self._streets = list(_streets(picture))
        self._guide = list(_guide())

    def __call__(self, typed: str) -> Sequence[Choice]:
        """All that can be done while nothing is typed; then the best of each kind."""
        if not typed.strip():
            return [deed for deed in self._deeds if deed.enabled]
        deeds = [deed for deed in self._deeds if deed.enabled]
        found: list[Choice] = []
        for kind in (deeds, self._drivers, self._streets, self._stops, self._guide):
            found += matching(typed, kind, SHOWN_EACH)
        words = folded(typed).split()
        return sorted(found, key=lambda choice: (rank(words, choice) or _LAST)[0])


def target(choice: Choice) -> tuple[str, str]:
    """(kind, key) of a row that was chosen."""
    kind, _, key = choice.key.partition(":")
    return kind, key


def stops_on(picture: Picture, street: str) -> tuple[StopId, ...]:
    """The stops in a street, by its name without house numbers."""
    return tuple(stop for stop in picture.plan.stops if _street_of(picture, stop) == street)


def _deeds(actions: Actions) -> Iterable[Choice]:
    for deed in actions.deeds:
        action = actions[deed.name]
        yield Choice(
            f"{DEED}:{deed.name}",
            action.text().rstrip("…"),
            deed.menu,
            note=actions.keys(deed.name),
            icon=deed.icon or "chevron-right",
            enabled=action.isEnabled() and deed.name != "palette",
            words=folded(deed.words),
        )


def _guide() -> Iterable[Choice]:
    guide = load_guide()
    for one in guide.sections:
        page = guide.titles[one.page]
        detail = tr("guide") if one.level == 1 else tr("guide: {page}", page=page)
        icon = "circle-question-mark"
        yield Choice(f"{GUIDE}:{one.address}", one.title, detail, icon=icon, words="help")


def _stop(picture: Picture, stop: StopId) -> Choice:
    label, known = picture.labels.get(stop), picture.plan.stops[stop]
    orders = ", ".join(order.id for order in known.orders[:2])
    more = " ".join(order.id for order in known.orders)
    people = " ".join((*label.recipients, *label.phones, label.town)) if label else ""
    number = route_label(picture, known.route).number if known.route else 0
    visit = picture.visits.get(stop)
    return Choice(
        f"{STOP}:{stop}",
        label.street if label else str(stop),
        " · ".join(filter(None, (orders, *(label.recipients[:1] if label else ())))),
        right=picture.clock(visit.start) if visit else "",
        note="" if known.route else tr("no driver"),
        tone="warn",
        chip=number,
        icon="map-pin",
        words=folded(f"{more} {people}"),
    )


def _streets(picture: Picture) -> Iterable[Choice]:
    counted: dict[str, int] = {}
    for stop in picture.plan.stops:
        street = _street_of(picture, stop)
        counted[street] = counted.get(street, 0) + 1
    for street, count in sorted(counted.items()):
        if street and count > 1:
            yield Choice(f"{STREET}:{street}", street, "street", count_text(count), icon="route")


def _street_of(picture: Picture, stop: StopId) -> str:
    label = picture.labels.get(stop)
    words = label.street.split() if label else []
    return " ".join(word for word in words if not any(sign.isdigit() for sign in word))


def _keyed(kind: str, choice: Choice) -> Choice:
    return Choice(
        f"{kind}:{choice.key}",
        choice.title,
        choice.detail,
        chip=choice.chip,
        words=folded(choice.words),
    )
