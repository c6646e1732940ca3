"""Whether a day is sealed: what a person decides on it is over until somebody opens it again."""

from collections.abc import Mapping

from console.domain.plan import Fact, FactId, FactKind

_SEALS = (FactKind.SEALED, FactKind.REOPENED)


def seal_of(facts: Mapping[FactId, Fact]) -> Fact | None:
    """The seal that holds, None where the day is open; remembered for the last mapping asked."""
    global _known  # noqa: PLW0603 - one slot, replaced as a whole
    if _known[0] is not facts:
        _known = (facts, _read(facts))
    return _known[1]


def _read(facts: Mapping[FactId, Fact]) -> Fact | None:
    marks = [fact for fact in facts.values() if fact.kind in _SEALS]
    last = max(marks, key=lambda fact: (fact.happened_at, fact.id), default=None)
    return last if last is not None and last.kind is FactKind.SEALED else None


_known: tuple[Mapping[FactId, Fact], Fact | None] = ({}, None)
