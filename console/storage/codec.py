"""How commands, patches and plans are written down: JSON with fields in their declared order.

Times are UTC in ISO 8601, durations ISO 8601, enums their values, tuples lists. What was stored is
read for ever: fields are only added, at the end and with defaults; a command whose meaning changes
gets a new kind. Fields marked ``stored: False`` are left out, and fields that came after the first
release (``_LATER``) where they hold their default: plain plans are written as they always were.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import Field, fields, is_dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, cast

import msgspec

from console.domain.commands import KINDS, AdoptSolution, Command
from console.domain.commands.trouble import Trouble
from console.domain.errors import ConsoleError
from console.domain.fleet import Shift
from console.domain.orders import Order, TimeWindow
from console.domain.patch import Outline, Patch
from console.domain.plan import Day, Fact, Plan, Route, Stop
from console.tongues import tr

VERSION = 1
"""Of snapshots only: another number throws them away, rows are read for ever."""

LARGE = 4096  # bytes of one row, from which on it is compressed
LARGEST = 256_000_000  # bytes that a compressed part may unpack to

UNREADABLE = (msgspec.DecodeError, RecursionError, UnicodeError)
"""What decoding raises for bytes that are no value of ours, however they came to be."""

_encoder = msgspec.json.Encoder(order="deterministic")
_patches = msgspec.json.Decoder(Patch)
_plans = msgspec.json.Decoder(Plan)


class _Key(msgspec.Struct):
    key: str


class _Keys(msgspec.Struct):
    stops: list[_Key] = []
    routes: list[_Key] = []
    facts: list[_Key] = []
    day: _Key | None = None


_outlines = msgspec.json.Decoder(_Keys)
_LATER: tuple[tuple[type[Any], str], ...] = (
    (TimeWindow, "late_price"),
    (Order, "collected"),
    (Stop, "loaded"),
    (Route, "edition"),
    (Shift, "vehicle_skills"),
    (Day, "objective"),
    (Fact, "case"),
    (AdoptSolution, "objective"),
    (Trouble, "changed"),
)
"""The first field of each class that the first release did not have; all after it are later."""

_NOT_UTC = re.compile(rb"T\d\d:\d\d:\d\d(\.\d+)?(?!\.?\d)[^Z]")


def encode_command(command: Command) -> bytes:
    """The command's stored fields; ConsoleError when they would not read back as they are."""
    stored = _stored(type(command))
    whole = len(stored) == len(fields(cast("Any", command)))
    value = command if whole else {f.name: getattr(command, f.name) for f in stored}
    for shortened in (True, False):
        data = _encoded(value, shortened=shortened)
        again = decode_command(command.kind, data)
        if again is not None and _same(command, again):
            return data  # a command's own field may be called, and say, what is left out elsewhere
    raise _unwritable(command.kind)


def decode_command(kind: str, data: bytes) -> Command | None:
    """The command of this kind; None when a newer console wrote it in a way unknown here."""
    decoder = _decoder(kind)
    if decoder is None:
        return None
    try:
        return decoder.decode(data)
    except UNREADABLE:
        return None


def encode_patch(patch: Patch) -> bytes:
    """All of the patch; ConsoleError when it would not read back as it is."""
    data = _encoded(patch)
    try:
        again = _patches.decode(data)
    except UNREADABLE as error:
        raise _unwritable("patch") from error
    if again != patch:
        raise _unwritable("patch")
    return data


def decode_patch(data: bytes) -> Patch:
    """ConsoleError when it holds something only a newer console knows."""
    try:
        return _patches.decode(data)
    except UNREADABLE as error:
        raise _newer(error) from error


def decode_outline(data: bytes) -> Outline:
    """What a patch changes; a fortieth of the time that the patch would take."""
    try:
        found = _outlines.decode(data)
    except UNREADABLE as error:
        raise _newer(error) from error
    stops, routes, facts = (
        tuple(each.key for each in part) for part in (found.stops, found.routes, found.facts)
    )
    return Outline(stops, routes, facts, found.day is not None)


def encode_plan(plan: Plan) -> bytes:
    """A snapshot; keys are sorted, so equal plans give equal bytes."""
    return _encoded(plan)


