"""电脑怎么说 the list, one machine, a code that waits, certificates, and the forms, as the page shows them."""

from __future__ import annotations

from datetime import datetime

from clerk_app.office.oversight.machines_desk import Certificate, Given
from clerk_app.ports.doctor import Finding
from clerk_app.ports.machines import CodeSeen, MachineAct, MachineSeen, MachinesSeen
from ui.language import said, tr
from ui.oversight.duty_view import AskView, TaskDetail, TaskRowView
from ui.oversight.matter_view import NEW
from ui.oversight.telling_tasks import waited
from ui.shortcuts import Key
from ui.widgets.empty_card import EmptyView
from ui.widgets.lamp import LampKind
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.strip import StripView

ENROL, SWAP, LOSE, UNDO, BACK, SEEN = "enrol", "swap", "lose", "undo", "back", "seen"
TO_SWAP, TO_LOSE = "to_swap", "to_lose"
CERTIFICATES, MADE, CODE = "certificates", "made", "code:"
SOON = 30
"""Days a certificate has left when it is said."""
COLUMNS = 48
NOTHING = EmptyView(
    tr("还没有电脑入列"), tr("给每个窗口发一个入列码和装机文件，新电脑照文件装好就在这里。"), icon="info"
)
AWAY = EmptyView(tr("看不到大厅的电脑"), tr("名单在中心，线路恢复后再看。"), icon="lock")
_states: dict[str, tuple[str, LampKind]] = {
    "enrolled": (tr("在用"), "ok"),
    "silent": (tr("没有消息"), "soon"),
    "old": (tr("程序旧"), "soon"),
    "revoked": (tr("停用了"), "done"),
}
_acts = {"code": tr("发入列码"), "undo": tr("撤回入列码"), "swap": tr("换机"), "loss": tr("报失")}
_back = Act(BACK, tr("不办了"), "Esc")


def machine_name(one: MachineSeen) -> str:
    """What the list calls it; one that never said its name goes by the beginning of its number."""
    if one.kind == "self_fill":
        return one.name or tr("自助机 {id}", id=one.id[:8])
    return one.name or tr("电脑 {id}", id=one.id[:8])


def row_of(one: MachineSeen, now: datetime) -> TaskRowView:
    """A machine in the list."""
    word, lamp = _states[one.state]
    words = " ".join(part for part in (one.platform, one.program) if part) or tr("还没报过程序")
    if one.state == "silent":
        words, word = tr("没有消息，{words}", words=words), waited(one.seen_at, now)
    return TaskRowView(
        id=one.id,
        kind=machine_name(one),
        words=words,
        window=tr("{window}号", window=one.window),
        age=word,
        lamp=lamp,
    )


def code_row(one: CodeSeen, now: datetime) -> TaskRowView:
    """A code nobody has used."""
    return TaskRowView(
        id=f"{CODE}{one.act}{one.window}",
        kind=tr("入列码，没用"),
        words=tr("到 {end} 为止", end=moment(one.expires_at)),
        window=tr("{window}号", window=one.window),
        age=waited(one.made_at, now),
        lamp="waiting",
    )


def certificates_row(certificates: tuple[Certificate, ...], centre: Finding | None) -> TaskRowView:
    """What runs out first."""
    first = certificates[0].left if certificates else None
    bad = centre is not None and centre.state in ("warn", "bad")
    soon = bad or (first is not None and first <= SOON)
    return TaskRowView(
        id=CERTIFICATES,
        kind=tr("证书"),
        words=tr("印章 {count} 枚，和中心的", count=len(certificates)),
        window="",
        age=tr("快到期") if soon else tr("有效"),
        lamp="soon" if soon else "ok",
    )


def certificates_detail(certificates: tuple[Certificate, ...], centre: Finding | None) -> TaskDetail:
    """Each with its days."""
    facts = [(said(one.name), days(one.left)) for one in certificates]
    if centre is not None:
        facts.append((said(centre.name), said(centre.said)))
    soon = tuple(one for one in certificates if one.left <= SOON)
    message = None
    if soon:
        message = StripView(
            tr("{count} 枚印章的证书快到期或到期了。", count=len(soon)),
            tr("到期那天起不能再用电子印章，先找发证机构换。"),
        )
    return TaskDetail(
        id=CERTIFICATES,
        title=tr("证书还有多少天"),
        words=tr("印章的证书写在钥匙里，中心的证书管着线路。"),
        facts=tuple(facts),
        message=message,
    )


