"""Order and fleet files become validated entries, rejects, and a list of what was assumed.

``read_orders`` and ``read_fleet`` are pure apart from reading the file, and what they take and
return pickles, so the caller may run them in a thread or a process of its own.
"""

from console.intake.addresses import point_in
from console.intake.changes import ChangedOrder, ImportChanges, compare
from console.intake.columns import Column
from console.intake.dates import DateOrder
from console.intake.edits import EDITABLE, edited, read_pasted
from console.intake.fleet import check_fleet, read_fleet
from console.intake.header import MissingColumns
from console.intake.mapping import (
    FIELDS,
    SERVICE_DATE,
    ColumnMap,
    Sample,
    Source,
    look,
    orders_by,
    units_of,
)
from console.intake.notices import check_skills, too_heavy
from console.intake.orders import check_order, read_orders
from console.intake.recurring import RecurringReport, check_recurring, read_recurring
from console.intake.report import Assumption, FleetReport, Notice, OrderReport, Reject
from console.intake.vroom import is_vroom, read_vroom
from console.intake.vroomjson import VroomProblem

__all__ = [
    "EDITABLE",
    "FIELDS",
    "SERVICE_DATE",
    "Assumption",
    "ChangedOrder",
    "Column",
    "ColumnMap",
    "DateOrder",
    "FleetReport",
    "ImportChanges",
    "MissingColumns",
    "Notice",
    "OrderReport",
    "RecurringReport",
    "Reject",
    "Sample",
    "Source",
    "VroomProblem",
    "check_fleet",
    "check_order",
    "check_recurring",
    "check_skills",
    "compare",
    "edited",
    "is_vroom",
    "look",
    "orders_by",
    "point_in",
    "read_fleet",
    "read_orders",
    "read_pasted",
    "read_recurring",
    "read_vroom",
    "too_heavy",
    "units_of",
]
