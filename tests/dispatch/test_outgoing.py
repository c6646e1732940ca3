"""The plan as tables and tracks: every order once, times on the depot's clock, lines on streets."""

import xml.etree.ElementTree as ET

import pytest

from console.dispatch.maplinks import MapLink, map_link
from console.dispatch.picture import Picture
from console.dispatch.plantables import ROUTES, STOPS, WAITING, PlanTables
from console.dispatch.tracks import Tracks
from console.dispatch.ways import Way, points_of
from console.domain.orders import OrderEntry, OrderId
from console.domain.places import Address, Coordinate
from tests.dispatch.prints import picture

GPX = {"g": "http://www.topografix.com/GPX/1/1"}


@pytest.fixture
def drawn() -> Picture:
    return picture()


def tables(drawn: Picture, **more: object) -> PlanTables:
    orders = [order.id for stop in drawn.plan.stops.values() for order in stop.orders]
    entries = {key: OrderEntry(key, Address("Weg 1"), f"R {key}", notes="=bell") for key in orders}
    return PlanTables(drawn, entries, **more)


def rows(table) -> list[dict[str, object]]:
    assert all(len(row) == len(table.columns) for row in table.rows)
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def tracks(drawn: Picture, *, straight: bool = False) -> Tracks:
    made = {}
    for route in drawn.schedules:
        points = points_of(drawn, drawn.plan.routes[route], {})
        line = points if straight else tuple(p for p in points for _ in range(2))
        made[route] = Way(points, line, is_along_streets=not straight)
    return Tracks(drawn, made)


def test_every_order_is_in_one_table(drawn: Picture) -> None:
    made = tables(drawn)
    routes, stops, waiting = made.all()
    assert (routes.columns, stops.columns, waiting.columns) == (ROUTES, STOPS, WAITING)
    told = [row["order_id"] for row in (*rows(stops), *rows(waiting))]
    assert sorted(told) == sorted(o.id for s in drawn.plan.stops.values() for o in s.orders)
    assert [row["number"] for row in rows(routes)] == [1, 2]
    assert sum(row["orders"] for row in rows(routes)) == len(stops.rows)


def test_times_are_the_depots_and_sums_the_schedules(drawn: Picture) -> None:
    first = next(row for row in rows(tables(drawn).stops()) if row["stop"] == 1)
    route = next(r for r, d in drawn.drivers.items() if d.number == first["driver_number"])
    visit = drawn.schedules[route].visits[0]
    assert first["arrival"].tzinfo is None
    assert f"{first['arrival']:%H:%M}" == drawn.clock(visit.arrival)
    kilometres = sum(row["km"] or 0 for row in rows(tables(drawn).stops()))
    driven = sum(s.metres - s.return_metres for s in drawn.schedules.values())
    assert kilometres == pytest.approx(driven / 1000, abs=0.01)
    assert first["geo"].startswith("geo:47.")


def test_one_driver_alone(drawn: Picture) -> None:
    route = next(iter(drawn.schedules))
    routes, stops = tables(drawn, wanted=(route,)).all()
    assert [row["driver"] for row in rows(routes)] == [drawn.drivers[route].name]
    assert {row["driver"] for row in rows(stops)} == {drawn.drivers[route].name}


def test_geojson_has_lines_stops_and_what_waits(drawn: Picture) -> None:
    document = tracks(drawn).as_geojson()
    kinds = [feature["properties"]["kind"] for feature in document["features"]]
    assert kinds.count("depot") == 1
    assert kinds.count("route") == 2
    assert kinds.count("stop") == sum(len(s.visits) for s in drawn.schedules.values())
    assert kinds.count("unassigned") == len(drawn.plan.unassigned)
    line = next(f for f in document["features"] if f["properties"]["kind"] == "route")
    assert line["geometry"]["coordinates"][0] == [9.5, 47.0]  # longitude first
    assert line["properties"]["along_streets"] is True


def test_some_routes_come_without_what_waits(drawn: Picture) -> None:
    whole = tracks(drawn)
    route = whole.numbered()[0]
    document = Tracks(drawn, {route: whole.ways[route]}).as_geojson()
    kinds = {feature["properties"]["kind"] for feature in document["features"]}
    assert kinds == {"depot", "route", "stop"}


def test_gpx_has_stops_in_order_and_the_line(drawn: Picture) -> None:
    made = tracks(drawn)
    route = next(r for r, s in drawn.schedules.items() if len(s.visits) == 3)
    root = ET.fromstring(made.as_gpx(route))
    names = [point.findtext("g:name", "", GPX) for point in root.findall("g:wpt", GPX)]
    assert [name.partition(" ")[0] for name in names] == ["1", "2", "3"]
    assert len(root.findall("g:rte/g:rtept", GPX)) == 3
    assert len(root.findall("g:trk/g:trkseg/g:trkpt", GPX)) == len(made.ways[route].line)
    assert root.findtext("g:wpt/g:time", "", GPX).endswith("Z")


def test_links_hold_the_point_and_no_more() -> None:
    point = Coordinate(47.1234567, -9.5)
    assert map_link(point) == "geo:47.123457,-9.500000?q=47.123457,-9.500000"
    for kind in MapLink:
        assert "47.123457" in map_link(point, kind)
        assert "-9.500000" in map_link(point, kind)
        assert kind.words


def test_an_erased_order_is_still_a_row(drawn: Picture) -> None:
    made = PlanTables(drawn, {OrderId("gone"): OrderEntry(OrderId("gone"), Address(""))})
    assert all(row["recipient"] == "" for row in rows(made.stops()))
