"""收件规矩 what may be taken in, and the case as it begins: pure rules behind registering, receiving and the spot case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol

from clerk_app.cases.books import CaseBooks
from clerk_app.cases.catalogue import Item
from clerk_app.cases.life import Assisted, Life
from clerk_app.cases.model import Applicant, BroughtAs, Case, CaseMaterial, LateEntry
from clerk_app.cases.states import OPEN
from clerk_app.command import Command, Refusal
from clerk_app.queueing.on_paper import slip_kept


@dataclass(frozen=True, kw_only=True)
class Promise:
    """容缺承诺 a minor paper that comes later: by which day, and the promise as it was signed."""

    material: str
    until: date
    words: str


class Beginning(Protocol):
    """收件的一步 what the rules look at of a command that begins a case."""

    @property
    def case(self) -> str: ...
    @property
    def ticket(self) -> str: ...
    @property
    def item(self) -> str: ...
    @property
    def applicant(self) -> Applicant: ...
    @property
    def query_code(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def actor(self) -> str: ...
    @property
    def acting_for(self) -> str | None: ...
    @property
    def window(self) -> int: ...
    @property
    def hall_version(self) -> str: ...


class Papers(Beginning, Protocol):
    """带来的材料 and how the case is to be treated, as a receipt says it."""

    @property
    def brought(self) -> tuple[str, ...]: ...
    @property
    def brought_as(self) -> Mapping[str, BroughtAs]: ...
    @property
    def tolerated(self) -> tuple[Promise, ...]: ...
    @property
    def second_limit(self) -> bool: ...
    @property
    def green(self) -> str: ...
    @property
    def replaces(self) -> str: ...
    @property
    def assisted(self) -> Assisted | None: ...
    @property
    def received_at(self) -> datetime | None: ...
    @property
    def late_reason(self) -> str: ...


def may_begin(command: Beginning, books: CaseBooks) -> Item | Refusal:
    """From a ticket that is being served at this very window, for an item that is done here and may be typed."""
    if not _came(command, books):
        return Refusal("ticket-not-serving", "收件要从本窗口正在办的号票来，什么都没改。先叫号、等人到窗。")
    item = books.item(command.item)
    if item is None:
        return Refusal("unknown-item", f"目录里没有事项 {command.item}，没有收件。换一个事项。")
    if refusal := _not_here(command, item):
        return refusal
    if not command.applicant.name.strip():
        return Refusal("applicant-missing", "还没填申请人，没有收件。填上申请人再收。")
    return item


def _came(command: Beginning, books: CaseBooks) -> bool:
    """Somebody stands here; or it came from outside and this window took it in, with nobody here."""
    if not command.ticket:
        return books.outside_window(command.case) == command.window
    return bearer_here(command.ticket, command.window, command.at, books)


def bearer_here(ticket: str, window: int, at: datetime, books: CaseBooks) -> bool:
    """Being served at this window; or his slip was kept here, whatever else is known of the ticket: a case is not lost for that."""
    known = books.ticket(ticket)
    served = known is not None and known.state == "serving" and known.window == window
    return served or slip_kept(books, ticket, window, at)


def _not_here(command: Beginning, item: Item) -> Refusal | None:
    if item.external:
        return Refusal("item-external", f"{item.name}由部门自己的系统办，这里不收件。到部门系统里办，号票照常办结。")
    if item.paper_only:
        return secret(item)
    if command.window not in item.windows:
        return Refusal(
            "item-elsewhere", f"{item.name}不在{command.window}号窗口办，没有收件。转到{_windows(item.windows)}窗口。"
        )
    return None


def secret(item: Item) -> Refusal:
    """涉密 nothing of it is typed, in whatever way."""
    return Refusal(
        "paper-only", f"{item.name}是涉密事项，只走纸面，没有录，一个字都没存。纸质材料当面交给承办部门的专人。"
    )


def _windows(numbers: tuple[int, ...]) -> str:
    return "、".join(f"{n}号" for n in numbers)


def skill_refusal(command: Command, item: Item, books: CaseBooks) -> Refusal | None:
    """Some items are taken in only by who is qualified (婚姻登记条例: 婚姻登记员)."""
    person = books.roster.people.get(command.actor)
    lacking = [skill for skill in item.skills if person is None or skill not in person.skills]
    if not lacking:
        return None
    name = books.roster.name_of(command.actor)
    return Refusal(
        "skill-missing", f"{item.name}要{lacking[0]}来办，{name} 没有这个资格，这一步没有办。请有资格的人来办。"
    )


def draft_of(command: Beginning, item: Item) -> Case:
    """登记 the case before anything was taken in: the item's list, nothing ticked."""
    return Case(
        id=command.case,
        ticket=command.ticket,
        item=item.code,
        item_name=item.name,
        hall_version=command.hall_version,
        department=item.department,
        applicant=command.applicant,
        materials=tuple(CaseMaterial(name=m.name, essential=m.essential) for m in item.materials),
        state="draft",
        received_at=command.at,
        window=command.window,
        handler=command.actor,
        acting_for=command.acting_for,
        query_code=command.query_code,
    )


