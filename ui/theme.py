"""主题 theme: tokens into a palette, one application-wide sheet, and what painters ask for."""

from __future__ import annotations

import os
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QToolTip

from ui import fonts, sheet
from ui.tokens import DARK, LIGHT, Tokens

# px at 100 %: note, dense, body, section, serif title, question, ticket number and one of five signs beside its times.
SIZES = {
    "note": 12, "dense": 13, "body": 14, "section": 16, "title": 20, "question": 28, "ticket": 58, "long_ticket": 48
}  # fmt: skip
SERIF = ("title", "question", "ticket", "long_ticket")
FOREIGN_LOOKS = ("QT_STYLE_OVERRIDE", "QT_QPA_PLATFORMTHEME", "QT_PLUGIN_PATH")
SCALES = (1.0, 1.1, 1.25, 1.5, 1.75, 2.0)


@dataclass(frozen=True)
class Theme:
    """主题 the tokens in force and the text factor (1.0 to 2.0)."""

    tokens: Tokens = LIGHT
    scale: float = 1.0

    def px(self, pixels: float) -> int:
        """A length of the 100 % drawing at this text factor."""
        return round(pixels * self.scale)

    def font(self, role: str = "body", *, bold: bool = False, serif: bool = False) -> QFont:
        """The font of a role of `SIZES`; those of `SERIF` are so by nature."""
        return fonts.make(self.px(SIZES[role]), bold=bold, serif=serif or role in SERIF)

    def colour(self, token: str) -> QColor:
        """The painter's colour of a token."""
        return QColor(getattr(self.tokens, token))


_current = Theme()


def current() -> Theme:
    """The theme in force; painters ask anew at every paint."""
    return _current


def clear_foreign_looks() -> None:
    """Before the application exists: system styles and plugins do not fit the wheel's Qt."""
    for name in FOREIGN_LOOKS:
        os.environ.pop(name, None)


def apply(app: QApplication, *, dark: bool = False, scale: float = 1.0) -> Theme:
    """Dress the application: Fusion, families, palette, tooltips and the one sheet."""
    global _current
    first = app.property("desk_fonts") is None
    if first:
        app.setProperty("desk_fonts", fonts.load_bundled())
        app.setStyle(QStyleFactory.create("Fusion"))
    _current = Theme(DARK if dark else LIGHT, min(2.0, max(1.0, scale)))
    app.setFont(_current.font("body"))
    palette = make_palette(_current.tokens)
    app.setPalette(palette)
    QToolTip.setPalette(palette)
    scheme = Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light
    if app.styleHints().colorScheme() != scheme:
        app.styleHints().setColorScheme(scheme)
    app.setStyleSheet(sheet.make(_current))
    return _current


def step(app: QApplication, direction: int) -> Theme:
    """One text size up or down; 0 is back to 100 %."""
    if direction == 0:
        scale = 1.0
    elif direction > 0:
        scale = next((one for one in SCALES if one > _current.scale), SCALES[-1])
    else:
        scale = next((one for one in reversed(SCALES) if one < _current.scale), SCALES[0])
    if scale == _current.scale:
        return _current
    return apply(app, dark=_current.tokens.dark, scale=scale)


def make_palette(tokens: Tokens) -> QPalette:
    """The palette for Active, Inactive and Disabled."""
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: tokens.paper,
        QPalette.ColorRole.Base: tokens.input,
        QPalette.ColorRole.AlternateBase: tokens.sunken,
        QPalette.ColorRole.Button: tokens.surface,
        QPalette.ColorRole.ToolTipBase: tokens.surface,
        QPalette.ColorRole.Highlight: tokens.asoft,
        QPalette.ColorRole.Accent: tokens.accent,
        QPalette.ColorRole.Link: tokens.accent,
        QPalette.ColorRole.LinkVisited: tokens.accent,
        QPalette.ColorRole.PlaceholderText: tokens.ink3,
        QPalette.ColorRole.Light: tokens.surface,
        QPalette.ColorRole.Mid: tokens.line,
        QPalette.ColorRole.Dark: tokens.edge,
    }
    texts = ("WindowText", "Text", "ButtonText", "ToolTipText", "HighlightedText", "BrightText")
    for role, colour in roles.items():
        palette.setColor(QPalette.ColorGroup.All, role, QColor(colour))
    for name in texts:
        role = QPalette.ColorRole[name]
        palette.setColor(QPalette.ColorGroup.All, role, QColor(tokens.ink))
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.disabled))
    return palette
