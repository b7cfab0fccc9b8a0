"""一表页所见 what the form page shows, as frozen values. A place is named by its JSON pointer, a slot by its field's id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ui.language import tr
from ui.widgets.empty_card import EmptyView
from ui.widgets.row_model import Column, Row
from ui.widgets.strip import StripView
from ui.widgets.tag import TagKind, TagView

StepState = Literal["untouched", "incomplete", "errors", "done"]
CellKind = Literal["text", "digits", "search", "choice", "tick", "set"]
PointKind = Literal["error", "missing", "warning", "info"]
state_words: dict[StepState, str] = {
    "untouched": tr("没填"),
    "incomplete": tr("没填完"),
    "errors": tr("有错"),
    "done": tr("填好了"),
}
point_words: dict[PointKind, str] = {
    "error": tr("须改"),
    "missing": tr("没填"),
    "warning": tr("请核对"),
    "info": tr("告知"),
}
point_tags: dict[PointKind, TagKind] = {"error": "must", "missing": "warn", "warning": "warn", "info": "plain"}
REVIEW = "review"
"""The last step: nothing is filled in there, all of it is looked over."""

NO_CASE = EmptyView(
    tr("现在没有要填的登记表"), tr("设立、变更、备案、注销，收件以后在这里填；收过的从“办件”里打开。"), icon="building"
)


@dataclass(frozen=True, kw_only=True)
class CellView:
    """栏 one field: `slot` stays the same from row to row, `pointer` is the place it shows now.

    `taken`: it says what another field says and is not typed. `masked`: shown masked while the hand is elsewhere.
    `acts` stand under the choices and are chosen by Enter: 新加一位, 与…同一人.
    """

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
    point: PointKind = "missing"
    lacking: bool = False
    optional: bool = False
    wide: int = 1
    taken: bool = False
    masked: bool = False
    search: str = ""
    acts: tuple[tuple[str, str], ...] = ()


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
class PointRow:
    """一处 what is missing, wrong, to be confirmed or told, and where; `mark` is what a confirming names."""

    id: str
    kind: PointKind
    pointer: str
    sentence: str
    where: str
    basis: str = ""
    mark: str = ""
    confirmed: str = ""
    tag: TagView | None = None
    """Another tag than its kind's."""


@dataclass(frozen=True)
class ReviewLine:
    """核对的一栏 a label and its value; `blank` where nothing was filled in, `head` for the name of a row."""

    label: str
    value: str = ""
    blank: bool = False
    head: bool = False


@dataclass(frozen=True, kw_only=True)
class ReviewGroup:
    """核对的一步 all of one step, read only."""

    step: str
    name: str
    note: str
    lines: tuple[ReviewLine, ...]


@dataclass(frozen=True, kw_only=True)
class ReviewView:
    """核对一遍 the whole form; `secured` says whether there is something masked to be shown."""

    groups: tuple[ReviewGroup, ...]
    secured: bool = False
    revealed: bool = False
    said: str = tr("念给申请人听，或者放到他那边的屏上看。")


@dataclass(frozen=True, kw_only=True)
class CitizenView:
    """请核对 what the citizen sees of the step on the second screen; `now` is the line being filled in."""

    title: str = ""
    company: str = ""
    lines: tuple[ReviewLine, ...] = ()
    now: int = -1
    hall: str = ""


@dataclass(frozen=True, kw_only=True)
class FormView:
    """一表页 the chosen step's blocks, all steps' states, and all that is missing or wrong; `case` empty shows `empty`.

    `checking`: what was found is of an earlier state, the new one is being checked.
    """

    case: str = ""
    title: str = ""
    note: str = ""
    steps: tuple[StepMark, ...] = ()
    step: str = ""
    blocks: tuple[Block, ...] = ()
    points: tuple[PointRow, ...] = ()
    checking: bool = False
    sums: tuple[str, str] = ("", "")
    review: ReviewView | None = None
    saved: str = ""
    next_words: str = ""
    next_reason: str = ""
    advice: str = ""
    first: bool = True
    locked: bool = False
    strip: StripView | None = None
    empty: EmptyView = NO_CASE
