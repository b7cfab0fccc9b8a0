"""办件详情所见 what the page of one case shows, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ui.language import tr
from ui.queueing.view import DueView
from ui.widgets.empty_card import EmptyView
from ui.widgets.next_step import NextStepView
from ui.widgets.step_line import Step
from ui.widgets.strip import StripView
from ui.widgets.tag import TagView

InputKind = Literal["line", "words", "day", "number", "choice", "names"]
NO_CASE = EmptyView(tr("没有选中的办件"), tr("在办件里挑一件，按 Enter 打开。"), icon="folder")


@dataclass(frozen=True, kw_only=True)
class PaperRow:
    """文书一行 one paper as it was printed; Enter prints a marked copy."""

    id: str
    name: str
    number: str
    note: str


@dataclass(frozen=True, kw_only=True)
class AttachedRow:
    """附件一行 one file: what it is called, who brought it when, how large it is and where."""

    id: str
    name: str
    who: str
    state: str


@dataclass(frozen=True, kw_only=True)
class HistoryRow:
    """过程一行 when, who, what, and what was said."""

    id: str
    when: str
    who: str
    what: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class InputView:
    """一栏 of the act's question."""

    key: str
    label: str
    kind: InputKind
    choices: tuple[tuple[str, str], ...] = ()
    value: str = ""
    hint: str = ""
    optional: bool = False


@dataclass(frozen=True, kw_only=True)
class ActLine:
    """能办的一步 its word and the digit it is chosen by; `reason` says why not now."""

    key: str
    word: str
    digit: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class AskingView:
    """正在问 the chosen act with its fields; `id` is another one when they are to be filled afresh."""

    id: str
    title: str
    note: str
    inputs: tuple[InputView, ...]
    bar: NextStepView
    strip: StripView | None = None


@dataclass(frozen=True, kw_only=True)
class WholeView:
    """办件详情 one case; persons masked. `asking` takes the place of the acts while one is being done."""

    id: str = ""
    number: str = ""
    title: str = ""
    code: str = ""
    tags: tuple[TagView, ...] = ()
    steps: tuple[Step, ...] = ()
    due: DueView | None = None
    facts: tuple[tuple[str, str], ...] = ()
    materials: tuple[tuple[str, str, str], ...] = ()
    """Name, how it was brought, and what is to be said of it."""
    attached: tuple[AttachedRow, ...] = ()
    readable: bool = False
    """Whether who sits here may open them."""
    history: tuple[HistoryRow, ...] = ()
    papers: tuple[PaperRow, ...] = ()
    to_print: tuple[ActLine, ...] = ()
    """文书 that could be issued now."""
    acts: tuple[ActLine, ...] = ()
    no_acts: str = ""
    asking: AskingView | None = None
    strip: StripView | None = None
    empty: EmptyView = NO_CASE
