"""说备用件 where each kit is, what became of its sheets, what can be done with it; pure."""

from __future__ import annotations

from dataclasses import dataclass

from clerk_app.cases.back_entry.model import MOST_SHEETS, SheetState, kit_state_words, sheet_state_words
from clerk_app.duty.model import Roster
from clerk_app.office.counter.back_entry.looking import BackEntryDesk, KitLine
from ui.back_entry.view import KitsView
from ui.language import tr
from ui.shortcuts import Key
from ui.widgets.form_view import Ask, FormView
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.row_model import Cell, Row
from ui.widgets.strip import StripView
from ui.widgets.tag import TagKind, TagView

PRINT, HAND, RETURN, RETURN_FORM, NEW, LEAVE, KEEP = "print", "hand", "return", "return_form", "new", "leave", "keep"
COUNT, REASON, WINDOW, TAKER, BLANK = "count", "reason", "window", "taker", "blank"
USUAL = "20"
_leave = Act(LEAVE, tr("不办了"), "Esc")
_kinds: dict[str, TagKind] = {"printed": "info", "handed": "warn", "returned": "plain"}


@dataclass(frozen=True, kw_only=True)
class KitStep:
    """办到哪步 which form stands open; why the kit just printed is not out of a printer (its file can still be saved)."""

    form: str = ""
    not_out: str = ""


def tell_kits(desk: BackEntryDesk, line: KitLine | None, step: KitStep, roster: Roster) -> KitsView:
    """The newest first, and the one at hand."""
    out = sum(one.kit.state == "handed" for one in desk.kits)
    detail = _new() if step.form == NEW or line is None else _one(line, step, roster)
    return KitsView(
        title=tr("备用件 {count} 套", count=len(desk.kits)) if desk.kits else tr("备用件"),
        note=tr("领出去还没交回的 {out} 套", out=out) if out else "",
        rows=tuple(map(_row, desk.kits)),
        chosen=line.kit.id if line is not None and step.form != NEW else "",
        detail=detail,
    )


def _row(line: KitLine) -> Row:
    kit = line.kit
    where = tr("{window}号窗口", window=kit.window) if kit.state == "handed" else kit_state_words[kit.state]
    used = kit.count - len(line.blank)
    note = tr("{printed:%Y-%m-%d} 印，{reason}", printed=kit.printed_at, reason=kit.reason)
    tag = TagView(where, _kinds[kit.state])
    return Row(kit.id, (Cell(_numbers(line), note=note), Cell(tags=(tag,)), f"{used}/{kit.count}"))


def _numbers(line: KitLine) -> str:
    first, last = line.kit.first, line.kit.last
    return first if first == last else tr("{first} 到 {last}", first=first, last=last.rpartition("-")[2])


def _new() -> FormView:
    return FormView(
        id="new-kit",
        title=tr("印一套备用件"),
        words=tr("一份一张 A4：上半给申请人，下半留窗口。号从本机的办件编号里取，印了就用掉，别的窗口再也领不到。"),
        asks=(
            Ask(key=COUNT, label=tr("几份（最多 {most}）", most=MOST_SHEETS), value=USUAL, half=True),
            Ask(key=REASON, label=tr("为什么印"), placeholder=tr("如：国庆长假、机房检修"), half=True),
        ),
        bar=NextStepView(
            tr("印出来的号不重印；没打清楚的记作废"), step=Act(PRINT, tr("印一套"), Key.NEXT_STEP), seconds=(_leave,)
        ),
    )


def _one(line: KitLine, step: KitStep, roster: Roster) -> FormView:
    if step.form == RETURN_FORM and line.kit.state != "returned":
        return _return(line, roster)
    if line.kit.state == "printed":
        return _to_hand(line, step, roster)
    return _out(line, roster)