def replaced_refusal(command: Papers, books: CaseBooks) -> Refusal | None:
    """更正、换发 only over a delivered result of the same item, once at a time."""
    if not command.replaces:
        return None
    old = books.case(command.replaces)
    if old is None or old.state not in ("delivered", "archived"):
        return Refusal(
            "not-delivered", "要换发的原件没送达，或者这里没有，没有收件。核对原来的编号，没送达的不用换发。"
        )
    if old.item != command.item:
        return Refusal(
            "replaces-another-item", f"原件办的是{old.item_name}，换发只换同一个事项的，没有收件。核对原来的编号。"
        )
    return being_replaced(old, books)


def replacement_of(old: Case, books: CaseBooks) -> Case | None:
    """正在换发 the case that does this result over and is not handed over yet."""
    if old.state not in ("delivered", "archived"):
        return None
    return next((one for one in books.cases_in((*OPEN, "sealed"), (old.item,)) if one.life.replaces == old.id), None)


def being_replaced(old: Case, books: CaseBooks) -> Refusal | None:
    """One replacement at a time: two would be two results of one matter."""
    new = replacement_of(old, books)
    if new is None:
        return None
    number = new.case_no or f"{new.received_at:%Y-%m-%d} 收的，还没编号"
    return Refusal(
        "being-replaced", f"原件正在换发（{number}），没有再开一件。接着办那一件；不办了，先把它撤回或作废。"
    )


def received(command: Papers, item: Item, draft: Case | None, *, came_for: bool = False) -> Case | Refusal:
    """收件 from nothing, or from the draft of this very ticket, or that it was taken for; its papers ticked, its receipt dated."""
    if draft is not None and draft.state != "draft":
        return Refusal("case-exists", "这件已收过，没有再收。")
    if draft is not None and (draft.item != item.code or not (came_for or draft.ticket == command.ticket)):
        return Refusal("draft-of-another", "登记的是另一个号或另一个事项，没有收件。按登记的收，或重新登记。")
    if refusal := _papers_refused(command, item) or _date_refused(command):
        return refusal
    begun = draft_of(command, item)
    moved = begun.moved("receive")
    if isinstance(moved, Refusal):
        return moved
    at = command.received_at or command.at
    life = Life(
        second_limit=command.second_limit and item.kind == "spot",
        green=command.green.strip(),
        replaces=command.replaces,
        assisted=command.assisted,
    )
    late = LateEntry(by=command.actor, at=command.at, reason=command.late_reason.strip())
    taken = replace(
        moved,
        query_code=draft.query_code if draft else command.query_code,
        materials=tuple(_ticked(m, command, at) for m in begun.materials),
        received_at=at,
        late_entry=late if command.received_at else None,
        life=life,
    )
    return _with_promises(taken, item, command.tolerated, at.date())


