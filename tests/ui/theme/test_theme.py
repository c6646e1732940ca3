import math
import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QPalette

from console.settings import bundled
from console.ui.theme.palette import css_color
from console.ui.theme.style import style_sheet
from console.ui.theme.theme import Choice, Theme, apply_theme
from console.ui.theme.tokens import Scheme, load_tokens

DRIVERS = 60


@pytest.fixture
def theme(qapp):
    made = apply_theme(qapp, Choice.DARK)
    yield made
    qapp.styleHints().colorSchemeChanged.disconnect(made._follow)
    made.deleteLater()


def luminance(text):
    def linear(part):
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue, _ = css_color(text).getRgbF()
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", list(Scheme))
def test_every_scheme_is_complete_and_readable(scheme):
    tokens = load_tokens()
    colors = tokens.colors[scheme]
    assert colors.keys() == tokens.colors[Scheme.DARK].keys()
    assert tokens.maps[scheme].keys() == tokens.maps[Scheme.DARK].keys()
    for name in ("text", "text2", "text3", "accent", "ok", "warn", "bad"):
        assert contrast(colors[name], colors["surface"]) >= 4.5, name
    assert contrast(colors["selection_text"], colors["selection"]) >= 4.5
    assert contrast(colors["on_accent"], colors["accent_fill"]) >= 4.5
    assert contrast(colors["on_bad"], colors["bad_fill"]) >= 4.5


TEXTS = {
    "bg": ("text", "text2", "text3"),
    "raised": ("text", "text2", "text3", "accent", "ok", "warn", "bad"),
    "hover": ("text", "text2", "text3", "accent"),
    "field": ("text", "text2"),
    "selection": ("text", "text2", "accent", "ok", "warn", "bad"),
    "ok_bg": ("ok",),
    "warn_bg": ("warn",),
    "bad_bg": ("bad", "text"),
}
"""Where each text colour is written besides the surface."""


@pytest.mark.parametrize("scheme", list(Scheme))
def test_every_text_is_readable_on_every_ground_it_is_written_on(scheme):
    colors = load_tokens().colors[scheme]
    weak = {
        (text, ground): round(contrast(colors[text], colors[ground]), 2)
        for ground, texts in TEXTS.items()
        for text in texts
        if contrast(colors[text], colors[ground]) < 4.5
    }
    assert weak == {}
    for name in ("focus", "border_strong"):
        assert contrast(colors[name], colors["surface"]) >= 3.0, name


def oklab(text):
    """Björn Ottosson's space, in which distances are as seen."""
    parts = css_color(text).getRgbF()[:3]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    to_cone = (
        (0.4122214708, 0.5363325363, 0.0514459929),
        (0.2119034982, 0.6806995451, 0.1073969566),
        (0.0883024619, 0.2817188376, 0.6299787005),
    )
    cones = [sum(k * v for k, v in zip(row, linear, strict=True)) ** (1 / 3) for row in to_cone]
    to_lab = (
        (0.2104542553, 0.7936177850, -0.0040720468),
        (1.9779984951, -2.4285922050, 0.4505937099),
        (0.0259040371, 0.7827717662, -0.8086757660),
    )
    return [sum(k * v for k, v in zip(row, cones, strict=True)) for row in to_lab]


@pytest.mark.parametrize("scheme", [Scheme.DARK, Scheme.LIGHT])
@pytest.mark.parametrize(("count", "least"), [(6, 0.08), (12, 0.05), (24, 0.026), (60, 0.015)])
def test_driver_colours_stay_apart(scheme, count, least):
    tokens = load_tokens()
    seen = [oklab(tokens.driver(number, scheme).fill) for number in range(1, count + 1)]
    apart = min(math.dist(a, b) for i, a in enumerate(seen) for b in seen[i + 1 :])
    assert apart >= least


