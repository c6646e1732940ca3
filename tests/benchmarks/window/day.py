"""A big day for the window: planned, then spread until every driver has a route."""

import argparse
import asyncio
from argparse import Namespace

from console.bootstrap import open_console
from console.dispatch.lanes import InlineLanes
from console.dispatch.station import Station
from console.domain.commands import MoveStops, SplitRoute
from console.settings import Settings
from tests.benchmarks.bench_window import DAY, fill

ORDERS_A_STOP = 1.06
"""Of the demo's orders: some share a door."""


def make_day(config: Settings, options: argparse.Namespace) -> None:
    """Into the store of these settings."""
    orders = round(options.stops * ORDERS_A_STOP)
    wanted = Namespace(**{**vars(options), "stops": orders})
    asyncio.run(fill(config, InlineLanes(), wanted))
    asyncio.run(_spread(config))


async def _spread(config: Settings) -> None:
    """What a search leaves out goes to who has least: the window is measured, not the plan."""
    console = open_console(config, InlineLanes())
    station = Station(console.services)
    await station.open(DAY)
    while True:
        routes = sorted(station.picture.plan.routes.values(), key=lambda r: len(r.stops))
        shortest, longest = routes[0], routes[-1]
        if shortest.stops or len(longest.stops) < 2:
            break
        middle = longest.stops[len(longest.stops) // 2]
        await station.submit(SplitRoute(longest.id, middle, shortest.id))
    plan = station.picture.plan
    held = {route.id: len(route.stops) for route in plan.routes.values()}
    for stop in [s for s in plan.stops.values() if s.route is None]:
        least = min(held, key=lambda route: (held[route], route))
        await station.submit(MoveStops((stop.id,), least))
        held[least] += 1
    await station.save()
    station.close()
    console.close()
