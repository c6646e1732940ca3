"""The object that page and window share over the web channel."""

from PySide6.QtCore import QObject, Qt, Signal, Slot

_KEYS = (
    (1, Qt.KeyboardModifier.ShiftModifier),
    (2, Qt.KeyboardModifier.ControlModifier),
    (4, Qt.KeyboardModifier.AltModifier),
    (8, Qt.KeyboardModifier.MetaModifier),
)


def modifiers(bits: int) -> Qt.KeyboardModifier:
    """The page's bits (1 Shift, 2 Ctrl, 4 Alt, 8 Meta) as Qt's."""
    held = Qt.KeyboardModifier.NoModifier
    for bit, key in _KEYS:
        if bits & bit:
            held |= key
    return held


class Bridge(QObject):
    """``sent`` goes to the page: (kind, JSON) or (kind, ``@number`` to fetch); slots come back."""

    sent = Signal(str, str)

    page_loaded = Signal()
    page_settled = Signal(int)
    stop_hit = Signal(str, object)
    stop_hit_twice = Signal(str)
    route_hit = Signal(str)
    ground_hit = Signal(float, float)
    point_set = Signal(float, float)
    area_set = Signal(list, object)
    under_mouse = Signal(str)
    menu_wanted = Signal(str, int, int)
    light_off = Signal()
    camera_moved = Signal(float, float, float)
    credit_wanted = Signal()
    side_wanted = Signal(str)
    candidate_set = Signal(float, float)
    corners_set = Signal(list)
    pencil_down = Signal()
    layer_set = Signal(str, bool)
    style_wanted = Signal(str)
    stop_pulled = Signal(str)

    @Slot()
    def loaded(self) -> None:
        self.page_loaded.emit()

    @Slot(int)
    def settled(self, handled: int) -> None:
        self.page_settled.emit(handled)

    @Slot(str, int)
    def stop_clicked(self, key: str, bits: int) -> None:
        self.stop_hit.emit(key, modifiers(bits))

    @Slot(str)
    def stop_double_clicked(self, key: str) -> None:
        self.stop_hit_twice.emit(key)

    @Slot(str, int)
    def route_clicked(self, key: str, _bits: int) -> None:
        self.route_hit.emit(key)

    @Slot(float, float)
    def map_clicked(self, lat: float, lon: float) -> None:
        self.ground_hit.emit(lat, lon)

    @Slot(float, float)
    def point_picked(self, lat: float, lon: float) -> None:
        self.point_set.emit(lat, lon)

    @Slot(float, float)
    def candidate_put(self, lat: float, lon: float) -> None:
        self.candidate_set.emit(lat, lon)

    @Slot("QVariantList", int)
    def area_selected(self, keys: list[str], bits: int) -> None:
        self.area_set.emit([str(key) for key in keys], modifiers(bits))

    @Slot(str)
    def hovered(self, key: str) -> None:
        self.under_mouse.emit(key)

    @Slot(str, int, int)
    def menu_asked(self, key: str, x: int, y: int) -> None:
        self.menu_wanted.emit(key, x, y)

    @Slot()
    def unlit(self) -> None:
        self.light_off.emit()

    @Slot(float, float, float)
    def moved(self, lat: float, lon: float, zoom: float) -> None:
        self.camera_moved.emit(lat, lon, zoom)

    @Slot()
    def credit_asked(self) -> None:
        self.credit_wanted.emit()

    @Slot(str)
    def stop_dragged(self, key: str) -> None:
        self.stop_pulled.emit(key)

    @Slot(str)
    def side_chosen(self, side: str) -> None:
        self.side_wanted.emit(side)

    @Slot("QVariantList")
    def zone_drawn(self, corners: list[float]) -> None:
        self.corners_set.emit([float(value) for value in corners])

    @Slot()
    def drawing_ended(self) -> None:
        self.pencil_down.emit()

    @Slot(str, bool)
    def layer_chosen(self, name: str, shown: bool) -> None:
        self.layer_set.emit(name, shown)

    @Slot(str)
    def style_chosen(self, style: str) -> None:
        self.style_wanted.emit(style)
