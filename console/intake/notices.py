"""What a dispatcher should know about accepted orders before planning them."""

from collections.abc import Collection, Iterable, Iterator

from console.domain.load import DIMENSIONS, Capacity
from console.domain.orders import OrderEntry
from console.formats import Figure
from console.intake import dimensions
from console.intake.report import Notice
from console.intake.texts import shown
from console.tongues import Phrase, phrase, together


def check_skills(
    entries: Iterable[OrderEntry], known_skills: Collection[str]
) -> tuple[Notice, ...]:
    """Orders that need a skill nobody holds. They stay, and will be unassigned with that reason."""
    known = frozenset(known_skills)
    return tuple(_unknown_skills(entries, known))


def _unknown_skills(entries: Iterable[OrderEntry], known: frozenset[str]) -> Iterator[Notice]:
    for entry in entries:
        if missing := [skill for skill in entry.skills if skill not in known]:
            sentence = phrase(
                "Order {id} needs {skills}, which no driver or vehicle of the fleet has: "
                "it stays unassigned until one has it.",
                id=shown(entry.id),
                skills=together((shown(skill) for skill in missing), ", "),
            )
            yield Notice(entry.id, entry.row, "skills", sentence)


def too_heavy(entries: Iterable[OrderEntry], capacities: Iterable[Capacity]) -> tuple[Notice, ...]:
    """Orders that fit on no vehicle, even an empty one. They stay, and will be unassigned."""
    vehicles = tuple(capacities)
    return tuple(
        Notice(entry.id, entry.row, _column(entry, vehicles), _oversize(entry, vehicles))
        for entry in entries
        if vehicles and all(capacity.excess(entry.load) for capacity in vehicles)
    )


_UNITS = {"pieces": dimensions.PIECES, "kg": dimensions.KG, "m3": dimensions.M3,
          "units": dimensions.UNITS}  # fmt: skip
_COLUMNS = {"pieces": "pieces", "kg": "weight_kg", "m3": "volume_m3", "units": "units"}


def _exceeded(entry: OrderEntry, vehicles: tuple[Capacity, ...]) -> list[str]:
    """Dimensions that are too much for every vehicle; else those that are too much for some."""
    over = [capacity.excess(entry.load) for capacity in vehicles]
    everywhere = [name for name in DIMENSIONS if all(name in excess for excess in over)]
    return everywhere or [name for name in DIMENSIONS if any(name in excess for excess in over)]


def _column(entry: OrderEntry, vehicles: tuple[Capacity, ...]) -> str:
    return _COLUMNS[_exceeded(entry, vehicles)[0]]


def _oversize(entry: OrderEntry, vehicles: tuple[Capacity, ...]) -> Phrase:
    parts: list[Phrase] = []
    for name in _exceeded(entry, vehicles):
        limits = [limit for capacity in vehicles if (limit := capacity.limit(name)) is not None]
        part = phrase(
            "{amount} {unit} (largest vehicle {most})",
            amount=Figure(entry.load.amount(name)),
            unit=_UNITS[name],
            most=Figure(max(limits)),
        )
        parts.append(part)
    return phrase(
        "Order {id} fits on no vehicle: {parts}. Split it, or add a larger vehicle.",
        id=shown(entry.id),
        parts=together(parts, ", "),
    )
