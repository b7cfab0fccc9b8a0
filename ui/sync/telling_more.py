"""说两个说法和断线小结 from what was read to their panes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from clerk_app.hall import Hall
from clerk_app.office.line.after_cut import CutSummary
from clerk_app.office.oversight.conflicts import FieldChoice as Clashing
from clerk_app.office.registration.naming import value_words
from clerk_app.receipts.words import day_words
from ui.shortcuts import Key
from ui.sync.kinds import kind_words, told
from ui.sync.reading import Chosen
from ui.sync.view import CUT_ROW, CommandRow, ConflictView, CutView, FieldChoice, Saying, Side, SummaryLine
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.strip import StripView

_phone, _citizen = re.compile(r"1\d{10}"), re.compile(r"\d{17}[\dXx]")


def tell_conflict(chosen: Chosen, picked: Mapping[str, Side], hall: Hall) -> ConflictView:
    """两个说法 nothing preselected; the step waits until every field has one."""
    conflict, row = chosen.conflict, chosen.group.head
    if conflict is None:
        raise LookupError("conflict")
    actor = hall.roster.people.get(row.actor)
    mine = f"{actor.name if actor else row.actor}，{row.at:%H:%M}"
    choices = tuple(_choice(one, mine, chosen.theirs, picked.get(one.path, "")) for one in conflict.choices)
    left = sum(not one.chosen for one in choices)
    first = conflict.choices[0].label
    title = f"{first}：两个说法" if len(choices) == 1 else f"{first}等 {len(choices)} 处：两个说法"
    step = Act("resolve", "用选好的", Key.NEXT_STEP, "先选一个说法" if left else "")
    return ConflictView(
        id=row.id,
        title=title,
        subject=chosen.group.name,
        lead="两个窗口各改了一次，中心没有替您选。两个说法都已存好，不会丢；这一件的其他改动都会收。",
        choices=choices,
        merged=f"另有 {conflict.others} 处改动和别人互不相干，不用您管。" if conflict.others else "",
        paper=_paper(chosen),
        bar=NextStepView(
            f"还有 {left} 处没选" if left else "都选好了", step=step, seconds=(Act("hand", "交值班长定"),)
        ),
    )


def _choice(one: Clashing, mine: str, theirs: str, chosen: Side) -> FieldChoice:
    return FieldChoice(
        path=one.path,
        label=one.label,
        before=_value(one.old),
        mine=Saying(value=_value(one.mine), who=mine),
        theirs=Saying(value=_value(one.theirs), who=theirs),
        chosen=chosen,
    )


def _value(value: Any) -> str:
    """In words; telephone and identity numbers keep their ends only, enough to tell two apart."""
    if value is None or value == "":
        return ""
    text = value_words(value)
    if _phone.fullmatch(text) or _citizen.fullmatch(text):
        return f"{text[:3]}{'*' * (len(text) - 7)}{text[-4:]}"
    return text


def _paper(chosen: Chosen) -> StripView | None:
    if not chosen.papers:
        return None
    newest = chosen.papers[-1]
    return StripView(
        f"{newest.made_at:%H:%M} 打出过纸（{newest.doc_no}），上面是本窗口的说法。",
        "若选中心的，把那张换回来。",
        kind="warn",
        icon="receipt",
    )


def tell_cut(cut: CutSummary) -> CutView:
    """断线小结 what was sent, what is to settle, which papers must be told or taken back."""
    minutes = max(1, round((cut.end - cut.start).total_seconds() / 60))
    acts = sum(cut.acts.values())
    sent = [SummaryLine(lamp="done", text=f"送到 {cut.sent} 条", note=told(cut.acts))] if cut.sent else []
    if cut.waiting:
        sent.append(SummaryLine(lamp="waiting", text=f"还在路上 {cut.waiting} 条", note="会自动送，不用等。"))
    return CutView(
        title=f"{day_words(cut.start.date())} {cut.start:%H:%M}–{cut.end:%H:%M} 断线小结",
        lead=f"断了 {minutes} 分钟，本窗办了 {acts} 条，都留着。",
        sent=tuple(sent),
        settle=tuple(
            SummaryLine(lamp="unknown", text=kind_words.get(row.kind, row.kind), note=row.sentence)
            for row in cut.to_settle
        ),
        papers=tuple(
            SummaryLine(
                lamp="unknown",
                text=f"{paper.job.doc_no} {'要收回' if paper.take_back else '要说一声'}",
                note=paper.command.sentence or "中心还没有答，这张上的话还没有成真。",
            )
            for paper in cut.papers
        ),
        bar=NextStepView("看过就收起", step=Act("read", "看过了", Key.NEXT_STEP)),
    )


def cut_row(cut: CutSummary) -> CommandRow:
    """The list's first row while the summary is unread."""
    return CommandRow(
        id=CUT_ROW,
        what="断线小结",
        subject=f"{cut.start:%H:%M}–{cut.end:%H:%M}，{sum(cut.acts.values())} 条",
        state="看一眼",
        time=f"{cut.end:%H:%M}",
        lamp="busy",
    )
