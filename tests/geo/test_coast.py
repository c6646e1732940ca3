import shapely

from console.geo.coast import sea

# Coordinates as in tiles: y grows to the south. OpenStreetMap has the land on the left of a
# coastline as one walks along it, on a map with the north above.


BOX = (0.3, 0.3, 0.7, 0.7)


def whole(*lines: list[tuple[float, float]]) -> shapely.Geometry:
    return shapely.union_all(sea([shapely.LineString(line) for line in lines], BOX))


def test_no_coast_no_sea() -> None:
    assert sea([], BOX) == []
    assert sea([shapely.LineString([(0, 0), (0.1, 0.1)])], BOX) == []  # beyond the bounds


def test_the_sea_is_on_the_right_of_its_coast() -> None:
    """A coast that runs north, land in the west: the sea is in the east."""
    wet = whole([(0.5, 0.8), (0.51, 0.5), (0.5, 0.2)])
    assert wet.contains(shapely.Point(0.6, 0.5))
    assert not wet.intersects(shapely.Point(0.4, 0.5))


def test_an_island_is_land() -> None:
    """Anticlockwise on the map, so the land is inside."""
    wet = whole([(0.4, 0.4), (0.4, 0.5), (0.5, 0.5), (0.5, 0.4), (0.4, 0.4)])
    assert not wet.contains(shapely.Point(0.45, 0.45))
    assert wet.contains(shapely.Point(0.35, 0.6))


def test_a_coast_cut_off_inside_is_led_to_the_edge() -> None:
    wet = whole([(0.5, 0.68), (0.51, 0.5), (0.5, 0.32)])
    assert wet.contains(shapely.Point(0.6, 0.5))
    assert not wet.intersects(shapely.Point(0.4, 0.5))
