"""Smooth random fields: what makes a drawn town uneven in the way grown ones are."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

type Points = NDArray[np.float64]
type Line = shapely.LineString
type Shapes = NDArray[np.object_]


@dataclass(frozen=True, slots=True, eq=False)
class Noise:
    """A sum of plane waves; its values lie about in [-1, 1] and change over `wavelength` metres."""

    waves: Points
    phases: Points

    @classmethod
    def of(cls, rng: np.random.Generator, wavelength: float, terms: int = 7) -> "Noise":
        """Draw a field whose hills are about half a wavelength wide."""
        bearing = rng.uniform(0, 2 * np.pi, terms)
        number = 2 * np.pi / (wavelength * rng.uniform(0.7, 1.6, terms))
        waves = np.c_[np.cos(bearing) * number, np.sin(bearing) * number]
        return cls(waves, rng.uniform(0, 2 * np.pi, terms))

    def at(self, points: Points) -> Points:
        """Value at every row (x, y) of `points`."""
        terms = np.sin(points @ self.waves.T + self.phases)
        return terms.sum(axis=-1) / np.sqrt(len(self.phases) / 2) / 1.6


@dataclass(frozen=True, slots=True, eq=False)
class Warp:
    """A stretch, then a smooth displacement of the plane by up to about `reach` metres."""

    east: Noise
    north: Noise
    reach: float
    stretch: tuple[float, float]

    @classmethod
    def of(
        cls,
        rng: np.random.Generator,
        wavelength: float,
        reach: float,
        stretch: tuple[float, float] = (1.0, 1.0),
    ) -> "Warp":
        """Draw a displacement; it folds nothing over while reach << wavelength / 6."""
        return cls(Noise.of(rng, wavelength), Noise.of(rng, wavelength), reach, stretch)

    def bend(self, points: Points) -> Points:
        """Displace every row (x, y)."""
        wide = points * np.array(self.stretch)
        return wide + self.reach * np.stack([self.east.at(wide), self.north.at(wide)], axis=-1)


def rising(value: Points, start: float, end: float) -> Points:
    """Smooth step from 0 at `start` to 1 at `end`."""
    share = np.clip((value - start) / (end - start), 0.0, 1.0)
    return share * share * (3 - 2 * share)


def sampled(start: Points, end: Points, step: float) -> Points:
    """Points on the straight line from start to end, at most `step` metres apart."""
    count = max(2, int(np.ceil(np.hypot(*(end - start)) / step)) + 1)
    return start + np.linspace(0, 1, count)[:, None] * (end - start)
