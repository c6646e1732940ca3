"""What a fleet row says besides hours, capacity and rates: ends, limits, rules, charging."""

from dataclasses import replace
from datetime import timedelta

from console.domain.fleet import DrivingRule, FleetEntry
from console.domain.places import Address
from console.intake import dimensions, vehicles
from console.intake.addresses import point_in
from console.intake.columns import named
from console.intake.persons import emission_class_of, language_of
from console.intake.record import Measure, RowReader
from console.intake.vehicles import profile_of
from console.tongues import phrase

PEOPLE = Measure("people", phrase("number of people"), dimensions.PEOPLE, 10, 1)
STOPS = Measure("max_stops", phrase("most stops"), dimensions.STOPS, 10_000, 1)
KM = Measure("max_km", phrase("most kilometres"), dimensions.KM, 100_000, 0.001)
DRIVING = Measure("max_driving_hours", phrase("most driving"), dimensions.HOURS, 24, 0.01)
RELOADS = Measure("reloads", phrase("number of reloads"), dimensions.RELOADS, 20)
RELOAD = Measure("reload_minutes", phrase("time to load again"), dimensions.MINUTES, 480)
CHARGE = Measure("charge_minutes", phrase("time to charge"), dimensions.MINUTES, 720)
SPEED = Measure("speed_factor", phrase("speed factor"), dimensions.TIMES, 10, 0.1)
TERRITORY = Measure(
    "territory_price", phrase("price of foreign territory"), dimensions.MONEY, 1_000_000
)
CO2E = Measure("co2e_per_km", phrase("CO2e per km"), dimensions.KG, 10)
MEASURES = (PEOPLE, STOPS, KM, DRIVING, RELOADS, RELOAD, CHARGE, SPEED, TERRITORY, CO2E,
            *vehicles.MEASURES)  # fmt: skip

ASSUMED_RELOAD = timedelta(minutes=15)
ASSUMED_CHARGE = timedelta(minutes=30)
"""Used only where a file allows the one without its duration; always reported."""

_OPEN = frozenset({"open", "open end", "open-ended", "nowhere", "anywhere", "offen", "offenes ende",
                   "beliebig", "ouvert", "libre", "åben"})  # fmt: skip
_DEPOT = frozenset({"", "depot", "dépôt", "start", "same"})


def with_duties(row: RowReader, entry: FleetEntry) -> FleetEntry:
    """The entry with all that its row says besides hours, capacity and rates."""
    end, open_ended = _end(row, entry.depot)
    chargers, charge_time = _charging(row, entry)
    people, reloads = row.whole(PEOPLE), row.whole(RELOADS) or 0
    return replace(
        entry,
        vehicle_skills=row.words("vehicle_skills"),
        people=1 if people is None else people,
        end=end,
        open_ended=open_ended,
        fixed_start=row.flag("fixed_start"),
        max_stops=row.whole(STOPS),
        max_km=row.amount(KM),
        max_driving=_driving(row),
        driving_rule=DrivingRule() if row.flag("driving_rule") else None,
        reloads=reloads,
        reload_time=_reload_time(row) if reloads else timedelta(),
        speed_factor=_slowness(row),
        territories=tuple(name.casefold() for name in row.names("territories", 60)),
        territory_price=row.amount(TERRITORY),
        co2e_per_km=row.amount(CO2E),
        emission_class=emission_class_of(row),
        language=language_of(row),
        profile=profile_of(row),
        chargers=chargers,
        charge_time=charge_time,
    )


def _end(row: RowReader, depot: Address) -> tuple[Address | None, bool]:
    """Where the route ends: an address, or None for the depot; and whether it ends anywhere."""
    street = row.text("end_address")
    word = street.casefold()
    if word in _OPEN:
        return None, True
    if word in _DEPOT:
        return None, False
    if street == row.text("depot_address") and not row.cell("end_city").strip():
        return None, False
    end = Address(
        street,
        row.code("end_postcode", 20),
        row.text("end_city", 100),
        row.text("end_country", 100),
    )
    return (end if end.city or end.postcode else _near(row, "end_address", street, depot)), False


def _near(row: RowReader, field: str, street: str, depot: Address) -> Address:
    """An address without a town of its own lies in the depot's."""
    if "," in street or point_in(street) or not (depot.city or depot.postcode):
        return Address(street)
    town = f"{depot.postcode} {depot.city}".strip()
    found = phrase("No town under {field}", field=named(field))
    row.assume(field, town, found, phrase("the depot's assumed, {town}", town=town))
    return Address(street, depot.postcode, depot.city, depot.country)


def _driving(row: RowReader) -> timedelta | None:
    hours = row.amount(DRIVING)
    return None if hours is None else timedelta(seconds=round(hours * 3600))


def _reload_time(row: RowReader) -> timedelta:
    if row.cell(RELOAD.field).strip():
        return row.minutes(RELOAD)
    found = phrase("Reloads without reload_minutes")
    row.assume(RELOAD.field, "15", found, phrase("15 minutes each assumed"))
    return ASSUMED_RELOAD


def _slowness(row: RowReader) -> float:
    """The file says how much faster it goes than others; the domain, by what times multiply."""
    faster = row.amount(SPEED)
    return 1.0 if not faster else round(1 / faster, 6)


def _charging(row: RowReader, entry: FleetEntry) -> tuple[tuple[Address, ...], timedelta]:
    """Chargers and the time they take; without a range there is nothing to charge for."""
    names = row.names("chargers", 200)
    if not names:
        if row.cell(CHARGE.field).strip():
            row.assume(
                CHARGE.field, "", phrase("A time to charge without chargers"), phrase("left out")
            )
        return (), timedelta()
    if entry.range_km is None:
        made = phrase("left out, nothing needs charging")
        row.assume("chargers", "", phrase("Chargers without range_km"), made)
        return (), timedelta()
    chargers = tuple(_near(row, "chargers", name, entry.depot) for name in names)
    if row.cell(CHARGE.field).strip():
        return chargers, row.minutes(CHARGE)
    found = phrase("Chargers without charge_minutes")
    row.assume(CHARGE.field, "30", found, phrase("30 minutes assumed"))
    return chargers, ASSUMED_CHARGE
