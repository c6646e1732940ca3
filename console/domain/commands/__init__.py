"""Commands: frozen values that, applied to a plan, give the next plan or say why not."""

from console.domain.commands.admit import Acceptance, AdmitStop, Landing
from console.domain.commands.alarms import NoteAlarms
from console.domain.commands.base import Command
from console.domain.commands.cases import AttendException, ResolveExceptions, SealDay
from console.domain.commands.facts import LogException, RecordFact
from console.domain.commands.joining import JoinStops
from console.domain.commands.orders import AddStops, AmendOrders, CancelOrders
from console.domain.commands.returning import MarkDay, ReturnTo
from console.domain.commands.revert import Revert
from console.domain.commands.routes import (
    MergeRoutes,
    ReleaseRoutes,
    ReverseRoute,
    SendTail,
    SplitRoute,
    SwapRoutes,
)
from console.domain.commands.shifts import (
    AmendShift,
    OpenDay,
    OpenShifts,
    SwapShifts,
    SwitchDriver,
)
from console.domain.commands.solution import AdoptSolution
from console.domain.commands.stops import LoadStops, LockRoutes, MoveStops, OverrideRule, PinStops

KINDS: dict[str, type[Command]] = {
    kind.kind: kind
    for kind in (
        AddStops,
        AdmitStop,
        AdoptSolution,
        AmendOrders,
        AmendShift,
        AttendException,
        CancelOrders,
        JoinStops,
        LoadStops,
        LockRoutes,
        LogException,
        MarkDay,
        MergeRoutes,
        MoveStops,
        NoteAlarms,
        OpenDay,
        OpenShifts,
        OverrideRule,
        PinStops,
        RecordFact,
        ReleaseRoutes,
        ResolveExceptions,
        ReturnTo,
        ReverseRoute,
        Revert,
        SealDay,
        SendTail,
        SplitRoute,
        SwapRoutes,
        SwapShifts,
        SwitchDriver,
    )
}
"""Every command by its constant; constants never change, a changed meaning gets a new number."""

__all__ = [
    "KINDS",
    "Acceptance",
    "AddStops",
    "AdmitStop",
    "AdoptSolution",
    "AmendOrders",
    "AmendShift",
    "AttendException",
    "CancelOrders",
    "Command",
    "JoinStops",
    "Landing",
    "LoadStops",
    "LockRoutes",
    "LogException",
    "MarkDay",
    "MergeRoutes",
    "MoveStops",
    "NoteAlarms",
    "OpenDay",
    "OpenShifts",
    "OverrideRule",
    "PinStops",
    "RecordFact",
    "ReleaseRoutes",
    "ResolveExceptions",
    "ReturnTo",
    "ReverseRoute",
    "Revert",
    "SealDay",
    "SendTail",
    "SplitRoute",
    "SwapRoutes",
    "SwapShifts",
    "SwitchDriver",
]
