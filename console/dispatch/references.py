"""What orders of a file refer to: orders that collect their goods, drivers, depots. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from console.dispatch.registers import DepotRecord, DriverRecord
from console.domain.fleet import DepotId, DriverId
from console.domain.load import Load, total
from console.domain.orders import OrderEntry, OrderId
from console.intake import Assumption, Reject
from console.intake.texts import shown
from console.tongues import Phrase, phrase, phrases, together

_SHOWN = 5
_NOTHING = Load()


@dataclass(frozen=True, slots=True)
class Directory:
    """Drivers and depots by the names that files call them, case and spaces aside."""

    drivers: Mapping[str, DriverId] = field(default_factory=dict[str, DriverId])
    depots: Mapping[str, DepotId] = field(default_factory=dict[str, DepotId])

    def drivers_of(self, entry: OrderEntry) -> tuple[DriverId, ...]:
        """The preferred drivers of an order that are known."""
        named = (self.drivers.get(_plain(name)) for name in entry.drivers)
        return tuple(driver for driver in named if driver is not None)

    def depot_of(self, entry: OrderEntry) -> DepotId | None:
        """Where an order is loaded; None is anywhere, or a depot nobody knows."""
        return self.depots.get(_plain(entry.depot)) if entry.depot else None


def directory(drivers: Iterable[DriverRecord], depots: Iterable[DepotRecord]) -> Directory:
    """Depots are known by name, by their whole address and by its first part."""
    by_name: dict[str, DepotId] = {}
    for depot in depots:
        by_name[_plain(depot.name)] = depot.id
        by_name.setdefault(_plain(depot.name.partition(",")[0]), depot.id)
    return Directory({_plain(driver.name): driver.id for driver in drivers}, by_name)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


@dataclass(frozen=True, slots=True)
class Resolved:
    """Orders whose references all lead somewhere, rows that had to be left out, and why."""

    entries: tuple[OrderEntry, ...]
    rejects: tuple[Reject, ...] = ()
    assumptions: tuple[Assumption, ...] = ()


def resolve(
    entries: Sequence[OrderEntry], present: Mapping[OrderId, OrderEntry], known: Directory
) -> Resolved:
    """Check what entries refer to; ``present`` are the day's orders so far.

    An order that refers to nothing that is known is rejected, and with it those that refer to it.
    """
    rejects: dict[OrderId, Reject] = {}
    for entry in entries:
        if entry.depot and known.depot_of(entry) is None:
            rejects[entry.id] = _reject(entry, "depot", _unknown_depot(entry, known))
    kept, orphans = _paired([e for e in entries if e.id not in rejects], present)
    found, told = _collecting(kept)
    entries = tuple(found)
    return Resolved(
        entries,
        tuple(sorted((*rejects.values(), *orphans), key=lambda reject: reject.row)),
        (*told, *_strangers(entries, known)),
    )


def _reject(entry: OrderEntry, column: str, problem: Phrase) -> Reject:
    return Reject(entry.row or 0, entry.id, column, problem)


def _unknown_depot(entry: OrderEntry, known: Directory) -> Phrase:
    names = together((shown(name) for name in list(known.depots)[:_SHOWN]), ", ")
    there = (
        phrase("known are {names}", names=names) if known.depots else phrase("none is known yet")
    )
    return phrase(
        "The order is loaded at “{depot}”, which is no depot of the fleet ({there}): "
        "import the fleet first, correct the depot, or leave it empty.",
        depot=entry.depot,
        there=there,
    )


def _paired(
    entries: Sequence[OrderEntry], present: Mapping[OrderId, OrderEntry]
) -> tuple[list[OrderEntry], list[Reject]]:
    """Entries whose pickup is there and is none that is brought itself."""
    kept, rejects = list(entries), list[Reject]()
    while True:
        there = {**present, **{entry.id: entry for entry in kept}}
        wrong = {entry.id: why for entry in kept if (why := _unpaired(entry, there))}
        if not wrong:
            return kept, rejects
        rejects += [_reject(e, "pickup", wrong[e.id]) for e in kept if e.id in wrong]
        kept = [entry for entry in kept if entry.id not in wrong]


def _unpaired(entry: OrderEntry, there: Mapping[OrderId, OrderEntry]) -> Phrase | None:
    if entry.pickup is None:
        return None
    first = there.get(entry.pickup)
    if first is None:
        return phrase(
            "The order brings what order “{pickup}” collects, but there is no such order:"
            " add it to the file, correct its number, or leave pickup empty.",
            pickup=entry.pickup,
        )
    if first.pickup is not None:
        return phrase(
            "The order brings what order “{pickup}” collects, but that one brings goods "
            "of “{pickup2}” itself: name the order that collects them.",
            pickup=entry.pickup,
            pickup2=first.pickup,
        )
    return None


def _collecting(entries: Sequence[OrderEntry]) -> tuple[list[OrderEntry], list[Assumption]]:
    """An order that others bring on, and that collects nothing by its row, collects its load."""
    brought: dict[OrderId, list[Load]] = {}
    for entry in entries:
        if entry.pickup is not None:
            brought.setdefault(entry.pickup, []).append(entry.load)
    changed = list[OrderEntry]()
    found = list[OrderEntry]()
    for entry in entries:
        made = entry
        if entry.id in brought and entry.collected == _NOTHING:
            collected = total(brought[entry.id]) if entry.load == _NOTHING else entry.load
            made = replace(entry, load=_NOTHING, collected=collected)
            changed.append(made)
        found.append(made)
    return found, _told_collecting(changed)


def _told_collecting(changed: Sequence[OrderEntry]) -> list[Assumption]:
    if not changed:
        return []
    sentence = phrase(
        "Nothing to collect given for {some}, whose goods other orders bring: their "
        "load is collected there.",
        some=_some([e.id for e in changed]),
    )
    rows = tuple(entry.row for entry in changed if entry.row is not None)
    return [Assumption("collect_pieces", "", rows, sentence)]


def _strangers(entries: Sequence[OrderEntry], known: Directory) -> list[Assumption]:
    """Preferred drivers whom nobody knows."""
    asking: dict[str, list[OrderEntry]] = {}
    for entry in entries:
        for name in entry.drivers:
            if _plain(name) not in known.drivers:
                asking.setdefault(name, []).append(entry)
    return [
        Assumption(
            "drivers",
            name,
            tuple(entry.row for entry in several if entry.row is not None),
            phrase(
                "The preferred driver “{name}” of {some} is not known: left out.",
                name=name,
                some=_some([e.id for e in several]),
            ),
        )
        for name, several in asking.items()
    ]


def _some(ids: Collection[OrderId]) -> Phrase:
    names = list(ids)[:_SHOWN]
    more = len(ids) - len(names)
    text = ", ".join(names)
    if more:
        return phrase("orders {text} and {more} more", text=text, more=more)
    return phrases("order {text}", "orders {text}", len(ids), text=text)
