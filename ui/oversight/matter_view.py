"""事由所见 what one view of 首问与投诉 shows, as frozen values: a list, the chosen one, and what can be newly taken down."""

from __future__ import annotations

from dataclasses import dataclass

from ui.language import tr
from ui.oversight.duty_view import TaskDetail, TaskRowView
from ui.shortcuts import Key
from ui.widgets.empty_card import EmptyView
from ui.widgets.next_step import Act

NEW = "new"
"""The key of the form for a new one, in place of a row's."""
REVEAL = "reveal"
REVEAL_ACT = Act(REVEAL, tr("显示电话"), Key.REVEAL)


@dataclass(frozen=True, kw_only=True)
class MatterView:
    """一类事 rows, the chosen one; `new_word` is what the button for a new one says (empty: none), `age` the last column."""

    title: str
    age: str
    empty: EmptyView
    rows: tuple[TaskRowView, ...] = ()
    detail: TaskDetail | None = None
    new_word: str = ""
