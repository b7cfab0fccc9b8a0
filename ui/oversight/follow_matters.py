"""差评回访 what the follow-up view shows and does: contact within the day, put it right, call back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clerk_app.office.office import Office, Outcome
from clerk_app.office.oversight.people_desk import FollowUpSeen, close, contact, fix, follow_ups
from clerk_app.oversight.model import levels
from clerk_app.oversight.people import follow_words
from clerk_app.workdays import workdays_between
from ui.oversight.duty_view import AskView, TaskDetail, TaskRowView
from ui.oversight.matter_view import MatterView
from ui.shortcuts import Key
from ui.widgets.empty_card import EmptyView
from ui.widgets.lamp import LampKind
from ui.widgets.next_step import Act, NextStepView

CONTACT, MISSED, FIX, CLOSE = "contact", "missed", "fix", "close"
NOTHING = EmptyView(
    "没有要回访的评价", "不满意和非常不满意的，1 个工作日内联系，15 个工作日内整改，再回访。",
    icon="check", tone="ok",
)  # fmt: skip


class FollowMatters:
    """差评回访 as `matter_presenter.Matters`."""

    said: Mapping[str, str] = {
        CONTACT: "联系已记下。", MISSED: "没联系上，已记一次，期限照走。", FIX: "整改已记下。", CLOSE: "已回访，这条办完。",
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
            title=f"差评回访 {sum(1 for item in items if item.row.open)} 件",
            age="到期",
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
        words=f"{row.number or '号票不在本机'}，{row.rated_at:%m月%d日} 评的",
        window=f"{row.window}号",
        age=f"{due.month}月{due.day}日" if due else follow_words["closed"],
        lamp=lamp,
    )


def follow_detail(item: FollowUpSeen, office: Office) -> TaskDetail:
    """The rating without its rater, what was done, and the next step."""
    row, clocks, name = item.row, item.clocks, office.hall.roster.name_of
    facts = [
        ("号票", row.number or "不在本机"),
        ("窗口", f"{row.window}号，{name(row.clerk)}" if row.clerk else f"{row.window}号"),
        ("联系期限", f"{clocks.contact_by.month}月{clocks.contact_by.day}日"),
        ("整改期限", f"{clocks.fix_by.month}月{clocks.fix_by.day}日"),
    ]
    steps = [("联系", step) for step in row.contacts]
    steps += [("整改", row.fixed)] if row.fixed else []
    steps += [("回访", row.closed)] if row.closed else []
    facts += [(word, f"{step.words}（{name(step.by)}，{step.at:%m-%d %H:%M}）") for word, step in steps]
    return TaskDetail(
        id=row.id,
        title=f"{levels[row.level]}：{follow_words[row.state]}",
        words="评价不署名。号票对应的办件里留了电话的，请首席代表那边代打；没留的，写明没留电话。",
        facts=tuple(facts),
        asks=(AskView(label="情况", placeholder="写一句，会记入流水"),) if item.may_act and row.open else (),
        bar=_bar(item),
    )


def _bar(item: FollowUpSeen) -> NextStepView:
    reason = "" if item.may_act else "由值班长或监察员办"
    state = item.row.state
    if state == "waiting":
        seconds = [Act(MISSED, "没联系上", reason=reason)]
        seconds += [Act(FIX, "记整改", reason=reason)] if item.row.contacts else []
        step = Act(CONTACT, "联系上了", Key.NEXT_STEP, reason)
        return NextStepView("问清哪里没办好", step=step, seconds=tuple(seconds))
    if state == "contacted":
        return NextStepView("改了什么写下来", step=Act(FIX, "记整改", Key.NEXT_STEP, reason))
    if state == "fixed":
        return NextStepView("改好了告诉本人", step=Act(CLOSE, "已回访", Key.NEXT_STEP, reason))
    return NextStepView("这条已回访，办完了")
