"""How often something goes wrong, how sure that is, and whether it is more than chance brings.

Visits of one day resemble each other: a storm fails many at once. So counts are first divided by
their design effect, the variance between days over that of a coin (Rao and Scott 1992), and all
below takes the smaller, real-valued counts (as Korn and Graubard 1998 do for exact intervals).

- The interval of a rate is Wilson's (1927).
- Two rates are compared exactly: given all cases of both, those of one are binomial with its share
  of the visits (Przyborowski and Wilenski 1940). Both rates may be unsure; it errs on the quiet
  side where cases are not rare.
- Of many comparisons at once, those are kept of which no more than a share is expected to be
  chance (Benjamini and Hochberg 1995), which also holds where groups overlap in the same sense.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

CONFIDENCE = 0.95
_Z = NormalDist().inv_cdf(0.5 + CONFIDENCE / 2)
_TINY, _CLOSE, _MOST_TERMS = 1e-300, 1e-12, 500


@dataclass(frozen=True, slots=True)
class Count:
    """``cases`` in ``of`` tries; real numbers, as tries that depend on each other count less."""

    cases: float
    of: float

    @property
    def rate(self) -> float:
        """Cases per try; 0 without any."""
        return self.cases / self.of if self.of else 0.0


def effective(days: Sequence[tuple[int, int]]) -> Count:
    """What (cases, tries) of each day come to, divided by their design effect.

    That is at least 1. Of a single day nothing is known of how days differ: it counts in full.
    """
    cases, of = sum(each for each, _ in days), sum(each for _, each in days)
    if len(days) < 2 or not 0 < cases < of:
        return Count(cases, of)
    rate, many = cases / of, len(days)
    between = sum((wrong - rate * tries) ** 2 for wrong, tries in days) * many / (many - 1)
    effect = max(1.0, between / (of * rate * (1 - rate)))
    return Count(cases / effect, of / effect)


def interval(count: Count) -> tuple[float, float]:
    """The rates that go with a count in 95 of 100 cases (Wilson 1927); (0, 1) without tries."""
    if not count.of:
        return 0.0, 1.0
    rate, weight = count.rate, _Z * _Z / count.of
    middle = (rate + weight / 2) / (1 + weight)
    margin = _Z / (1 + weight) * math.sqrt(rate * (1 - rate) / count.of + weight / count.of / 4)
    return max(0.0, middle - margin), min(1.0, middle + margin)


def above(count: Count, rest: Count) -> float:
    """How likely so many cases or more are, were the rate that of the rest: a one-sided p."""
    if not count.cases or not rest.of:
        return 1.0
    return beta(count.of / (count.of + rest.of), count.cases, rest.cases + 1)


def below(count: Count, rest: Count) -> float:
    """How likely so few cases or fewer are, were the rate that of the rest: a one-sided p."""
    if not rest.cases or not count.of:
        return 1.0
    return 1 - beta(count.of / (count.of + rest.of), count.cases + 1, rest.cases)


def adjusted(chances: Sequence[float], looked_at: int) -> list[float]:
    """The p of each as the q of Benjamini and Hochberg (1995), in the order given.

    ``looked_at`` is how many were compared at all; those that are not given have a p of 1.
    """
    order = sorted(range(len(chances)), key=lambda i: chances[i])
    found, least = [1.0] * len(chances), 1.0
    for rank in range(len(order), 0, -1):
        i = order[rank - 1]
        least = min(least, chances[i] * max(looked_at, len(chances)) / rank)
        found[i] = least
    return found


def beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b), a and b above 0.

    P(X >= k) of a binomial X in n tries is I_x(k, n - k + 1) (DLMF 8.17.5); the continued fraction
    is DLMF 8.17.22, computed from the front as Lentz (1976) does.
    """
    if x <= 0 or x >= 1:
        return min(1.0, max(0.0, x))
    if x > (a + 1) / (a + b + 2):
        return 1 - beta(1 - x, b, a)
    log = (
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    return min(1.0, math.exp(log) / a / _fraction(x, a, b))


def _fraction(x: float, a: float, b: float) -> float:
    """1 + d1/(1 + d2/(1 + ...))."""
    whole, c, d = 1.0, 1.0, 0.0
    for term in range(1, _MOST_TERMS):
        half = term // 2
        if term % 2:
            part = -(a + half) * (a + b + half) * x / ((a + term - 1) * (a + term))
        else:
            part = half * (b - half) * x / ((a + term - 1) * (a + term))
        d = 1 / _not_zero(1 + part * d)
        c = _not_zero(1 + part / c)
        whole *= c * d
        if abs(c * d - 1) < _CLOSE:
            break
    return whole


def _not_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
