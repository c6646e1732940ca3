"""What a good plan is: visible weights, stored with the plan."""

from dataclasses import dataclass
from enum import StrEnum


class Measure(StrEnum):
    """What is to be spread evenly over the routes."""

    HOURS = "hours"
    STOPS = "stops"
    KG = "kg"


@dataclass(frozen=True, slots=True)
class Objective:
    """Prices in the depot's currency that count besides, or instead of, what routes really cost.

    ``money`` multiplies the real cost (fixed, km, hours, overtime). On top come ``per_hour`` of
    paid time, ``per_km``, ``per_kg_co2e``, ``lateness`` (multiplies the prices of soft windows and
    preferences), ``compact`` per km between two stops of a route, and ``balance`` per unit of
    ``measure`` (hours, stops, or 100 kg) by which a used route differs from the mean of them.
    """

    name: str
    money: float = 1.0
    per_hour: float = 0.0
    per_km: float = 0.0
    per_kg_co2e: float = 0.0
    lateness: float = 1.0
    compact: float = 0.0
    balance: float = 0.0
    measure: Measure = Measure.HOURS


COST = Objective("cost")
SPEED = Objective("speed", money=0.25, per_hour=60.0)
GREEN = Objective("green", money=0.5, per_km=0.2, per_kg_co2e=2.0)
PREMIUM = Objective("premium", lateness=5.0, per_hour=5.0)
BALANCED = Objective("balanced", balance=12.0, compact=0.1)

OBJECTIVES = {each.name: each for each in (COST, SPEED, GREEN, PREMIUM, BALANCED)}
