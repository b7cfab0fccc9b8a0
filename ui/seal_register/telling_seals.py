"""印章的话 each seal's standing, its acts and what its stop leaves behind, in words; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from clerk_app.duty.model import Roster
from clerk_app.office.oversight.seal_desk import SeenSeal
from clerk_app.sealing.loss_report import due_text
from clerk_app.sealing.model import SealStanding, seal_state_words
from clerk_app.sealing.stopping import CaseHeldUp, Fall
from ui.language import tr
from ui.seal_register.seals_view import NO_STEP, Ask, SealDetail, SealsView
from ui.shortcuts import Key
from ui.widgets.lamp import LampKind
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.row_model import Cell, Row, Tone
from ui.widgets.strip import StripView

HAND, STOP, LOSS, ASK, AGREE, DESTROY, REPORT = "hand", "stop", "loss", "ask", "agree", "destroy", "report"
CONFIRM, BACK = "confirm", "back"
_lamps: dict[str, LampKind] = {"in_use": "ok", "stopped": "paused", "lost": "unknown", "destroyed": "done"}
_who, _pin = tr("工号或姓名"), "PIN"


@dataclass(frozen=True)
class Doing:
    """正在办的 which act on the chosen seal, and whether the person who sits here may do it by himself."""

    act: str = ""
    alone: bool = False


def tell_seals(seals: Sequence[SeenSeal], detail: SealDetail | None) -> SealsView:
    """All of them, those that are down first."""
    down = sum(1 for one in seals if one.standing.state in ("stopped", "lost"))
    soon = sum(1 for one in seals if one.ends_soon and one.standing.state == "in_use")
    words = (tr("{down} 枚停着", down=down) if down else "", tr("{soon} 枚证书快到期", soon=soon) if soon else "")
    return SealsView(
        title=tr("印章 {count} 枚", count=len(seals)),
        note=tr("，").join(word for word in words if word),
        rows=tuple(map(_row, in_order(seals))),
        detail=detail,
    )


def in_order(seals: Sequence[SeenSeal]) -> list[SeenSeal]:
    """Down first, then those of the hall's list in its order; destroyed ones last."""
    ranks = {"lost": 0, "stopped": 1, "in_use": 2, "destroyed": 3}
    return sorted(seals, key=lambda one: ranks[one.standing.state])


def _row(one: SeenSeal) -> Row:
    state = seal_state_words[one.standing.state]
    left = tr("证书剩 {left} 天", left=one.left) if one.left is not None and one.ends_soon and one.left >= 0 else ""
    over = tr("证书过期") if one.left is not None and one.left < 0 else ""
    return Row(
        one.seal.id,
        (
            Cell(f"{one.seal.name}{one.seal.number}", note=_kept(one), lamp=_lamps[one.standing.state], bold=True),
            Cell(
                state, note=over or left, tone="" if one.standing.state == "in_use" and not (left or over) else "warn"
            ),
        ),
    )


def _kept(one: SeenSeal) -> str:
    if one.standing.state == "destroyed":
        return tr("已销毁")
    key = (
        tr("钥匙在{seat}", seat=one.seat)
        if one.seat
        else tr("没有登记过钥匙")
        if one.seal.electronic and not one.seal.window
        else tr("实体章")
    )
    return tr("{keeper}保管·{key}", keeper=one.keeper, key=key) if one.keeper else key


def tell_seal(one: SeenSeal, fall: Fall | None, roster: Roster, doing: Doing) -> SealDetail:
    """The chosen one with the act that is under way."""
    detail = SealDetail(
        id=one.seal.id,
        title=f"{one.seal.name}{one.seal.number}",
        message=_message(one, fall, roster),
        facts=tuple((label, words) for label, words in _facts(one, roster) if words),
        act=doing.act,
        asks=_asks(one, doing),
        acts=() if doing.act else _others_of(one),
        bar=_doing_bar(doing) if doing.act else _bar(one),
    )
    return detail if fall is None else _with_fall(detail, fall, roster)


