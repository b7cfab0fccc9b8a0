"""表单纸 the content of a paper made from the one form, before it is a page: what a page maker draws, no bytes, no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Look = Literal["text", "head", "note", "centre", "right", "clause"]
BLANK = "＿＿＿＿＿＿"
DASH = "——"


@dataclass(frozen=True, kw_only=True)
class Words:
    """一段话 a paragraph, a head or a note."""

    text: str
    look: Look = "text"


@dataclass(frozen=True, kw_only=True)
class Cell:
    """一栏 a label and what is in it; `wide` is its share of the line."""

    label: str
    text: str
    wide: int = 1


@dataclass(frozen=True, kw_only=True)
class CellGrid:
    """栏表 lines of labelled cells, as on the printed form; a `whole` one, somebody's name with his number, is never torn."""

    lines: tuple[tuple[Cell, ...], ...]
    whole: bool = False


@dataclass(frozen=True, kw_only=True)
class RowTable:
    """行表 a head and a line a row; the head stands again on every page it runs over."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class SignLines:
    """签名栏 who signs, each with a line for it and for the day; never alone on a page."""

    lines: tuple[str, ...]


Part = Words | CellGrid | RowTable | SignLines


@dataclass(frozen=True, kw_only=True)
class FormSheet:
    """一组页 what begins on a page of its own; a private one is kept apart from what others may see."""

    parts: tuple[Part, ...]
    title: str = ""
    private: bool = False


@dataclass(frozen=True, kw_only=True)
class FormPaper:
    """表单文书 the whole paper: its pages, the form's version and the case it belongs to."""

    title: str
    version: str
    case_no: str
    day: date
    sheets: tuple[FormSheet, ...]
    training: bool = False


@dataclass(frozen=True)
class MadeForm:
    """成表 finished bytes of an A4 PDF; `private` are the pages (from 1) with what is kept apart."""

    pdf: bytes
    pages: int
    private: tuple[int, ...]
