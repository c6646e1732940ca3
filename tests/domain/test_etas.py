"""Bands about arrivals, from measured errors."""

from datetime import UTC, datetime, timedelta

import pytest

from console.domain.etas import BEFOREHAND, ENOUGH, EtaErrors, lead_class, quantile

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def minutes(n: float) -> timedelta:
    return timedelta(minutes=n)


def test_leads_fall_into_classes() -> None:
    leads = (-5, 0, 14.9, 15, 45, 300)
    assert [lead_class(minutes(n)) for n in leads] == [0, 0, 0, 1, 2, 5]


@pytest.mark.parametrize(("share", "value"), [(0, 1), (0.5, 2.5), (1, 4), (0.25, 1.75)])
def test_quantiles(share: float, value: float) -> None:
    assert quantile([1, 2, 3, 4], share) == value


def test_before_anything_is_measured_the_table_stands_in() -> None:
    eta = EtaErrors().eta(NOW + minutes(10), NOW)
    assert eta.measured == 0
    assert eta.low < eta.at < eta.high
    assert eta.high - eta.at < timedelta(seconds=BEFOREHAND[0][-1])


def test_measured_errors_take_over_one_by_one() -> None:
    errors = EtaErrors()
    at = NOW + minutes(40)
    wide = errors.eta(at, NOW).high
    highs = []
    for _ in range(ENOUGH):
        errors.note(minutes(40), minutes(1))
        highs.append(errors.eta(at, NOW).high)
    assert highs[0] <= wide
    assert highs == sorted(highs, reverse=True)
    assert highs[-1] == at + minutes(1)
    assert errors.eta(at, NOW).measured == ENOUGH
    assert errors.summary() == {30: (ENOUGH, 60.0, 60.0, 60.0)}


def test_nothing_is_foretold_for_the_past() -> None:
    eta = EtaErrors().eta(NOW - minutes(4), NOW)
    assert eta.at == eta.low == NOW < eta.high
    assert EtaErrors().eta(NOW + timedelta(seconds=20), NOW).low == NOW
