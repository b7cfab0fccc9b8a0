"""取号的话 what the ticket pages say: from what the machine knows to frozen views. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from clerk_app.command import Refusal
from clerk_app.office.kiosk.kept import Kept
from clerk_app.office.kiosk.persons import Person
from clerk_app.office.kiosk.services import Service
from clerk_app.office.kiosk.wishes import Taken, Wish
from clerk_app.ports.queue import TicketGiven
from clerk_app.queueing.model import LARGE, VISUAL
from clerk_app.queueing.rules import PriorityGround
from ui.kiosk.ticket_view import AskView, ChoiceView, NumberView, PersonView
from ui.kiosk.tiles import TileView
from ui.language import tr

TAKE, APPOINTMENT, FILL, AGAIN = "take", "appointment", "fill", "again"
ANY_ITEM = "*"
GROUND = "ground:"
HOME_NOTE = tr("也可以直接刷身份证，或扫通知书、回执、号票上的码。号码不留在这台机器上。")
OTHER_GROUNDS = tr("残疾人、孕妇、军人等要优先的，请到总服务台，工作人员给您取优先号。")
AT_WINDOW = tr("优先的，叫到号时请出示证件。")
CUT = tr("线路断着，照常取号：号票上写着到哪个窗口等，听窗口叫号。")


def home_view(off: str) -> ChoiceView:
    """首页; `off` is why no ticket is given here."""
    tiles = (
        TileView(key=TAKE, words=tr("取号"), note=tr("选要办的事，取一张号票"), reason=off),
        TileView(key=APPOINTMENT, words=tr("我有预约"), note=tr("按预约的时间排队"), reason=off),
        TileView(key=FILL, words=tr("自助填表"), note=tr("企业登记，先在这里填好")),
        TileView(key=AGAIN, words=tr("补打"), note=tr("号票丢了、看不清，再打一张"), reason=off),
    )
    return ChoiceView(title=tr("您好，请选择"), tiles=tiles, note=HOME_NOTE)


def services_view(offered: Sequence[Service], *, cut: bool) -> ChoiceView:
    """办哪一类."""
    tiles = tuple(
        TileView(key=one.letter, words=one.name, badge=one.letter, note=_waiting(one), reason=one.off)
        for one in offered
    )
    return ChoiceView(title=tr("您要办哪一类？"), tiles=tiles, note=CUT if cut else "")


def _waiting(service: Service) -> str:
    if service.waiting is None:
        return ""
    return tr("{waiting} 人在等", waiting=service.waiting) if service.waiting else tr("现在没有人等")


def items_view(service: Service) -> ChoiceView:
    """办什么事."""
    tiles = (
        *(TileView(key=item.code, words=item.name) for item in service.items),
        TileView(key=ANY_ITEM, words=tr("别的，或说不准")),
    )
    return ChoiceView(title=tr("{name}：办什么事？", name=service.name), tiles=tiles)


def times_view(times: Sequence[datetime]) -> ChoiceView:
    """预约的时间."""
    tiles = tuple(TileView(key=at.isoformat(), words=f"{at:%H:%M}") for at in times)
    return ChoiceView(title=tr("您预约的是几点？"), tiles=tiles, note=tr("到窗口要核对预约，对不上的按普通号排。"))


def person_view(
    about: str, wish: Wish, person: Person | None, grounds: Sequence[PriorityGround], said: str = ""
) -> PersonView:
    """刷身份证取号; `grounds` are those the hall has, of which some may be said here."""
    known = ""
    if person is not None:
        ground = tr("，{name}，优先办理", name=person.ground.name) if person.ground is not None else ""
        known = tr("已读身份证 {hidden}{ground}", hidden=person.hidden, ground=ground)
    return PersonView(
        title=tr("刷身份证，取号"),
        about=about,
        go=tr("取号"),
        skip="" if person is not None else tr("不登记，直接取号"),
        known=known,
        said=said,
        aids=(*_aids(wish), *_grounds(wish, grounds)),
        note=OTHER_GROUNDS if any(not one.kiosk and not one.min_age for one in grounds) else AT_WINDOW,
    )


def _aids(wish: Wish) -> tuple[TileView, ...]:
    return (
        TileView(
            key=LARGE, words=tr("要大字") if LARGE not in wish.aids else tr("要大字 ✓"), checked=LARGE in wish.aids
        ),
        TileView(
            key=VISUAL,
            words=tr("听不清，请打手势") if VISUAL not in wish.aids else tr("请打手势 ✓"),
            checked=VISUAL in wish.aids,
        ),
    )


def _grounds(wish: Wish, grounds: Sequence[PriorityGround]) -> tuple[TileView, ...]:
    """What the hall takes his word for."""
    said = [one for one in grounds if one.kiosk and not one.min_age]
    return tuple(
        TileView(
            key=f"{GROUND}{one.key}",
            words=f"{one.name} ✓" if wish.priority == one.key else one.name,
            checked=wish.priority == one.key,
        )
        for one in said
    )


def again_view(said: str = "") -> PersonView:
    """刷身份证补打."""
    return PersonView(
        title=tr("刷身份证，补打号票"),
        about=tr("取号时登记过身份证的，今天还没办完的号都能补打。"),
        go=tr("找我的号"),
        said=said,
        note=tr("没登记过身份证的，请到总服务台补打。"),
    )


def held_view(held: Sequence[TicketGiven], names: dict[str, str]) -> ChoiceView:
    """补打哪一张."""
    tiles = tuple(TileView(key=one.id, words=one.number, note=names.get(one.letter, one.letter)) for one in held)
    return ChoiceView(title=tr("补打哪一张？"), tiles=tiles)


def number_view(taken: Taken) -> NumberView:
    """取到了, or printed again."""
    waiting = tr("前面还有 {ahead} 人", ahead=taken.ahead) if taken.ahead >= 0 else ""
    head = tr("取到号了，请取走号票") if taken.copies == 1 else tr("补打好了，请取走号票")
    if taken.reserve:
        return NumberView(
            head=head, number=taken.number, business=taken.business, where=tr("请到 {where} 等", where=taken.where),
            note=tr("线路断着，听窗口叫号，凭这张号票办理，别丢了。"), kind="warn",
        )  # fmt: skip
    return NumberView(
        head=head, number=taken.number, business=taken.business, waiting=waiting, where=tr("在 {where} 附近等", where=taken.where),
        note=tr("留意叫号屏和广播。"),
    )  # fmt: skip


def unsure_view(taken: Taken) -> AskView:
    """出来了没有."""
    return AskView(
        head=tr("号票出来了吗？"),
        number=taken.number,
        words=tr("打印机没有回话。看一眼出票口：有一张完整的号票，按“出来了”；没有，或只有半张，按“没出来”。"),
        yes=tr("出来了，拿到了"),
        no=tr("没出来"),
        equal=True,
    )


def not_out_view(taken: Taken) -> AskView:
    """没打出来."""
    said = taken.said or tr("号票没有出来。")
    if taken.copies > 1:
        return AskView(
            head=tr("没有补打出来"),
            number=taken.number,
            words=tr("{said}{number} 还在，没有变。请到总服务台补打。", said=said, number=taken.number),
            yes=tr("知道了"),
        )
    return AskView(
        head=tr("号票没打出来，这个号作废了"),
        words=tr("{said}{number} 不再叫，没有占号。请到旁边的机器或总服务台取号。", said=said, number=taken.number),
        yes=tr("知道了"),
    )


def refused_view(refusal: Refusal, *, again: bool) -> AskView:
    """没取成."""
    if again:
        return AskView(head=tr("您已经有号了"), words=refusal.sentence, yes=tr("补打这一张"), no=tr("回首页"))
    return AskView(head=tr("没有取成"), words=refusal.sentence, yes=tr("回首页"))


def staff_words(refused: Sequence[Kept]) -> str:
    """给工作人员看的 what the centre does not take in."""
    if not refused:
        return ""
    numbers = tr("、").join(one.given.number for one in refused if one.given is not None)
    return tr(
        "工作人员请看：断线时给出的 {numbers} 中心没收，票在群众手里。{refused}请值班长处理。",
        numbers=numbers,
        refused=refused[0].refused,
    )


def about_words(service: Service, item: str, at: datetime | None) -> str:
    """办什么 in one line."""
    named = next((one.name for one in service.items if one.code == item), "")
    when = tr("预约 {at:%H:%M}", at=at) if at is not None else ""
    return "·".join(one for one in (f"{service.letter} {service.name}", named, when) if one)


def spoken(taken: Taken) -> str:
    """念出来 the number and where to wait."""
    return tr("您的号是 {number}，请取走号票，到{where}等候。", number=taken.number, where=taken.where)
