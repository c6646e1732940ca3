"""Positions matched to the roads: what Valhalla is asked and what its answer means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from typing import Any

from console.dispatch.traces import Fix, Gap, Matched, Trace, Untraced
from console.domain.errors import ConsoleError
from console.domain.places import Coordinate
from console.geo import lines
from console.tongues import tr

NO_MATCH = frozenset({171, 442, 443, 444})
"""Valhalla's numbers for: none of it lies along a road."""
BREAK_M = 2000
"""Between two positions so far apart nobody can tell which way was driven."""
_STILL_M, _STILL_MOST_M = 15.0, 50.0  # so near to the one before she stands, and the fix trembles
_SURE = 3  # times the accuracy: hardly any fix lies farther off
_LEAST_M, _MOST_M = 5.0, 100.0  # what Valhalla takes as an accuracy
_NEAR_M = 50.0  # a road is looked for at least so far around a fix
_KEPT = (
    "shape",
    "matched.point",
    "matched.type",
    "matched.edge_index",
    "edge.begin_shape_index",
    "edge.end_shape_index",
)


@dataclass(frozen=True, slots=True)
class Question:
    """The positions that are asked for; ``place`` holds for each of all the one of them it is."""

    fixes: tuple[Fix, ...]
    place: tuple[int, ...]

    def request(self) -> dict[str, Any]:
        """All but the manner of driving."""
        begun = self.fixes[0].at
        shape = [
            {
                "lat": fix.point.lat,
                "lon": fix.point.lon,
                "time": round((fix.at - begun).total_seconds()),
                "accuracy": round(accuracy),
                "radius": round(min(_MOST_M, max(_NEAR_M, _SURE * accuracy))),
            }
            for fix in self.fixes
            for accuracy in (min(_MOST_M, max(_LEAST_M, fix.accuracy)),)
        ]
        return {
            "shape": shape,
            "shape_match": "map_snap",
            "trace_options": {"breakage_distance": BREAK_M},
            "filters": {"action": "include", "attributes": list(_KEPT)},
        }

    def read(self, answer: Mapping[str, Any]) -> Trace:
        """The lines, and each position's place on them."""
        drawn, piece_of = _pieces(answer)
        asked = [_matched(point, piece_of) for point in answer["matched_points"]]
        return self._told(drawn, asked)

    def calmer(self, trace: Trace) -> "Question | None":
        """Without fixes that seem to jump back by no more than they tremble; None: there are none.

        A car does not turn on the spot, so Valhalla finds no way there.
        """
        jumps = {self.place[gap.last] for gap in trace.gaps if gap.why is Untraced.NO_WAY}
        out = {j for j in jumps if _trembles(self.fixes[j - 1], self.fixes[j], 2.0)}
        if not out:
            return None
        fixes = tuple(fix for i, fix in enumerate(self.fixes) if i not in out)
        new = list(accumulate(int(i not in out) for i in range(len(self.fixes))))
        return Question(fixes, tuple(new[i] - 1 for i in self.place))

    def nothing(self) -> Trace:
        """None of the positions lies on a road."""
        return self._told((), [None] * len(self.fixes))

    def alone(self, near: tuple[Coordinate, float]) -> Trace:
        """Who never moved is on the road beside her, or on none."""
        point, metres = near
        return self._told((), [Matched(point, None) if metres <= _NEAR_M else None])

    def _told(
        self, drawn: tuple[tuple[Coordinate, ...], ...], asked: Sequence[Matched | None]
    ) -> Trace:
        metres = round(sum(a.metres_to(b) for line in drawn for a, b in pairwise(line)))
        matched = tuple(asked[place] for place in self.place)
        return Trace(drawn, metres, matched, tuple(_gaps(matched, self.place)))


def question(fixes: Sequence[Fix]) -> Question:
    """What is asked of a trace, in order of time; ConsoleError names the first that is not.

    A vehicle that stands is asked for once: at each stop a fix trembles along the street and back.
    """
    kept: list[Fix] = []
    place: list[int] = []
    for number, fix in enumerate(fixes, start=1):
        if number > 1 and fix.at < fixes[number - 2].at:
            raise ConsoleError(
                tr(
                    "Position {number} of the trace is older than the one before it.", number=number
                ),
                remedy=tr("Give the positions in the order of their times."),
            )
        if not kept or not _trembles(kept[-1], fix):
            kept.append(fix)
        place.append(len(kept) - 1)
    return Question(tuple(kept), tuple(place))


def _trembles(before: Fix, fix: Fix, times: float = 1.0) -> bool:
    """True where two fixes may be one place."""
    still = min(_STILL_MOST_M, max(_STILL_M, _SURE * fix.accuracy))
    return before.point.metres_to(fix.point) <= times * still


def _pieces(
    answer: Mapping[str, Any],
) -> tuple[tuple[tuple[Coordinate, ...], ...], Sequence[int]]:
    """The unbroken lines, and of each edge the line it is part of.

    Valhalla writes all edges into one shape, also across a jump: there an edge begins at another
    corner than that at which the one before it has ended.
    """
    shape = lines.decode(answer["shape"])
    spans: list[tuple[int, int]] = []
    piece_of: list[int] = []
    for edge in answer["edges"]:
        begin, end = edge["begin_shape_index"], edge["end_shape_index"]
        if spans and spans[-1][1] == begin:
            spans[-1] = spans[-1][0], end
        else:
            spans.append((begin, end))
        piece_of.append(len(spans) - 1)
    return tuple(tuple(shape[begin : end + 1]) for begin, end in spans), piece_of


def _matched(point: Mapping[str, Any], piece_of: Sequence[int]) -> Matched | None:
    if point["type"] == "unmatched":
        return None
    edge: int = point.get("edge_index", len(piece_of))
    piece = piece_of[edge] if edge < len(piece_of) else None
    return Matched(Coordinate(point["lat"], point["lon"]), piece)


def _gaps(matched: Sequence[Matched | None], place: Sequence[int]) -> list[Gap]:
    """Runs of positions off any road, and neighbours that no line joins, in order."""
    found: list[Gap] = []
    for off, run in groupby(range(len(matched)), key=lambda i: matched[i] is None):
        some = list(run)
        if off:
            found.append(Gap(some[0], some[-1], Untraced.OFF_ROAD))
            continue
        for i, j in pairwise(some):
            if place[i] != place[j] and not _joined(matched[i], matched[j]):
                found.append(Gap(i, j, Untraced.NO_WAY))
    return found


def _joined(one: Matched | None, other: Matched | None) -> bool:
    return one is not None and other is not None and None is not one.piece == other.piece
