"""下一步怎么说 where a case stands on its way, the one next step, and what that step still asks of the clerk."""

from __future__ import annotations

from clerk_app.cases.catalogue import Item
from clerk_app.cases.model import Case
from clerk_app.cases.states import state_words
from clerk_app.duty.handing_windows import handing_windows, where_to_fetch
from clerk_app.hall import Hall
from clerk_app.receipts.paper import PrintJob
from ui.language import tr
from ui.queueing.state import CounterState
from ui.queueing.telling_course import PROOFS
from ui.queueing.telling_intake import ANOTHER_ACT, FINISH_ACT, intake_next
from ui.queueing.view import (
    AUTHORISE,
    DELIVERY,
    GIVE_BACK,
    HAND_OVER,
    LEAVE,
    PROPOSE,
    REGISTRATION,
    TO_SHELF,
    AskView,
)
from ui.shortcuts import Key
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.step_line import Step


def tell_steps(case: Case) -> tuple[Step, ...]:
    """收件 (补正) 受理 授权 用印 送达, each with its time; the first without one is now. What ended early says how."""
    decision, handed, ending = case.decision, case.handed_over, case.life.ending
    if ending is not None:
        taken = (Step(tr("收件"), "done", f"{case.received_at:%H:%M}"),) if ending.how != "advised" else ()
        return (*taken, Step(state_words[ending.how], "done", f"{ending.at:%H:%M}"))
    told = case.life.notices[-1].at if case.life.notices else None
    times = (
        (tr("收件"), case.received_at),
        *(((tr("补正"), None if case.state == "correction" else told),) if told else ()),
        (tr("受理"), case.accepted_at),
        (tr("授权"), decision.at if decision else None),
        (tr("用印"), case.sealed_at),
        (tr("送达"), handed.at if handed else None),
    )
    steps, now = [], False
    for word, at in times:
        if at is not None:
            steps.append(Step(word, "done", f"{at:%H:%M}"))
        else:
            steps.append(Step(word) if now else Step(word, "now", _now_words(case)))
            now = True
    return tuple(steps)


def _now_words(case: Case) -> str:
    return tr("{at:%H:%M} 已提", at=case.proposal.at) if case.state == "to_authorise" and case.proposal else tr("现在")


def tell_next(state: CounterState, case: Case, item: Item, hall: Hall) -> NextStepView:
    """One next step, and the second ones beside it."""
    early = intake_next(case, state, item)
    if early is not None:
        return early
    if case.state in ("accepted", "review"):
        return _review_next(case, item, hall, state)
    if case.state == "suspended":
        return _over(tr("特别程序中，期限停走。办结本号。"), tr("出了结果，在办件里接着办。"))
    if case.state == "to_authorise":
        return _authorise_next(case, hall, state)
    if case.state == "with_department":
        taker = case.sent_out.taker if case.sent_out else tr("部门")
        return _over(tr("已送审，等{taker}决定。办结本号。", taker=taker), tr("期限照算；决定送回来再接着办。"))
    if case.state in ("granted", "refused"):
        return NextStepView(
            tr("下一步：用印。授权已经记下，只差印章。"), "", Act(AUTHORISE, tr("去用印"), Key.NEXT_STEP)
        )
    if case.state == "sealed" and _here(case, item, state.window):
        note = tr("{document_no}，附取件凭证。", document_no=case.decision.document_no) if case.decision else ""
        return NextStepView(
            tr("下一步：交给本人。"), note, Act(HAND_OVER, tr("交给本人"), Key.NEXT_STEP), _shelf_act(hall)
        )
    if case.state == "sealed":
        where = where_to_fetch(hall.roster)
        return _over(
            tr("已用印，结果到{where}领。本窗的事办完了，办结本号。", where=where),
            tr("文书送到{where}，扫码收进架。", where=where),
        )
    return _over(tr("已交给本人。本窗的事办完了，办结本号。"), _paper_words(state.job))


def _over(sentence: str, note: str) -> NextStepView:
    """Nothing more to do here: the ticket is finished, or its person has one more matter."""
    return NextStepView(sentence, note, FINISH_ACT, (ANOTHER_ACT,))


def _review_next(case: Case, item: Item, hall: Hall, state: CounterState) -> NextStepView:
    if state.form_gaps:
        return _form_next(state)
    if item.site_check and case.life.site_check is None:
        rest = tr("去的人、日子和结果在办件里记，记了再提。")
        return _over(tr("已受理，等两人以上现场核查。办结本号。"), f"{_paper_words(state.job)}{rest}")
    return _propose_next(case, item, hall, state.job)


