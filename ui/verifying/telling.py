"""验章的话 three answers and what they rest on, in words: the register's line, the grant in the file, the certificate, the code."""

from __future__ import annotations

from datetime import tzinfo

from clerk_app.duty.model import Roster
from clerk_app.hall import Hall
from clerk_app.office.counter.one_seal import NO_PRINTER
from clerk_app.office.counter.paper_codes import CodeFound
from clerk_app.office.counter.verifying import Verified
from clerk_app.ports.seal import SealCard
from clerk_app.sealing.grants import SignedGrant
from clerk_app.sealing.model import SealUse
from clerk_app.sealing.one_seal import clock_words
from clerk_app.sealing.paper import Verification
from clerk_app.sealing.verdicts import answer_words
from ui.shortcuts import Key
from ui.verifying.view import ONE, SAVE, AnswerView, FactsView, UseRow
from ui.widgets.next_step import Act, NextStepView

_revocation = {"good": "给的名单里没有它", "revoked": "已吊销", "unknown": "没有查"}
NOT_REGISTERED = "登记里没有这一份，没有可查的"
OUR_STEP = "把这次用印的经过打成一页。"
CUT = "线路断着：只查了本机的登记，别的窗口刚盖的可能还没有传到。"


def tell_answers(found: Verified) -> tuple[AnswerView, ...]:
    """The three, in their order."""
    return tuple(
        AnswerView(question=line.question, answer=line.answer, word=answer_words[line.answer], reasons=line.reasons)
        for line in found.judged.lines
    )


def tell_facts(found: Verified, hall: Hall, zone: tzinfo | None) -> tuple[FactsView, ...]:
    """What there is, in the order of asking; `zone` is the hall's."""
    roster = hall.roster
    made: list[FactsView] = []
    if found.code is not None:
        made.append(_code(found.code))
    if found.use is not None:
        made.append(_register(found.use, roster))
    if found.found is not None and found.found.grant is not None:
        made.append(_grant(found.found.grant, roster))
    if found.found is not None and found.found.certificate:
        made.append(_certificate(found.found, found.card, hall.lawful_issuers, zone))
    if found.found is not None:
        rows = (("SHA-256", found.found.digest), ("SM3", found.found.sm3))
        made.append(FactsView(head="整个文件的摘要", rows=rows))
    return tuple(made)


def _code(found: CodeFound) -> FactsView:
    code = found.code
    rows = [
        ("文号", code.document_no or "没有文号"),
        ("标题", code.title),
        ("办件编号", code.case_no),
        ("机关", code.department),
        ("日期", f"{code.day:%Y-%m-%d}"),
        ("给谁", code.to or "没有写"),
    ]
    notes = [] if found.ours else ["码前面的网址不是本大厅的，不要用手机打开它。"]
    notes += [f"写这个码的机器 {found.ended:%Y-%m-%d} 停用了，码是那以前写的。"] if found.ended else []
    return FactsView(head="码上写的，和纸上逐项对照", rows=tuple(rows), note="".join(notes))


def _register(use: SealUse, roster: Roster) -> FactsView:
    when = "人说的时间，补登" if use.entered_at else clock_words[use.clock]
    approver = roster.name_for(use.approver, use.acting_for) if use.approver else "没有授权人"
    rows = [
        ("文书", use.title),
        ("文号", use.document_no or "没有文号"),
        ("印章", use.seal_name),
        ("什么时候", f"{use.at:%Y-%m-%d %H:%M:%S}，{when}"),
        ("谁批的", f"{approver}，凭{use.letter}" if use.letter else approver),
        ("谁盖的", roster.name_of(use.user)),
        ("谁保管", roster.name_of(use.keeper) if use.keeper else "窗口自管"),
        ("在哪里", f"{use.window}号窗口" if use.window else "没有窗口"),
    ]
    return FactsView(head="用印登记", rows=tuple(rows))


def _grant(grant: SignedGrant, roster: Roster) -> FactsView:
    terms, paper = grant.terms, grant.paper
    rows = (
        ("授权的是", f"这个文件的前 {paper.length} 字节"),
        ("文书", paper.title),
        ("文号", paper.document_no or "没有文号"),
        ("谁授权", roster.name_for(terms.chief, terms.acting_for or None)),
        ("凭哪份", terms.letter or "没有写"),
        ("有效到", f"{terms.issued:%Y-%m-%d %H:%M:%S} 至 {terms.expires:%H:%M:%S}"),
        ("交给谁盖", f"{roster.name_of(terms.keeper)}，{terms.window}号窗口"),
    )
    return FactsView(head="文件里的授权", rows=rows)


def _certificate(found: Verification, card: SealCard | None, lawful: frozenset[str], zone: tzinfo | None) -> FactsView:
    days = f"{card.valid_from:%Y-%m-%d} 至 {card.valid_to:%Y-%m-%d}" if card else "这台机器没有记它"
    rows = [
        ("序号", found.certificate),
        ("发给", found.signer or "没有写"),
        ("有效期", days),
        ("吊销", _revocation.get(found.revocation, "没有查")),
    ]
    if found.sealed_at is not None:
        rows.insert(0, ("盖章时间", f"{found.sealed_at.astimezone(zone):%Y-%m-%d %H:%M:%S}，文件里写的"))
    foreign = card is not None and card.issuer.lower() not in lawful
    note = "发证机构不在大厅的法定名单里：这是非法定电子印章。" if foreign else ""
    return FactsView(head="印章证书", rows=tuple(rows), note=note)


def tell_uses(found: Verified) -> tuple[UseRow, ...]:
    """The others it may mean, newest first; none where there is only this one."""
    if len(found.others) < 2:
        return ()
    return tuple(
        UseRow(id=one.id, what=one.title, when=f"{one.document_no}　{one.at:%m-%d}".strip())
        for one in reversed(found.others)
    )


def tell_bar(found: Verified | None, *, printer: bool, pages: bool) -> NextStepView:
    """一章一查 of the line that was found; always said: a print-out is a copy."""
    if found is None:
        return NextStepView("")
    use = found.use
    missing = NOT_REGISTERED if use is None else "" if pages else "这台机器做不了 A4 文书"
    note = found.judged.note
    return NextStepView(
        OUR_STEP if use is not None else note,
        note if use is not None else "",
        Act(ONE, "打印一章一查", Key.NEXT_STEP, missing or ("" if printer else NO_PRINTER)),
        (Act(SAVE, "存成 A4", Key.PRINT, missing),),
    )
