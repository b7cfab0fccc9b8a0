"""验章页所见 what the page shows, as frozen values: three answers, what they rest on, and what it was judged by."""

from __future__ import annotations

from dataclasses import dataclass

from clerk_app.sealing.verdicts import Answer
from ui.language import tr
from ui.widgets.empty_card import EmptyView
from ui.widgets.next_step import NextStepView
from ui.widgets.strip import StripView

ONE, SAVE = "one", "save"
NOTHING = EmptyView(
    tr("还没有要验的"),
    tr("拖进一份盖过章的 PDF，或扫文书上的码，或写文号、办件编号。"),
    tr("三问分开答：内容未改、印章真实、当时有效。"),
    icon="verify",
)

VERIFYING = EmptyView(tr("正在验…"), icon="verify")
NOT_VERIFIED = EmptyView(tr("这一份没有验"), tr("为什么，写在上面。照着办了再来一次。"), icon="verify")


@dataclass(frozen=True, kw_only=True)
class AnswerView:
    """一问 the question, its answer in a word and a shape, and why."""

    question: str
    answer: Answer
    word: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FactsView:
    """一组事实 a head and labelled words."""

    head: str
    rows: tuple[tuple[str, str], ...]
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class UseRow:
    """一次用印 where one number means several."""

    id: str
    what: str
    when: str


@dataclass(frozen=True, kw_only=True)
class SourceView:
    """拿什么验 the file or words in hand, the roots and the list that are used."""

    file: str = ""
    roots: str = tr("本机的")
    roots_act: str = tr("换根证书")
    crl: str = ""
    uses: tuple[UseRow, ...] = ()
    chosen: str = ""


NO_SOURCE = SourceView()
NO_STEP = NextStepView("")


@dataclass(frozen=True, kw_only=True)
class VerifyView:
    """验章页 everything on it."""

    title: str = ""
    source: SourceView = NO_SOURCE
    strip: StripView | None = None
    answers: tuple[AnswerView, ...] = ()
    facts: tuple[FactsView, ...] = ()
    bar: NextStepView = NO_STEP
    empty: EmptyView = NOTHING
