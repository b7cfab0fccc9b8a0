"""样式 sheet: the one application-wide QSS string; state comes by dynamic properties, never by a widget's own sheet."""

from __future__ import annotations

from typing import Protocol

from ui.tokens import Tokens


class _Theme(Protocol):
    @property
    def tokens(self) -> Tokens: ...

    def px(self, pixels: float) -> int: ...


_TEXTS = """
QLabel {{ background: transparent; color: {ink}; }}
QLabel[role="note"] {{ font-size: {p12}px; color: {ink3}; }}
QLabel[role="dense"] {{ font-size: {p13}px; color: {ink2}; }}
QLabel[role="body"] {{ font-size: {p14}px; }}
QLabel[role="section"] {{ font-size: {p16}px; font-weight: 700; }}
QLabel[role="title"] {{ font-family: {serif}; font-size: {p20}px; font-weight: 700; }}
QLabel[role="question"] {{ font-family: {serif}; font-size: {p28}px; font-weight: 700; }}
QLabel[role="ticket"] {{ font-family: {serif}; font-size: {p58}px; font-weight: 700; }}
QLabel[role="long_ticket"] {{ font-family: {serif}; font-size: {p48}px; font-weight: 700; }}
QLabel[strong="true"] {{ font-weight: 700; color: {ink}; }}
QLabel[tone="ink"] {{ color: {ink}; }}
QLabel[tone="ink2"] {{ color: {ink2}; }}
QLabel[tone="ink3"] {{ color: {ink3}; }}
QLabel[tone="accent"] {{ color: {accent}; }}
QLabel[tone="ok"] {{ color: {ok}; }}
QLabel[tone="warn"] {{ color: {warn}; }}
QLabel[tone="red"] {{ color: {red}; }}
QToolTip {{ background: {surface}; color: {ink}; border: 1px solid {edge}; padding: 4px 8px; font-size: {p13}px; }}
"""

_GROUNDS = """
QWidget#shell, QWidget[ground="paper"], QStackedWidget#pages {{ background: {paper}; }}
QWidget[ground="rail"] {{ background: {rail}; }}
QWidget[ground="surface"] {{ background: {surface}; }}
QFrame#topLine {{ background: {surface}; border: 0; border-bottom: 1px solid {line}; }}
QFrame#rail {{ background: {rail}; border: 0; border-right: 1px solid {line}; }}
QFrame#statusLine {{ background: {rail}; border: 0; border-top: 1px solid {line}; }}
QFrame[hair="true"] {{ background: {line}; border: 0; }}
QFrame[pane="true"] {{ background: {surface}; border: 1px solid {line}; border-radius: 6px; }}
QFrame[pane="inner"] {{ background: {surface}; border: 1px solid {line}; border-radius: 6px; }}
QFrame[nextbar="true"] {{ background: {sunken}; border: 0; border-top: 1px solid {line};
    border-bottom-left-radius: 5px; border-bottom-right-radius: 5px; }}
QFrame[strip="warn"] {{ background: {wsoft}; border: 1px solid {wline}; border-radius: 4px; }}
QFrame[strip="red"] {{ background: {rsoft}; border: 1px solid {rline}; border-radius: 4px; }}
QFrame[strip="info"] {{ background: {asoft}; border: 1px solid {aline}; border-radius: 4px; }}
QFrame[strip="ok"] {{ background: {oksoft}; border: 1px solid {okline}; border-radius: 4px; }}
QScrollArea, QScrollArea > QWidget > QWidget[scrollbody="true"] {{ background: transparent; border: 0; }}
"""

_INPUTS = """
QLineEdit, QPlainTextEdit, QComboBox, QSpinBox, QDateEdit {{ background: {input}; color: {ink};
    border: 1px solid {edge}; border-radius: 4px; padding: 0 9px; min-height: {p32}px; font-size: {p14}px;
    selection-background-color: {asoft}; selection-color: {ink}; placeholder-text-color: {ink3}; }}
QPlainTextEdit {{ padding: 6px 7px; }}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDateEdit:focus {{
    border: 2px solid {accent}; padding: 0 8px; min-height: {p30}px; }}
QPlainTextEdit:focus {{ padding: 5px 6px; }}
QLineEdit[large="true"] {{ font-size: {p20}px; }}
QLineEdit[bare="true"], QLineEdit[bare="true"]:focus {{ background: transparent; border: 0; padding: 0; font-size: {p20}px; }}
QListView#paletteList {{ background: transparent; border: 0; }}
QLineEdit[readOnly="true"] {{ background: {sunken}; color: {ink2}; border-color: {line}; }}
QLineEdit:disabled, QComboBox:disabled {{ background: {disabled_ground}; color: {ink2}; border-color: {line}; }}
QLineEdit[finding="true"] {{ background: {wsoft}; border: 2px solid {warn}; padding: 0 8px; min-height: {p30}px; }}
QLineEdit[finding="true"]:focus {{ border: 2px solid {accent}; }}
QLineEdit[echoMode="2"] {{ lineedit-password-character: 9679; letter-spacing: {p3}px; font-size: {p12}px; }}
QComboBox::drop-down {{ border: 0; width: {p28}px; }}
QComboBox QAbstractItemView {{ background: {surface}; color: {ink}; border: 1px solid {edge};
    selection-background-color: {asoft}; selection-color: {ink}; outline: 0; }}
QCheckBox, QRadioButton {{ color: {ink}; font-size: {p14}px; spacing: 8px; padding: 4px 6px;
    border: 2px solid transparent; border-radius: 4px; background: transparent; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {accent}; }}
"""

_LISTS = """
QTableView {{ background: transparent; border: 0; color: {ink}; font-size: {p14}px; outline: 0;
    selection-background-color: {asoft}; selection-color: {ink}; gridline-color: transparent; }}
QTableView:focus {{ border: 0; }}
QHeaderView {{ background: transparent; border: 0; }}
QHeaderView::section {{ background: transparent; border: 0; padding: 0; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 2px; border: 0; }}
QScrollBar::handle:vertical {{ background: {scroll}; border-radius: 3px; min-height: 32px; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 2px; border: 0; }}
QScrollBar::handle:horizontal {{ background: {scroll}; border-radius: 3px; min-width: 32px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QMenu {{ background: {surface}; color: {ink}; border: 1px solid {edge}; padding: 4px; }}
QMenu::item {{ padding: 6px 16px; border-radius: 4px; }}
QMenu::item:selected {{ background: {asoft}; }}
"""


def make(theme: _Theme) -> str:
    """The sheet for a theme and its text factor."""
    from dataclasses import asdict

    from ui.fonts import serif_families

    values: dict[str, str] = {key: str(value) for key, value in asdict(theme.tokens).items()}
    values |= {f"p{number}": str(theme.px(number)) for number in (3, 12, 13, 14, 16, 20, 28, 30, 32, 48, 58)}
    values["serif"] = ", ".join(f'"{family}"' for family in serif_families())
    return (_TEXTS + _GROUNDS + _INPUTS + _LISTS).format(**values)
