"""A day's orders and fleet for the demo city: invented people and goods at its addresses.

The files have the columns of Doorstep's own order format. Telephone numbers are from the blocks
that the German regulator keeps free for films; e-mail addresses end in example.org (RFC 2606).
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from console.simulator.city import City, CityAddress
from console.simulator.names import NameBook, name_book

COLUMNS = (
    "order_id", "recipient", "street", "postcode", "city", "phone", "email", "pieces",
    "weight_kg", "volume_m3", "window_from", "window_to", "service_minutes", "skills",
    "priority", "notes",
)  # fmt: skip
_HOME_DELIVERY = 150
_SHARED = 0.06

type Range = tuple[float, float]
type Window = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Goods:
    """A kind of consignment: how often, how many pieces, kg, m3, minutes at the door, skill."""

    share: float
    pieces: tuple[int, int]
    weight: Range
    volume: Range
    minutes: tuple[int, ...]
    skill: str = ""


# Home delivery, few stops and much work at each; parcels, many stops and little.
_HOME = (
    _Goods(0.26, (1, 3), (0.6, 7), (0.004, 0.05), (6, 8, 10)),
    _Goods(0.28, (3, 7), (12, 38), (0.06, 0.20), (10, 12, 15)),
    _Goods(0.07, (1, 4), (8, 36), (0.02, 0.07), (8, 10), "age-check"),
    _Goods(0.17, (1, 5), (20, 90), (0.3, 1.3), (30, 35, 40, 45)),
    _Goods(0.13, (1, 2), (45, 85), (0.35, 0.8), (30, 35, 40), "tail-lift"),
    _Goods(0.07, (4, 10), (60, 180), (0.2, 0.6), (15, 20)),
    _Goods(0.02, (1, 3), (10, 30), (0.02, 0.06), (8, 10), "adr"),
)
_PARCELS = (
    _Goods(0.893, (1, 3), (0.4, 12), (0.003, 0.09), (2, 3, 3, 4, 5, 8)),
    _Goods(0.033, (1, 2), (1, 12), (0.005, 0.05), (3, 4, 5), "age-check"),
    _Goods(0.060, (1, 5), (15, 42), (0.1, 0.4), (5, 8), "tail-lift"),
    _Goods(0.014, (1, 2), (1, 20), (0.01, 0.05), (4, 5), "adr"),
)
_HOME_WINDOWS: dict[Window, float] = {
    ("", ""): 0.30,
    ("08:00", "12:00"): 0.13, ("12:00", "16:00"): 0.13, ("16:00", "20:00"): 0.08,
    ("08:00", "10:00"): 0.06, ("10:00", "12:00"): 0.07, ("12:00", "14:00"): 0.05,
    ("14:00", "16:00"): 0.05, ("16:00", "18:00"): 0.06, ("18:00", "20:00"): 0.04,
    ("10:00", "10:30"): 0.02, ("15:00", "15:30"): 0.01,
}  # fmt: skip
_PARCEL_WINDOWS: dict[Window, float] = {
    ("", ""): 0.62, ("08:00", "12:00"): 0.09, ("10:00", "10:30"): 0.02,
    ("09:00", "11:00"): 0.07, ("13:00", "17:00"): 0.10, ("12:00", "16:00"): 0.10,
}  # fmt: skip
_NOTES = ("leave at door", "ring twice", "gate code 4711", "dog", "third floor, no lift",
          "call ten minutes before", "entrance in the yard", "bell does not work")  # fmt: skip


@dataclass(frozen=True, slots=True)
class DemoOrder:
    """One row of the order file, as text where the file may hold nonsense."""

    order_id: str
    recipient: str
    street: str
    postcode: str
    city: str
    phone: str
    email: str
    pieces: int
    weight_kg: float
    volume_m3: float
    window: Window
    service_minutes: int
    skills: str
    priority: str
    notes: str

    def row(self) -> list[object]:
        """The values in the order of COLUMNS."""
        return [
            self.order_id, self.recipient, self.street, self.postcode, self.city, self.phone,
            self.email, self.pieces, self.weight_kg, self.volume_m3, *self.window,
            self.service_minutes, self.skills, self.priority, self.notes,
        ]  # fmt: skip


def write_orders(
    path: Path, city: City, *, count: int = 120, seed: int = 7, trouble: bool = True
) -> None:
    """Write `count` orders at addresses of the city as CSV (UTF-8).

    Up to 150 orders are home deliveries (furniture, groceries, 15 stops a day for a driver), more
    are parcels. With `trouble`, as a real day has it: one order is heavier than any van, one
    needs dangerous-goods papers after the only such driver has gone home, one address is
    misspelt with a number that is not there, and one further row is invalid.
    """
    rng = np.random.default_rng([seed, count])
    orders = _orders(city, count, rng)
    if trouble and count >= 12:
        orders = [*_troubled(orders, city), _invalid(orders[-1], count)]
    _write(path, COLUMNS, (order.row() for order in orders))


def _write(path: Path, header: Iterable[str], rows: Iterable[list[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _orders(city: City, count: int, rng: np.random.Generator) -> list[DemoOrder]:
    home = count <= _HOME_DELIVERY
    book = name_book()
    goods = _HOME if home else _PARCELS
    windows = _HOME_WINDOWS if home else _PARCEL_WINDOWS
    kinds = rng.choice(len(goods), count, p=[kind.share for kind in goods])
    slots = rng.choice(len(windows), count, p=list(windows.values()))
    order = [
        _order(number, goods[int(kind)], book, rng) for number, kind in enumerate(kinds, start=1)
    ]
    places = _places(city, count, rng)
    return [
        replace(
            each,
            street=f"{place.street} {place.number}",
            postcode=place.postcode,
            city=place.city,
            window=list(windows)[int(slot)],
        )
        for each, place, slot in zip(order, places, slots, strict=True)
    ]


def _places(city: City, count: int, rng: np.random.Generator) -> list[CityAddress]:
    """Addresses drawn at random, villages twice as likely; six in a hundred are drawn again."""
    pool = [place for place in city.addresses if place != city.depot]
    fresh = min(count - round(count * _SHARED), len(pool))
    weight = np.array([1.0 if place.city == city.name else 2.0 for place in pool])
    chosen = rng.choice(len(pool), fresh, replace=False, p=weight / weight.sum())
    drawn = [pool[int(each)] for each in chosen]
    again = [drawn[int(each)] for each in rng.integers(0, fresh, count - fresh)]
    mixed = [*drawn, *again]
    return [mixed[int(each)] for each in rng.permutation(count)]


def _order(number: int, goods: _Goods, book: NameBook, rng: np.random.Generator) -> DemoOrder:
    """An order without its place and window."""
    low, high = goods.weight
    weight = low * (high / low) ** rng.random()
    small, large = goods.volume
    share = np.log(weight / low) / np.log(high / low)
    volume = small * (large / small) ** float(np.clip(share + rng.normal(0, 0.12), 0, 1))
    recipient = f"{rng.choice(book.first_names)} {rng.choice(book.last_names)}"
    return DemoOrder(
        f"WF-{10000 + number}", recipient, "", "", "", _phone(rng), f"c{number}@example.org",
        int(rng.integers(goods.pieces[0], goods.pieces[1] + 1)), round(float(weight), 1),
        round(volume, 3), ("", ""), int(rng.choice(goods.minutes)), goods.skill,
        str(rng.choice(("normal", "high", "low"), p=(0.79, 0.125, 0.085))),
        str(rng.choice(_NOTES)) if rng.random() < 0.55 else "",
    )  # fmt: skip


def _phone(rng: np.random.Generator) -> str:
    """A number that is given to nobody (blocks for media use of the Bundesnetzagentur)."""
    if rng.random() < 0.5:
        return f"+49 30 23125 {int(rng.integers(0, 1000)):03}"
    return f"+49 171 39200 {int(rng.integers(0, 100)):02}"


def _troubled(orders: list[DemoOrder], city: City) -> list[DemoOrder]:
    """Give three orders the difficulties that `write_orders` names."""
    changed = list(orders)
    heavy, papers, later = (len(orders) * share // 12 for share in (3, 6, 9))
    typo = max(range(later, len(orders) - 1), key=lambda each: len(changed[each].street))
    changed[heavy] = replace(
        changed[heavy], pieces=1, weight_kg=1480.0, volume_m3=1.9, skills="tail-lift",
        service_minutes=30, window=("", ""), notes="stone fountain on a pallet",
    )  # fmt: skip
    changed[papers] = replace(
        changed[papers], pieces=2, weight_kg=24.0, volume_m3=0.05, skills="adr",
        service_minutes=10, window=("17:00", "19:00"), notes="gas cylinders",
    )  # fmt: skip
    street, number = _longest(changed[typo], city)
    changed[typo] = replace(changed[typo], street=f"{_misspelt(street)} {number}", notes="")
    return changed


def _longest(order: DemoOrder, city: City) -> tuple[str, int]:
    """The street of an order with the first number far beyond its last house."""
    street = order.street.rpartition(" ")[0]
    numbers = [
        int("".join(filter(str.isdigit, place.number)))
        for place in city.addresses
        if place.street == street
    ]
    return street, max(numbers) + 38


def _misspelt(street: str) -> str:
    """The name with two letters of its first word exchanged and one left out."""
    word, *rest = street.split(" ")
    middle = len(word) // 2
    typed = f"{word[: middle - 1]}{word[middle]}{word[middle - 1]}{word[middle + 2 :]}"
    return " ".join([typed, *rest])


def _invalid(pattern: DemoOrder, count: int) -> DemoOrder:
    """A row no import may accept: its window ends before it starts."""
    number = count + 1
    return replace(
        pattern, order_id=f"WF-{10000 + number}", email=f"c{number}@example.org",
        window=("15:00", "13:00"),
    )  # fmt: skip