def _facts(one: SeenSeal, roster: Roster) -> tuple[tuple[str, str], ...]:
    standing, seal = one.standing, one.seal
    department = roster.departments.get(seal.department)
    state = seal_state_words[standing.state]
    since = tr("{since:%Y-%m-%d %H:%M} 起{state}", since=one.since, state=state) if one.since else state
    return (
        (tr("现状"), since),
        (tr("部门"), department.name if department else seal.department),
        (
            tr("编号"),
            "{id}{value}".format(id=seal.id, value=tr("，公安备案编码 {code}", code=seal.code) if seal.code else ""),
        ),
        (tr("保管人"), one.keeper),
        (tr("还可保管"), tr("、").join(roster.name_of(key) for key in _others(one)) if not seal.window else ""),
        (tr("用印席"), tr("{seat}（钥匙在那里）", seat=one.seat) if one.seat else ""),
        (tr("证书"), _certificate(one)),
        (
            tr("恢复"),
            tr("{name_of}提了，等第二个人同意", name_of=roster.name_of(standing.resume_asked_by))
            if standing.resume_asked_by
            else "",
        ),
    )


def _others(one: SeenSeal) -> tuple[str, ...]:
    listed = dict.fromkeys(key for key in (one.seal.custodian, one.seal.backup) if key)
    return tuple(key for key in listed if key != one.standing.keeper)


def _certificate(one: SeenSeal) -> str:
    standing = one.standing
    if not standing.certificate or standing.valid_to is None or one.left is None:
        return ""
    days = tr("还有 {left} 天", left=one.left) if one.left >= 0 else tr("过期 {value} 天", value=-one.left)
    return tr(
        "第 {version} 版，序列号 {certificate}，到 {valid_to:%Y-%m-%d}，{days}",
        version=standing.version,
        certificate=standing.certificate,
        valid_to=standing.valid_to,
        days=days,
    )


def _message(one: SeenSeal, fall: Fall | None, roster: Roster) -> StripView | None:
    if fall is not None:
        event = fall.event
        who = tr("{window}号窗口 {name_for}", window=event.window, name_for=roster.name_for(event.by, event.acting_for))
        head = tr(
            "{at:%m-%d %H:%M} 起{seal_state_words}，{who}记的，哪台机器都不能再盖",
            at=event.at,
            seal_state_words=seal_state_words[one.standing.state],
            who=who,
        )
        return StripView(head, _what_now(one.standing, event.reason), icon="warn")
    if one.ends_soon and one.left is not None:
        said = tr("证书还有 {left} 天到期", left=one.left) if one.left >= 0 else tr("证书过期了，电子印章盖不了")
        return StripView(
            said, tr("请发证机构换新证书；换好插上钥匙就登记成新的一版。到期前盖的照样算数。"), icon="clock"
        )
    return None


def _what_now(standing: SealStanding, reason: str) -> str:
    said = tr("情况：{reason}。", reason=reason) if reason else ""
    if standing.state == "destroyed":
        return said
    if standing.state == "lost" and standing.certificate:
        return tr(
            "{said}请发证机构吊销证书序列号 {certificate}；吊销名单（CRL）发到后，验章用它。打印挂失报告送办公室。",
            said=said,
            certificate=standing.certificate,
        )
    if standing.state == "lost":
        return tr("{said}打印挂失报告送办公室。找到了、查清了，由首席代表请恢复，另一人同意。", said=said)
    return tr("{said}办件都在，期限照走。恢复由首席代表提，另一人同意；急的送局里盖。", said=said)


def _with_fall(detail: SealDetail, fall: Fall, roster: Roster) -> SealDetail:
    waits, bare = len(fall.held_up), len(fall.uncovered)
    where = "" if fall.here else tr("（以报停的那台机器为准，这里只列还没送到中心的）")
    return replace(
        detail,
        held_up_title=tr("等这枚印章的办件 {waits} 件，期限照走", waits=waits) if waits else tr("没有办件在等这枚印章"),
        held_up=tuple(map(_held_up, fall.held_up)),
        uncovered_title=tr("没有早先凭据的文书 {bare} 份{where}", bare=bare, where=where)
        if bare
        else tr("停下以前盖的，中心都有凭据{where}", where=where),
        uncovered=tuple(
            Row(
                use.id,
                (
                    Cell(use.title, note=use.document_no),
                    Cell(roster.name_of(use.user), note=tr("{window}号窗口", window=use.window)),
                    Cell(f"{use.at:%m-%d %H:%M}", note=tr("{copies} 份", copies=use.copies)),
                ),
            )
            for use in fall.uncovered
        ),
    )


