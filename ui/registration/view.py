"""一表页所见 what the form page shows, as frozen values. A place is named by its JSON pointer, a slot by its field's id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ui.widgets.empty_card import EmptyView
from ui.widgets.row_model import Column, Row
from ui.widgets.strip import StripView

StepState = Literal["untouched", "incomplete", "done"]
CellKind = Literal["text", "digits", "choice", "tick", "set"]
state_words: dict[StepState, str] = {"untouched": "没填", "incomplete": "没填完", "done": "填好了"}

NO_CASE = EmptyView("现在没有要填的登记表", "办公司设立时，收件以后表在这里填。", icon="building")


@dataclass(frozen=True, kw_only=True)
class CellView:
    """栏 one field: `slot` stays the same from row to row, `pointer` is the place it shows now."""

    slot: str
    pointer: str
    label: str
    kind: CellKind
    text: str = ""
    ticked: bool = False
    chosen: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    words: str = ""
    hint: str = ""
    placeholder: str = ""
    finding: str = ""
    lacking: bool = False
    optional: bool = False
    wide: int = 1


@dataclass(frozen=True, kw_only=True)
class GridView:
    """栏组 fields side by side, under a head if the step has several parts."""

    slot: str
    cells: tuple[CellView, ...]
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class RepeatView:
    """多行 a list with the chosen row's fields below it; `chosen` -1 while there is no row."""

    slot: str
    pointer: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...] = ()
    chosen: int = -1
    row_title: str = ""
    row_note: str = ""
    add_words: str = ""
    none_words: str = ""
    finding: str = ""
    lacking: bool = False
    inside: tuple[GridView | RepeatView, ...] = ()


Block = GridView | RepeatView


@dataclass(frozen=True, kw_only=True)
class StepMark:
    """步骤 one step of the column on the left."""

    id: str
    name: str
    state: StepState = "untouched"
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class MissingRow:
    """没填的一处 what is missing and where."""

    pointer: str
    sentence: str
    where: str


@dataclass(frozen=True, kw_only=True)
class FormView:
    """一表页 the chosen step's blocks, all steps' states, and all that is missing; `case` empty shows `empty`."""

    case: str = ""
    title: str = ""
    note: str = ""
    steps: tuple[StepMark, ...] = ()
    step: str = ""
    blocks: tuple[Block, ...] = ()
    missing: tuple[MissingRow, ...] = ()
    saved: str = ""
    next_words: str = ""
    next_reason: str = ""
    first: bool = True
    locked: bool = False
    strip: StripView | None = None
    empty: EmptyView = NO_CASE
