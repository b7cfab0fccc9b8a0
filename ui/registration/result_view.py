"""多证合一所见 one company's result: what was approved, its code, and how far each department is."""

from __future__ import annotations

from dataclasses import dataclass

from ui.language import tr
from ui.widgets.empty_card import EmptyView
from ui.widgets.next_step import NextStepView
from ui.widgets.row_model import Row
from ui.widgets.strip import StripView
from ui.widgets.tag import TagView

CODE, SEND, PRINT, PRINT_ONE = "code", "send", "print", "printOne"
NO_STEP = NextStepView("")
NOTHING = EmptyView(tr("没有可看的登记结果"), tr("公司登记的件，受理以后各部门的进度在这里。"), icon="building")


@dataclass(frozen=True)
class DepartmentAct:
    """一家能记的 a state, its word and the digit it is chosen by."""

    state: str
    word: str
    digit: str


@dataclass(frozen=True, kw_only=True)
class DepartmentView:
    """一家 the chosen department: how far it is in words, and what may be said of it here."""

    word: str
    title: str
    said: tuple[str, ...]
    acts: tuple[DepartmentAct, ...]
    none: str = ""


@dataclass(frozen=True, kw_only=True)
class ResultView:
    """多证合一 `asks_code`: the code can be entered here and now; `known_code` needs no typing."""

    case: str = ""
    name: str = ""
    code: str = ""
    number: str = ""
    tags: tuple[TagView, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    rows: tuple[Row, ...] = ()
    rows_note: str = ""
    chosen: DepartmentView | None = None
    asks_code: bool = False
    known_code: str = ""
    next: NextStepView = NO_STEP
    strip: StripView | None = None
    empty: EmptyView = NOTHING
