"""Dialogs in coroutines: opened and awaited, never executed in a loop of their own."""

import asyncio

from PySide6.QtWidgets import QDialog


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
