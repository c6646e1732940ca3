"""A route as a picture on paper: streets, the line, numbered stops, the depot, a scale."""

# ReportLab has no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportMissingTypeStubs=false, reportUnknownArgumentType=false

import math
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.platypus import Flowable

from console.dispatch.ways import Way
from console.domain.places import Coordinate
from console.gateway.ground import Frame, Ground, Point, Shape, flat, frame_of, ratio_of
from console.gateway.ink import BOLD, FONT, colours

_DISC, _DOT = 6.2, 2.2
_BESIDE = [
    (radius * math.cos(math.radians(angle)), radius * math.sin(math.radians(angle)))
    for radius in (15, 24, 34)
    for angle in range(45, 405, 45)
]
"""Where a number may stand instead, in points from its spot."""
_AREAS = {
    "river": "water", "lake": "water", "sea": "water", "basin": "water", "wood": "wood",
    "park": "park", "grass": "grass", "farmland": "farm", "residential": "res",
    "industrial": "ind", "cemetery": "grass", "pitch": "grass", "scrub": "wood",
}  # fmt: skip
_ROADS = {
    "highway": 2.6, "major_road": 2.2, "medium_road": 1.7, "minor_road": 1.1, "rail": 0.5,
    "service": 0.5, "pedestrian": 0.8,
}  # fmt: skip
_STREET, _RAIL = "#c9ccd1", "#9aa0a8"
_EARTH_M = 40_075_016.686


@dataclass(frozen=True, slots=True)
class Course:
    """What is drawn: a way, the stops' points by number, the depots and the driver's number."""

    way: Way
    stops: Sequence[tuple[int, Coordinate]]
    depots: Sequence[Coordinate]
    driver: int