def days(left: int) -> str:
    """还有 12 天."""
    if left < 0:
        return tr("过期 {count} 天", count=-left)
    return tr("今天到期") if left == 0 else tr("还有 {count} 天", count=left)


def moment(at: datetime) -> str:
    """11-22 09:05, on the hall's clock."""
    return f"{at:%m-%d %H:%M}"


def machine_detail(one: MachineSeen, *, may_act: bool) -> TaskDetail:
    """What is known of it, and the ways it goes."""
    facts = [
        (tr("窗口"), tr("{window}号", window=one.window)),
        (tr("系统"), one.platform or tr("没有报过")),
        (tr("程序"), one.program or tr("没有报过")),
        (tr("入列"), moment(one.enrolled_at)),
        (tr("最后听到"), moment(one.seen_at)),
        (tr("手里的件"), tr("{count} 件", count=one.held)),
        (tr("没送到的"), tr("{count} 步", count=one.behind)),
        (tr("编号"), one.id),
    ]
    if one.revoked_at is not None:
        facts.insert(4, (tr("停用"), moment(one.revoked_at)))
    facts += [(_acts[act.kind], act_words(act)) for act in one.acts]
    return TaskDetail(
        id=one.id,
        title=tr("{window}号窗口，{name}", window=one.window, name=machine_name(one)),
        words=_standing(one),
        facts=tuple(facts),
        message=_message(one),
        bar=_machine_bar(one, may_act=may_act),
    )


def act_words(act: MachineAct) -> str:
    """11-22 09:05 P110，P101 同意：主板坏了."""
    if act.second:
        return tr(
            "{at} {by}，{second} 同意：{reason}", at=moment(act.at), by=act.by, second=act.second, reason=act.reason
        )
    return tr("{at} {by}：{reason}", at=moment(act.at), by=act.by, reason=act.reason)


def _standing(one: MachineSeen) -> str:
    if one.state == "revoked":
        return tr("停用了：中心不再收它、不再给它，它办过的都在。")
    if one.state == "silent":
        return tr("{at} 以后没有它的消息。去看看它开着没有、线插着没有。", at=moment(one.seen_at))
    if one.state == "old":
        return tr("轮到这个窗口换 {version} 了，它还没换。关门后它自己换。", version=one.wanted)
    return tr("在用，连得上。")


def _message(one: MachineSeen) -> StripView | None:
    if one.state == "revoked" and one.held:
        return StripView(
            tr("它手里还有 {count} 件，照旧留着。", count=one.held),
            tr("在 待办 里由两个人解除占用，别的窗口才接得过去。"),
        )
    return None


def _machine_bar(one: MachineSeen, *, may_act: bool) -> NextStepView:
    if one.state == "revoked":
        return NextStepView(tr("要给这个窗口新电脑，发一个入列码"))
    why = "" if may_act else tr("由管理员办")
    return NextStepView(
        tr("换机前它办的都要送到中心"),
        said(one.stuck) if one.stuck else tr("都送到了，可以换。"),
        step=Act(TO_SWAP, tr("换机"), Key.NEXT_STEP, why or (tr("还换不了") if one.stuck else "")),
        seconds=(Act(TO_LOSE, tr("报失"), Key.SEND_BACK, why),),
    )


_reason = AskView(label=tr("为什么"), placeholder=tr("一句依据，记进审计"))
_setup = (
    AskView(label=tr("小票机（选填）"), placeholder="tcp://192.0.2.20:9100"),
    AskView(label=tr("纸宽"), value=str(COLUMNS), placeholder=tr("32、42 或 48")),
    AskView(label=tr("第二屏（选填）"), placeholder=tr("要就写 有")),
    AskView(label=tr("第二份放哪（选填）"), placeholder=tr("共享夹")),
)
YES = tr("有")


