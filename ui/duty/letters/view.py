"""授权书所见 what the letters page shows, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from ui.language import tr
from ui.widgets.empty_card import EmptyView
from ui.widgets.lamp import LampKind
from ui.widgets.next_step import NextStepView
from ui.widgets.strip import StripView

NO_STEP = NextStepView("")
NOTHING = EmptyView(tr("还没有授权书"), tr("大厅资料里的和登记收到的，都列在这里。"), icon="file")


@dataclass(frozen=True, kw_only=True)
class LetterRowView:
    """一份 whose, its number, until when."""

    id: str
    who: str
    what: str
    until: str
    left: str = ""
    lamp: LampKind = "ok"


@dataclass(frozen=True, kw_only=True)
class LetterDetail:
    """授权书细目 what it gives in whole words; `scan` when its paper can be opened, `reason_asked` when it can be ended."""

    id: str
    title: str
    words: str = ""
    message: StripView | None = None
    facts: tuple[tuple[str, str], ...] = ()
    items: tuple[str, ...] = ()
    scan: bool = False
    reason_asked: bool = False
    bar: NextStepView = NO_STEP


@dataclass(frozen=True, kw_only=True)
class Choice:
    """一个选项 its key and its words."""

    key: str
    words: str


@dataclass(frozen=True, kw_only=True)
class LetterForm:
    """登记一份 what the form begins with; `serial` grows with every new form: then what was typed is gone."""

    serial: int
    title: str
    words: str
    departments: tuple[Choice, ...]
    items: dict[str, tuple[Choice, ...]]
    """By department, in the order of the catalogue."""
    powers: tuple[Choice, ...]
    department: str = ""
    start: str = ""
    end: str = ""
    ticked: tuple[str, ...] = ()
    granted: tuple[str, ...] = ()
    message: StripView | None = None
    busy: bool = False


@dataclass(frozen=True, kw_only=True)
class TypedLetter:
    """填的 as it stands in the form; nothing is judged yet."""

    number: str
    department: str
    person: str
    deputy: str
    start: str
    end: str
    items: tuple[str, ...]
    powers: tuple[str, ...]
    scan: str


@dataclass(frozen=True, kw_only=True)
class LettersView:
    """授权书页 all letters; beside them the chosen one, or the form. `locked` says why nothing can be recorded here."""

    title: str = tr("授权书")
    note: str = ""
    rows: tuple[LetterRowView, ...] = ()
    detail: LetterDetail | None = None
    form: LetterForm | None = None
    locked: str = ""
    empty: EmptyView = NOTHING
