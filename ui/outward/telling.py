"""对外怎么说 a partner's line, a message that waits or was refused, and what can be done about it."""

from __future__ import annotations

from datetime import datetime, timedelta

from clerk_app.ports.outward import OutboxSeen, OutPartner, OutRow
from ui.language import said, tr
from ui.oversight.duty_view import AskView, TaskDetail, TaskRowView
from ui.oversight.telling_tasks import waited
from ui.shortcuts import Key
from ui.widgets.empty_card import EmptyView
from ui.widgets.lamp import LampKind
from ui.widgets.next_step import Act, NextStepView

AGAIN, DROP = "again", "drop"
PARTNER, ROW = "partner:", "row:"
STANDS_STILL = timedelta(minutes=5)
"""The centre looks for every partner each half minute; so long without a look, nobody is at work."""
NOTHING = EmptyView(
    tr("大厅资料里没有对外的平台"),
    tr("没有写告诉谁，就什么也不送出大厅。要送，在大厅资料的 outside 里写。"),
    icon="info",
)
AWAY = EmptyView(tr("看不到对外的台账"), tr("台账在中心，线路恢复后再看；等着送的一条没丢。"), icon="lock")
_ways = {"http": tr("走网络"), "folder": tr("放文件夹，人来取")}
_states: dict[str, tuple[str, LampKind]] = {
    "refused": (tr("对方没有收"), "soon"),
    "waiting": (tr("等着送"), "waiting"),
    "put_away": (tr("不送了"), "done"),
    "sent": (tr("送到了"), "ok"),
}


def row_key(row: OutRow) -> str:
    """Its id in the list."""
    return f"{ROW}{row.partner}/{row.id}"


def title_of(seen: OutboxSeen, away_since: datetime | None) -> str:
    """How much waits; with the centre away of when that is."""
    if away_since is not None and seen.partners:
        return tr("对外，是 {at} 的样子，中心现在够不着", at=f"{away_since:%H:%M}")
    waiting, refused = sum(one.waiting for one in seen.partners), sum(one.refused for one in seen.partners)
    return tr("对外 等着 {waiting} 条，没收 {refused} 条", waiting=waiting, refused=refused)


def wants_somebody(one: OutPartner, now: datetime) -> bool:
    """Something was refused, its line is in trouble, or nobody is at work for it."""
    return bool(one.refused or one.trouble or stands_still(one, now))


def stands_still(one: OutPartner, now: datetime) -> bool:
    """对外的程序没有在跑."""
    return one.looked_at is None or now - one.looked_at > STANDS_STILL


def partner_row(one: OutPartner, now: datetime) -> TaskRowView:
    """A partner in the list."""
    open_ = one.waiting + one.refused
    words = tr("、").join(said(kind) for kind in one.kinds)
    lamp: LampKind = "soon" if wants_somebody(one, now) else "waiting" if one.waiting else "ok"
    return TaskRowView(
        id=f"{PARTNER}{one.id}",
        kind=one.name,
        words=words,
        window=str(open_) if open_ else "",
        age=waited(one.oldest, now) if one.oldest else tr("没有等的"),
        lamp=lamp,
    )


def message_row(row: OutRow, names: dict[str, str], now: datetime) -> TaskRowView:
    """A message in the list, with the partner's own words where it was refused."""
    word, lamp = _states[row.state]
    about = tr("{kind} {name}", kind=said(row.kind), name=said(row.name))
    return TaskRowView(
        id=row_key(row),
        kind=about,
        words=tr("{partner}：{words}", partner=names.get(row.partner, row.partner), words=said(row.problem) or word),
        window="",
        age=word if row.state == "put_away" else waited(row.made_at, now),
        lamp=lamp,
    )


def partner_detail(one: OutPartner, now: datetime) -> TaskDetail:
    """How its line stands, and what to do when it does not."""
    facts = [
        (tr("送什么"), tr("、").join(said(kind) for kind in one.kinds)),
        (tr("怎么送"), _ways[one.way]),
        (tr("等着的"), tr("{count} 条", count=one.waiting)),
        (tr("对方没有收"), tr("{count} 条", count=one.refused)),
        (tr("最早一条"), _moment(one.oldest)),
        (tr("最后听到它"), _moment(one.heard_at)),
        (tr("中心最后一次看"), _moment(one.looked_at)),
    ]
    if one.refused:
        bar = NextStepView(tr("没有收的在单子里，一条一条定：再送，还是不送了"))
    else:
        bar = NextStepView(tr("送不到的会自动再送，不用守着"))
    return TaskDetail(id=f"{PARTNER}{one.id}", title=one.name, words=_standing(one, now), facts=tuple(facts), bar=bar)


def _standing(one: OutPartner, now: datetime) -> str:
    if stands_still(one, now):
        return tr("中心没有在送，等着的一条没丢。请管理员在中心开 tell-outside。")
    if one.trouble:
        return said(one.trouble)
    if one.heard_at is None:
        return tr("还没有给它送过。")
    return tr("送得通，最后一次听到它是 {at}。", at=_moment(one.heard_at))


def message_detail(row: OutRow, names: dict[str, str], *, may_act: bool) -> TaskDetail:
    """Why it is here, and the two ways on."""
    word, _ = _states[row.state]
    facts = [
        (tr("告诉谁"), names.get(row.partner, row.partner)),
        (tr("什么时候的事"), _moment(row.made_at)),
        (tr("送过"), tr("{count} 次", count=row.tries)),
    ]
    if row.next_at is not None and row.tries:
        facts.append((tr("下次送"), _moment(row.next_at)))
    if row.decided_by:
        facts.append((tr("谁定的"), tr("{who}：{reason}", who=row.decided_by, reason=row.reason)))
    why = "" if may_act else tr("由管理员或值班长定")
    drop = () if row.state == "put_away" else (Act(DROP, tr("不送了"), Key.SEND_BACK, why),)
    note = tr("内容不变，号也不变，对方收过就不会重。")
    return TaskDetail(
        id=row_key(row),
        title=tr("{kind} {name}", kind=said(row.kind), name=said(row.name)),
        words=said(row.problem) or word,
        facts=tuple(facts),
        asks=(AskView(label=tr("为什么"), placeholder=tr("一句话，记进审计")),) if may_act else (),
        bar=NextStepView(_step_words(row), note, step=Act(AGAIN, tr("再送"), Key.NEXT_STEP, why), seconds=drop),
    )


def _step_words(row: OutRow) -> str:
    if row.state == "refused":
        return tr("问清对方缺什么，补好了再送；同一件后面的都等着它")
    if row.state == "put_away":
        return tr("不送了的留着，想起来还可以再送")
    return tr("到时候自动送；等不及就现在送")


def _moment(at: datetime | None) -> str:
    return f"{at:%m-%d %H:%M}" if at else tr("没有")
