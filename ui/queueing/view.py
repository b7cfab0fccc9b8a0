"""叫号页所见 what the counter page shows, as frozen values: the presenter makes every word, the page none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from ui.language import tr
from ui.queueing.card_view import ItemCardView
from ui.queueing.reply_view import ReplyView
from ui.widgets.empty_card import EmptyView
from ui.widgets.lamp import LampKind
from ui.widgets.next_step import NextStepView
from ui.widgets.ruler import RulerView
from ui.widgets.step_line import Step
from ui.widgets.strip import StripView
from ui.widgets.tag import TagView

Phase = Literal["none", "called", "serving"]

# The names of acts in a case's NextStepView.
ACCEPT = "accept"
ASK_MENTOR = "askMentor"
FINISH = "finish"
RECEIVE = "receive"
PROPOSE = "propose"
AUTHORISE = "authorise"
GIVE_BACK = "giveBack"
TO_SHELF = "toShelf"
DELIVERY = "delivery"
HAND_OVER = "handOver"
REGISTRATION = "registration"
SPOT = "spot"
EXTERNAL = "external"
NOTIFY = "notify"
COMPLETE = "complete"
ANOTHER = "another"
LEAVE = "leave"
BACK_TO_CASE = "backToCase"

NOBODY = EmptyView(tr("现在没有人等候"), tr("取号后会出现在这里，不用刷新。"))
NO_WORK = EmptyView(tr("手上没有办件"), tr("叫下一位（F2），人来了就在这里收件。"), icon="folder")
NO_DAYS = RulerView(())
NO_STEP = NextStepView("")


@dataclass(frozen=True, kw_only=True)
class TicketView:
    """在办号票 the ticket in hand: number, times and what may be done; a reason makes its button grey."""

    phase: Phase = "none"
    number: str = ""
    rank: str = ""
    clock: str = ""
    note: str = ""
    person: str = ""
    business: str = ""
    tags: tuple[TagView, ...] = ()
    recall_reason: str = ""
    finish_reason: str = ""


@dataclass(frozen=True, kw_only=True)
class WaitingRow:
    """等候一行 one who waits: number, kind of business, how long, and what is special about the ticket."""

    id: str
    number: str
    business: str
    waited: str
    tags: tuple[TagView, ...] = ()


@dataclass(frozen=True, kw_only=True)
class WaitingView:
    """等候 who waits for this window, why the first is first, and the button that calls; `note` is 最长 23 分."""

    title: str = tr("等候 0 人")
    note: str = ""
    rows: tuple[WaitingRow, ...] = ()
    why: str = ""
    call_text: str = tr("叫下一位")
    call_reason: str = ""
    take_reason: str = ""
    empty: EmptyView = NOBODY


@dataclass(frozen=True, kw_only=True)
class LetterChoice:
    """取号类别 a letter a ticket can be taken for."""

    letter: str
    name: str


@dataclass(frozen=True, kw_only=True)
class PriorityChoice:
    """优先理由 a ground for priority with the rule it rests on."""

    key: str
    name: str
    basis: str = ""


@dataclass(frozen=True, kw_only=True)
class ItemMaterial:
    """清单材料 one paper of an item's list: 原件 1 份, 必备 or 可容缺."""

    name: str
    form: str
    need: str
    essential: bool = True
    usual: str = ""
    """How it is usually brought: original, copy, electronic, held."""


@dataclass(frozen=True, kw_only=True)
class ItemChoice:
    """可选事项 an item of this window; `keys` are more words it is found by (code, pinyin initials).

    `one_sitting`: the clerk's whole part is one confirmation, `chief` signs next; `external`: carried by another system,
    `noted`: with a short form to copy over.
    """

    code: str
    name: str
    short: str = ""
    kind: str = ""
    limit: str = ""
    keys: str = ""
    materials: tuple[ItemMaterial, ...] = ()
    one_sitting: bool = False
    chief: str = ""
    external: bool = False
    noted: bool = False
    second: str = ""
    """What is promised while the line is cut."""


@dataclass(frozen=True, kw_only=True)
class PersonChoice:
    """同某人 a person this ticket knows already: how he is called here, and what is filled in for him."""

    label: str
    name: str
    id_number: str = ""
    phone: str = ""
    agent: str = ""


