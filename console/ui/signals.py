"""The signals that all views share; views never connect to each other."""

from PySide6.QtCore import QObject, Signal


class Signals(QObject):
    """planChanged(PictureChange), selectionChanged(frozenset), jobChanged(Job), noticed(Notice).

    guideAsked(str): an address of the guide.
    """

    planChanged = Signal(object)
    selectionChanged = Signal(object)
    positionsChanged = Signal(object)
    jobChanged = Signal(object)
    noticed = Signal(object)
    guideAsked = Signal(str)
