"""手上的一件所见 a list with the one at hand beside it, and the form of its next step, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from ui.widgets.empty_card import EmptyView
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.row_model import Row
from ui.widgets.strip import StripView

NO_STEP = NextStepView("")


@dataclass(frozen=True, kw_only=True)
class Ask:
    """要填的 one line to type, or with `choices` (key, word) one to pick; `slot` keeps apart what two receivers are called."""

    key: str
    label: str
    value: str = ""
    placeholder: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    half: bool = False
    """Two of them share a line where there is room."""
    slot: str = ""


@dataclass(frozen=True, kw_only=True)
class FormView:
    """手上的一件 in whole sentences, its facts, what is to be typed, what can be done; `id` tells one asking from another."""

    id: str
    title: str
    words: str = ""
    message: StripView | None = None
    facts: tuple[tuple[str, str], ...] = ()
    asks: tuple[Ask, ...] = ()
    more: tuple[Act, ...] = ()
    """What else can be done, beside the next step."""
    bar: NextStepView = NO_STEP


@dataclass(frozen=True, kw_only=True)
class ListView:
    """一张单子 with the one at hand beside it; `finding` stands under the field that was scanned into."""

    empty: EmptyView
    title: str = ""
    note: str = ""
    rows: tuple[Row, ...] = ()
    chosen: str = ""
    detail: FormView | None = None
    finding: str = ""
    filter: str = ""
