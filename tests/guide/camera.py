"""Takes pictures of the window, of its parts and dialogs, and keeps them small."""

import asyncio
import io
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from console.ui.pictures import settled
from console.ui.start import Desktop

COLOURS = 256
LONGEST = 180.0  # seconds that anything may take to be there


class Camera:
    """Pictures of one desktop, into one folder."""

    def __init__(self, desktop: Desktop, folder: Path) -> None:
        self.desktop, self.folder = desktop, folder

    async def window(self, name: str) -> None:
        """The whole window, once it is painted."""
        await self.desktop.conductor.settled()
        await settled(self.desktop)
        self.keep(name, self.desktop.window)

    def keep(self, name: str, widget: QWidget, low: int = 0) -> None:
        """What a widget shows now, or only so many pixels of its height."""
        self.desktop.window.toasts.clear()
        image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
        image = image.copy(0, 0, image.width(), low) if low else image
        path = self.folder / f"{name}.png"
        path.write_bytes(small(image))
        print(f"{path.name}: {image.width()} x {image.height()}, {path.stat().st_size:,} bytes")

    def shown[W: QWidget](self, kind: type[W]) -> W | None:
        """The newest visible widget of this kind."""
        found = [w for w in self.desktop.window.findChildren(kind) if w.isVisible()]
        return found[-1] if found else None

    async def dialog[W: QWidget](self, kind: type[W]) -> W:
        """The dialog of this kind, once it is open."""
        await self.until(lambda: self.shown(kind) is not None)
        found = self.shown(kind)
        assert found is not None
        return found

    async def until(self, holds: Callable[[], bool]) -> None:
        """Let the window go on until it is so."""
        for _ in range(int(LONGEST / 0.05)):
            if holds():
                await asyncio.sleep(0.3)  # painted, and any fade is over
                return
            await asyncio.sleep(0.05)
        raise TimeoutError("it never came true")


def small(image: QImage) -> bytes:
    """As PNG of few colours, without anything that names a machine or a moment."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    with Image.open(io.BytesIO(buffer.data().data())) as whole:
        few = whole.convert("RGB").quantize(palette=_commonest(whole), dither=Image.Dither.NONE)
        made = io.BytesIO()
        few.save(made, "PNG", optimize=True)
    return made.getvalue()


def _commonest(whole: Image.Image) -> Image.Image:
    """The colours that cover most: those of drivers and signs stay as they are."""
    counted = whole.convert("RGB").getcolors(whole.width * whole.height) or []
    chosen = [colour for _, colour in sorted(counted, reverse=True)[:COLOURS]]
    made = Image.new("P", (1, 1))
    made.putpalette([part for colour in chosen for part in colour])
    return made
