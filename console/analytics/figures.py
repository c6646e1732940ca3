"""The day's figures as a table: one row a driver, one for the day."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from console.analytics.tables import harmless
from console.domain.errors import ConsoleError
from console.tongues import tr

if TYPE_CHECKING:
    import pandas as pd

SUMS = ("orders", "stops", "km", "hours", "driving_hours", "kg", "late_minutes", "cost")
DAY = "Whole day"


@dataclass(frozen=True, slots=True)
class RouteFigures:
    """What one route comes to; hours are paid, cost is in the depot's currency."""

    driver: str
    vehicle: str
    orders: int
    stops: int
    km: float
    hours: float
    driving_hours: float
    kg: float
    fullness: float
    late_minutes: float
    cost: float


def day_table(routes: Sequence[RouteFigures]) -> "pd.DataFrame":
    """A row per route in the order given, then their sum with cost and minutes per order."""
    import pandas as pd

    table = pd.DataFrame([asdict(route) for route in routes])
    if table.empty:
        return table
    day = {**table[list(SUMS)].sum().to_dict(), "driver": DAY, "vehicle": ""}
    day["fullness"] = table["fullness"].mean()
    table = pd.concat([table, pd.DataFrame([day])], ignore_index=True)
    table["cost_per_order"] = table["cost"] / table["orders"]
    table["minutes_per_order"] = table["hours"] * 60 / table["orders"]
    return table


def write_table(routes: Sequence[RouteFigures], path: Path) -> None:
    """Write the table as csv; ConsoleError names the file when the disk says no."""
    try:
        table = day_table(routes).round(3)
        for column in table.select_dtypes(["object", "string"]):
            table[column] = table[column].map(harmless)
        table.to_csv(path, index=False, encoding="utf-8-sig")
    except OSError as error:
        raise ConsoleError(
            tr("{path} could not be written: {strerror}.", path=path, strerror=error.strerror),
            remedy=tr("Close the file where it is open, or choose another folder."),
        ) from error