def _second(seen: MachinesSeen, act: str) -> tuple[AskView, ...]:
    if act not in seen.two:
        return ()
    return (
        AskView(label=tr("第二个人"), placeholder=tr("工号：值班长、首席代表或另一位管理员")),
        AskView(label=tr("他的密码或 PIN"), secret=True),
    )


def enrol_form(seen: MachinesSeen) -> TaskDetail:
    """A new machine."""
    return TaskDetail(
        id=NEW,
        title=tr("入列一台新电脑"),
        words=tr("发一个一次性入列码和装机文件，24 小时内在新电脑上用一次。"),
        asks=(AskView(label=tr("窗口号")), _reason, *_setup, *_second(seen, "code")),
        bar=NextStepView(
            tr("选好装机文件放哪里，码就发出来"),
            step=Act(ENROL, tr("发入列码"), Key.NEXT_STEP),
            seconds=(_back,),
        ),
    )


def swap_form(one: MachineSeen, seen: MachinesSeen) -> TaskDetail:
    """The old one goes, a new one comes."""
    return TaskDetail(
        id=f"{SWAP}:{one.id}",
        title=tr("{window}号窗口换机", window=one.window),
        words=tr("旧的这台马上停用，给同一个窗口发新的入列码和装机文件。"),
        asks=(_reason, *_setup, *_second(seen, "swap")),
        bar=NextStepView(
            tr("选好装机文件放哪里，再换"),
            step=Act(SWAP, tr("换机"), Key.NEXT_STEP),
            seconds=(_back,),
        ),
    )


def lose_form(one: MachineSeen, seen: MachinesSeen) -> TaskDetail:
    """Out of use at once."""
    return TaskDetail(
        id=f"{LOSE}:{one.id}",
        title=tr("{window}号窗口的电脑报失", window=one.window),
        words=tr("马上停用，它再也送不进、取不走。它手里的件照旧留着，两个人解除占用才放。"),
        asks=(_reason, *_second(seen, "loss")),
        bar=NextStepView(
            tr("报失撤不回，找到了要重新入列"),
            step=Act(LOSE, tr("报失"), Key.NEXT_STEP),
            seconds=(_back,),
        ),
    )


def code_detail(one: CodeSeen, seen: MachinesSeen) -> TaskDetail:
    """Who gave it, and the way to take it back."""
    facts = [
        (tr("窗口"), tr("{window}号", window=one.window)),
        (tr("发的时候"), moment(one.made_at)),
        (tr("到什么时候"), moment(one.expires_at)),
        (tr("谁发的"), one.by or tr("中心的命令行")),
    ]
    facts += [(tr("谁同意的"), one.second)] if one.second else []
    facts += [(tr("为什么"), one.reason)] if one.reason else []
    bar = NextStepView(tr("到时间没人用，它自己作废"))
    if seen.may_act and one.act:
        bar = NextStepView(tr("发错了就撤回，谁也用不了"), step=Act(UNDO, tr("撤回入列码"), Key.NEXT_STEP))
    return TaskDetail(
        id=f"{CODE}{one.act}{one.window}",
        title=tr("{window}号窗口的入列码，还没人用", window=one.window),
        words=tr("码只在发的时候出现一次，这里看不到。"),
        facts=tuple(facts),
        asks=(_reason, *_second(seen, "undo")) if bar.step is not None else (),
        bar=bar,
    )


def made_detail(given: Given) -> TaskDetail:
    """The code, this once."""
    message = StripView(said(given.trouble)) if given.trouble else None
    facts = [
        (tr("窗口"), tr("{window}号", window=given.made.window)),
        (tr("到什么时候"), moment(given.made.expires)),
    ]
    facts += [] if given.trouble else [(tr("装机文件"), given.file.name)]
    return TaskDetail(
        id=MADE,
        title=tr("入列码 {code}", code=given.made.code),
        words=tr("把装机文件带到新电脑，开“政务窗口”，选它就装好了；手工装的，照着输这个码。离开这里就看不到了。"),
        facts=tuple(facts),
        message=message,
        bar=NextStepView(tr("装机文件和码一样要紧，用完就删"), step=Act(SEEN, tr("记下了"), Key.NEXT_STEP)),
    )
