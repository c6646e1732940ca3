"""What the command line asks for: budgets in words."""

import pytest

from console.dispatch.wishes import read_budget
from console.planning.run import ChangeBudget


@pytest.mark.parametrize(
    ("text", "budget"),
    [
        ("", ChangeBudget()),
        ("drivers=3,promises=0,minutes=20", ChangeBudget(3, 0, 20)),
        (" drivers = 1 , driver_price=2.5,promise_price=4,", ChangeBudget(1, None, 15, 2.5, 4)),
    ],
)
def test_budgets(text: str, budget: ChangeBudget) -> None:
    assert read_budget(text) == budget


@pytest.mark.parametrize("text", ["drivers", "drivers=-1", "vans=3", "minutes=x", "driver_price=."])
def test_budgets_that_are_none(text: str) -> None:
    with pytest.raises(ValueError, match="number"):
        read_budget(text)
