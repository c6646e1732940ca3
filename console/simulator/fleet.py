"""The demo city's drivers and vans."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from console.simulator.city import City
from console.simulator.names import name_book

COLUMNS = (
    "driver", "phone", "skills", "vehicle", "vehicle_type", "capacity_pieces", "capacity_kg",
    "capacity_m3", "depot_address", "depot_postcode", "depot_city", "shift_start", "shift_end",
    "break_minutes", "break_from", "break_to", "fixed_cost", "cost_per_km", "cost_per_hour",
    "max_overtime_minutes", "range_km",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Vehicle:
    """Capacity in pieces, kg, m3; costs in euro a day, a km, an hour; range in km or ""."""

    capacity: tuple[int, int, float]
    costs: tuple[int, float, int]
    range_km: int | str


_VEHICLES = {
    "van": _Vehicle((64, 1100, 8.0), (35, 0.38, 34), ""),
    "e-van": _Vehicle((56, 800, 6.5), (42, 0.16, 34), 160),
    "cargo-bike": _Vehicle((25, 120, 1.2), (8, 0.03, 30), 55),
}
# For parcels the same vans are racked for more and smaller pieces.
_RACKED = {"van": 160, "e-van": 140, "cargo-bike": 25}

# One small depot's roster: skills, vehicle, shift, break.
_ROSTER: tuple[tuple[str, str, str, str, str, str], ...] = (
    ("age-check;adr", "van", "07:00", "14:00", "10:30", "12:30"),
    ("tail-lift", "van", "07:30", "15:30", "11:30", "13:30"),
    ("", "e-van", "08:00", "14:30", "11:00", "13:00"),
    ("age-check", "cargo-bike", "08:30", "14:30", "11:30", "13:30"),
    ("tail-lift", "van", "09:00", "17:00", "12:00", "14:00"),
    ("age-check", "van", "11:30", "18:00", "14:30", "16:00"),
    ("tail-lift", "e-van", "13:00", "20:00", "16:00", "18:00"),
    ("age-check", "van", "13:30", "20:30", "16:30", "18:30"),
)
_SKILLS = ("age-check;tail-lift;adr", "", "", "age-check", "tail-lift", "age-check", "adr", "")
_TYPES = ("van", "van", "van", "e-van", "van", "van", "van", "e-van", "van", "cargo-bike")
_SHIFTS = (("07:00", "15:30"), ("08:00", "16:30"), ("09:00", "17:30"))


def write_fleet(path: Path, city: City, *, drivers: int = 8, seed: int = 7) -> None:
    """Write the drivers of one day as CSV (UTF-8), all at the city's depot.

    Up to 8 drivers work staggered, partly short shifts; more drivers work full days in three
    shifts. Driver names are unique.
    """
    rng = np.random.default_rng([seed, drivers])
    called = _called(drivers, rng)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for number in range(drivers):
            skills, kind, start, end, early, late = _duty(number, drivers)
            vehicle = _VEHICLES[kind]
            pieces, weight, volume = vehicle.capacity
            pieces = pieces if drivers <= len(_ROSTER) else _RACKED[kind]
            writer.writerow([
                called[number], f"+49 176 040690 {number:02}", skills, f"WDF-L {101 + number}",
                kind, pieces, weight, volume, f"{city.depot.street} {city.depot.number}",
                city.depot.postcode, city.depot.city, start, end, 30, early, late,
                *vehicle.costs, 30, vehicle.range_km,
            ])  # fmt: skip


def _duty(number: int, drivers: int) -> tuple[str, str, str, str, str, str]:
    if drivers <= len(_ROSTER):
        return _ROSTER[number]
    start, end = _SHIFTS[number % len(_SHIFTS)]
    skills, kind = _SKILLS[number % len(_SKILLS)], _TYPES[number % len(_TYPES)]
    return skills, kind, start, end, "11:30", "13:30"


def _called(drivers: int, rng: np.random.Generator) -> list[str]:
    """First names; when they run out, first names with an initial."""
    first = [str(name) for name in rng.permutation(name_book().first_names)]
    letters = ["", *(f" {letter}." for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")]
    return [f"{name}{letter}" for letter in letters for name in first][:drivers]
