"""The signals that all views share; views never connect to each other."""

from PySide6.QtCore import QObject, Signal


class Signals(QObject):
    """planChanged(PictureChange), selectionChanged(frozenset), jobChanged(Job), noticed(Notice).

    companyChanged(frozenset): colleagues came or went, or hold other stops than before: these.
    guideAsked(str): an address of the guide.
    """

    planChanged = Signal(object)
    selectionChanged = Signal(object)
    positionsChanged = Signal(object)
    jobChanged = Signal(object)
    noticed = Signal(object)
    companyChanged = Signal(object)
    guideAsked = Signal(str)