class RouteMap(Flowable):
    """As wide as told; nothing but lines and letters, so it is sharp at any size."""

    def __init__(
        self, course: Course, ground: Ground | None, width: float, heights: tuple[float, float]
    ) -> None:
        """As high as the route asks for, between two ``heights`` in points."""
        super().__init__()
        self._course, self._ground = course, ground
        points = [*course.way.line, *(point for _, point in course.stops), *course.depots]
        lowest, highest = heights
        self.width, self.height = width, min(highest, max(lowest, width / ratio_of(points)))
        self._view = frame_of(points, self.width / self.height)

    def draw(self) -> None:
        """Ground, line, stops; cut at the frame."""
        canvas, palette = self.canv, colours().map
        canvas.saveState()
        outline = canvas.beginPath()
        outline.rect(0, 0, self.width, self.height)
        canvas.clipPath(outline, stroke=0, fill=0)
        canvas.setFillColor(palette["land"])
        canvas.rect(0, 0, self.width, self.height, stroke=0, fill=1)
        canvas.setLineJoin(1)
        canvas.setLineCap(1)
        if self._ground is not None:
            for shape in self._ground.shapes(self._view):
                self._shape(shape)
        self._line()
        self._stops()
        self._depots()
        canvas.restoreState()
        canvas.setStrokeColor(palette["bldS"])
        canvas.setLineWidth(0.6)
        canvas.rect(0, 0, self.width, self.height, stroke=1, fill=0)
        self._scale()

    def _shape(self, shape: Shape) -> None:
        canvas, palette = self.canv, colours().map
        if shape.is_area:
            if colour := _AREAS.get(shape.kind):
                canvas.setFillColor(palette[colour])
                canvas.drawPath(self._path(shape.paths), stroke=0, fill=1, fillMode=0)
            return
        if shape.layer == "water":
            canvas.setStrokeColor(palette["water"])
            canvas.setLineWidth(1.4)
        elif width := _ROADS.get(shape.kind):
            canvas.setStrokeColor(_RAIL if shape.kind == "rail" else _STREET)
            canvas.setLineWidth(width)
        else:
            return
        canvas.drawPath(self._path(shape.paths), stroke=1, fill=0)

    def _line(self) -> None:
        if len(self._course.way.line) < 2:
            return
        canvas, (fill, _) = self.canv, colours().driver(self._course.driver)
        path = self._path([[flat(point) for point in self._course.way.line]])
        for width, colour in ((4.2, "#ffffff"), (2.4, fill)):
            canvas.setStrokeColor(colour)
            canvas.setLineWidth(width)
            canvas.drawPath(path, stroke=1, fill=0)

    def _stops(self) -> None:
        """Numbers on their spot or beside it; where there is no room, a dot."""
        canvas, (fill, ink) = self.canv, colours().driver(self._course.driver)
        placed = _placed([(n, self._at(flat(point))) for n, point in self._course.stops])
        canvas.setStrokeColor("#161a20")
        canvas.setLineWidth(0.7)
        for _, spot, at in placed:
            if at is not None and at != spot:
                canvas.line(*spot, *at)
        for _, spot, at in placed:
            if at != spot:
                self._disc(spot, _DOT, fill)
        for number, _, at in placed:
            if at is not None:
                self._disc(at, _DISC, fill)
                canvas.setFillColor(ink)
                size = 7 if number < 100 else 5.6
                canvas.setFont(BOLD, size)
                canvas.drawCentredString(at[0], at[1] - size * 0.36, str(number))

    def _disc(self, spot: Point, radius: float, fill: str) -> None:
        self.canv.setFillColor(fill)
        self.canv.setStrokeColor("#ffffff")
        self.canv.setLineWidth(1)
        self.canv.circle(*spot, radius, stroke=1, fill=1)

    def _depots(self) -> None:
        for point in self._course.depots:
            x, y = self._at(flat(point))
            self.canv.setFillColor("#161a20")
            self.canv.setStrokeColor("#ffffff")
            self.canv.setLineWidth(1.2)
            self.canv.roundRect(x - 7, y - 7, 14, 14, 2, stroke=1, fill=1)
            self.canv.setFillColor("#ffffff")
            self.canv.setFont(BOLD, 9)
            self.canv.drawCentredString(x, y - 3.2, "D")

    def _scale(self) -> None:
        """A bar of a round length at the lower left, the map's credit at the right."""
        canvas, frame = self.canv, self._view
        lat = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * (frame.y + frame.height / 2)))))
        across = frame.width * _EARTH_M * math.cos(math.radians(lat))
        metres = _round(across / 6)
        length = self.width * metres / across
        told = f"{metres / 1000:g} km" if metres >= 1000 else f"{metres:g} m"
        canvas.setFillColorRGB(1, 1, 1, 0.8)
        canvas.rect(4, 4, length + 12, 15, stroke=0, fill=1)
        canvas.setStrokeColor("#161a20")
        canvas.setLineWidth(1.2)
        canvas.line(10, 8, 10 + length, 8)
        canvas.setFillColor("#161a20")
        canvas.setFont(FONT, 6.5)
        canvas.drawCentredString(10 + length / 2, 11, told)
        if self._ground is not None:
            canvas.setFont(FONT, 5.5)
            canvas.setFillColor("#49535f")
            canvas.drawRightString(self.width - 4, 4, self._ground.credit)

    def _path(self, lines: Sequence[Sequence[Point]]) -> object:
        path = self.canv.beginPath()
        for line in lines:
            path.moveTo(*self._at(line[0]))
            for point in line[1:]:
                path.lineTo(*self._at(point))
        return path

    def _at(self, point: Point) -> Point:
        frame: Frame = self._view
        x, y = point
        return (
            (x - frame.x) / frame.width * self.width,
            (1 - (y - frame.y) / frame.height) * self.height,
        )


def _placed(stops: Sequence[tuple[int, Point]]) -> list[tuple[int, Point, Point | None]]:
    """Number, spot, and where the number stands: on the spot, near it, or nowhere."""
    taken: list[Point] = []
    placed: list[tuple[int, Point, Point | None]] = []
    for number, spot in stops:
        tries = (spot, *((spot[0] + x, spot[1] + y) for x, y in _BESIDE))
        free = (at for at in tries if all(math.dist(at, other) > 2 * _DISC for other in taken))
        at = next(free, None)
        if at is not None:
            taken.append(at)
        placed.append((number, spot, at))
    return placed


def _round(metres: float) -> float:
    """The greatest of 1, 2 or 5 by a power of ten that is not longer."""
    power = 10 ** math.floor(math.log10(metres))
    return max(step * power for step in (1, 2, 5) if step * power <= metres)