@pytest.mark.parametrize("scheme", list(Scheme))
def test_sixty_drivers_are_distinct_and_their_numbers_readable(scheme):
    tokens = load_tokens()
    drivers = [tokens.driver(number, scheme) for number in range(1, DRIVERS + 1)]
    assert len({driver.fill for driver in drivers}) == DRIVERS
    assert all(contrast(driver.ink, driver.fill) >= 4.5 for driver in drivers)
    assert all(contrast(driver.fill, tokens.maps[scheme]["land"]) >= 2.9 for driver in drivers)
    assert not any(driver.dash for driver in drivers[:20])
    assert all(driver.dash for driver in drivers[20:])
    assert tokens.driver(DRIVERS + 1, scheme) == drivers[0]


def test_choice_changes_palette_and_says_so(theme, qapp, qtbot):
    dark = qapp.palette().color(QPalette.ColorRole.Window)
    assert dark == theme.color("surface")
    with qtbot.waitSignal(theme.changed):
        theme.choose(Choice.LIGHT)
    assert theme.scheme is Scheme.LIGHT
    assert qapp.palette().color(QPalette.ColorRole.Window) == theme.color("surface") != dark
    theme.choose(Choice.HIGH_CONTRAST)
    assert theme.is_dark
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == "#000000"


def test_system_choice_follows_the_desktop(theme, qapp):
    theme.choose(Choice.SYSTEM)
    light = qapp.styleHints().colorScheme() == Qt.ColorScheme.Light
    assert theme.scheme is (Scheme.LIGHT if light else Scheme.DARK)


def test_text_size_scales_type_and_rows_but_not_the_gutter(theme):
    body, row = theme.font("body").pointSizeF(), theme.size("row_timeline")
    theme.set_scale(9)
    assert theme.scale == 1.5
    assert theme.font("body").pointSizeF() == pytest.approx(body * 1.5)
    assert theme.size("row_timeline") == row * 1.5
    assert theme.size("gutter") == 1


def test_figures_are_tabular(theme):
    assert theme.font("body").featureValue(theme.font("body").featureTags()[0]) == 1
    assert theme.font("body", bold=True).bold()


def test_icons_take_the_colour_and_the_pixel_ratio(theme):
    pixmap = theme.pixmap("lock", "bad", 16, 2.0)
    assert (pixmap.width(), pixmap.devicePixelRatio()) == (32, 2.0)
    image = pixmap.toImage()
    inked = [
        image.pixelColor(x, y)
        for x in range(32)
        for y in range(32)
        if image.pixelColor(x, y).alpha() == 255
    ]
    assert inked
    assert {color.name() for color in inked} == {theme.color("bad").name()}


def test_dressed_actions_follow_the_theme(theme):
    action = QAction()
    theme.dress(action, "undo-2", "text")
    before = action.icon().cacheKey()
    theme.choose(Choice.LIGHT)
    assert action.icon().cacheKey() != before


def test_a_dead_target_is_forgotten(theme):
    action = QAction()
    theme.dress(action, "lock")
    del action
    theme.choose(Choice.LIGHT)
    assert theme._dressed == []


@pytest.mark.parametrize("scheme", list(Scheme))
def test_style_sheet_is_filled_completely(scheme):
    theme = Theme(load_tokens())
    theme.scheme = scheme
    sheet = style_sheet(theme)
    assert "$" not in sheet
    images = re.findall(r'url\("(.+?)"\)', sheet)
    assert images
    assert all(Path(image).is_file() for image in images)
    assert set(re.findall(r"#[0-9a-f]+", sheet)) <= set(load_tokens().colors[scheme].values())


def test_icons_carry_their_licence():
    assert "ISC" in bundled("resources/icons/LICENSE").read_text(encoding="utf-8")


def test_whoever_thins_a_colour_thins_only_his_own(qapp):
    theme = apply_theme(qapp, Choice.LIGHT)
    theme.color("ok").setAlphaF(0.4)
    assert theme.color("ok").alphaF() == 1.0
