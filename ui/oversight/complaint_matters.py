"""投诉 what the complaint view shows and does: four steps, each with its words; what the books know of the visit beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clerk_app.cases.model import Applicant
from clerk_app.office.counter.asking import Told, record_complaint, see_phone
from clerk_app.office.office import Office, Outcome
from clerk_app.office.oversight.people_desk import ComplaintSeen, complaints, dispose, investigate, reply
from clerk_app.oversight.people import Complaint, ComplaintKind, Step, complaint_kind_words, complaint_words, via_words
from clerk_app.workdays import workdays_between
from ui.language import tr
from ui.oversight.duty_view import AskView, TaskDetail, TaskRowView
from ui.oversight.matter_view import NEW, REVEAL, REVEAL_ACT, MatterView
from ui.shortcuts import Key
from ui.widgets.empty_card import EmptyView
from ui.widgets.lamp import LampKind
from ui.widgets.next_step import Act, NextStepView

COMPLAINT, BLOCKED, INVESTIGATE, DISPOSE, REPLY = "complaint", "blocked", "investigate", "dispose", "reply"
NOTHING = EmptyView(
    tr("没有您能看的投诉"), tr("牵涉本人和本窗口的投诉这里不显示；登记的、等调查的、等答复的，有了都列在这里。"),
    icon="check", tone="ok",
)  # fmt: skip
_STEPS: dict[str, tuple[str, str, str, str]] = {
    # state: (act, its word, what is asked, the sentence)
    "received": (INVESTIGATE, tr("记调查"), tr("调查情况"), tr("问过双方再写")),
    "investigated": (DISPOSE, tr("记处置"), tr("怎么处置"), tr("怎么改、谁来改")),
    "disposed": (REPLY, tr("记答复"), tr("怎么答复的"), tr("答复本人以后")),
}


class ComplaintMatters:
    """投诉 as `matter_presenter.Matters`."""

    said: Mapping[str, str] = {
        COMPLAINT: tr("投诉已登记，牵涉的窗口看不到。"), BLOCKED: tr("办不成事已登记，牵涉的窗口看不到。"),
        INVESTIGATE: tr("调查已记下。"), DISPOSE: tr("处置已记下。"), REPLY: tr("答复已记下，这件办完。"),
    }  # fmt: skip

    def read(self, office: Office) -> tuple[ComplaintSeen, ...]:
        """Open ones first."""
        return complaints(office)

    def key(self, item: ComplaintSeen) -> str:
        """Its id."""
        return item.complaint.id

    def waits(self, items: tuple[ComplaintSeen, ...]) -> int:
        """Open ones this person may go on with."""
        return sum(1 for item in items if item.may_act and item.complaint.open)

    def tell(self, items: tuple[ComplaintSeen, ...], chosen: Any, office: Office, *, revealed: bool) -> MatterView:
        """The view."""
        detail = (
            None
            if chosen is None
            else new_detail()
            if chosen == NEW
            else complaint_detail(chosen, office, revealed=revealed)
        )
        return MatterView(
            title=tr("投诉 {value} 件没答复", value=sum(1 for item in items if item.complaint.open)),
            age=tr("答复期限"),
            empty=NOTHING,
            rows=tuple(_row(item, office) for item in items),
            detail=detail,
            new_word=tr("登记投诉"),
        )

    def do(self, office: Office, item: Any, name: str, typed: list[str]) -> Outcome | None:
        """The act."""
        if name in (COMPLAINT, BLOCKED):
            words, number, person, phone = (line.strip() for line in typed)
            matter: ComplaintKind = "complaint" if name == COMPLAINT else "blocked_matter"
            told = Told(matter=matter, words=words, number=number, name=person, phone=phone)
            manager = office.session is not None and "duty_manager" in office.session.person.roles
            return record_complaint(office, told, "manager" if manager else "desk")
        if name == REVEAL:
            return see_phone(office, "complaint", item.complaint.id)
        acts = {INVESTIGATE: investigate, DISPOSE: dispose, REPLY: reply}
        return acts[name](office, item.complaint.id, typed[0]) if name in acts else None


def _row(item: ComplaintSeen, office: Office) -> TaskRowView:
    row, today = item.complaint, office.parts.clock.now().date()
    left = workdays_between(office.hall.calendar, today, item.due.due)
    lamp: LampKind = "done" if not row.open else "overdue" if left < 0 else "soon" if left <= 1 else "ok"
    age = (
        complaint_words["replied"]
        if not row.open
        else tr("{month}月{day}日", month=item.due.due.month, day=item.due.due.day)
    )
    windows = tr("、").join(str(number) for number in row.windows)
    return TaskRowView(
        id=row.id,
        kind=f"{complaint_kind_words[row.kind]}　{complaint_words[row.state]}",
        words=row.words or tr("没写"),
        window=tr("{windows}号", windows=windows) if windows else "",
        age=age,
        lamp=lamp,
    )


def new_detail() -> TaskDetail:
    """What is written down of a complaint; the visit comes by its number."""
    return TaskDetail(
        id=NEW,
        title=tr("登记投诉或“办不成事”"),
        words=tr("照他说的写。填上号票或办件编号，叫号、受理的情形自动带上；牵涉的人和窗口看不到这一条。"),
        asks=(
            AskView(label=tr("他说什么"), placeholder=tr("一两句，照他的话")),
            AskView(label=tr("号票、办件编号或查询码（选填）"), placeholder=tr("例：B017")),
            AskView(label=tr("怎么称呼（选填）")),
            AskView(label=tr("电话（选填，答复用）")),
        ),
        bar=NextStepView(
            tr("限期答复"),
            step=Act(COMPLAINT, tr("登记投诉"), Key.NEXT_STEP),
            seconds=(Act("back", tr("不登了")), Act(BLOCKED, tr("登记办不成事"))),
        ),
    )


def complaint_detail(item: ComplaintSeen, office: Office, *, revealed: bool) -> TaskDetail:
    """The complaint, the visit as the books have it, the steps done, and the next one."""
    row = item.complaint
    act, word, asked, sentence = _STEPS.get(row.state, ("", "", "", ""))
    reason = "" if item.may_act else tr("由值班长或监察员办")
    shows = (REVEAL_ACT,) if item.may_act and row.phone and not revealed else ()
    step = Act(act, word, Key.NEXT_STEP, reason)
    bar = NextStepView(sentence, step=step, seconds=shows)
    return TaskDetail(
        id=row.id,
        title=complaint_kind_words[row.kind],
        words=row.words or tr("没写他说什么。"),
        facts=(*_due(item, office), *_who(row, revealed=revealed), *_visit(row, office), *_steps(row, office)),
        asks=(AskView(label=asked, placeholder=tr("写清楚，会记入流水")),) if act and item.may_act else (),
        bar=bar if act else NextStepView(tr("这件已经答复，办完了")),
    )


def _who(row: Complaint, *, revealed: bool) -> tuple[tuple[str, str], ...]:
    hidden = Applicant(name=row.name, phone=row.phone)
    told = (row.name, row.phone) if revealed else (hidden.masked_name, hidden.masked_phone)
    said = tr("，").join(part for part in told if part) or tr("没留姓名和电话")
    return (
        (tr("谁投诉"), said),
        (
            tr("怎么来的"),
            tr("{via_words}，{received_at:%m-%d %H:%M}", via_words=via_words[row.via], received_at=row.received_at),
        ),
    )


def _visit(row: Complaint, office: Office) -> tuple[tuple[str, str], ...]:
    seen, name = row.seen, office.hall.roster.name_of
    facts = []
    if row.against:
        facts.append((tr("牵涉"), tr("、").join(name(person) for person in row.against)))
    if seen.number:
        times = [
            tr("{taken_at:%H:%M} 取号", taken_at=seen.taken_at) if seen.taken_at else "",
            tr("{called_at:%H:%M} 叫号，叫了 {calls} 次", called_at=seen.called_at, calls=seen.calls)
            if seen.called_at
            else "",
            tr("{served_at:%H:%M} 到窗", served_at=seen.served_at) if seen.served_at else "",
            tr("{ended_at:%H:%M} 办完", ended_at=seen.ended_at) if seen.ended_at else "",
        ]
        facts.append(
            (
                tr("号票"),
                tr("{number}：{names}", number=seen.number, names=tr("，").join(part for part in times if part)),
            )
        )
    if seen.case:
        facts.append(
            (
                tr("办件"),
                "{case_no}\u3000{item_name}".format(case_no=seen.case_no or tr("还没受理"), item_name=seen.item_name),
            )
        )
    return tuple(facts)


def _steps(row: Complaint, office: Office) -> tuple[tuple[str, str], ...]:
    done: tuple[tuple[str, Step | None], ...] = (
        (tr("调查"), row.investigated), (tr("处置"), row.disposed), (tr("答复"), row.replied),
    )  # fmt: skip
    name = office.hall.roster.name_of
    return tuple(
        (word, tr("{words}（{name}，{at:%m-%d %H:%M}）", words=step.words, name=name(step.by), at=step.at))
        for word, step in done
        if step
    )


def _due(item: ComplaintSeen, office: Office) -> tuple[tuple[str, str], ...]:
    if not item.complaint.open:
        return ()
    left = workdays_between(office.hall.calendar, office.parts.clock.now().date(), item.due.due)
    day = tr("{month}月{day}日", month=item.due.due.month, day=item.due.due.day)
    if left < 0:
        return ((tr("答复期限"), tr("{day}，已超 {value} 个工作日", day=day, value=-left)),)
    return (
        (
            tr("答复期限"),
            tr("{day}，{value}", day=day, value=tr("今天到期") if left == 0 else tr("还剩 {left} 个工作日", left=left)),
        ),
    )
