"""The theme dresses the application once, in paper or night, at every text size; the fonts are our own."""

from __future__ import annotations

import os

import pytest
from fontTools.ttLib import TTFont
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontDatabase, QFontInfo, QImage, QPainter, QPalette, QRawFont
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

import resources
from ui import fonts, icons, theme
from ui.icons import Icon
from ui.tokens import DARK, LIGHT

FACES = [resources.path("fonts", name) for name in fonts.BUNDLED]


def test_fusion_palette_and_sheet_agree(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp)
    assert (
        qapp.style().objectName().lower() == "fusion"
        or "fusion" in type(qapp.style()).__name__.lower()
        or qapp.styleSheet()
    )
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == LIGHT.paper
    assert LIGHT.accent in qapp.styleSheet()


def test_night_is_the_other_palette(qtbot: QtBot, qapp: QApplication) -> None:
    look = theme.apply(qapp, dark=True)
    assert look.tokens is DARK
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
        assert qapp.palette().color(group, QPalette.ColorRole.Text).name().upper() == DARK.ink
    disabled = qapp.palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert disabled.name().upper() == DARK.disabled


@pytest.mark.parametrize(("asked", "given"), [(0.5, 1.0), (1.5, 1.5), (9.0, 2.0)])
def test_text_size_stays_between_100_and_200(qtbot: QtBot, qapp: QApplication, asked: float, given: float) -> None:
    look = theme.apply(qapp, scale=asked)
    assert look.scale == given
    assert f"font-size: {look.px(14)}px" in qapp.styleSheet()
    assert qapp.font().pixelSize() == look.px(14)


def test_stepping_the_text_size(qtbot: QtBot, qapp: QApplication) -> None:
    assert theme.step(qapp, +1).scale == 1.1
    assert theme.step(qapp, +1).scale == 1.25
    assert theme.step(qapp, -1).scale == 1.1
    assert theme.step(qapp, 0).scale == 1.0
    assert theme.step(qapp, -1).scale == 1.0


def test_the_sheet_keeps_clear_of_the_traps(qtbot: QtBot, qapp: QApplication) -> None:
    sheet = qapp.styleSheet()
    assert "* {" not in sheet.replace("}\n", "}\n ")
    assert "placeholder-text-color" in sheet
    assert "lineedit-password-character: 9679" in sheet


def test_placeholder_keeps_its_colour(qtbot: QtBot, qapp: QApplication) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    line.setPlaceholderText("如 138 0000 0000")
    line.ensurePolished()
    colour = line.palette().color(QPalette.ColorRole.PlaceholderText)
    assert (colour.name().upper(), colour.alpha()) == (LIGHT.ink3, 255)


def test_foreign_looks_are_cleared(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in theme.FOREIGN_LOOKS:
        monkeypatch.setenv(name, "kvantum")
    theme.clear_foreign_looks()
    assert not any(name in os.environ for name in theme.FOREIGN_LOOKS)


def test_our_faces_are_loaded_under_names_of_their_own(qtbot: QtBot, qapp: QApplication) -> None:
    assert {"Desk Sans SC", "Desk Serif SC"} <= set(QFontDatabase.families())
    assert QFontInfo(fonts.make(20, serif=True)).family() == "Desk Serif SC"
    assert fonts.make(14).families()[0] in (fonts.SANS[0], "Microsoft YaHei UI")


@pytest.mark.parametrize("face", FACES, ids=lambda path: path.name)
def test_a_face_has_every_character_of_gb2312_and_of_the_pages(face: os.PathLike[str]) -> None:
    have = TTFont(face).getBestCmap()
    wanted = {bytes((lead, trail)) for lead in range(0xB0, 0xD7) for trail in range(0xA1, 0xFF)}
    text = "".join(raw.decode("gb2312", "ignore") for raw in wanted)
    missing = {char for char in text + "㛃䶮申屠〔〕·…—“”《》①●◐▲○✓□ⅠF1+" if ord(char) not in have}
    assert missing == set()


@pytest.mark.parametrize("face", FACES, ids=lambda path: path.name)
def test_a_face_carries_its_licence_and_not_the_reserved_name(face: os.PathLike[str]) -> None:
    names = TTFont(face)["name"]
    assert "Adobe" in names.getDebugName(0)
    assert "Open Font License" in names.getDebugName(13)
    for number in (1, 4, 6):
        assert "Noto" not in names.getDebugName(number)
        assert "Source" not in names.getDebugName(number)
    assert "OPEN FONT LICENSE" in resources.path("fonts", "OFL.txt").read_text(encoding="utf-8").upper()


def test_faces_stay_small() -> None:
    assert sum(face.stat().st_size for face in FACES) < 8_000_000


def test_a_machine_without_chinese_fonts_shows_chinese(qtbot: QtBot) -> None:
    face = QRawFont(str(FACES[0]), 14.0)
    assert all(glyph != 0 for glyph in face.glyphIndexesForString("江州市政务服务中心 4号窗口"))


@pytest.mark.parametrize("icon", list(Icon))
def test_every_icon_is_drawn_in_the_asked_colour(qtbot: QtBot, icon: Icon) -> None:
    picture = QImage(48, 48, QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(0)
    painter = QPainter(picture)
    icons.draw(painter, icon, QRectF(0, 0, 48, 48), theme.current().colour("accent"))
    painter.end()
    drawn = [picture.pixelColor(x, y) for x in range(48) for y in range(48) if picture.pixelColor(x, y).alpha() == 255]
    assert len(drawn) > 20
    assert {colour.name().upper() for colour in drawn} == {LIGHT.accent}


@pytest.mark.parametrize("icon", list(Icon))
def test_icons_are_drawings_of_one_kind(icon: Icon) -> None:
    text = resources.path("icons", f"{icon}.svg").read_text(encoding="utf-8")
    for part in ('viewBox="0 0 24 24"', 'stroke-width="1.6"', 'stroke-linecap="round"', 'stroke="currentColor"'):
        assert part in text


def test_a_pixmap_knows_its_ratio(qtbot: QtBot) -> None:
    picture = icons.pixmap(Icon.HORN, 18, theme.current().colour("ink"), 2.0)
    assert (picture.width(), picture.devicePixelRatio()) == (36, 2.0)
