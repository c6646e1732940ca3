"""Where a store may live, and what becomes of a file that is damaged."""

import errno
import os
import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

from console.domain.errors import ConsoleError
from console.tongues import tr

_SIDES = ("-wal", "-shm", "-journal")
_NETWORK = frozenset(
    (
        "afs", "ceph", "cifs", "davfs", "fuse.davfs2", "fuse.glusterfs", "fuse.rclone",
        "fuse.sshfs", "glusterfs", "ncpfs", "nfs", "nfs4", "smb3", "smbfs",
    )
)  # fmt: skip
_OCTAL = re.compile(r"\\([0-7]{3})")  # how mountinfo writes a space
_REMOTE = 4  # DRIVE_REMOTE of GetDriveType


def prepare(folder: Path) -> None:
    """Make the folder and try to write in it; ConsoleError when that is not possible."""
    trial = folder / f".doorstep-trial-{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        trial.write_bytes(b"doorstep")
        trial.unlink()
    except OSError as error:
        with suppress(OSError):
            trial.unlink()
        raise unusable(folder, error) from error
    kind = drive_kind(folder)
    if is_network(kind):
        raise ConsoleError(
            tr(
                "The folder {folder} is on a network drive ({kind}); a store there would "
                "break when two consoles write.",
                folder=folder,
                kind=kind,
            ),
            remedy=tr("Choose a folder on this machine's own disk."),
        )


def unusable(folder: Path, error: OSError) -> ConsoleError:
    """What the system's refusal means for a dispatcher."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return ConsoleError(
            tr("The disk with {folder} is full.", folder=folder),
            remedy=tr("Free some space on it, then try again."),
        )
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return ConsoleError(
            tr("The folder {folder} may not be written to.", folder=folder),
            remedy=tr("Give yourself the right to write there, or choose another folder."),
        )
    return ConsoleError(
        tr(
            "The folder {folder} cannot be used: {value}.",
            folder=folder,
            value=error.strerror or error,
        ),
        remedy=tr("Choose another folder."),
    )


def is_network(kind: str) -> bool:
    """True for a file system on which two machines would break a store."""
    return kind in _NETWORK


def drive_kind(folder: Path) -> str:
    """The kind of file system a folder is on where the system tells it, else empty."""
    if sys.platform == "win32":
        import ctypes

        root = folder.resolve().anchor
        is_remote = ctypes.windll.kernel32.GetDriveTypeW(root) == _REMOTE
        return "smbfs" if is_remote or root.startswith("\\\\") else ""
    try:
        mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return kind_in(mounts, folder.resolve())


def kind_in(mounts: str, folder: Path) -> str:
    """The file system of the deepest mount that holds the folder (format: proc(5), mountinfo)."""
    deepest, kind = -1, ""
    for line in mounts.splitlines():
        left, _, right = line.partition(" - ")
        if not right or len(fields := left.split()) < 5:
            continue
        point = Path(_OCTAL.sub(lambda code: chr(int(code[1], 8)), fields[4]))
        if folder.is_relative_to(point) and len(point.parts) >= deepest:
            deepest, kind = len(point.parts), right.split()[0]
    return kind


def remove(file: Path) -> None:
    """Delete a database file with its logs, if it is there."""
    for side in ("", *_SIDES):
        file.with_name(file.name + side).unlink(missing_ok=True)


def sync(written: IO[str]) -> None:
    """What was written to an open file is on the disk."""
    os.fsync(written.fileno())


def put_in_place(made: Path, target: Path) -> None:
    """Rename a finished file, so that it is on the disk whole under its name or not at all."""
    try:
        with made.open("rb+") as written:
            os.fsync(written.fileno())
        made.replace(target)
        if sys.platform != "win32":
            folder = os.open(target.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
    except OSError as error:
        raise unusable(target.parent, error) from error


def set_aside(file: Path, why: str = "damaged") -> Path:
    """Move a file and its logs away whole, as ``NAME.damaged-<n>``; answers where to."""
    number = 1
    while (target := file.with_name(f"{file.name}.{why}-{number}")).exists():
        number += 1
    try:
        for side in _SIDES:
            log = file.with_name(file.name + side)
            if log.exists():
                log.rename(target.with_name(target.name + side))
        file.rename(target)
    except OSError as error:
        raise ConsoleError(
            tr(
                "The store {file} is damaged and could not be set aside: {strerror}.",
                file=file,
                strerror=error.strerror,
            ),
            remedy=tr("Close every other console and start again."),
        ) from error
    return target
