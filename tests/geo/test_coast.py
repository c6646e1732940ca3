import shapely

from console.geo.coast import sea

# Coordinates as in tiles: y grows to the south. OpenStreetMap has the land on the left of a
# coastline as one walks along it, on a map with the north above.


def test_no_coast_no_sea() -> None:
    assert sea([]) == []


def test_the_sea_is_on_the_right_of_its_coast() -> None:
    """A coast that runs north, land in the west: the sea is in the east."""
    coast = [(0.5, 0.60001), (0.50002, 0.6), (0.50001, 0.55), (0.5, 0.5), (0.50003, 0.49)]
    wet = shapely.union_all(sea([shapely.LineString(coast)]))
    assert not wet.is_empty
    assert wet.contains(shapely.Point(0.500025, 0.55))
    assert not wet.contains(shapely.Point(0.500001, 0.55))


def test_an_island_is_land() -> None:
    """Anticlockwise on the map, so the land is inside; beside a coast that brings the sea."""
    island = shapely.LineString([(0.4, 0.4), (0.4, 0.5), (0.5, 0.5), (0.5, 0.4), (0.4, 0.4)])
    shore = shapely.LineString([(0.2, 0.7), (0.7, 0.7)][::-1])
    wet = shapely.union_all(sea([island, shore, shapely.LineString([(0.2, 0.3), (0.7, 0.3)])]))
    assert not wet.contains(shapely.Point(0.45, 0.45))
    assert wet.contains(shapely.Point(0.3, 0.5))
