"""答复所见 how an application is answered that is not simply accepted: told once, mended, not taken, not needed, tolerated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from clerk_app.receipts.slip import Block
from ui.widgets.next_step import NextStepView

ReplyKind = Literal["", "notify", "fix", "not_accept", "not_required", "asked", "papers_not_taken", "tolerate"]
REPLY, SHUT_REPLY = "reply", "shutReply"
NO_STEP = NextStepView("")


@dataclass(frozen=True, kw_only=True)
class GapLine:
    """缺什么一行 a paper of the list or a free point; `free` may be taken off the list again."""

    what: str
    wanted: str
    ticked: bool
    free: bool = False
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ReplyChoice:
    """一种答复 its number, what it is, which paper comes out; a reason makes it grey."""

    kind: ReplyKind
    head: str
    paper: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ReplyField:
    """要写的一栏 a line the answer needs; `finding` is what is to be mended."""

    name: str
    label: str
    value: str = ""
    placeholder: str = ""
    hint: str = ""
    finding: str = ""
    digits: bool = False
    half: bool = False
    """Two short ones stand side by side."""


@dataclass(frozen=True, kw_only=True)
class ReplySlip:
    """将打出的纸 what it is called, and its content as far as it is known now."""

    title: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReplyOption:
    """两者选一 a question with two answers, the usual one first; `on` is the second."""

    label: str
    usual: str
    other: str
    on: bool = False


@dataclass(frozen=True, kw_only=True)
class ReplyForm:
    """答复表 what was chosen and typed so far; kept while the same case is in hand, whatever is shown meanwhile."""

    id: str
    begun: datetime | None = None
    kind: ReplyKind = ""
    material: str = ""
    """容缺 of which paper."""
    brought: tuple[str, ...] = ()
    """What lies on the counter and was not taken in."""
    ticked: tuple[str, ...] = ()
    free: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    """What the one form had to say when the answer was begun; on the list with the free points."""
    texts: tuple[tuple[str, str], ...] = ()
    option: bool = False
    """The other answer to the question with two: he takes a new number, he wants a slip."""

    def text(self, name: str) -> str:
        """What was typed in a field, without blanks around it."""
        return dict(self.texts).get(name, "").strip()

    def typed(self, name: str) -> bool:
        """Whether a person wrote there, be it nothing."""
        return name in dict(self.texts)


NO_FORM = ReplyForm(id="")


@dataclass(frozen=True, kw_only=True)
class ReplyView:
    """答复 everything on the pane. While `id` and the kind stay, nothing typed is ever cleared."""

    id: str
    title: str
    about: str
    kind: ReplyKind = ""
    choices: tuple[ReplyChoice, ...] = ()
    gaps: tuple[GapLine, ...] = ()
    gaps_title: str = ""
    free_label: str = ""
    fields: tuple[ReplyField, ...] = ()
    option: ReplyOption | None = None
    slip: ReplySlip | None = None
    next: NextStepView = NO_STEP
    form: ReplyForm = NO_FORM
