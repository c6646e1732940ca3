"""Dialogs in coroutines: opened and awaited, never executed in a loop of their own."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from console.tongues import tr

PICTURES = " ".join(f"*.{kind}" for kind in ("jpg", "jpeg", "png", "webp", "bmp", "gif"))


async def ask(dialog: QDialog, *, keep: bool = False) -> bool:
    """Show the dialog, modal to its window; True when it was accepted.

    It is deleted then, unless whoever asks has to ``keep`` it for work that still speaks to it.
    """
    answered: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    def finished(result: int) -> None:
        if not answered.done():
            answered.set_result(result == QDialog.DialogCode.Accepted)

    dialog.finished.connect(finished)
    dialog.open()
    try:
        return await answered
    finally:
        if not keep:
            dialog.deleteLater()


def save_as(
    parent: QWidget, title: str, name: str, chosen: Callable[[str], object], kinds: str = ""
) -> None:
    """Ask for a file to write; ``chosen`` gets its path. ``name`` is proposed, with its suffix.

    ``kinds`` are those offered as Qt's filters write them; without, the suffix alone.
    """
    suffix = Path(name).suffix
    dialog = QFileDialog(parent, title, name, kinds or f"*{suffix}")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suffix.removeprefix("."))
    dialog.fileSelected.connect(chosen)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def open_photo(parent: QWidget, chosen: Callable[[Path], object]) -> None:
    """Ask for a picture that is there; ``chosen`` gets its path."""

    def selected(name: str) -> None:
        chosen(Path(name))

    dialog = QFileDialog(parent, tr("Choose a photo"), "", PICTURES)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(selected)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
