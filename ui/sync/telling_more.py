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
from ui.language import tr
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
    mine = tr("{name}，{at:%H:%M}", name=actor.name if actor else row.actor, at=row.at)
    choices = tuple(_choice(one, mine, chosen.theirs, picked.get(one.path, "")) for one in conflict.choices)
    left = sum(not one.chosen for one in choices)
    first = conflict.choices[0].label
    title = (
        tr("{first}：两个说法", first=first)
        if len(choices) == 1
        else tr("{first}等 {count} 处：两个说法", first=first, count=len(choices))
    )
    step = Act("resolve", tr("用选好的"), Key.NEXT_STEP, tr("先选一个说法") if left else "")
    return ConflictView(
        id=row.id,
        title=title,
        subject=chosen.group.name,
        lead=tr("两个窗口各改了一次，中心没有替您选。两个说法都已存好，不会丢；这一件的其他改动都会收。"),
        choices=choices,
        merged=tr("另有 {others} 处改动和别人互不相干，不用您管。", others=conflict.others) if conflict.others else "",
        paper=_paper(chosen),
        bar=NextStepView(
            tr("还有 {left} 处没选", left=left) if left else tr("都选好了"),
            step=step,
            seconds=(Act("hand", tr("交值班长定")),),
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
        tr("{made_at:%H:%M} 打出过纸（{doc_no}），上面是本窗口的说法。", made_at=newest.made_at, doc_no=newest.doc_no),
        tr("若选中心的，把那张换回来。"),
        kind="warn",
        icon="receipt",
    )


def tell_cut(cut: CutSummary) -> CutView:
    """断线小结 what was sent, what is to settle, which papers must be told or taken back."""
    minutes = max(1, round((cut.end - cut.start).total_seconds() / 60))
    acts = sum(cut.acts.values())
    sent = [SummaryLine(lamp="done", text=tr("送到 {sent} 条", sent=cut.sent), note=told(cut.acts))] if cut.sent else []
    if cut.waiting:
        sent.append(
            SummaryLine(
                lamp="waiting", text=tr("还在路上 {waiting} 条", waiting=cut.waiting), note=tr("会自动送，不用等。")
            )
        )
    return CutView(
        title=tr(
            "{day_words} {start:%H:%M}–{end:%H:%M} 断线小结",
            day_words=day_words(cut.start.date()),
            start=cut.start,
            end=cut.end,
        ),
        lead=tr("断了 {minutes} 分钟，本窗办了 {acts} 条，都留着。", minutes=minutes, acts=acts),
        sent=tuple(sent),
        settle=tuple(
            SummaryLine(lamp="unknown", text=kind_words.get(row.kind, row.kind), note=row.sentence)
            for row in cut.to_settle
        ),
        papers=tuple(
            SummaryLine(
                lamp="unknown",
                text="{doc_no} {value}".format(
                    doc_no=paper.job.doc_no, value=tr("要收回") if paper.take_back else tr("要说一声")
                ),
                note=paper.command.sentence or tr("中心还没有答，这张上的话还没有成真。"),
            )
            for paper in cut.papers
        ),
        bar=NextStepView(tr("看过就收起"), step=Act("read", tr("看过了"), Key.NEXT_STEP)),
    )


def cut_row(cut: CutSummary) -> CommandRow:
    """The list's first row while the summary is unread."""
    return CommandRow(
        id=CUT_ROW,
        what=tr("断线小结"),
        subject=tr(
            "{start:%H:%M}–{end:%H:%M}，{values} 条", start=cut.start, end=cut.end, values=sum(cut.acts.values())
        ),
        state=tr("看一眼"),
        time=f"{cut.end:%H:%M}",
        lamp="busy",
    )