@dataclass(frozen=True, kw_only=True)
class ReceiveView:
    """收件 a case to be received. While `id` stays the same nothing typed is ever cleared; `findings` are (field, words)."""

    id: str
    ticket: str
    items: tuple[ItemChoice, ...]
    chosen: str = ""
    blocked: str = ""
    findings: tuple[tuple[str, str], ...] = ()
    persons: tuple[PersonChoice, ...] = ()
    cut: bool = False
    learning: str = ""
    """The mentor's name while who sits here learns: he agrees before anything is accepted."""
    today: date | None = None
    done: str = ""
    """What this ticket has done already, when nothing more need be."""
    another: bool = False
    """One more of the same ticket: the last case is a step back."""
    filled: ReceiveForm | None = None
    """What stands there at the beginning: who applied from outside, and what he sent."""

    @property
    def typed(self) -> dict[str, str]:
        """The applicant's fields at the beginning."""
        known = self.filled
        return {name: getattr(known, name) for name in ("name", "id_number", "phone", "agent")} if known else {}

    @property
    def ticks(self) -> dict[str, dict[str, str]]:
        """By item, what is ticked at the beginning."""
        known = self.filled
        return {known.item: dict(known.brought_as)} if known else {}


@dataclass(frozen=True, kw_only=True)
class ReceiveForm:
    """收件表 what was typed and ticked when 收件 was pressed."""

    item: str
    name: str
    id_number: str = ""
    phone: str = ""
    agent: str = ""
    brought: tuple[str, ...] = ()
    brought_as: tuple[tuple[str, str], ...] = ()
    opinion: str = ""


@dataclass(frozen=True, kw_only=True)
class ExternalForm:
    """外部系统办件表 what was noted of a matter another system carries; `promised` as it was typed."""

    item: str
    outcome: str
    number: str = ""
    promised: str = ""


@dataclass(frozen=True, kw_only=True)
class MaterialRow:
    """材料一行 a paper of the case; `said` is what happened to it (已收 10:33), in a tone."""

    name: str
    form: str
    need: str
    said: str = ""
    brought: bool = False
    essential: bool = True
    tone: Literal["", "ink2", "ok", "warn"] = ""
    brought_as: str = ""
    tolerable: bool = False


@dataclass(frozen=True, kw_only=True)
class DueView:
    """办结期限 the date that binds, how many days are left, the ruler, and why; `statutory` is 法定 12月11日."""

    date: str
    left: str
    lamp: LampKind = "ok"
    lamp_word: str = tr("按时")
    why: str = ""
    statutory: str = ""
    provisional: bool = False
    ruler: RulerView = NO_DAYS
    title: str = tr("办结期限")
    others: tuple[str, ...] = ()
    """The other clocks of the case, a line each."""


@dataclass(frozen=True, kw_only=True)
class AskView:
    """问一句 what the next step still needs from the clerk: one line, and one of a few choices. While `id` stays, nothing typed is cleared."""

    id: str
    label: str
    placeholder: str = ""
    empty: str = ""
    choices_label: str = ""
    choices: tuple[str, ...] = ()
    preset: str = ""
    """What stands in the line until somebody writes there."""


@dataclass(frozen=True, kw_only=True)
class CaseView:
    """在办办件 the case in hand; persons come masked. `course` and `paper` (PNG) are shown where there is room."""

    id: str
    title: str
    query_code: str
    applicant: str
    facts: str
    tags: tuple[TagView, ...] = ()
    steps: tuple[Step, ...] = ()
    materials: tuple[MaterialRow, ...] = ()
    materials_note: str = ""
    materials_fixed: bool = False
    due: DueView | None = None
    applicant_rows: tuple[tuple[str, str], ...] = ()
    reveal_text: str = tr("显示证件号")
    reveal_reason: str = ""
    next: NextStepView = NO_STEP
    ask: AskView | None = None
    course: tuple[tuple[str, str], ...] = ()
    paper: bytes = b""
    paper_title: str = ""
    item: str = ""
    scan_text: str = ""
    """扫描 with how many there are; empty where nothing is scanned any more."""


Work = EmptyView | ReceiveView | CaseView | ItemCardView | ReplyView
NO_TICKET = TicketView()
NO_LINE = WaitingView()


@dataclass(frozen=True, kw_only=True)
class CounterView:
    """叫号页 everything on the counter page."""

    ticket: TicketView = NO_TICKET
    waiting: WaitingView = NO_LINE
    work: Work = NO_WORK
    strip: StripView | None = None
    letters: tuple[LetterChoice, ...] = ()
    priorities: tuple[PriorityChoice, ...] = ()