def decode_plan(data: bytes) -> Plan | None:
    """The plan of a snapshot, or None when it cannot be read: the journal is the truth."""
    try:
        return _plans.decode(data)
    except UNREADABLE:
        return None


def pack(data: bytes) -> bytes:
    """Compressed (zlib)."""
    return zlib.compress(data, 6)


def unpack(data: bytes) -> bytes:
    """The bytes before ``pack``; ValueError when they are damaged, or more than anybody packs."""
    unpacking = zlib.decompressobj()
    try:
        found = unpacking.decompress(data, LARGEST)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if not unpacking.eof:
        raise ValueError("incomplete, or far too large")
    return found


def decode_kept[T](decoder: msgspec.json.Decoder[T], text: str | bytes, register: str) -> T:
    """A value of a register; ConsoleError names the register where this program cannot read it."""
    try:
        return decoder.decode(text)
    except UNREADABLE as error:
        raise ConsoleError(
            tr(
                "The register of {register} holds something this console cannot read: {error}.",
                register=register,
                error=error,
            ),
            remedy=tr(
                "Update this console to the version of the others; else restore a backup: "
                "doorstep db restore FILE"
            ),
        ) from error


@cache
def _decoder(kind: str) -> msgspec.json.Decoder[Command] | None:
    known = KINDS.get(kind)
    return None if known is None else msgspec.json.Decoder(known)


@cache
def _stored(kind: type[Command]) -> tuple[Field[Any], ...]:
    if not is_dataclass(kind):
        raise TypeError(f"{kind.__name__} is no dataclass")
    return tuple(field for field in fields(kind) if field.metadata.get("stored", True))


def _same(one: Command, other: Command) -> bool:
    return all(
        getattr(one, field.name) == getattr(other, field.name) for field in _stored(type(one))
    )


def _encoded(value: object, *, shortened: bool = True) -> bytes:
    """JSON; the slow way round only where a time in another zone may be in it."""
    short = _short if shortened else bytes
    try:
        data = short(_encoder.encode(value))
        if _NOT_UTC.search(data):
            plain = msgspec.to_builtins(value, order="deterministic", builtin_types=(datetime,))
            data = short(msgspec.json.encode(_in_utc(plain)))
    except (TypeError, ValueError, UnicodeError) as error:
        raise _unwritable(str(error)) from error
    return data


def _short(data: bytes) -> bytes:
    """Without later fields that hold their default.

    Inside a string a quotation mark follows a backslash, so that no text can be mistaken for a
    field: ``,"loaded":false`` stands in no string. What follows says where a number ends: 0.07 does
    not hold the default 0.0.
    """
    for part, whole in _later():
        if part in data:
            data = whole.sub(b"", data)
    return data


@cache
def _later() -> tuple[tuple[bytes, re.Pattern[bytes]], ...]:
    """How all later fields of a class are written that hold their defaults, then each of them."""
    several = [b"".join(parts) for parts in _defaults() if len(parts) > 1]
    each = (part for parts in _defaults() for part in parts)
    found = dict.fromkeys((*several, *each))
    return tuple((part, re.compile(re.escape(part) + rb"(?=[,}])")) for part in found)


def _defaults() -> Iterator[list[bytes]]:
    for kind, first in _LATER:
        names = [field.name for field in fields(kind)]
        yield [
            b',"' + field.name.encode() + b'":' + _encoder.encode(field.default)
            for field in fields(kind)[names.index(first) :]
        ]


def _in_utc(value: object) -> object:
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        return value.astimezone(UTC)
    if isinstance(value, dict):
        pairs = cast("dict[str, object]", value)
        return {key: _in_utc(inner) for key, inner in pairs.items()}
    if isinstance(value, (list, tuple)):
        return [_in_utc(inner) for inner in cast("list[object]", value)]
    return value


def _newer(error: Exception) -> ConsoleError:
    return ConsoleError(
        tr("A change was written by a newer Doorstep: {error}.", error=error),
        remedy=tr("Update this console to the version of the others."),
    )


def _unwritable(what: str) -> ConsoleError:
    return ConsoleError(
        tr("This change cannot be written into the journal ({what}).", what=what),
        remedy=tr("Nothing was changed. Please report it with the log."),
    )
