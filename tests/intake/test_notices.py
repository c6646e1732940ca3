from console.domain.load import Capacity, Load
from console.domain.orders import OrderEntry, OrderId
from console.domain.places import Address
from console.intake import check_skills, too_heavy


def entry(name: str, load: Load | None = None, skills: tuple[str, ...] = ()) -> OrderEntry:
    return OrderEntry(OrderId(name), Address("Weg 1"), load=load or Load(), skills=skills, row=7)


def test_a_skill_nobody_has() -> None:
    notices = check_skills([entry("a", skills=("adr",)), entry("b", skills=("adr", "x"))], ["adr"])
    assert [(found.order, found.row, found.field) for found in notices] == [("b", 7, "skills")]
    assert "“x”" in notices[0].sentence


def test_an_order_for_no_van() -> None:
    vans = [Capacity(10, 500, 5), Capacity(100, 300, None)]
    notices = too_heavy(
        [entry("a", Load(1, 500)), entry("b", Load(1, 501)), entry("c", Load(50, 400)), entry("d")],
        vans,
    )
    assert [(found.order, found.field) for found in notices] == [
        ("b", "weight_kg"),
        ("c", "pieces"),
    ]
    assert "501 kg (largest vehicle 500)" in notices[0].sentence
    assert too_heavy([entry("b", Load(1, 501))], []) == ()
    assert too_heavy([entry("b", Load(1, 501))], [Capacity()]) == ()