def _ticked(material: CaseMaterial, command: Papers, at: datetime) -> CaseMaterial:
    if material.name not in command.brought:
        return material
    return replace(material, brought_at=at, brought_as=command.brought_as.get(material.name, ""))


def _papers_refused(command: Papers, item: Item) -> Refusal | None:
    listed = {m.name for m in item.materials}
    if extra := [name for name in (*command.brought, *command.brought_as) if name not in listed]:
        return Refusal("unknown-material", f"事项清单里没有“{extra[0]}”，没有收件。清单外的材料不能要。")
    return None


def _date_refused(command: Papers) -> Refusal | None:
    if command.received_at is None:
        return None
    if command.received_at > command.at:
        return Refusal("received-in-future", "收件时间比现在还晚，没有收件。核对纸上的时间再录。")
    if not command.late_reason.strip():
        return Refusal("late-reason-missing", "收件时间倒填了，还没写原因，没有收件。写一句为什么补录再收。")
    return None


def _with_promises(case: Case, item: Item, promises: tuple[Promise, ...], today: date) -> Case | Refusal:
    for promise in promises:
        tolerated = tolerate(case, item, promise, today)
        if isinstance(tolerated, Refusal):
            return tolerated
        case = tolerated
    return case


def tolerate(case: Case, item: Item, promise: Promise, today: date) -> Case | Refusal:
    """容缺 one minor paper of an item that allows it, promised in writing for a day; an essential one never."""
    found = next((m for m in case.materials if m.name == promise.material), None)
    if found is None:
        return Refusal("unknown-material", f"事项清单里没有“{promise.material}”，没有记容缺。照清单选。")
    if not item.tolerant:
        return Refusal("not-tolerant", f"{item.name}没有开容缺受理，没有记。缺的材料走一次性告知。")
    if found.essential:
        return Refusal(
            "essential-paper", f"“{found.name}”是主要材料，不能容缺，没有记。容缺只限次要材料，主要材料走一次性告知。"
        )
    if found.brought_at is not None:
        return Refusal("already-brought", f"“{found.name}”已经收了，不用容缺，没有记。")
    if promise.until <= today or not promise.words.strip():
        return Refusal(
            "promise-missing", "容缺要写明哪天补齐、谁书面承诺，没有记。让申请人签了承诺、定个以后的日子再记。"
        )
    marked = replace(found, tolerated_until=promise.until, promise=promise.words.strip())
    return replace(case, materials=tuple(marked if m is found else m for m in case.materials))


def late_promises(case: Case, today: date) -> tuple[CaseMaterial, ...]:
    """容缺逾期 papers that were promised for a day that is over: flagged; what follows from it a person decides."""
    return tuple(
        m
        for m in case.materials
        if m.brought_at is None and m.tolerated_until is not None and m.tolerated_until < today
    )


def relisted(case: Case, item: Item, version: str) -> Case:
    """按新版清单 the case's list by the catalogue now in force: what it no longer asks may not be asked either (行政许可法 31).

    What was brought stays on the list; a case judged by the version it began with is left as it is. After a one-time
    notice nothing is asked that was not asked before or told in it (32(4)): the list keeps the notice's version.
    """
    if case.hall_version == version:
        return case
    kept = {m.name: m for m in case.materials}
    told = {gap.what.strip() for notice in case.life.notices for gap in notice.gaps}
    asked = tuple(
        replace(
            kept.get(m.name, CaseMaterial(name=m.name, essential=m.essential)),
            essential=m.essential and (not told or m.name in told or kept[m.name].essential),
        )
        for m in item.materials
        if not told or m.name in told or m.name in kept
    )
    names = {m.name for m in asked}
    beside = tuple(replace(m, essential=False) for m in case.materials if m.name not in names and m.brought_at)
    return replace(case, materials=(*asked, *beside), hall_version=case.hall_version if told else version)


def newly_asked(before: Case, after: Case) -> tuple[str, ...]:
    """Essential papers the list did not ask for when the case began."""
    old = {m.name for m in before.materials if m.essential}
    return tuple(name for name in after.missing if name not in old)
