"""说领件 whose result it is, why it cannot be given now, who takes it on what proof, and what comes after; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clerk_app.cases.decision import Receiver, Signed, receiver_words
from clerk_app.cases.model import Applicant
from clerk_app.cases.states import state_words
from clerk_app.cases.voiding import waiting_void
from clerk_app.office.counter.handing.looking import ResultLine
from ui.handing.reading import AtHand, Here
from ui.handing.telling import (
    DONE,
    days_words,
    facts_of,
    handed_words,
    name_of,
    row_of,
    signed_line,
    told_words,
    where_words,
    wish_words,
)
from ui.handing.view import NOBODY, NOTHING_HERE
from ui.language import tr
from ui.shortcuts import Key
from ui.widgets.form_view import Ask, FormView, ListView
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.strip import StripView

GIVE, PAD, PROOF, SCANNED = "give", "pad", "proof", "scanned"
WHO, NAME, SEEN, LETTER, SIGNED, WITNESS, SLIP = "who", "name", "seen", "letter", "signed", "witness", "slip"
WITH, WITHOUT = "with", "without"
ID_CARD, NEXT_ONE = tr("居民身份证"), tr("扫下一张回执")
_whos: tuple[Receiver, ...] = ("applicant", "legal", "agent")
_signed = (("paper", tr("纸上签字")), ("pad", tr("手写屏")), ("finger", tr("按指印")), ("refused", tr("拒签")))


@dataclass(frozen=True, kw_only=True)
class Draft:
    """填了一半的 who takes it and how he signs; `signature` is what `signer` wrote on the pad."""

    who: Receiver = "applicant"
    signed: Signed = "paper"
    signature: str = ""
    signer: str = ""


def first_draft(hand: AtHand) -> Draft:
    """谁来领 as a rule: a person himself; for a company its agent, where one applied, else who stands for it."""
    applicant = hand.line.case.applicant
    if not is_company(applicant):
        return Draft()
    return Draft(who="agent" if applicant.agent else "legal")


def is_company(applicant: Applicant) -> bool:
    """Its name is shown whole."""
    return len(applicant.name) > 1 and applicant.masked_name == applicant.name


def tell_pick(
    lines: Sequence[ResultLine],
    hand: AtHand | None,
    draft: Draft,
    here: Here,
    *,
    found: bool = False,
    finding: str = "",
) -> ListView:
    """What lies here, or what was found, and the one at hand."""
    shown = list(lines)
    if hand is not None and all(line.case.id != hand.line.case.id for line in shown):
        shown.insert(0, hand.line)
    count = len(lines)
    return ListView(
        title=tr("找到的") if found else tr("在架的结果"),
        note=tr("{count} 件，按 Esc 回到全部", count=count)
        if found
        else tr("{count} 件，放得最久的在前", count=count)
        if count
        else "",
        rows=tuple(row_of(line, here) for line in shown),
        empty=NOBODY if found else NOTHING_HERE,
        chosen=hand.line.case.id if hand is not None else "",
        detail=tell_hand(hand, draft, here) if hand is not None else None,
        finding=finding,
    )


def cannot_give(hand: AtHand, here: Here) -> str:
    """交不了 why, in a few words; empty when it can be given."""
    case, result = hand.line.case, hand.line.result
    if waiting_void(case) is not None:
        return tr("有人请作废这次用印，等第二人定")
    if case.state != "sealed":
        return tr("这件{state_words}，还没盖章", state_words=state_words[case.state])
    if result is not None and result.state == "posted":
        return tr("已经寄出，等签收")
    if result is not None and result.state == "shelved" and result.window != here.window:
        return tr("在{window}号窗口的架上", window=result.window)
    if result is None or result.state != "shelved":
        return hand.owed if hand.own else tr("纸还没收进来")
    if hand.line.document_no != result.document_no:
        return tr("架上的是旧文号的纸，先退回窗口")
    return hand.owed


def tell_hand(hand: AtHand, draft: Draft, here: Here) -> FormView:
    """已领的 with what comes after, or the form of giving it."""
    if hand.line.case.state in DONE:
        return _given(hand, here)
    line, reason = hand.line, cannot_give(hand, here)
    title = where_words(line, here)
    facts = [(tr("文号"), line.document_no), (tr("办件"), line.case.case_no)]
    if line.result is not None and line.result.delivery is not None:
        facts.append((tr("领取方式"), wish_words(line.result)))
    if line.result is not None and line.result.reminders:
        facts.append((tr("催领"), told_words(line.result, here)))
    if draft.signature:
        facts.append((tr("签名"), tr("手写屏上签好了")))
    return FormView(
        id=f"give-{line.case.id}",
        title=title,
        words=tr("，").join(words for words in (name_of(line), line.item, days_words(line)) if words),
        message=_message(hand, reason),
        facts=tuple((label, words) for label, words in facts if words),
        asks=() if reason and reason != hand.owed else _asks(hand, draft),
        bar=_bar(draft, reason),
    )


def _message(hand: AtHand, reason: str) -> StripView | None:
    """Only what somebody must do elsewhere first."""
    if hand.owed and reason == hand.owed:
        return StripView(tr("{owed}，先不交", owed=hand.owed), tr("请他到收费窗口缴了再来，结果在架上留着。"))
    wish = hand.line.result
    if wish is not None and wish.state == "shelved" and wish.by_post:
        return StripView(tr("他选的是邮寄"), tr("人来了也可以当面交给他，交了就不再寄。"), kind="info", icon="info")
    return None


def _asks(hand: AtHand, draft: Draft) -> tuple[Ask, ...]:
    applicant = hand.line.case.applicant
    prefilled = {"applicant": applicant.name, "legal": hand.legal, "agent": applicant.agent}
    asks = [
        Ask(key=WHO, label=tr("谁来领"), value=draft.who, choices=tuple((who, receiver_words[who]) for who in _whos)),
        Ask(
            key=NAME,
            label=tr("领件人姓名"),
            value=prefilled[draft.who],
            placeholder=tr("照证件写"),
            half=True,
            slot=draft.who,
        ),
        Ask(key=SEEN, label=tr("看的什么证件"), value=ID_CARD, half=True),
    ]
    if draft.who == "agent":
        asks.append(Ask(key=LETTER, label=tr("授权委托书"), placeholder=tr("如：委托书原件，11月20日签")))
    asks.append(Ask(key=SIGNED, label=tr("怎么签"), value=draft.signed, choices=_signed, half=True))
    asks.append(
        Ask(
            key=SLIP,
            label=tr("回执"),
            value=WITH,
            choices=((WITH, tr("带了回执")), (WITHOUT, tr("没带回执"))),
            half=True,
        )
    )
    if draft.signed == "refused":
        asks.append(Ask(key=WITNESS, label=tr("见证人"), placeholder=tr("姓名和单位")))
    return tuple(asks)


def _bar(draft: Draft, reason: str) -> NextStepView:
    waits = draft.signed == "pad" and not draft.signature
    seconds = (
        (Act(PAD, tr("重签") if draft.signature else tr("请他手写"), Key.ADD_ROW, reason),)
        if draft.signed == "pad"
        else ()
    )
    words = tr("先请他在手写屏上签") if waits and not reason else tr("核对证件，当面交给他")
    step = Act(GIVE, tr("交给他"), Key.NEXT_STEP, reason or (tr("手写屏上还没签") if waits else ""))
    return NextStepView(
        tr("现在交不了") if reason else words, "" if reason else tr("交了就打取件凭证"), step=step, seconds=seconds
    )


def _given(hand: AtHand, here: Here) -> FormView:
    line = hand.line
    facts = (*facts_of(line, here)[1:], (tr("谁领的"), handed_words(line, here)), (tr("签收"), signed_line(line)))
    return FormView(
        id=f"given-{line.case.id}",
        title=tr("已领"),
        words=tr("原件只有一份，已经领走，不能再交。要证明，打档案里的复印件。"),
        facts=tuple((label, words) for label, words in facts if words),
        bar=_after(hand),
    )


def _after(hand: AtHand) -> NextStepView:
    """打、签、扫回: one after the other; what was signed on the pad is in the file already."""
    handed = hand.line.case.handed_over
    if handed is None or handed.as_who == "post":
        return NextStepView(tr("邮寄的，凭签收记录，这件办完了"), NEXT_ONE)
    if hand.kept:
        return NextStepView(tr("送达回证扫回来了，这件办完了"), NEXT_ONE)
    on_pad = handed.signed == "pad"
    if not hand.proof:
        note = tr("手写的签名已经在档案里") if on_pad else tr("签好的收回来扫进档案")
        signs = tr("请见证人签") if handed.signed == "refused" else tr("归档") if on_pad else tr("请他签")
        return NextStepView(
            tr("打送达回证，{signs}", signs=signs), note, step=Act(PROOF, tr("打送达回证"), Key.NEXT_STEP)
        )
    if on_pad:
        return NextStepView(tr("回证打好了，签名在档案里，这件办完了"), NEXT_ONE)
    return NextStepView(
        tr("签好的送达回证扫回来"), tr("选扫好的文件：PDF 或图片"), step=Act(SCANNED, tr("扫回回证"), Key.NEXT_STEP)
    )
