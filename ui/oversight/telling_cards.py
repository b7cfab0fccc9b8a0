"""说牌 from cards and warnings to the page: which lamp, why, by when, what was explained, and the step that comes next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from clerk_app.duty.model import Roster
from clerk_app.hall import Hall
from clerk_app.office.oversight.supervising import Expected, SeenCard
from clerk_app.oversight.card import Card, end_words, late_answer
from clerk_app.oversight.cards import card_words, month_day
from clerk_app.oversight.model import CENTRE
from ui.language import tr
from ui.oversight.cards_view import CardRowView
from ui.oversight.duty_view import AskView, TaskDetail
from ui.shortcuts import Key
from ui.widgets.lamp import LampKind
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.strip import StripView

ANSWER, ANSWER_ALL, EXPLAINED, KEPT, WITHDRAWN = "answer", "answer_all", "explained", "kept", "withdrawn"
OPEN, RED, YELLOW, BACK = "open", "red", "yellow", "back"
NEW_CARD = "new"
EXPECTED = "expected:{}".format


def tell_card_row(seen: SeenCard, roster: Roster) -> CardRowView:
    """One card in one line."""
    card = seen.card
    end = f"　{end_words[card.ended]}" if card.ended else tr("　已申辩") if card.answers else ""
    return CardRowView(
        id=card.id,
        title=f"{card_words[card.kind]}{end}　{_about(card.item_name, card.case_no)}".strip(),
        reason=card.reason,
        answer_by=month_day(card.answer_by) if card.open and not card.answers else "",
        who=roster.name_of(card.person),
        lamp=_lamp(card),
    )


def tell_expected_row(one: Expected, roster: Roster) -> CardRowView:
    """A warning, or a card to come, in one line."""
    finding = one.finding
    word = (
        card_words[finding.kind]
        if finding.kind == "remind"
        else tr("预计{card_words}", card_words=card_words[finding.kind])
    )
    return CardRowView(
        id=EXPECTED(finding.id),
        title=f"{word}　{_about(one.item_name, one.case_no)}".strip(),
        reason=finding.reason,
        answer_by="",
        who=roster.name_of(one.meant.person),
        lamp="overdue" if finding.overdue else "soon",
    )


def _about(item_name: str, case_no: str) -> str:
    return f"{item_name} {case_no}".strip()


def _lamp(card: Card) -> LampKind:
    if card.ended:
        return "done"
    if card.answers:
        return "waiting"
    return "overdue" if card.overdue else "soon"


def tell_card(seen: SeenCard, hall: Hall, today: date, *, supervisor: bool) -> TaskDetail:
    """The card in whole sentences: for whom, since when, what was said to it, and what can be done."""
    card, roster = seen.card, hall.roster
    facts = [(tr("办件"), _about(card.item_name, card.case_no))] if card.case else []
    facts.append((tr("给谁"), f"{roster.name_of(card.person)}　{_place(card.window, card.post, roster)}".strip()))
    maker = tr("中心按期限算出") if card.made_by == CENTRE else tr("{name_of}发", name_of=roster.name_of(card.made_by))
    facts.append((tr("哪来的"), tr("{maker}，{made_at:%m-%d %H:%M}", maker=maker, made_at=card.made_at)))
    if card.finish_by is not None:
        facts.append((tr("催办到"), month_day(card.finish_by)))
    facts.append((tr("答复前"), month_day(card.answer_by)))
    facts += _answers_and_end(card, roster)
    asks, bar = _step(seen, hall, today, supervisor=supervisor)
    return TaskDetail(
        id=card.id,
        title=card_words[card.kind],
        words=tr("{reason}。", reason=card.reason),
        message=_message(seen, today),
        facts=tuple(facts),
        asks=asks,
        bar=bar,
    )


def _answers_and_end(card: Card, roster: Roster) -> Iterator[tuple[str, str]]:
    for answer in card.answers:
        who = f"{roster.name_of(answer.by)} {answer.at:%m-%d %H:%M}"
        late = tr("（过了答复期）") if answer.at.date() > card.answer_by else ""
        yield tr("申辩"), tr("{who}{late}：{words}", who=who, late=late, words=answer.words)
    if card.ended:
        who = tr("中心") if card.ended_by == CENTRE else roster.name_of(card.ended_by)
        if card.ended_at:
            who = f"{who} {card.ended_at:%m-%d %H:%M}"
        yield tr("了结"), tr("{who}：{ended}。{why}", who=who, ended=end_words[card.ended], why=card.why)


def _place(window: int, post: str, roster: Roster) -> str:
    known = roster.posts.get(post)
    return " ".join(
        part for part in (tr("{window}号窗口", window=window) if window else "", known.name if known else "") if part
    )


def _message(seen: SeenCard, today: date) -> StripView | None:
    card = seen.card
    if seen.cause is not None:
        more = (
            tr("同一原因的还有 {count} 张，可以一起申辩。", count=len(seen.alike))
            if seen.alike
            else tr("按一下就能用它申辩。")
        )
        return StripView(seen.cause.words, more, kind="info", icon="info")
    if late_answer(card, today):
        return StripView(
            tr("{month_day}前该答复，还没有申辩", month_day=month_day(card.answer_by)), tr("晚了也收，写明为什么晚。")
        )
    return None


def _step(seen: SeenCard, hall: Hall, today: date, *, supervisor: bool) -> tuple[tuple[AskView, ...], NextStepView]:
    card = seen.card
    opened = Act(OPEN, tr("看办件"), Key.NEXT_STEP) if card.case else None
    if card.ended:
        counted = tr("撤销的不计入任何数。") if card.ended == "withdrawn" else ""
        return (), NextStepView(tr("已了结：{end_words}", end_words=end_words[card.ended]), counted, step=opened)
    if supervisor:
        return (AskView(label=tr("理由"), placeholder=tr("写一句，本人看得到")),), _end_step(card, today)
    if not seen.mine:
        who = hall.roster.name_of(card.person)
        return (), NextStepView(
            tr("等{who} 申辩", who=who) if not card.answers else tr("已申辩，等监察员了结"), step=opened
        )
    if not hall.supervision.appeal:
        return (), NextStepView(tr("本大厅发牌不申辩"), tr("有出入，直接找监察员。"), step=opened)
    return _answer_step(seen)


def _answer_step(seen: SeenCard) -> tuple[tuple[AskView, ...], NextStepView]:
    cause = seen.cause
    if cause is not None:
        ask = AskView(label=tr("另写缘由（不写就用上面这一条）"), placeholder=tr("选填"))
        act = Act(ANSWER, tr("用这条申辩"), Key.NEXT_STEP)
        alike = len(seen.alike) + 1
        both = (Act(ANSWER_ALL, tr("{alike} 张一起申辩", alike=alike), Key.ADD_ROW),) if seen.alike else ()
        return (ask,), NextStepView(tr("申辩了牌还在，由监察员了结"), step=act, seconds=both)
    ask = AskView(label=tr("缘由"), placeholder=tr("写一句，比如：已用印，日期写错"))
    text = tr("再补一句") if seen.card.answers else tr("交申辩")
    return (ask,), NextStepView(tr("申辩了牌还在，由监察员了结"), step=Act(ANSWER, text, Key.NEXT_STEP))


def _end_step(card: Card, today: date) -> NextStepView:
    withdraw = Act(WITHDRAWN, tr("撤销"), Key.SEND_BACK)
    if card.answers:
        step = Act(EXPLAINED, tr("申辩成立"), Key.NEXT_STEP)
        return NextStepView(tr("有申辩，核过再了结"), step=step, seconds=(withdraw, Act(KEPT, tr("维持"), Key.ADD_ROW)))
    early = tr("{month_day}前还可以申辩", month_day=month_day(card.answer_by)) if today <= card.answer_by else ""
    step = Act(KEPT, tr("维持"), Key.NEXT_STEP, early)
    return NextStepView(tr("还没有申辩"), step=step, seconds=(withdraw,))


def tell_expected(one: Expected, hall: Hall, *, connected: bool) -> TaskDetail:
    """A warning in whole sentences; a card to come says how it may still be avoided."""
    finding, roster = one.finding, hall.roster
    facts = (
        (tr("办件"), _about(one.item_name, one.case_no)),
        (
            tr("在谁手上"),
            f"{roster.name_of(one.meant.person)}　{_place(one.meant.window, one.meant.post, roster)}".strip(),
        ),
        (tr("哪一天"), month_day(finding.due)),
    )
    if finding.kind == "remind":
        words, note = tr("{reason}。", reason=finding.reason), tr("期限停在用印那一刻，不停在哪个按钮上。")
    else:
        words = tr(
            "{reason}。按本机的办件算，该有一张{card_words}。",
            reason=finding.reason,
            card_words=card_words[finding.kind],
        )
        note = (
            tr("中心算过才算数；已用印的，补送到了就不发。")
            if not connected
            else tr("中心还没发；已用印的，送到了就不发。")
        )
    return TaskDetail(
        id=EXPECTED(finding.id),
        title=card_words[finding.kind]
        if finding.kind == "remind"
        else tr("预计{card_words}", card_words=card_words[finding.kind]),
        words=words,
        facts=facts,
        bar=NextStepView(tr("去办这件"), note, step=Act(OPEN, tr("打开办件"), Key.NEXT_STEP)),
    )


def tell_new_card() -> TaskDetail:
    """发牌 by hand: to whom, and why."""
    return TaskDetail(
        id=NEW_CARD,
        title=tr("发牌"),
        words=tr("没说明理由、乱收费、体外办件这些算不出来的，由监察员发。"),
        asks=(
            AskView(label=tr("办件编号，或工号、姓名"), placeholder=tr("写编号的，给手上有这件的人")),
            AskView(label=tr("为什么发"), placeholder=tr("写一句，本人看得到")),
        ),
        bar=NextStepView(
            tr("发黄牌还是红牌"),
            tr("红牌同时进值班长的待办。"),
            seconds=(
                Act(BACK, tr("不发了"), Key.SEND_BACK),
                Act(YELLOW, tr("发黄牌"), Key.ADD_ROW),
                Act(RED, tr("发红牌"), Key.NEXT_STEP),
            ),
        ),
    )
