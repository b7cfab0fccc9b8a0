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
from ui.oversight.duty_view import AskView, TaskDetail, TaskRowView
from ui.oversight.matter_view import NEW, REVEAL, REVEAL_ACT, MatterView
from ui.shortcuts import Key
from ui.widgets.empty_card import EmptyView
from ui.widgets.lamp import LampKind
from ui.widgets.next_step import Act, NextStepView

COMPLAINT, BLOCKED, INVESTIGATE, DISPOSE, REPLY = "complaint", "blocked", "investigate", "dispose", "reply"
NOTHING = EmptyView(
    "没有您能看的投诉", "牵涉本人和本窗口的投诉这里不显示；登记的、等调查的、等答复的，有了都列在这里。",
    icon="check", tone="ok",
)  # fmt: skip
_STEPS: dict[str, tuple[str, str, str, str]] = {
    # state: (act, its word, what is asked, the sentence)
    "received": (INVESTIGATE, "记调查", "调查情况", "问过双方再写"),
    "investigated": (DISPOSE, "记处置", "怎么处置", "怎么改、谁来改"),
    "disposed": (REPLY, "记答复", "怎么答复的", "答复本人以后"),
}


class ComplaintMatters:
    """投诉 as `matter_presenter.Matters`."""

    said: Mapping[str, str] = {
        COMPLAINT: "投诉已登记，牵涉的窗口看不到。", BLOCKED: "办不成事已登记，牵涉的窗口看不到。",
        INVESTIGATE: "调查已记下。", DISPOSE: "处置已记下。", REPLY: "答复已记下，这件办完。",
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
            title=f"投诉 {sum(1 for item in items if item.complaint.open)} 件没答复",
            age="答复期限",
            empty=NOTHING,
            rows=tuple(_row(item, office) for item in items),
            detail=detail,
            new_word="登记投诉",
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
    age = complaint_words["replied"] if not row.open else f"{item.due.due.month}月{item.due.due.day}日"
    windows = "、".join(str(number) for number in row.windows)
    return TaskRowView(
        id=row.id,
        kind=f"{complaint_kind_words[row.kind]}　{complaint_words[row.state]}",
        words=row.words or "没写",
        window=f"{windows}号" if windows else "",
        age=age,
        lamp=lamp,
    )


def new_detail() -> TaskDetail:
    """What is written down of a complaint; the visit comes by its number."""
    return TaskDetail(
        id=NEW,
        title="登记投诉或“办不成事”",
        words="照他说的写。填上号票或办件编号，叫号、受理的情形自动带上；牵涉的人和窗口看不到这一条。",
        asks=(
            AskView(label="他说什么", placeholder="一两句，照他的话"),
            AskView(label="号票、办件编号或查询码（选填）", placeholder="例：B017"),
            AskView(label="怎么称呼（选填）"),
            AskView(label="电话（选填，答复用）"),
        ),
        bar=NextStepView(
            "限期答复",
            step=Act(COMPLAINT, "登记投诉", Key.NEXT_STEP),
            seconds=(Act("back", "不登了"), Act(BLOCKED, "登记办不成事")),
        ),
    )


def complaint_detail(item: ComplaintSeen, office: Office, *, revealed: bool) -> TaskDetail:
    """The complaint, the visit as the books have it, the steps done, and the next one."""
    row = item.complaint
    act, word, asked, sentence = _STEPS.get(row.state, ("", "", "", ""))
    reason = "" if item.may_act else "由值班长或监察员办"
    shows = (REVEAL_ACT,) if item.may_act and row.phone and not revealed else ()
    step = Act(act, word, Key.NEXT_STEP, reason)
    bar = NextStepView(sentence, step=step, seconds=shows)
    return TaskDetail(
        id=row.id,
        title=complaint_kind_words[row.kind],
        words=row.words or "没写他说什么。",
        facts=(*_due(item, office), *_who(row, revealed=revealed), *_visit(row, office), *_steps(row, office)),
        asks=(AskView(label=asked, placeholder="写清楚，会记入流水"),) if act and item.may_act else (),
        bar=bar if act else NextStepView("这件已经答复，办完了"),
    )


def _who(row: Complaint, *, revealed: bool) -> tuple[tuple[str, str], ...]:
    hidden = Applicant(name=row.name, phone=row.phone)
    told = (row.name, row.phone) if revealed else (hidden.masked_name, hidden.masked_phone)
    said = "，".join(part for part in told if part) or "没留姓名和电话"
    return (("谁投诉", said), ("怎么来的", f"{via_words[row.via]}，{row.received_at:%m-%d %H:%M}"))


def _visit(row: Complaint, office: Office) -> tuple[tuple[str, str], ...]:
    seen, name = row.seen, office.hall.roster.name_of
    facts = []
    if row.against:
        facts.append(("牵涉", "、".join(name(person) for person in row.against)))
    if seen.number:
        times = [
            f"{seen.taken_at:%H:%M} 取号" if seen.taken_at else "",
            f"{seen.called_at:%H:%M} 叫号，叫了 {seen.calls} 次" if seen.called_at else "",
            f"{seen.served_at:%H:%M} 到窗" if seen.served_at else "",
            f"{seen.ended_at:%H:%M} 办完" if seen.ended_at else "",
        ]
        facts.append(("号票", f"{seen.number}：{'，'.join(part for part in times if part)}"))
    if seen.case:
        facts.append(("办件", f"{seen.case_no or '还没受理'}　{seen.item_name}"))
    return tuple(facts)


def _steps(row: Complaint, office: Office) -> tuple[tuple[str, str], ...]:
    done: tuple[tuple[str, Step | None], ...] = (
        ("调查", row.investigated), ("处置", row.disposed), ("答复", row.replied),
    )  # fmt: skip
    name = office.hall.roster.name_of
    return tuple((word, f"{step.words}（{name(step.by)}，{step.at:%m-%d %H:%M}）") for word, step in done if step)


def _due(item: ComplaintSeen, office: Office) -> tuple[tuple[str, str], ...]:
    if not item.complaint.open:
        return ()
    left = workdays_between(office.hall.calendar, office.parts.clock.now().date(), item.due.due)
    day = f"{item.due.due.month}月{item.due.due.day}日"
    if left < 0:
        return (("答复期限", f"{day}，已超 {-left} 个工作日"),)
    return (("答复期限", f"{day}，{'今天到期' if left == 0 else f'还剩 {left} 个工作日'}"),)
