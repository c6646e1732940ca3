from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from console.domain.load import Load
from console.domain.orders import OrderEntry, OrderId
from console.domain.places import Address
from console.intake import ImportChanges, compare


def entry(name: str, **changes: Any) -> OrderEntry:
    found = OrderEntry(OrderId(name), Address("Weg 1"), skills=("a", "b"), row=2)
    return replace(found, **changes)


def test_new_changed_unchanged_and_missing() -> None:
    present = {order.id: order for order in (entry("a"), entry("b"), entry("c"), entry("d"))}
    changes = compare(
        present,
        [
            entry("a", row=9, skills=("b", "a")),
            entry("c", load=Load(2), notes="dog"),
            entry("e"),
            entry("d", row=None),
        ],
    )
    assert [order.id for order in changes.new] == ["e"]
    assert [(order.id, order.fields) for order in changes.changed] == [("c", ("load", "notes"))]
    assert changes.changed[0].before is present[OrderId("c")]
    assert [order.id for order in changes.unchanged] == ["a", "d"]
    assert changes.missing == ("b",)
    assert changes.sentence == "1 new, 1 changed, 2 unchanged, 1 not in the file any more"
    assert compare({}, []) == ImportChanges()
    assert ImportChanges().sentence == "nothing"


@given(st.sets(st.sampled_from("abcdef")), st.sets(st.sampled_from("abcdef")))
def test_every_order_is_in_one_part(before: set[str], after: set[str]) -> None:
    present = {OrderId(name): entry(name) for name in sorted(before)}
    changes = compare(present, [entry(name) for name in sorted(after)])
    assert {order.id for order in changes.new} == after - before
    assert {order.id for order in changes.unchanged} == after & before
    assert set(changes.missing) == before - after
