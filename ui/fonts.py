"""字 fonts: which families the desk draws with, and the bundled faces for machines that have no Chinese ones."""

from __future__ import annotations

import sys
from functools import lru_cache

from PySide6.QtGui import QFont, QFontDatabase

import resources

SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "Desk Sans SC", "SimSun-ExtB", "sans-serif")
SERIF = ("Desk Serif SC", "Noto Serif CJK SC", "Source Han Serif SC", "SimSun", "serif")
BUNDLED = ("DeskSansSC-Regular.otf", "DeskSansSC-Bold.otf", "DeskSerifSC-Bold.otf")


def load_bundled() -> list[str]:
    """Make the bundled faces known to Qt; answers the families that came."""
    families: list[str] = []
    for name in BUNDLED:
        number = QFontDatabase.addApplicationFont(str(resources.path("fonts", name)))
        if number >= 0:
            families += QFontDatabase.applicationFontFamilies(number)
    return families


def sans_families() -> list[str]:
    """The families for everything that is read or ticks."""
    if sys.platform == "win32":
        return ["Microsoft YaHei UI", *SANS]
    return list(SANS)


def serif_families() -> list[str]:
    """The families for titles, ticket numbers and dates that bind; its digits are not tabular."""
    return list(SERIF)


def make(pixels: int, *, bold: bool = False, serif: bool = False) -> QFont:
    """A font of our families at a pixel size; painters need the families set as much as the application does."""
    return QFont(_made(max(1, pixels), bold or serif, serif))


@lru_cache(maxsize=128)
def _made(pixels: int, bold: bool, serif: bool) -> QFont:
    """Painters ask for the same few at every stroke; each gets a copy, which shares all of it."""
    font = QFont()
    font.setFamilies(serif_families() if serif else sans_families())
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    return font
