"""纸上的字 the bundled faces A4 papers and seals are drawn with; one character a glyph, so that PDF text is what is seen."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QPainterPath, QRawFont, QTransform

import resources

UNIT = 1200
"""Page units an inch: what QPdfWriter counts in, fine enough that whole font sizes stay true."""

BODY = "PaperSerifSC-Regular.otf"
TITLE = "DeskSerifSC-Bold.otf"
_EM = 1000


class PaperFonts:
    """纸上字体 loads the faces once; made on the GUI thread after the application, used from any thread."""

    def __init__(self) -> None:
        self._body = _family(BODY)
        self._title = _family(TITLE)
        self._outlines = [str(resources.path("fonts", name)) for name in (TITLE, BODY)]
        self._shapes: dict[str, QPainterPath] = {}

    def body(self, points: float) -> QFont:
        """The book face of the text."""
        return _font([self._body], points)

    def title(self, points: float, text: str) -> QFont:
        """The bold face of a title; a rare character comes from the book face, a far one takes the whole title there."""
        return (
            self.body(points) if any(ord(char) > 0xFFFF for char in text) else _font([self._title, self._body], points)
        )

    def missing(self, text: str) -> str:
        """The characters no face of this machine can draw."""
        metrics = QFontMetricsF(self.body(16))
        return "".join(dict.fromkeys(char for char in text if not char.isspace() and not metrics.inFontUcs4(ord(char))))

    def outlines(self, text: str) -> list[QPainterPath]:
        """Each character as a shape of one em, its box from (0, 0) to (1, 1), y downward; kept once it was asked for."""
        if not self._shapes.keys() >= set(text):
            faces = [QRawFont(path, _EM) for path in self._outlines]
            self._shapes |= {char: _outline(faces, char) for char in set(text) - self._shapes.keys()}
        return [self._shapes[char] for char in text]


def width_of(font: QFont, text: str) -> float:
    """How wide a line of text is, in page units."""
    return QFontMetricsF(font).horizontalAdvance(text)


def units(millimetres: float) -> float:
    """Page units for a length in mm."""
    return millimetres * UNIT / 25.4


def _family(name: str) -> str:
    number = QFontDatabase.addApplicationFont(str(resources.path("fonts", name)))
    families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    if not families:
        raise RuntimeError(f"字体文件 {name} 没有载入，文书没法做。把程序重装一次。")
    return families[0]


def _font(families: list[str], points: float) -> QFont:
    font = QFont()
    font.setFamilies(families)
    font.setPixelSize(round(points * UNIT / 72))
    font.setWeight(QFont.Weight.Bold if len(families) > 1 else QFont.Weight.Normal)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setKerning(False)
    return font


def _outline(faces: list[QRawFont], char: str) -> QPainterPath:
    for face in faces:
        glyphs = face.glyphIndexesForString(char)
        if glyphs and glyphs[0]:
            path = face.pathForGlyph(glyphs[0])
            advance = face.advancesForGlyphIndexes(glyphs)[0].x()
            # Narrow letters stand in the middle of their em; 0.88 em lies above the base line of a Noto CJK face.
            moved = QTransform.fromTranslate((_EM - advance) / 2, 0.88 * _EM).map(path)
            return QTransform.fromScale(1 / _EM, 1 / _EM).map(moved)
    box = QPainterPath(QPointF(0, 0))
    box.addRect(0.1, 0.1, 0.8, 0.8)
    return box