def _form_next(state: CounterState) -> NextStepView:
    """Nothing is proposed on a form with gaps."""
    left = tr("还没开始填") if state.form_gaps < 0 else tr("还有 {form_gaps} 处没填", form_gaps=state.form_gaps)
    step = Act(REGISTRATION, tr("填登记表"), Key.NEXT_STEP)
    return NextStepView(tr("下一步：填登记表，{left}。填好再提给首席代表。", left=left), _paper_words(state.job), step)


def tell_ask(state: CounterState, case: Case, item: Item) -> AskView | None:
    """What the next step still asks of the clerk."""
    seen = not item.site_check or case.life.site_check is not None
    reviewed = case.state in ("accepted", "review") and bool(case.case_no) and seen
    if reviewed and item.signatures > 1 and not state.form_gaps:
        return AskView(
            id="opinion",
            label=tr("审查意见（签名一）"),
            placeholder=tr("写一句为什么可以办"),
            empty=tr("还没写审查意见"),
        )
    if case.state == "sealed" and _here(case, item, state.window):
        return AskView(
            id="receiver",
            label=tr("领件人"),
            placeholder=tr("谁来领的，写姓名"),
            empty=tr("还没填领件人"),
            choices_label=tr("凭什么领"),
            choices=PROOFS,
        )
    return None


def _here(case: Case, item: Item, window: int) -> bool:
    return item.kind == "spot" and case.window == window


def _form_act(item: Item) -> tuple[Act, ...]:
    return (Act(REGISTRATION, tr("看登记表")),) if item.form else ()


def _shelf_act(hall: Hall) -> tuple[Act, ...]:
    """Whoever does not wait fetches it later."""
    return (Act(TO_SHELF, tr("人先走，放出件窗口")),) if handing_windows(hall.roster) else ()


def _delivery_act(item: Item, hall: Hall) -> tuple[Act, ...]:
    """Asked while he is here; a spot case is handed to him at once."""
    return (Act(DELIVERY, tr("领取方式"), Key.DELIVERY),) if item.kind != "spot" and hall.handing.carrier else ()


def _propose_next(case: Case, item: Item, hall: Hall, job: PrintJob | None) -> NextStepView:
    paper = _paper_words(job)
    if item.signatures == 1:
        name = hall.roster.people[item.decider].name
        step = Act(AUTHORISE, tr("去授权"), Key.NEXT_STEP)
        return NextStepView(
            tr("下一步：{name}一个人签，到授权用印。", name=name),
            paper,
            step,
            (*_form_act(item), *_delivery_act(item, hall)),
        )
    chief = hall.roster.people[hall.roster.departments[case.department].chief_rep].name
    step = Act(PROPOSE, tr("提给首席代表"), Key.NEXT_STEP)
    return NextStepView(
        tr("下一步：提给首席代表{chief}。", chief=chief), paper, step, (*_form_act(item), *_delivery_act(item, hall))
    )


def _authorise_next(case: Case, hall: Hall, state: CounterState) -> NextStepView:
    chief = hall.roster.people[hall.roster.departments[case.department].chief_rep].name
    leave = (Act(LEAVE, tr("人先走，打回执")),) if state.job is None else ()
    if not state.held:
        rest = tr("人可以先拿回执走；要在这里办，先去授权拿回来。")
        seconds = (*leave, ANOTHER_ACT, Act(AUTHORISE, tr("去授权")))
        return NextStepView(tr("已交到首席代表席，等{chief}。办结本号。", chief=chief), rest, FINISH_ACT, seconds)
    seconds = (*leave, Act(GIVE_BACK, tr("交到首席代表席")))
    step = Act(AUTHORISE, tr("去授权"), Key.NEXT_STEP)
    return NextStepView(
        tr("下一步：请{chief}在本窗授权。", chief=chief), tr("他不来的话，交到他席上，人先拿回执走。"), step, seconds
    )


def _paper_words(job: PrintJob | None) -> str:
    if job is None:
        return ""
    paper = job.doc_type
    words = {
        "queued": tr("{paper}排着队，轮到就打。", paper=paper),
        "sending": tr("{paper}正在打。", paper=paper),
        "done": tr("{paper}已打出。", paper=paper),
        "sent": tr("{paper}推定已打出，看一眼出纸口。", paper=paper),
        "half": tr("{paper}只出来一半，补打的在打印页。", paper=paper),
        "unknown": tr("{paper}打没打出说不清，到打印页看一眼再答。", paper=paper),
        "lost": tr("{paper}没出来，补打的在打印页。", paper=paper),
    }
    return words.get(job.state, tr("{paper}还没打出：{said}", paper=paper, said=job.said))
