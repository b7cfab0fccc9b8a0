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
from ui.language import tr
from ui.shortcuts import Key
from ui.verifying.view import ONE, SAVE, AnswerView, FactsView, UseRow
from ui.widgets.next_step import Act, NextStepView

_revocation = {"good": tr("给的名单里没有它"), "revoked": tr("已吊销"), "unknown": tr("没有查")}
NOT_REGISTERED = tr("登记里没有这一份，没有可查的")
OUR_STEP = tr("把这次用印的经过打成一页。")
CUT = tr("线路断着：只查了本机的登记，别的窗口刚盖的可能还没有传到。")


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
        made.append(FactsView(head=tr("整个文件的摘要"), rows=rows))
    return tuple(made)


def _code(found: CodeFound) -> FactsView:
    code = found.code
    rows = [
        (tr("文号"), code.document_no or tr("没有文号")),
        (tr("标题"), code.title),
        (tr("办件编号"), code.case_no),
        (tr("机关"), code.department),
        (tr("日期"), f"{code.day:%Y-%m-%d}"),
        (tr("给谁"), code.to or tr("没有写")),
    ]
    notes = [] if found.ours else [tr("码前面的网址不是本大厅的，不要用手机打开它。")]
    notes += [tr("写这个码的机器 {ended:%Y-%m-%d} 停用了，码是那以前写的。", ended=found.ended)] if found.ended else []
    return FactsView(head=tr("码上写的，和纸上逐项对照"), rows=tuple(rows), note="".join(notes))


def _register(use: SealUse, roster: Roster) -> FactsView:
    when = tr("人说的时间，补登") if use.entered_at else clock_words[use.clock]
    approver = roster.name_for(use.approver, use.acting_for) if use.approver else tr("没有授权人")
    rows = [
        (tr("文书"), use.title),
        (tr("文号"), use.document_no or tr("没有文号")),
        (tr("印章"), use.seal_name),
        (tr("什么时候"), tr("{at:%Y-%m-%d %H:%M:%S}，{when}", at=use.at, when=when)),
        (tr("谁批的"), tr("{approver}，凭{letter}", approver=approver, letter=use.letter) if use.letter else approver),
        (tr("谁盖的"), roster.name_of(use.user)),
        (tr("谁保管"), roster.name_of(use.keeper) if use.keeper else tr("窗口自管")),
        (tr("在哪里"), tr("{window}号窗口", window=use.window) if use.window else tr("没有窗口")),
    ]
    return FactsView(head=tr("用印登记"), rows=tuple(rows))


def _grant(grant: SignedGrant, roster: Roster) -> FactsView:
    terms, paper = grant.terms, grant.paper
    rows = (
        (tr("授权的是"), tr("这个文件的前 {length} 字节", length=paper.length)),
        (tr("文书"), paper.title),
        (tr("文号"), paper.document_no or tr("没有文号")),
        (tr("谁授权"), roster.name_for(terms.chief, terms.acting_for or None)),
        (tr("凭哪份"), terms.letter or tr("没有写")),
        (
            tr("有效到"),
            tr("{issued:%Y-%m-%d %H:%M:%S} 至 {expires:%H:%M:%S}", issued=terms.issued, expires=terms.expires),
        ),
        (tr("交给谁盖"), tr("{name_of}，{window}号窗口", name_of=roster.name_of(terms.keeper), window=terms.window)),
    )
    return FactsView(head=tr("文件里的授权"), rows=rows)


def _certificate(found: Verification, card: SealCard | None, lawful: frozenset[str], zone: tzinfo | None) -> FactsView:
    days = (
        tr("{valid_from:%Y-%m-%d} 至 {valid_to:%Y-%m-%d}", valid_from=card.valid_from, valid_to=card.valid_to)
        if card
        else tr("这台机器没有记它")
    )
    rows = [
        (tr("序号"), found.certificate),
        (tr("发给"), found.signer or tr("没有写")),
        (tr("有效期"), days),
        (tr("吊销"), _revocation.get(found.revocation, tr("没有查"))),
    ]
    if found.sealed_at is not None:
        rows.insert(
            0,
            (
                tr("盖章时间"),
                tr("{astimezone:%Y-%m-%d %H:%M:%S}，文件里写的", astimezone=found.sealed_at.astimezone(zone)),
            ),
        )
    foreign = card is not None and card.issuer.lower() not in lawful
    note = tr("发证机构不在大厅的法定名单里：这是非法定电子印章。") if foreign else ""
    return FactsView(head=tr("印章证书"), rows=tuple(rows), note=note)


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
    missing = NOT_REGISTERED if use is None else "" if pages else tr("这台机器做不了 A4 文书")
    note = found.judged.note
    return NextStepView(
        OUR_STEP if use is not None else note,
        note if use is not None else "",
        Act(ONE, tr("打印一章一查"), Key.NEXT_STEP, missing or ("" if printer else NO_PRINTER)),
        (Act(SAVE, tr("存成 A4"), Key.PRINT, missing),),
    )
