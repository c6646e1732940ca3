"""The engine a machine's settings ask for."""

import importlib.util

from console.dispatch.ports import Region
from console.geo.engines.contract import Engine
from console.geo.engines.own_osrm import OsrmEngine
from console.geo.engines.own_valhalla import ValhallaEngine
from console.geo.engines.straight import StraightLines


def engine_for(region: Region) -> Engine:
    """OSRM, or Valhalla where OSRM has no wheel."""
    if importlib.util.find_spec("osrm") is not None:
        return OsrmEngine(region)
    if importlib.util.find_spec("valhalla") is not None:
        return ValhallaEngine(region)
    return StraightLines()
