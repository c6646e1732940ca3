"""What driver and vehicle lack for a stop, wherever on a route it stands."""

from console.domain.fleet import Shift
from console.domain.plan import Stop
from console.domain.preferences import is_foreign
from console.domain.violations import Rule

Lacks = dict[tuple[Rule, str], int]
"""By how much, by rule and name: skill, territory, depot."""

UNFIT = (Rule.SKILL, Rule.PEOPLE, Rule.TERRITORY, Rule.DEPOT)


def lacking(shift: Shift, stop: Stop) -> list[int]:
    """How many skills, people, territories and depots a shift is short of, as ``UNFIT``."""
    foreign = shift.territory_price is None and any(is_foreign(shift, o) for o in stop.orders)
    others = {o.depot for o in stop.orders if o.depot is not None} - {shift.depot}
    needed = max((order.people for order in stop.orders), default=0)
    return [
        len(missing_skills(shift, stop)),
        max(0, needed - shift.people),
        int(foreign),
        len(others),
    ]


def missing_skills(shift: Shift, stop: Stop) -> list[str]:
    """Skills that neither driver nor vehicle has, sorted."""
    skills = {*shift.skills, *shift.vehicle_skills}
    return [skill for skill in stop.skills if skill not in skills]


def unfit(shift: Shift, stop: Stop) -> Lacks:
    """What a shift lacks for a stop, as the reference judges it: by how much, by rule and name."""
    found: Lacks = {(Rule.SKILL, skill): 1 for skill in missing_skills(shift, stop)}
    needed = max((order.people for order in stop.orders), default=0)
    if needed > shift.people:
        found[Rule.PEOPLE, ""] = needed - shift.people
    for order in stop.orders:
        if shift.territory_price is None and is_foreign(shift, order):
            found[Rule.TERRITORY, order.territory] = 1
        if order.depot is not None and order.depot != shift.depot:
            found[Rule.DEPOT, order.depot] = 1
    return found


def asks_for_more(stop: Stop) -> bool:
    """True when not every shift is fit for a stop by itself."""
    return any(o.skills or o.people > 1 or o.territory or o.depot for o in stop.orders)
