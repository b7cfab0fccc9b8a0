"""说线路和每一条 from what was read to what the page shows: rows, the line in words, the chosen act and what a person can do."""

from __future__ import annotations

from collections.abc import Iterable

from clerk_app.hall import Hall
from clerk_app.office.events import CopyState, LineState
from clerk_app.office.line.line_words import line_words
from clerk_app.ports import JournalRow
from clerk_app.sync.verdicts import not_done, verdict_words
from ui.language import said, tr
from ui.shortcuts import Key
from ui.sync.kinds import kind_words
from ui.sync.reading import Chosen, Group, waits
from ui.sync.view import CommandDetail, CommandRow, LineView
from ui.widgets.lamp import LampKind
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.strip import StripView

RENEW, SURE = "renew", "renew-sure"
DROP, SURE_DROP, LEAVE = "drop", "drop-sure", "leave"
LAMPS: dict[str, LampKind] = {
    "pending": "waiting",
    "held": "paused",
    "set_aside": "paused",
    "applied": "done",
    "duplicate": "done",
}
OWNERS = {
    "refused": tr("经手人：重办或作罢"),
    "set_aside": tr("经手人：前一步定了再重办或作罢"),
    "conflict": tr("值班长或首席代表：追认或收回"),
    "quarantined": tr("管理员看原因；经手人可以重办"),
    "held": tr("不用人管，前一步定了自动接着送"),
    "pending": tr("不用人管，线路通了自动送"),
}


def tell_line(line: LineState, copy: CopyState) -> LineView:
    """线路 since when, what goes, what stops, what to tell the citizen, and where the second copy lies."""
    words = line_words(line)
    head, _, rest = words.head.partition("。")
    up = line.connected and not line.paused and not line.store
    kept = copy.said if not up or not copy.ok else ""
    if copy.ok and copy.at is not None and kept:
        kept = f"{copy.at:%H:%M} {kept}"
    return LineView(
        kind="busy" if line.catching_up else "ok" if up else "cut",
        head=tr("{head}。", head=head) if head else tr("正在连中心。"),
        rest=rest,
        done=line.sent if line.catching_up else 0,
        total=line.to_send if line.catching_up else 0,
        retry=not up and not line.store,
        hold=tr("先停下") if line.catching_up else tr("接着送") if line.held_off else "",
        goes=_after(words.goes),
        stops=_after(words.stops),
        tell=_after(words.citizen),
        copy=kept,
    )


def _after(text: str) -> str:
    """The page has its own heads (照常、先不办、跟群众说)."""
    told = said(text)
    mark = "：" if "：" in told else ": "
    return told.partition(mark)[2] if mark in told else told


def tell_row(group: Group) -> CommandRow:
    """一件 what waits on it, for whom, since when."""
    head = group.head
    person = waits(head)
    kinds = tr("、").join(dict.fromkeys(kind_words.get(row.kind, row.kind) for row in group.rows))
    first = head.sentence.partition("。")[0]
    state = tr("等您定") if head.state == "conflict" else tr("等您办") if person else verdict_words[head.state]
    return CommandRow(
        id=head.id,
        what=group.name or kinds,
        subject=(
            tr("{kind}：{first}", kind=kind_words.get(head.kind, head.kind), first=first) if person and first else kinds
        )
        if group.name
        else first,
        state=state,
        time=f"{head.at:%H:%M}",
        lamp="unknown" if person else LAMPS.get(head.state, "waiting"),
        person=person,
    )


def tell_detail(chosen: Chosen, hall: Hall, roles: Iterable[str], *, dropping: bool = False) -> CommandDetail:
    """细目 the reason whole, all acts on the case in order, who must act, and what this person can do; or whether to drop it."""
    row = chosen.group.head
    actor = hall.roster.people.get(row.actor)
    message = None
    if row.sentence:
        head, _, rest = row.sentence.partition("。")
        message = StripView(head=tr("{head}。", head=head), rest=rest, kind="warn")
    return CommandDetail(
        id=row.id,
        title=tr(
            "{kind}：{verdict_words}", kind=kind_words.get(row.kind, row.kind), verdict_words=verdict_words[row.state]
        ),
        subject=chosen.group.name,
        message=message,
        line=tuple(_line(one) for one in chosen.line) if len(chosen.line) > 1 else (),
        facts=(
            (tr("谁来定"), OWNERS.get(row.state, "")),
            (tr("经手人"), actor.name if actor else row.actor),
            (tr("记于"), f"{row.at:%m-%d %H:%M:%S}"),
            (tr("送过"), tr("{attempts} 次", attempts=row.attempts)),
            (tr("流水号"), str(row.seq)),
        ),
        bar=_drop_bar() if dropping else _bar(row, set(roles)),
    )


def _line(row: JournalRow) -> tuple[LampKind, str]:
    lamp: LampKind = "unknown" if waits(row) else LAMPS.get(row.state, "done")
    words = tr("已了结") if row.settled else verdict_words[row.state]
    return lamp, f"{row.at:%H:%M}　{kind_words.get(row.kind, row.kind)}　{words}"


def _bar(row: JournalRow, roles: set[str]) -> NextStepView | None:
    if row.state not in not_done or row.settled:
        return None
    hand = Act("hand", tr("交值班长定"))
    if row.state == "conflict":
        may = roles & {"duty_manager", "chief_rep"}
        step = Act("ratify", tr("追认"), Key.NEXT_STEP, "" if may else tr("要值班长或首席代表来定"))
        return NextStepView(
            tr("当时有效，中心知道的变了：认还是不认"), step=step, seconds=(hand, Act(DROP, tr("作罢")))
        )
    return NextStepView(
        tr("重办这一步，或作罢；都有记录"),
        step=Act("reissue", tr("照样重办"), Key.NEXT_STEP),
        seconds=(hand, Act(DROP, tr("作罢"))),
    )


def _drop_bar() -> NextStepView:
    return NextStepView(
        tr("作罢了改不回来：这一步就不办了"),
        tr("原来那一步留在流水里，写着作罢。"),
        step=Act(SURE_DROP, tr("就作罢"), Key.NEXT_STEP),
        seconds=(Act(LEAVE, tr("先不作罢"), "Esc"),),
    )


def tell_store(sentence: str, *, asked: bool, connected: bool) -> CommandDetail:
    """这台机器的数据 is an old or second copy: what to do, asked twice."""
    head, _, rest = sentence.partition("。")
    reason = "" if connected else tr("要连着中心")
    act = Act(SURE if asked else RENEW, tr("就另起一本") if asked else tr("另起一本流水"), Key.NEXT_STEP, reason)
    words = tr("管理员看过了再按：旧号段作废，没送的留着等人定") if asked else tr("数据都留着，另起一本才能接着办")
    back = (Act(LEAVE, tr("先不另起"), "Esc"),) if asked else ()
    return CommandDetail(
        id="store",
        title=tr("这台机器先不办"),
        message=StripView(tr("{head}。", head=head), rest),
        bar=NextStepView(words, step=act, seconds=back),
    )
