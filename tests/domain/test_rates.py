"""Rates, their intervals and exact tests, against books and sums by brute force."""

from math import comb

import pytest

from console.domain.rates import Count, above, adjusted, below, beta, effective, interval


def tail(tries: int, cases: int, chance: float) -> float:
    return sum(
        comb(tries, i) * chance**i * (1 - chance) ** (tries - i) for i in range(cases, tries + 1)
    )


@pytest.mark.parametrize(
    ("tries", "cases", "chance"),
    [(30, 3, 0.05), (10, 1, 0.5), (200, 60, 0.2), (500, 5, 0.02), (900, 890, 0.97), (7, 7, 0.3)],
)
def test_the_incomplete_beta_is_the_binomials_tail(tries: int, cases: int, chance: float) -> None:
    assert beta(chance, cases, tries - cases + 1) == pytest.approx(tail(tries, cases, chance))


def test_the_ends_of_the_incomplete_beta() -> None:
    assert (beta(0, 2, 3), beta(1, 2, 3)) == (0, 1)


def test_wilsons_interval_is_that_of_the_books() -> None:
    """Newcombe 1998, table I: 81 of 263 and 15 of 148."""
    assert interval(Count(81, 263)) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert interval(Count(15, 148)) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert interval(Count(0, 20)) == pytest.approx((0.0, 0.1611), abs=5e-5)
    assert interval(Count(0, 0)) == (0, 1)


def test_three_of_thirty_are_no_news_where_one_in_twenty_is_usual() -> None:
    usual = Count(50, 1000)
    assert above(Count(3, 30), usual) == pytest.approx(tail(53, 3, 30 / 1030))
    assert above(Count(3, 30), usual) > 0.15
    assert above(Count(12, 30), usual) < 1e-6
    assert above(Count(0, 30), usual) == above(Count(3, 30), Count(0, 0)) == 1


def test_fewer_cases_are_the_other_tail() -> None:
    usual = Count(50, 1000)
    assert below(Count(2, 100), usual) == pytest.approx(1 - tail(52, 3, 100 / 1100))
    assert below(Count(2, 100), Count(0, 50)) == below(Count(0, 0), usual) == 1


def test_many_comparisons_are_paid_for() -> None:
    """Benjamini and Hochberg 1995, section 4: of these 15 four are kept at 5 %."""
    chances = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240,
               0.4262, 0.5719, 0.6528, 0.7590, 1.0]  # fmt: skip
    assert sum(q <= 0.05 for q in adjusted(chances, 15)) == 4
    assert sum(q <= 0.05 for q in adjusted(chances[:4], 15)) == 4
    assert adjusted([0.03, 0.01], 2) == [0.03, 0.02]
    assert adjusted([0.01], 10) == [0.1]


def test_a_storm_counts_for_less_than_the_same_cases_on_many_days() -> None:
    even = effective([(2, 20)] * 10)
    assert even == Count(20, 200)
    storm = effective([(0, 20)] * 9 + [(20, 20)])
    assert storm.rate == pytest.approx(0.1)
    assert storm.of == pytest.approx(200 / (10 / 9 * (9 * 4 + 18**2) / (200 * 0.1 * 0.9)))
    assert effective([(3, 9)]) == Count(3, 9), "of one day nothing is known of how days differ"
    assert effective([(3, 3), (2, 2)]) == Count(5, 5)
