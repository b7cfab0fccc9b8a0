"""表单的字 the texts of a form's paper as they are drawn: without look-alikes, and all together for asking after their faces."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from clerk_app.registration.papers.sheet import CellGrid, FormPaper, FormSheet, Part, RowTable, Words
from printers.pages_text import plain

_UNSEEN = ("Cc", "Cf")


def searchable_form(paper: FormPaper) -> FormPaper:
    """The same words without look-alikes, as any other paper is searched."""
    return replace(
        paper, title=plain(paper.title), case_no=plain(paper.case_no), sheets=tuple(map(_sheet, paper.sheets))
    )


def texts_of(paper: FormPaper) -> str:
    """All that will be drawn, for asking whether there is a face for it."""
    parts = (part for sheet in paper.sheets for part in sheet.parts)
    return "".join((paper.title, paper.case_no, paper.version, *(text for part in parts for text in _texts(part))))


def _texts(part: Part) -> tuple[str, ...]:
    if isinstance(part, Words):
        return (part.text,)
    if isinstance(part, CellGrid):
        return tuple(text for line in part.lines for cell in line for text in (cell.label, cell.text))
    if isinstance(part, RowTable):
        return (*part.head, *(text for row in part.rows for text in row))
    return part.lines


def _sheet(sheet: FormSheet) -> FormSheet:
    return replace(sheet, parts=tuple(map(_part, sheet.parts)))


def _part(part: Part) -> Part:
    if isinstance(part, Words):
        return replace(part, text=_clean(part.text))
    if isinstance(part, CellGrid):
        lines = tuple(
            tuple(replace(c, label=_clean(c.label), text=_clean(c.text)) for c in line) for line in part.lines
        )
        return replace(part, lines=lines)
    if isinstance(part, RowTable):
        return replace(part, rows=tuple(tuple(map(_clean, row)) for row in part.rows))
    return replace(part, lines=tuple(map(_clean, part.lines)))


def _clean(text: str) -> str:
    """Signs that no page shows are not searched for either."""
    return "".join(char for char in plain(text) if char == "\n" or unicodedata.category(char) not in _UNSEEN)
