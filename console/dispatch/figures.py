"""The picture as figures for analytics."""

from pathlib import Path

from console.analytics.figures import RouteFigures, write_table
from console.dispatch.picture import Picture


def figures(picture: Picture) -> list[RouteFigures]:
    """One entry per route with stops, by driver number."""
    numbered = sorted(picture.schedules.items(), key=lambda item: picture.drivers[item[0]].number)
    return [
        RouteFigures(
            driver=picture.drivers[route].name,
            vehicle=picture.drivers[route].plate,
            orders=sum(len(stop.orders) for stop in picture.plan.stops_of(route)),
            stops=len(schedule.visits),
            km=schedule.metres / 1000,
            hours=schedule.duration.total_seconds() / 3600,
            driving_hours=schedule.driving.total_seconds() / 3600,
            kg=schedule.load.kg,
            fullness=schedule.fullness,
            late_minutes=schedule.lateness.total_seconds() / 60,
            cost=schedule.cost,
        )
        for route, schedule in numbered
    ]


def write_figures(picture: Picture, path: Path) -> None:
    """Write the day's table as csv."""
    write_table(figures(picture), path)
