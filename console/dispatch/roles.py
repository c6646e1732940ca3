"""Who may do what: one table, asked by the desk and enforced by the shared database.

A person has the roles of the groups she is in. On a local store everybody may do everything.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from console.domain.commands import (
    AmendShift,
    LoadStops,
    LockRoutes,
    LogException,
    RecordFact,
    SwitchDriver,
)

ANY = "*"
"""Stands for every kind of command."""

PLANS, TRAINING = "plan/", "training/"


class Role(StrEnum):
    """Groups of people, the one with the fewest rights first."""

    VIEWER = "viewer"
    DRIVER_LEAD = "driver_lead"
    DISPATCHER = "dispatcher"
    MANAGER = "manager"
    TRAINER = "trainer"
    ADMIN = "admin"


INCLUDED: dict[Role, tuple[Role, ...]] = {
    Role.VIEWER: (),
    Role.DRIVER_LEAD: (Role.VIEWER,),
    Role.DISPATCHER: (Role.DRIVER_LEAD,),
    Role.MANAGER: (Role.DISPATCHER,),
    Role.TRAINER: (Role.VIEWER,),
    Role.ADMIN: (Role.MANAGER, Role.TRAINER),
}
"""Whoever is in a group is in those it includes too."""

KEEPER = Role.DISPATCHER
"""Who may change registers; groups that include it may too."""

PUBLISHER = Role.MANAGER
"""Who may publish streets for all consoles; groups that include it may too."""


@dataclass(frozen=True, slots=True)
class Permission:
    """A role may submit commands of this kind to streams whose names begin so."""

    role: Role
    kind: str
    streams: str


PERMISSIONS = (
    *(
        Permission(Role.DRIVER_LEAD, command.kind, PLANS)
        for command in (
            RecordFact,
            LogException,
            LoadStops,
            LockRoutes,
            SwitchDriver,
            AmendShift,
        )
    ),
    Permission(Role.DISPATCHER, ANY, ""),
    Permission(Role.TRAINER, ANY, TRAINING),
)


def with_included(roles: Collection[Role]) -> frozenset[Role]:
    """These roles and all that they include."""
    found = set(roles)
    for role in roles:
        found |= with_included(INCLUDED[role])
    return frozenset(found)


def may_publish(roles: Collection[Role]) -> bool:
    """True when one of the roles, or one they include, is the publisher's."""
    return PUBLISHER in with_included(roles)


def may(roles: Collection[Role], kind: str, stream: str) -> bool:
    """True when one of the roles, or one they include, permits it."""
    held = with_included(roles)
    return any(
        each.role in held and each.kind in (kind, ANY) and stream.startswith(each.streams)
        for each in PERMISSIONS
    )
