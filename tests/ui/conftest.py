"""Before any QApplication is made, the web engine has to know the map's address scheme."""

from console.ui.map.scheme import register_scheme

register_scheme()
