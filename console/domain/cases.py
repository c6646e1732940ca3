"""What is written about an exception besides what happened: impersonal, so that the journal has it.

Whatever may name somebody (notes, photos, reasons) is a text of a register that a fact refers to.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from console.domain.orders import OrderId


class Severity(StrEnum):
    """How bad it is, the worst first."""

    CRITICAL = "critical"
    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"

    @property
    def rank(self) -> int:
        """0 is the worst."""
        return list(Severity).index(self)


SERVICE_LEVELS = {
    Severity.CRITICAL: timedelta(minutes=15),
    Severity.HIGH: timedelta(minutes=45),
    Severity.NORMAL: timedelta(hours=2),
    Severity.LOW: timedelta(hours=8),
}
"""How long an exception may stay open where the depot does not say otherwise."""


class Step(StrEnum):
    """What was done about an exception."""

    OWNED = "owned"
    GRADED = "graded"  # its severity was changed
    RESOLVED = "resolved"
    COMPENSATED = "compensated"  # paid, or asked for where it is above the limit
    APPROVED = "approved"
    DECLINED = "declined"
    EXPLAINED = "explained"  # the root cause, as a text of a register
    CHECKED = "checked"  # whether the action against the cause had an effect
    TOLD = "told"  # a customer was given notice
    RETURNED = "returned"  # goods of the stop that is the subject are back at the depot
    ACTED = "acted"  # the action against the root cause was taken


class Resolution(StrEnum):
    """How it was put right."""

    RESCHEDULE = "reschedule"
    TODAY = "today"
    PICKUP_POINT = "pickup_point"
    SAFE_PLACE = "safe_place"
    NEIGHBOUR = "neighbour"
    OTHER_ADDRESS = "other_address"
    TO_DEPOT = "to_depot"
    TO_SENDER = "to_sender"
    CLOSED = "closed"  # nothing is left to do


@dataclass(frozen=True, slots=True)
class CaseNote:
    """What a fact says of an exception; which fields count depends on its ``step``.

    None as step is the exception itself: its ``severity``, the ``type`` (a leaf of the depot's tree
    of causes), ``photo`` (a name in the register of notes), and what it is linked to: ``orders``,
    ``route`` and ``driver`` of the moment. A resolution tells the ``day`` on which its ``orders``
    become ``attempts``. ``cost`` and ``amount`` are in the depot's currency. Of what a customer
    was told: the end that was ``promised``, and between ``low`` and ``high`` what was told instead.
    Of a root cause: whose the action is, when it is ``due``, and of which group of visits the rate
    should fall, by ``scope`` (a ``clusters.By``, '' for all) and ``key``; at last ``worked``.
    """

    step: Step | None = None
    severity: Severity | None = None
    type: str = ""
    photo: str = ""
    orders: tuple[OrderId, ...] = ()
    route: str = ""
    driver: str = ""
    owner: str = ""
    resolution: Resolution | None = None
    day: date | None = None
    attempts: tuple[OrderId, ...] = ()
    cost: float = 0.0
    amount: float = 0.0
    due: date | None = None
    worked: bool | None = None
    promised: datetime | None = None
    low: datetime | None = None
    high: datetime | None = None
    scope: str = ""
    key: str = ""
