"""What every command has in common."""

from typing import ClassVar, Protocol

from console.domain.plan import Plan


class Command(Protocol):
    """An intention in the imperative; a frozen dataclass of ids and numbers, no personal data.

    ``kind`` is its constant in the journal, such as ``move_stops.1``. ``is_fact`` marks commands
    that are never refused and survive every rebase.
    """

    kind: ClassVar[str]
    is_fact: ClassVar[bool]

    def names(self, plan: Plan) -> frozenset[str]:
        """The ids it decides about: another actor's change to one of them since ``base`` wins."""
        ...

    def apply(self, plan: Plan) -> Plan:
        """The next plan (same version number); ``Rejected`` when it does not fit."""
        ...
