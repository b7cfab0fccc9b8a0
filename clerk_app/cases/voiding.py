"""盖错章与换发 a stamp that does not count: two persons, the paper back, the clocks run on; and a delivered result done over.

The register's own line stays as it is; that it does not count stands with the case, with the time of the first seal.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from clerk_app.cases.books import CaseBooks
from clerk_app.cases.catalogue import Item
from clerk_app.cases.chief import stands_for_chief
from clerk_app.cases.handling import missing
from clerk_app.cases.life import Life, Replacing, VoidedStamp
from clerk_app.cases.model import Case, CaseMaterial
from clerk_app.cases.receiving import bearer_here, being_replaced, secret, skill_refusal
from clerk_app.cases.states import state_words
from clerk_app.cases.usecases import CaseCommand, put_case, unknown_case
from clerk_app.command import Refusal, UseCase, case_subject, ticket_subject


@dataclass(frozen=True, kw_only=True)
class AskVoidStamp(CaseCommand):
    """请作废用印 why the stamp is wrong, and what became of the paper (收回销毁、划线作废)."""

    kind: ClassVar[str] = "ask_void_stamp"
    reason: str
    paper: str


@dataclass(frozen=True, kw_only=True)
class AgreeVoidStamp(CaseCommand):
    """同意作废用印 the second person has seen the paper; the case waits for its authorisation again."""

    kind: ClassVar[str] = "agree_void_stamp"


@dataclass(frozen=True, kw_only=True)
class DropVoidStamp(CaseCommand):
    """不作废了 the stamp is right after all: the request is taken back, or not agreed to, with a word."""

    kind: ClassVar[str] = "drop_void_stamp"
    reason: str


@dataclass(frozen=True, kw_only=True)
class OpenReplacement(CaseCommand):
    """更正、换发 a new case for a result that was delivered; `original` says whether the old paper is back, or why not."""

    kind: ClassVar[str] = "open_replacement"
    ticket: str
    replaces: str
    reason: str
    original: str
    query_code: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """The new case; the ticket it rests on must not change hands meanwhile. The old case is not touched."""
        return (case_subject(self.case), ticket_subject(self.ticket))

    @property
    def about(self) -> tuple[str, ...]:
        """The old case stands still meanwhile: two windows do not open two replacements of it."""
        return (*self.subjects, case_subject(self.replaces))


def waiting_void(case: Case) -> VoidedStamp | None:
    """等第二人 the stamp somebody asked to be voided; nobody has agreed yet."""
    last = case.life.voided[-1] if case.life.voided else None
    return last if last is not None and last.agreed_at is None else None


def ask_void_stamp(command: AskVoidStamp, books: CaseBooks) -> Refusal | None:
    """Sealed and not handed over; by who stands for the chief."""
    case = books.case(command.case)
    if case is None:
        return unknown_case()
    moved = case.moved("void_stamp")
    if isinstance(moved, Refusal):
        return moved
    if waiting_void(case) is not None:
        return Refusal("void-waiting", "已经有人请作废这次用印，在等第二人，没有再请。请值班长来看。")
    if not stands_for_chief(command, case.department, books):
        return Refusal("not-the-chief", "作废用印由首席代表提，没有作废，印还算数。请他来看。")
    if not command.reason.strip() or not command.paper.strip():
        return missing("作废的原因和那张纸的下落（收回销毁、划线作废）", "没有作废，印还算数")
    if case.sealed_at is None or case.decision is None:
        return Refusal("no-seal-use", "这件没有用印，没有作废。刷新一下再看。")
    asked = VoidedStamp(
        seal_use=case.seal_use,
        sealed_at=case.sealed_at,
        document_no=case.decision.document_no,
        reason=command.reason.strip(),
        paper=command.paper.strip(),
        asked_by=command.actor,
        asked_at=command.at,
    )
    return put_case(books, _with(case, (*case.life.voided, asked)))


def agree_void_stamp(command: AgreeVoidStamp, books: CaseBooks) -> Refusal | None:
    """Another person: signature 1 and the limits stand, decision and seal are to be given anew."""
    case = books.case(command.case)
    if case is None:
        return unknown_case()
    asked = waiting_void(case)
    if asked is None:
        return _nothing_waits()
    moved = case.moved("void_stamp")
    if isinstance(moved, Refusal):
        return moved
    if asked.asked_by == command.actor:
        return Refusal("own-request", "作废是您本人提的，要第二个人同意，没有作废，印还算数。")
    agreed = replace(asked, agreed_by=command.actor, agreed_at=command.at)
    bare = replace(moved, decision=None, seal_use="", sealed_at=None)
    return put_case(books, _with(bare, (*case.life.voided[:-1], agreed)))


def drop_void_stamp(command: DropVoidStamp, books: CaseBooks) -> Refusal | None:
    """By anybody who might have agreed, or asked: the result can be handed over again."""
    case = books.case(command.case)
    if case is None:
        return unknown_case()
    if waiting_void(case) is None:
        return _nothing_waits()
    if not command.reason.strip():
        return missing("为什么不作废", "没有改")
    return put_case(books, _with(case, case.life.voided[:-1]))


def _nothing_waits() -> Refusal:
    return Refusal("nothing-asked", "没有等着同意的作废用印，什么都没改。先由首席代表提。")


def _with(case: Case, voided: tuple[VoidedStamp, ...]) -> Case:
    return replace(case, life=replace(case.life, voided=voided))


def open_replacement(command: OpenReplacement, books: CaseBooks) -> Refusal | None:
    """A case of its own, with its own clocks; who applies and which one it replaces are taken over."""
    old = books.case(command.replaces)
    if old is None:
        return unknown_case()
    item = books.item(old.item)
    if item is None:
        return Refusal("unknown-item", f"目录里没有{old.item_name}了，没有开新件。找管理员核对目录。")
    if refusal := _cannot_replace(command, old, item, books) or skill_refusal(command, item, books):
        return refusal
    opened = _new_case(command, old, item).moved("receive")
    if isinstance(opened, Refusal):
        return opened
    books.put_case(opened)
    books.take_hold(case_subject(command.case))
    return None


def _cannot_replace(command: OpenReplacement, old: Case, item: Item, books: CaseBooks) -> Refusal | None:
    if old.state not in ("delivered", "archived"):
        return Refusal("not-delivered", f"原件现在是{state_words[old.state]}，没送达的不用换发，没有开新件。")
    if not bearer_here(command.ticket, command.window, command.at, books):
        return Refusal("ticket-not-serving", "更正、换发要从本窗口正在办的号票来，没有开新件。先叫号、等人到窗。")
    if item.paper_only:
        return secret(item)
    if command.window not in item.windows:
        return Refusal("item-elsewhere", f"{item.name}不在{command.window}号窗口办，没有开新件。到办它的窗口去。")
    if not command.reason.strip() or not command.original.strip():
        return missing("更正的原因、原件收回没有（没收回写为什么）", "没有开新件")
    if books.case(command.case) is not None:
        return Refusal("case-exists", "这件已收过，没有再收。")
    return being_replaced(old, books)


def _new_case(command: OpenReplacement, old: Case, item: Item) -> Case:
    return Case(
        id=command.case,
        ticket=command.ticket,
        item=item.code,
        item_name=item.name,
        hall_version=command.hall_version,
        department=item.department,
        applicant=old.applicant,
        materials=tuple(CaseMaterial(name=m.name, essential=m.essential) for m in item.materials),
        state="draft",
        received_at=command.at,
        window=command.window,
        handler=command.actor,
        acting_for=command.acting_for,
        query_code=command.query_code,
        life=Life(
            replaces=old.id,
            replacing=Replacing(reason=command.reason.strip(), original=command.original.strip()),
        ),
    )


voiding_use_cases = (
    UseCase(AskVoidStamp, ask_void_stamp, "void"),
    UseCase(AgreeVoidStamp, agree_void_stamp, "void"),
    UseCase(DropVoidStamp, drop_void_stamp, "void"),
    UseCase(OpenReplacement, open_replacement, "receive"),
)
