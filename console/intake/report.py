"""What reading a file gave: entries, rejects, and everything that was assumed on the way.

All values are plain and picklable, so that a file can be read in a process of its own; ``told`` is
said in the language of whoever reads it.
"""

from dataclasses import dataclass

from console.domain.fleet import FleetEntry
from console.domain.orders import OrderEntry, OrderId
from console.tongues import Said


@dataclass(frozen=True, slots=True)
class Reject:
    """A data row that gave no entry; one per row, with all that is wrong in ``told``.

    ``row`` is the file's line (header = 1; the line where a record with line breaks starts) or the
    sheet's row. ``order`` is the order id, or the driver's name in a fleet file, where the row has
    one. ``field`` is the first field at fault: one of our own column names, or ``row``.
    """

    row: int
    order: str | None
    field: str
    told: Said

    @property
    def problem(self) -> str:
        """What is wrong and what to do about it, in the present language."""
        return str(self.told)


@dataclass(frozen=True, slots=True)
class Assumption:
    """A value nobody wrote down: ``rows`` are the lines it was assumed for, all if empty."""

    field: str
    value: str
    rows: tuple[int, ...]
    told: Said

    @property
    def sentence(self) -> str:
        """What was found and what was made of it, in the present language."""
        return str(self.told)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to look at in a row that was accepted all the same."""

    order: str
    row: int | None
    field: str
    told: Said

    @property
    def sentence(self) -> str:
        """What to look at and what to do, in the present language."""
        return str(self.told)


@dataclass(frozen=True, slots=True)
class OrderReport:
    """An order file, read.

    ``rows`` counts the data rows below the header. ``joined`` are those folded into the row above
    (a shop's further line items), ``split`` those that are two orders (a shipment from door to
    door): entries + rejects + joined - split = rows. ``mapping`` says which column served which
    field; ``unknown_columns`` were read by nobody; ``layout`` is the maker's format that was
    recognised.
    """

    entries: tuple[OrderEntry, ...]
    rejects: tuple[Reject, ...]
    assumptions: tuple[Assumption, ...]
    unknown_columns: tuple[str, ...]
    mapping: dict[str, str]
    rows: int
    joined: int = 0
    layout: str = "own"
    split: int = 0

    @property
    def ids(self) -> tuple[OrderId, ...]:
        """The ids of the accepted orders, in the file's order."""
        return tuple(entry.id for entry in self.entries)


@dataclass(frozen=True, slots=True)
class FleetReport:
    """A fleet file, read: every data row is an entry or a reject."""

    entries: tuple[FleetEntry, ...]
    rejects: tuple[Reject, ...]
    assumptions: tuple[Assumption, ...]
    unknown_columns: tuple[str, ...]
    mapping: dict[str, str]
    rows: int
    notices: tuple[Notice, ...] = ()
