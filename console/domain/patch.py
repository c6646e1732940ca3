"""The difference between two plans: what views repaint, what undo restores, what is replayed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import cast

from console.domain.errors import Rejected
from console.domain.plan import Day, Fact, FactId, Plan, Route, RouteId, Stop, StopId


@dataclass(frozen=True, slots=True)
class Delta[T]:
    """One entity before and after; None means it did not exist."""

    key: str
    before: T | None
    after: T | None

    def inverted(self) -> "Delta[T]":
        """The way back."""
        return Delta(self.key, self.after, self.before)


@dataclass(frozen=True, slots=True)
class Outline:
    """Which entities a patch changes: the ids of stops, routes and facts, and whether the day."""

    stops: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    day: bool = False


@dataclass(frozen=True, slots=True)
class Patch:
    """The entities that differ between two plans."""

    stops: tuple[Delta[Stop], ...] = ()
    routes: tuple[Delta[Route], ...] = ()
    facts: tuple[Delta[Fact], ...] = ()
    day: Delta[Day] | None = None

    def __bool__(self) -> bool:
        return bool(self.stops or self.routes or self.facts or self.day)

    def inverted(self) -> "Patch":
        """The patch that undoes this one."""
        return Patch(
            tuple(delta.inverted() for delta in self.stops),
            tuple(delta.inverted() for delta in self.routes),
            tuple(delta.inverted() for delta in self.facts),
            self.day.inverted() if self.day else None,
        )

    def apply(self, plan: Plan) -> Plan:
        """The plan after this patch, one version on; ``changed_since`` where it moved on."""
        return replace(
            plan,
            version=plan.version + 1,
            day=self._day_after(plan),
            stops=_patched(plan.stops, self.stops),
            routes=_patched(plan.routes, self.routes),
            facts=_patched(plan.facts, self.facts),
        )

    @property
    def outline(self) -> Outline:
        """What it changes, without what becomes of it."""
        return Outline(
            tuple(delta.key for delta in self.stops),
            tuple(delta.key for delta in self.routes),
            tuple(delta.key for delta in self.facts),
            self.day is not None,
        )

    def touched(self) -> frozenset[str]:
        """Ids of all entities changed, and of the stops that enter or leave a changed route."""
        ids = {delta.key for delta in (*self.stops, *self.routes)}
        for delta in self.routes:
            before = set(delta.before.stops) if delta.before else set[StopId]()
            after = set(delta.after.stops) if delta.after else set[StopId]()
            ids |= before ^ after
        return frozenset(ids)

    def _day_after(self, plan: Plan) -> Day | None:
        if self.day is None:
            return plan.day
        if plan.day != self.day.before:
            raise Rejected("changed_since", entity="day")
        return self.day.after


def in_order_of_change(plan: Plan, outlines: Iterable[Outline]) -> Plan:
    """The same plan with its entities in the order in which these patches, replayed, leave them.

    What changed comes last; what none of them changed comes first, as it is.
    """
    stops, routes, facts = dict[str, int](), dict[str, int](), dict[str, int]()
    for number, outline in enumerate(outlines, 1):
        stops |= dict.fromkeys(outline.stops, number)
        routes |= dict.fromkeys(outline.routes, number)
        facts |= dict.fromkeys(outline.facts, number)
    return replace(
        plan,
        stops=_ordered(plan.stops, stops),
        routes=_ordered(plan.routes, routes),
        facts=_ordered(plan.facts, facts),
    )


def _ordered[K: (StopId, RouteId, FactId), T](
    entities: Mapping[K, T], changed: Mapping[str, int]
) -> Mapping[K, T]:
    order = sorted((key for key in entities if key in changed), key=lambda key: (changed[key], key))
    kept = [key for key in entities if key not in changed]
    return {key: entities[key] for key in (*kept, *order)}


def diff(before: Plan, after: Plan) -> Patch:
    """Compare two plans; unchanged entities are recognised by identity first."""
    changed_day = before.day != after.day
    return Patch(
        _deltas(before.stops, after.stops),
        _deltas(before.routes, after.routes),
        _deltas(before.facts, after.facts),
        Delta("day", before.day, after.day) if changed_day else None,
    )


def _deltas[K: (StopId, RouteId, FactId), T](
    before: Mapping[K, T], after: Mapping[K, T]
) -> tuple[Delta[T], ...]:
    if before is after:
        return ()
    get = before.get
    moved = [key for key, new in after.items() if get(key) is not new and get(key) != new]
    gone = [key for key in before if key not in after]
    return tuple(Delta(key, get(key), after.get(key)) for key in sorted([*moved, *gone]))


def _patched[K: (StopId, RouteId, FactId), T](
    entities: Mapping[K, T], deltas: tuple[Delta[T], ...]
) -> Mapping[K, T]:
    if not deltas:
        return entities
    changes = {delta.key: delta for delta in deltas}
    for key, delta in changes.items():
        if _present(entities, key) != delta.before:
            raise Rejected("changed_since", entity=key)
    # Keys are NewTypes of str; the deltas of one kind of entity hold that kind's keys.
    patched = cast("dict[str, T]", dict(entities))
    for key in changes:
        patched.pop(key, None)  # what changed comes last
    patched.update((delta.key, delta.after) for delta in deltas if delta.after is not None)
    return cast("Mapping[K, T]", patched)


def _present[K: (StopId, RouteId, FactId), T](entities: Mapping[K, T], key: str) -> T | None:
    return cast("Mapping[str, T]", entities).get(key)