def _to_hand(line: KitLine, step: KitStep, roster: Roster) -> FormView:
    message = None
    if step.not_out:
        message = StripView(
            tr("{why}，这套还没到纸上。", why=step.not_out),
            tr("号已经记下。把文件存了去打一次；不要打两次，同一个号只能有一张纸。"),
        )
    keep = (Act(KEEP, tr("存成文件"), Key.PRINT),) if step.not_out else ()
    return FormView(
        id=f"hand-{line.kit.id}-{bool(step.not_out)}",
        title=tr("{numbers}，在柜里", numbers=_numbers(line)),
        message=message,
        facts=_facts(line, roster),
        asks=(
            Ask(key=WINDOW, label=tr("发到几号窗口"), half=True),
            Ask(key=TAKER, label=tr("谁领的"), placeholder=tr("工号或全名"), half=True),
        ),
        more=(*keep, Act(RETURN_FORM, tr("收回"), Key.SEND_BACK), Act(NEW, tr("再印一套"), Key.NEW)),
        bar=NextStepView(tr("当面点清再发"), step=Act(HAND, tr("记领用"), Key.NEXT_STEP)),
    )


def _out(line: KitLine, roster: Roster) -> FormView:
    kit, more = line.kit, (Act(NEW, tr("再印一套"), Key.NEW),)
    if kit.state == "returned":
        left = len(line.blank)
        words = (
            tr("还有 {left} 份没有着落：写过的照纸补录，写坏的记作废。", left=left) if left else tr("每一份都有着落。")
        )
        bar = NextStepView(words)
    else:
        bar = NextStepView(tr("来电以后收回，空白的一份一份点"), step=Act(RETURN_FORM, tr("交回"), Key.NEXT_STEP))
    return FormView(
        id=f"out-{kit.id}-{kit.state}",
        title=tr("{numbers}，{state}", numbers=_numbers(line), state=kit_state_words[kit.state]),
        facts=_facts(line, roster),
        more=more,
        bar=bar,
    )


def _return(line: KitLine, roster: Roster) -> FormView:
    return FormView(
        id=f"return-{line.kit.id}-{len(line.blank)}",
        title=tr("交回 {numbers}", numbers=_numbers(line)),
        words=tr(
            "账上没录过的有 {blank} 份。下面写空白交回的号，用、隔开；写过字的不要写进去，它们要补录。",
            blank=len(line.blank),
        ),
        facts=_facts(line, roster),
        asks=(Ask(key=BLANK, label=tr("空白交回的号"), value="、".join(one.id for one in line.blank)),),
        bar=NextStepView(
            tr("点清再按；交回的号不再用"), step=Act(RETURN, tr("记交回"), Key.NEXT_STEP), seconds=(_leave,)
        ),
    )


def _facts(line: KitLine, roster: Roster) -> tuple[tuple[str, str], ...]:
    kit = line.kit
    counts = line.counts
    order: tuple[SheetState, ...] = ("entered", "sent_back", "checked", "spoiled", "returned", "blank")
    sheets = tr("，").join(f"{sheet_state_words[one]} {counts[one]}" for one in order if counts.get(one))
    spoiled = tr("、").join(
        tr("{number}（{note}）", number=s.id, note=s.note) for s in line.sheets if s.state == "spoiled"
    )
    facts = (
        (tr("印的"), tr("{who}，{at:%Y-%m-%d %H:%M}", who=roster.name_of(kit.printed_by), at=kit.printed_at)),
        (tr("为什么印"), kit.reason),
        (tr("领用"), _handed(line, roster)),
        (tr("交回"), _returned(line, roster)),
        (tr("各份"), sheets),
        (tr("作废的"), spoiled),
        (tr("没着落的"), tr("、").join(one.id for one in line.blank) if kit.state == "returned" else ""),
    )
    return tuple((label, words) for label, words in facts if words)


def _handed(line: KitLine, roster: Roster) -> str:
    kit = line.kit
    if kit.handed_at is None:
        return ""
    return tr(
        "{window}号窗口，{taker}领，{giver}发，{at:%Y-%m-%d %H:%M}",
        window=kit.window,
        taker=roster.name_of(kit.taken_by),
        giver=roster.name_of(kit.handed_by),
        at=kit.handed_at,
    )


def _returned(line: KitLine, roster: Roster) -> str:
    kit = line.kit
    if kit.returned_at is None:
        return ""
    return tr("{who}收，{at:%Y-%m-%d %H:%M}", who=roster.name_of(kit.returned_by), at=kit.returned_at)
