"""A PIN before the window: keeps passers-by out, and says that it does no more.

Whoever has this computer or its disk can read the store without it.
"""

from dataclasses import dataclass
from pathlib import Path

from console.domain.errors import ConsoleError
from console.storage import folders
from console.tongues import tr

FILE = "pin"
PLAINLY = (
    "The PIN keeps passers-by out of the window. It does not protect the store from anybody who "
    "owns this computer, its disk or a backup: that is what the disk's encryption is for."
)
_LEAST, _MOST = 4, 128


@dataclass(frozen=True, slots=True)
class Pin:
    """The PIN of one machine's window, as an argon2id hash in a file beside the store."""

    folder: Path

    @property
    def is_set(self) -> bool:
        """True where the window asks for one."""
        return self._file.exists()

    def set(self, pin: str) -> None:
        """Ask for this one from now on; empty: ask for none. ConsoleError names what is wrong."""
        from argon2 import PasswordHasher

        try:
            if not pin:
                self._file.unlink(missing_ok=True)
                return
            if not _LEAST <= len(pin) <= _MOST:
                raise ConsoleError(
                    tr("A PIN has {LEAST} to {MOST} characters.", LEAST=_LEAST, MOST=_MOST),
                    remedy=tr("Choose another one."),
                )
            folders.prepare(self.folder)
            made = self._file.with_name(FILE + ".new")
            made.write_text(PasswordHasher().hash(pin), encoding="ascii")
            folders.put_in_place(made, self._file)
        except OSError as error:
            raise folders.unusable(self.folder, error) from error

    def is_right(self, pin: str) -> bool:
        """True for the one that was set; some tenths of a second, on purpose."""
        from argon2 import PasswordHasher
        from argon2.exceptions import InvalidHashError, VerificationError

        try:
            return PasswordHasher().verify(self._file.read_text(encoding="ascii"), pin)
        except (VerificationError, InvalidHashError, UnicodeError):
            return False
        except OSError as error:
            raise folders.unusable(self.folder, error) from error

    @property
    def _file(self) -> Path:
        return self.folder / FILE
