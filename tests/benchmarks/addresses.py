"""How many of a region's own addresses the search finds, by the style they are written in.

    python -m tests.benchmarks.addresses REGION.osm.pbf... [--town us uk fr] [--ask 2000] [--seed 1]

Each house is read from the extract's tags, written in a style, located, and measured against the
points where it stands. Found: a point within 60 m, whatever the verdict; sure: found, and the
verdict needs no look; false: sure and more than 200 m off. ``--show N`` prints the failures.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from console.dispatch.ports import Region
from console.domain.places import Coordinate, Location
from console.geo import addresses
from console.geo.geocoder import RegionGeocoder
from tests.benchmarks.addressing import styles, towns, truth

NEAR_M, FAR_M = 60.0, 200.0
_NUMBER_FIRST = frozenset({"US", "GB", "FR", "CA", "AU", "IE"})
HEAD = "| region | style | asked | found | sure | false | ms each |\n|---|---|---|---|---|---|---|"


@dataclass(slots=True)
class Tally:
    """What came of the questions of one style."""

    asked: int = 0
    found: int = 0
    sure: int = 0
    false: int = 0
    seconds: float = 0.0

    def line(self, region: str, style: str) -> str:
        """A row of the table."""
        share = [
            f"{100 * n / max(1, self.asked):.2f} %" for n in (self.found, self.sure, self.false)
        ]
        each = 1000 * self.seconds / max(1, self.asked)
        return f"| {region} | {style} | {self.asked} | {' | '.join(share)} | {each:.2f} |"


def main(words: Sequence[str] | None = None) -> None:
    """Ask and tell."""
    asked = _arguments(words)
    print(HEAD)
    with tempfile.TemporaryDirectory(prefix="doorstep-bench-") as home:
        for name, extract in _extracts(asked, Path(home)):
            folder = Path(home) / name
            folder.mkdir()
            addresses.build(str(extract), str(folder / addresses.FILE), lambda _share: None)
            _one(name, extract, _region(name, folder), asked)


def _extracts(asked: argparse.Namespace, home: Path) -> Iterator[tuple[str, Path]]:
    for extract in asked.extracts:
        yield extract.name.removesuffix(".osm.pbf"), extract
    for manner in asked.town:
        drawn = home / f"{manner}.osm.pbf"
        towns.write(manner, drawn, asked.seed)
        yield f"drawn-{manner}", drawn


def _region(name: str, folder: Path) -> Region:
    everywhere, built = (-90.0, -180.0, 90.0, 180.0), datetime(2026, 1, 1, tzinfo=UTC)
    return Region(name, "", folder, everywhere, "UTC", 0, built)


def _one(name: str, extract: Path, region: Region, asked: argparse.Namespace) -> None:
    houses = truth.read(extract)
    geocoder, total = RegionGeocoder(region), Tally()
    for style in asked.style or styles.STYLES:
        tally = _tally(style, houses, geocoder, asked)
        print(tally.line(name, style), flush=True)
        if style in styles.FIVE:
            total.asked += tally.asked
            total.found += tally.found
            total.sure += tally.sure
            total.false += tally.false
            total.seconds += tally.seconds
    print(total.line(name, "the first five"), flush=True)
    geocoder.close()


def _tally(
    style: str,
    houses: dict[truth.House, list[Coordinate]],
    geocoder: RegionGeocoder,
    asked: argparse.Namespace,
) -> Tally:
    dice = random.Random(f"{asked.seed} {style}")
    known = sorted(houses, key=repr)
    chosen = dice.sample(known, min(asked.ask, len(known)))
    cities = sorted({house.city for house in known if house.city}) or ["Elsewhere"]
    questions = [
        styles.STYLES[style](
            styles.wording(house, cities, number_first=house.country in _NUMBER_FIRST), dice
        ).address
        for house in chosen
    ]
    tally, shown, began = Tally(), 0, time.process_time()
    answers = geocoder.locate_all(questions)
    tally.seconds = time.process_time() - began
    for house, question, answer in zip(chosen, questions, answers, strict=True):
        off = _off(answer, houses[house])
        _count(tally, answer, off)
        if off > NEAR_M and shown < asked.show:
            shown += 1
            said = f"{answer.label} {answer.certainty} {off:.0f} m {answer.reasons}"
            print(f"    {house} <- {question} -> {said}")
    return tally


def _off(answer: Location, points: list[Coordinate]) -> float:
    at = answer.coordinate
    return min(at.metres_to(point) for point in points) if at else float("inf")


def _count(tally: Tally, answer: Location, off: float) -> None:
    tally.asked += 1
    tally.found += off <= NEAR_M
    tally.sure += answer.certainty.is_sure and off <= NEAR_M
    tally.false += answer.certainty.is_sure and off > FAR_M


def _arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("extracts", nargs="*", type=Path)
    parser.add_argument("--town", nargs="*", default=[], choices=sorted(towns.MANNERS))
    parser.add_argument("--style", nargs="*", default=[], choices=list(styles.STYLES))
    parser.add_argument("--ask", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0)
    return parser.parse_args(words)


if __name__ == "__main__":
    main()