def _held_up(one: CaseHeldUp) -> Row:
    tone: Tone = "" if one.left is None or one.left > 0 else "red" if one.left < 0 else "warn"
    promised = tr("承诺 {month}月{day}日", month=one.promised.month, day=one.promised.day) if one.promised else ""
    clock = due_text(one)
    return Row(
        one.case,
        (
            Cell(one.item_name, note=f"{one.case_no}·{one.applicant}"),
            Cell(one.state),
            Cell(clock.removeprefix(f"{one.clock} "), note=promised, tone=tone),
        ),
    )


def _others_of(one: SeenSeal) -> tuple[Act, ...]:
    """What can be done with it beside the next step."""
    state, stop, loss = one.standing.state, Act(STOP, tr("停用"), Key.SEND_BACK), Act(LOSS, tr("挂失"), Key.ADD_ROW)
    if state == "destroyed":
        return ()
    if state == "in_use":
        return (*((Act(HAND, tr("交接"), Key.NEW),) if not one.seal.window else ()), loss, stop)
    again = (Act(ASK, tr("再请一次"), Key.NEW),) if one.standing.resume_asked_by else ()
    more = loss if state == "stopped" else Act(REPORT, tr("挂失报告存成 A4"), Key.PRINT)
    return (more, *again, Act(DESTROY, tr("销毁"), Key.SEND_BACK))


def _bar(one: SeenSeal) -> NextStepView:
    state = one.standing.state
    if state == "destroyed":
        return NextStepView(tr("已经销毁，只留登记。"))
    if state == "in_use":
        return NextStepView(tr("不见了就挂失，不对劲先停用：一确认就生效。"))
    if one.standing.resume_asked_by:
        return NextStepView(tr("有人请恢复，等第二个人同意。"), step=Act(AGREE, tr("同意恢复"), Key.NEXT_STEP))
    return NextStepView(tr("恢复由首席代表提，另一人同意。"), step=Act(ASK, tr("请恢复"), Key.NEXT_STEP))


_words: Mapping[str, tuple[str, str]] = {
    # act: (what it will do, the button)
    HAND: (tr("接的人输自己的 PIN，从这一刻起由他保管。"), tr("交接")),
    STOP: (tr("一按就停，哪台机器都不能再盖；恢复要两个人。"), tr("停用这枚印章")),
    LOSS: (tr("一按就挂失，哪台机器都不能再盖；情况写进报告。"), tr("挂失这枚印章")),
    ASK: (tr("由本部门首席代表提；另一人同意了才能再盖。"), tr("请恢复")),
    AGREE: (tr("第二个人输自己的 PIN；同意以后马上能盖。"), tr("同意恢复")),
    DESTROY: (tr("销毁了就不能再用，要用另刻一枚、另立名单。"), tr("记销毁")),
}


def _doing_bar(doing: Doing) -> NextStepView:
    if doing.act not in _words:
        return NO_STEP
    sentence, button = _words[doing.act]
    return NextStepView(sentence, step=Act(CONFIRM, button, Key.NEXT_STEP), seconds=(Act(BACK, tr("先不"), "Esc"),))


def _asks(one: SeenSeal, doing: Doing) -> tuple[Ask, ...]:
    person = (Ask(tr("谁"), _who), Ask(_pin, tr("6 位"), secret=True))
    if doing.act == HAND:
        return (
            Ask(tr("谁来接"), _who),
            Ask(tr("为什么交接"), tr("换班、请假")),
            Ask(tr("接的人的 PIN"), tr("6 位"), secret=True),
        )
    if doing.act == STOP:
        return (Ask(tr("为什么停（可以后补）"), tr("写一句，会记入登记簿")),)
    if doing.act == LOSS:
        return (Ask(tr("什么时候、在哪里、怎么发现的"), tr("写一句，原样进挂失报告")),)
    if doing.act == ASK:
        reason = Ask(tr("为什么可以恢复"), tr("找到了什么、查清了什么"))
        return (reason,) if doing.alone else (reason, Ask(tr("首席代表"), _who), person[1])
    if doing.act == AGREE:
        return (Ask(tr("第二个人"), _who), person[1])
    if doing.act == DESTROY:
        reason = Ask(tr("怎么销毁的、谁在场"), tr("写一句，会记入登记簿"))
        return (reason,) if doing.alone else (reason, Ask(tr("首席代表"), _who), person[1])
    return ()
