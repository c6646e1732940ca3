"""What an order asks for besides goods and hours: collecting, people, prices, drivers, a depot."""

from dataclasses import replace

from console.domain.load import Load
from console.domain.orders import OrderEntry, OrderId
from console.formats import Figure
from console.intake import dimensions
from console.intake.record import Measure, RowReader
from console.intake.texts import clean, shown
from console.tongues import phrase

COLLECT_PIECES = Measure(
    "collect_pieces", phrase("number of pieces to collect"), dimensions.PIECES, 100_000
)
COLLECT_WEIGHT = Measure("collect_weight", phrase("weight to collect"), dimensions.KG, 100_000)
COLLECT_VOLUME = Measure("collect_volume", phrase("volume to collect"), dimensions.M3, 1_000)
COLLECT_UNITS = Measure("collect_units", phrase("load to collect"), dimensions.UNITS, 1_000_000)
PEOPLE = Measure("people", phrase("number of people"), dimensions.PEOPLE, 10, 1)
SKIP = Measure("skip_price", phrase("price of leaving it out"), dimensions.MONEY, 1_000_000)
OTHER_DRIVER = Measure("driver_price", phrase("price of another driver"), dimensions.MONEY, 10_000)
SETUP = Measure("setup_minutes", phrase("setup time"), dimensions.MINUTES, 480)
PARKING = Measure("parking_minutes", phrase("parking time"), dimensions.MINUTES, 240)
MEASURES = (
    COLLECT_PIECES, COLLECT_WEIGHT, COLLECT_VOLUME, COLLECT_UNITS, PEOPLE, SKIP, OTHER_DRIVER,
    SETUP, PARKING,
)  # fmt: skip

ASSUMED_DRIVER_PRICE = 5.0
"""Used only where a file names drivers and no price; always reported."""

_COLLECTS = frozenset({"pickup", "pick up", "pick-up", "p", "collection", "collect", "return",
                       "abholung", "retoure", "enlèvement", "ramassage", "afhentning"})  # fmt: skip
_DELIVERS = frozenset({"delivery", "d", "drop-off", "dropoff", "lieferung", "zustellung",
                       "livraison", "levering"})  # fmt: skip
_VISITS = frozenset({"task", "t", "service", "visit", "besuch", "einsatz", "visite", "besøg"})


def with_conditions(row: RowReader, entry: OrderEntry) -> OrderEntry:
    """The entry with all that its row asks for besides goods and hours."""
    load, collected = _loads(row, entry.load)
    drivers = row.names("drivers")
    people = row.whole(PEOPLE)
    return replace(
        entry,
        load=load,
        collected=collected,
        pickup=_pickup(row, entry.id),
        people=1 if people is None else people,
        skip_price=row.amount(SKIP),
        setup_time=row.minutes(SETUP),
        parking_time=row.minutes(PARKING),
        drivers=drivers,
        driver_price=_driver_price(row) if drivers else 0.0,
        depot=row.text("depot"),
        territory=row.text("territory", 60).casefold(),
    )


def is_visit(row: RowReader) -> bool:
    """True for an order that brings nothing and says so."""
    return _kind(row) in _VISITS


def _kind(row: RowReader) -> str:
    return clean(row.cell("order_type")).casefold()


def _loads(row: RowReader, load: Load) -> tuple[Load, Load]:
    """What is brought and what is taken along, by the kind of the order."""
    pieces = row.whole(COLLECT_PIECES)
    kg, m3, units = (row.amount(each) for each in (COLLECT_WEIGHT, COLLECT_VOLUME, COLLECT_UNITS))
    collected = Load(pieces or 0, round(kg or 0.0, 6), round(m3 or 0.0, 6), round(units or 0.0, 6))
    kind = _kind(row)
    if not kind or kind in _DELIVERS:
        return load, collected
    if kind in _VISITS:
        return Load(), collected
    if kind in _COLLECTS:
        return Load(), collected + load
    told = phrase(
        "The kind of order {kind} is unknown: write delivery, pickup or task.", kind=shown(kind)
    )
    row.complain("order_type", told)
    return load, collected


def _pickup(row: RowReader, order_id: OrderId) -> OrderId | None:
    pickup = row.code("pickup")
    if pickup and pickup == order_id:
        row.complain(
            "pickup",
            phrase("The order brings what it collects itself: name the order that collects it."),
        )
    return OrderId(pickup) if pickup else None


def _driver_price(row: RowReader) -> float:
    price = row.amount(OTHER_DRIVER)
    if price is not None:
        return price
    made = phrase("{price} an order assumed", price=Figure(ASSUMED_DRIVER_PRICE, 2))
    row.assume("driver_price", f"{ASSUMED_DRIVER_PRICE:g}", OTHER_DRIVER.lacking, made)
    return ASSUMED_DRIVER_PRICE
