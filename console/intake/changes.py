"""A file loaded again: what is new, changed, the same, or no longer in it, by order id."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from console.domain.orders import OrderEntry, OrderId
from console.tongues import phrase, tr

_COMPARED = tuple(field.name for field in fields(OrderEntry) if field.name not in {"id", "row"})


@dataclass(frozen=True, slots=True)
class ChangedOrder:
    """An order that says something else than before; ``fields`` are ``OrderEntry``'s names."""

    before: OrderEntry
    after: OrderEntry
    fields: tuple[str, ...]

    @property
    def id(self) -> OrderId:
        """The order's id, which is the same on both sides."""
        return self.after.id


@dataclass(frozen=True, slots=True)
class ImportChanges:
    """What adopting a file would do, each part in the file's order; ``missing`` in ours."""

    new: tuple[OrderEntry, ...] = ()
    changed: tuple[ChangedOrder, ...] = ()
    unchanged: tuple[OrderEntry, ...] = ()
    missing: tuple[OrderId, ...] = ()

    @property
    def sentence(self) -> str:
        """The changes in one line."""
        parts = (
            (len(self.new), phrase("{n} new", n=len(self.new))),
            (len(self.changed), phrase("{n} changed", n=len(self.changed))),
            (len(self.unchanged), phrase("{n} unchanged", n=len(self.unchanged))),
            (len(self.missing), phrase("{n} not in the file any more", n=len(self.missing))),
        )
        return ", ".join(str(told) for count, told in parts if count) or tr("nothing")


def compare(present: Mapping[OrderId, OrderEntry], entries: Iterable[OrderEntry]) -> ImportChanges:
    """Compare the orders we have with those of a file; the line an order stood on counts not."""
    new: list[OrderEntry] = []
    changed: list[ChangedOrder] = []
    unchanged: list[OrderEntry] = []
    seen: set[OrderId] = set()
    for entry in entries:
        seen.add(entry.id)
        before = present.get(entry.id)
        if before is None:
            new.append(entry)
        elif differing := _differing(before, entry):
            changed.append(ChangedOrder(before, entry, differing))
        else:
            unchanged.append(entry)
    missing = tuple(order_id for order_id in present if order_id not in seen)
    return ImportChanges(tuple(new), tuple(changed), tuple(unchanged), missing)


def _differing(before: OrderEntry, after: OrderEntry) -> tuple[str, ...]:
    return tuple(name for name in _COMPARED if _value(before, name) != _value(after, name))


def _value(entry: OrderEntry, name: str) -> object:
    value: object = getattr(entry, name)
    return frozenset(entry.skills) if name == "skills" else value
