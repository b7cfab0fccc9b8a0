"""差评回访 what the follow-up view shows and does: contact within the day, put it right, call back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clerk_app.office.office import Office, Outcome
from clerk_app.office.oversight.people_desk import FollowUpSeen, close, contact, fix, follow_ups
from clerk_app.oversight.model import levels
from clerk_app.oversight.people import follow_words
from clerk_app.workdays import workdays_between
from ui.language import tr
from ui.oversight.duty_view import AskView, TaskDetail, TaskRowView
from ui.oversight.matter_view import MatterView
from ui.shortcuts import Key
from ui.widgets.empty_card import EmptyView
from ui.widgets.lamp import LampKind
from ui.widgets.next_step import Act, NextStepView

CONTACT, MISSED, FIX, CLOSE = "contact", "missed", "fix", "close"
NOTHING = EmptyView(
    tr("没有要回访的评价"), tr("不满意和非常不满意的，1 个工作日内联系，15 个工作日内整改，再回访。"),
    icon="check", tone="ok",
)  # fmt: skip


class FollowMatters:
    """差评回访 as `matter_presenter.Matters`."""

    said: Mapping[str, str] = {
        CONTACT: tr("联系已记下。"), MISSED: tr("没联系上，已记一次，期限照走。"), FIX: tr("整改已记下。"), CLOSE: tr("已回访，这条办完。"),
    }  # fmt: skip

    def read(self, office: Office) -> tuple[FollowUpSeen, ...]:
        """Open ones first."""
        return follow_ups(office)

    def key(self, item: FollowUpSeen) -> str:
        """Its id."""
        return item.row.id

    def waits(self, items: tuple[FollowUpSeen, ...]) -> int:
        """Open ones this person may go on with."""
        return sum(1 for item in items if item.may_act and item.row.open)

    def tell(self, items: tuple[FollowUpSeen, ...], chosen: Any, office: Office, *, revealed: bool) -> MatterView:
        """The view."""
        return MatterView(
            title=tr("差评回访 {value} 件", value=sum(1 for item in items if item.row.open)),
            age=tr("到期"),
            empty=NOTHING,
            rows=tuple(_row(item, office) for item in items),
            detail=None if chosen is None else follow_detail(chosen, office),
        )

    def do(self, office: Office, item: Any, name: str, typed: list[str]) -> Outcome | None:
        """The act."""
        words = typed[0] if typed else ""
        if name in (CONTACT, MISSED):
            return contact(office, item.row.id, words, reached=name == CONTACT)
        if name == FIX:
            return fix(office, item.row.id, words)
        return close(office, item.row.id, words) if name == CLOSE else None


def _row(item: FollowUpSeen, office: Office) -> TaskRowView:
    row, due = item.row, item.clocks.now_due
    left = workdays_between(office.hall.calendar, office.parts.clock.now().date(), due) if due else 0
    lamp: LampKind = "done" if due is None else "overdue" if left < 0 else "soon" if left <= 1 else "ok"
    return TaskRowView(
        id=row.id,
        kind=f"{levels[row.level]}　{follow_words[row.state]}",
        words=tr("{number}，{rated_at:%m月%d日} 评的", number=row.number or tr("号票不在本机"), rated_at=row.rated_at),
        window=tr("{window}号", window=row.window),
        age=tr("{month}月{day}日", month=due.month, day=due.day) if due else follow_words["closed"],
        lamp=lamp,
    )


def follow_detail(item: FollowUpSeen, office: Office) -> TaskDetail:
    """The rating without its rater, what was done, and the next step."""
    row, clocks, name = item.row, item.clocks, office.hall.roster.name_of
    facts = [
        (tr("号票"), row.number or tr("不在本机")),
        (
            tr("窗口"),
            tr("{window}号，{name}", window=row.window, name=name(row.clerk))
            if row.clerk
            else tr("{window}号", window=row.window),
        ),
        (tr("联系期限"), tr("{month}月{day}日", month=clocks.contact_by.month, day=clocks.contact_by.day)),
        (tr("整改期限"), tr("{month}月{day}日", month=clocks.fix_by.month, day=clocks.fix_by.day)),
    ]
    steps = [(tr("联系"), step) for step in row.contacts]
    steps += [(tr("整改"), row.fixed)] if row.fixed else []
    steps += [(tr("回访"), row.closed)] if row.closed else []
    facts += [
        (word, tr("{words}（{name}，{at:%m-%d %H:%M}）", words=step.words, name=name(step.by), at=step.at))
        for word, step in steps
    ]
    return TaskDetail(
        id=row.id,
        title=tr("{levels}：{follow_words}", levels=levels[row.level], follow_words=follow_words[row.state]),
        words=tr("评价不署名。号票对应的办件里留了电话的，请首席代表那边代打；没留的，写明没留电话。"),
        facts=tuple(facts),
        asks=(AskView(label=tr("情况"), placeholder=tr("写一句，会记入流水")),) if item.may_act and row.open else (),
        bar=_bar(item),
    )


def _bar(item: FollowUpSeen) -> NextStepView:
    reason = "" if item.may_act else tr("由值班长或监察员办")
    state = item.row.state
    if state == "waiting":
        seconds = [Act(MISSED, tr("没联系上"), reason=reason)]
        seconds += [Act(FIX, tr("记整改"), reason=reason)] if item.row.contacts else []
        step = Act(CONTACT, tr("联系上了"), Key.NEXT_STEP, reason)
        return NextStepView(tr("问清哪里没办好"), step=step, seconds=tuple(seconds))
    if state == "contacted":
        return NextStepView(tr("改了什么写下来"), step=Act(FIX, tr("记整改"), Key.NEXT_STEP, reason))
    if state == "fixed":
        return NextStepView(tr("改好了告诉本人"), step=Act(CLOSE, tr("已回访"), Key.NEXT_STEP, reason))
    return NextStepView(tr("这条已回访，办完了"))
