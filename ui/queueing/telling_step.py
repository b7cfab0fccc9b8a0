"""下一步怎么说 where a case stands on its way, the one next step, and what that step still asks of the clerk."""

from __future__ import annotations

from datetime import datetime

from clerk_app.cases.catalogue import Item
from clerk_app.cases.model import Case
from clerk_app.hall import Hall
from clerk_app.office.duty.consenting import Need
from clerk_app.receipts.paper import PrintJob
from clerk_app.receipts.words import day_words
from ui.queueing.state import CounterState
from ui.queueing.view import (
    ACCEPT,
    ASK_MENTOR,
    AUTHORISE,
    FINISH,
    GIVE_BACK,
    HAND_OVER,
    PROPOSE,
    REGISTRATION,
    AskView,
)
from ui.shortcuts import Key
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.step_line import Step

PROOFS = ("身份证", "授权委托书")
FINISH_ACT = Act(FINISH, "办结本号", Key.NEXT_STEP)


def tell_steps(case: Case) -> tuple[Step, ...]:
    """收件 受理 授权 用印 送达, each with its time; the first without one is now."""
    decision, handed = case.decision, case.handed_over
    times = (
        ("收件", case.received_at),
        ("受理", case.accepted_at),
        ("授权", decision.at if decision else None),
        ("用印", case.sealed_at),
        ("送达", handed.at if handed else None),
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
    return f"{case.proposal.at:%H:%M} 已提" if case.state == "to_authorise" and case.proposal else "现在"


def tell_next(state: CounterState, case: Case, item: Item, hall: Hall) -> NextStepView:
    """One next step, and the second ones beside it."""
    if case.state == "received":
        return _accept_next(case, state)
    if case.state == "accepted":
        return _form_next(state) if state.form_gaps else _propose_next(case, item, hall, state.job)
    if case.state == "to_authorise":
        return _authorise_next(case, hall, held=state.held)
    if case.state == "with_department":
        taker = case.sent_out.taker if case.sent_out else "部门"
        return NextStepView(f"已送审，等{taker}决定。办结本号。", "期限照算；决定送回来再接着办。", FINISH_ACT)
    if case.state in ("granted", "refused"):
        return NextStepView("下一步：用印。授权已经记下，只差印章。", "", Act(AUTHORISE, "去用印", Key.NEXT_STEP))
    if case.state == "sealed" and _here(case, item, state.window):
        note = f"{case.decision.document_no}，附取件凭证。" if case.decision else ""
        return NextStepView("下一步：交给本人。", note, Act(HAND_OVER, "交给本人", Key.NEXT_STEP))
    if case.state == "sealed":
        return NextStepView("已用印，结果到出件窗口领。本窗的事办完了，办结本号。", "", FINISH_ACT)
    return NextStepView("已交给本人。本窗的事办完了，办结本号。", _paper_words(state.job), FINISH_ACT)


def _form_next(state: CounterState) -> NextStepView:
    """Nothing is proposed on a form with gaps."""
    left = "还没开始填" if state.form_gaps < 0 else f"还有 {state.form_gaps} 处没填"
    step = Act(REGISTRATION, "填登记表", Key.NEXT_STEP)
    return NextStepView(f"下一步：填登记表，{left}。填好再提给首席代表。", _paper_words(state.job), step)


def tell_ask(state: CounterState, case: Case, item: Item) -> AskView | None:
    """What the next step still asks of the clerk."""
    if case.state == "accepted" and item.signatures > 1 and not state.form_gaps:
        return AskView(
            id="opinion", label="审查意见（签名一）", placeholder="写一句为什么可以办", empty="还没写审查意见"
        )
    if case.state == "sealed" and _here(case, item, state.window):
        return AskView(
            id="receiver",
            label="领件人",
            placeholder="谁来领的，写姓名",
            empty="还没填领件人",
            choices_label="凭什么领",
            choices=PROOFS,
        )
    return None


def _here(case: Case, item: Item, window: int) -> bool:
    return item.kind == "spot" and case.window == window


def _form_act(item: Item) -> tuple[Act, ...]:
    return (Act(REGISTRATION, "看登记表"),) if item.form else ()


def _propose_next(case: Case, item: Item, hall: Hall, job: PrintJob | None) -> NextStepView:
    paper = _paper_words(job)
    if item.signatures == 1:
        name = hall.roster.people[item.decider].name
        step = Act(AUTHORISE, "去授权", Key.NEXT_STEP)
        return NextStepView(f"下一步：{name}一个人签，到授权用印。", paper, step, _form_act(item))
    chief = hall.roster.people[hall.roster.departments[case.department].chief_rep].name
    step = Act(PROPOSE, "提给首席代表", Key.NEXT_STEP)
    return NextStepView(f"下一步：提给首席代表{chief}。", paper, step, _form_act(item))


def _authorise_next(case: Case, hall: Hall, *, held: bool) -> NextStepView:
    chief = hall.roster.people[hall.roster.departments[case.department].chief_rep].name
    if not held:
        rest = "人可以先拿回执走；要在这里办，先去授权拿回来。"
        return NextStepView(f"已交到首席代表席，等{chief}。办结本号。", rest, FINISH_ACT, (Act(AUTHORISE, "去授权"),))
    seconds = (Act(GIVE_BACK, "交到首席代表席"),)
    step = Act(AUTHORISE, "去授权", Key.NEXT_STEP)
    return NextStepView(f"下一步：请{chief}在本窗授权。", "他不来的话，交到他席上，人先拿回执走。", step, seconds)


def _accept_next(case: Case, state: CounterState) -> NextStepView:
    missing, due, need = case.missing, state.due, state.need
    promise = f"承诺 {day_words(due.promised)}前办结。" if due else ""
    note = f"{len(case.materials)} 项材料收齐 {case.brought} 项。受理后打印受理回执。"
    reason = f"还缺必备材料：{missing[0]}{'等' if len(missing) > 1 else ''}" if missing else ""
    if need is None or need.given:
        return NextStepView(f"下一步：受理。{promise}", note, Act(ACCEPT, "受理并打印", Key.NEXT_STEP, reason))
    step = Act(ACCEPT, "受理并打印", Key.NEXT_STEP, reason or _mentor_reason(need))
    asking = () if need.state == "asked" else (Act(ASK_MENTOR, f"请{need.mentor} 看", Key.CONSENT, reason),)
    return NextStepView(f"下一步：{need.mentor} 同意后受理。{promise}", _mentor_note(need) or note, step, asking)


def _mentor_reason(need: Need) -> str:
    return f"等{need.mentor} 同意" if need.state == "asked" else f"学习期，先请{need.mentor} 看"


def _mentor_note(need: Need) -> str:
    """What the mentor said, or that he has been asked; nothing while nobody asked him."""
    if need.state == "refused":
        return f"{need.at:%H:%M} {need.mentor} 没有同意：{need.note}。改好了再请他看。"
    return f"{need.at:%H:%M} 已请{need.mentor} 看，他在自己窗口按一个键就行，也可以在这里当面同意。" if need.at else ""


def _paper_words(job: PrintJob | None) -> str:
    if job is None:
        return ""
    paper = job.doc_type
    words = {
        "queued": f"{paper}排着队，轮到就打。",
        "sending": f"{paper}正在打。",
        "done": f"{paper}已打出。",
        "unknown": f"{paper}打没打出说不清，到打印页看一眼再答。",
        "lost": f"{paper}没出来，补打的在打印页。",
    }
    return words.get(job.state, f"{paper}还没打出：{job.said}")


def tell_course(state: CounterState, case: Case, hall: Hall) -> tuple[tuple[str, str], ...]:
    """What happened so far, a line a deed."""
    ticket, proposal, decision, handed = state.current, case.proposal, case.decision, case.handed_over
    sent = case.sent_out
    deeds: list[tuple[datetime | None, str]] = [
        (ticket.called_at, f"{ticket.number} 叫号，{state.window}号窗口") if ticket else (None, ""),
        (case.received_at, "收件"),
        (case.accepted_at, "，".join(part for part in (f"受理，编号 {case.case_no}", state.trained) if part)),
        (proposal.at, f"{hall.roster.name_for(proposal.by, proposal.acting_for)}提，签名一")
        if proposal
        else (None, ""),
        (sent.at, f"{_name(hall, sent.by)}送审，送给{sent.taker}") if sent else (None, ""),
        (decision.at, f"{hall.roster.name_for(decision.by, decision.acting_for)}授权，签名二")
        if decision
        else (None, ""),
        (case.sealed_at, f"用印，{decision.document_no}" if decision else "用印"),
        (handed.at, "交给本人" if handed.proof == PROOFS[0] else "交给代领人") if handed else (None, ""),
    ]
    return tuple((f"{at:%H:%M}", words) for at, words in deeds if at is not None)


def _name(hall: Hall, person: str) -> str:
    return hall.roster.people[person].name if person in hall.roster.people else person
