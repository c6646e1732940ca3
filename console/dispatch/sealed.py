"""Files that leave the house encrypted: the age format (age-encryption.org/v1), by a passphrase.

Any program that reads age opens them, and ``doorstep open``.
"""
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportMissingModuleSource=false
# pyright: reportUnknownArgumentType=false, reportAttributeAccessIssue=false

from pathlib import Path
from typing import cast

from console.dispatch.planfile import write_whole
from console.domain.errors import ConsoleError
from console.tongues import tr

SUFFIX = ".age"
LEAST = 8
_TRIES, _TOO_SLOW = 5, "work"
_MOST_BYTES = 1_000_000_000


def check(passphrase: str) -> None:
    """ConsoleError for one that is guessed in no time."""
    if len(passphrase) < LEAST:
        raise ConsoleError(
            tr(
                "A passphrase of {passphrase} characters is guessed in no time.",
                passphrase=len(passphrase),
            ),
            remedy=tr(
                "Use {LEAST} or more; four words nobody would expect together are good.",
                LEAST=LEAST,
            ),
        )


def seal(data: bytes, passphrase: str) -> bytes:
    """Encrypted and sealed against changes; a second of work, on purpose."""
    from pyrage import passphrase as age

    return cast("bytes", age.encrypt(data, passphrase))


def unseal(data: bytes, passphrase: str) -> bytes:
    """What was sealed; ConsoleError for another passphrase, or bytes that were changed."""
    import pyrage

    for left in reversed(range(_TRIES)):
        try:
            return cast("bytes", pyrage.passphrase.decrypt(data, passphrase))
        except pyrage.DecryptError as error:
            if left and _TOO_SLOW in str(error).lower():
                continue  # it measures this computer first, which may have been busy
            raise ConsoleError(
                tr("This cannot be opened: {error}.", error=error),
                remedy=tr("Check the passphrase, and that the file came whole."),
            ) from error
    raise AssertionError("the last try answers or raises")


def write(path: Path, data: bytes, passphrase: str) -> Path:
    """Write data, under a passphrase where there is one; answers the file's name."""
    if not passphrase:
        write_whole(path, data)
        return path
    sealed = path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)
    write_whole(sealed, seal(data, passphrase))
    return sealed


def open_file(path: Path, passphrase: str, out: Path | None = None) -> Path:
    """Write what a file holds beside it, or to ``out``; nothing is overwritten."""
    target = out or path.with_suffix("" if path.suffix == SUFFIX else path.suffix + ".opened")
    try:
        if target.exists():
            raise ConsoleError(
                tr("{target} is already there.", target=target),
                remedy=tr("Name another file: --out"),
            )
        if path.stat().st_size > _MOST_BYTES:
            raise ConsoleError(
                tr("{name} is larger than a gigabyte.", name=path.name),
                remedy=tr("Use age itself."),
            )
        data = path.read_bytes()
    except OSError as error:
        raise ConsoleError(
            tr("{path} cannot be read: {strerror}.", path=path, strerror=error.strerror),
            remedy=tr("Check the name of the file."),
        ) from error
    write_whole(target, unseal(data, passphrase))
    return target
