"""打印页所见 what the printing page shows, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from ui.language import tr
from ui.widgets.empty_card import EmptyView
from ui.widgets.lamp import LampKind
from ui.widgets.next_step import NextStepView
from ui.widgets.strip import StripView

NO_BAR = NextStepView("")
NO_JOBS = EmptyView(tr("今天还没打过纸"), tr("取号、受理时打的纸都记在这里。"), icon="printer")
OUT, LOST, HALF = "out", "lost", "half"
AGAIN, SHOW, MOVE = "again", "show", "move:"
"""Acts on the chosen paper; the printer it moves to follows the word."""


@dataclass(frozen=True, kw_only=True)
class JobRow:
    """打印一行 one paper: 受理回执, whose, in what state, when; `asks` one that waits for an answer."""

    id: str
    paper: str
    number: str
    state: str
    time: str
    lamp: LampKind = "done"
    asks: bool = False


@dataclass(frozen=True, kw_only=True)
class Question:
    """不知道 the question about one paper; nothing is preselected. `notes` say what follows from 1, 2 and 3."""

    job: str
    text: str
    why: str = tr("打印机在打这张时断了联系，机器说不清打没打完。看一眼出纸口再答。")
    out_note: str = tr("记为已打出")
    lost_note: str = tr("马上补打一张，票头写【补打 第1次】，号不变")
    half_note: str = tr("收回那半张，再补打一张，票头写【补打 第1次】")


@dataclass(frozen=True, kw_only=True)
class PaperView:
    """纸样 the chosen paper as a picture (PNG) and as words; `cut_at` (0 to 1) is where the printer fell silent."""

    title: str
    said: str = ""
    png: bytes = b""
    spoken: str = ""
    cut_at: float = -1.0
    cut_words: str = tr("此后打印机没回话")
    number: str = ""
    code: str = ""
    """What its QR says, for the screen."""
    story: tuple[tuple[str, str], ...] = ()
    """Every print of it, who, when and why."""


@dataclass(frozen=True, kw_only=True)
class PrinterLine:
    """打印机 one printer in one line."""

    lamp: LampKind
    sentence: str


@dataclass(frozen=True, kw_only=True)
class PrintingView:
    """打印页 the papers, the newest first and those that ask on top; `chosen` is the one whose picture is shown."""

    title: str = tr("今天 0 张")
    note: str = ""
    jobs: tuple[JobRow, ...] = ()
    chosen: str = ""
    question: Question | None = None
    paper: PaperView | None = None
    printers: tuple[PrinterLine, ...] = ()
    strip: StripView | None = None
    empty: EmptyView = NO_JOBS
    bar: NextStepView = NO_BAR
    asks_reason: bool = False
    asks_agreement: bool = False
    """The next print of the chosen paper needs the duty manager's PIN."""
