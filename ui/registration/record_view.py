"""取档和对照 what is shown before a form begins with a record, and of the record beside the application, as frozen values. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from clerk_app.office.registration.records import Taken
from clerk_app.ports.companies import CompaniesFound, CompanyLine
from clerk_app.registration.comparing import Change
from clerk_app.registration.form import Form
from ui.language import tr
from ui.registration.places import place_id
from ui.widgets.empty_card import EmptyView
from ui.widgets.row_model import Cell, Row
from ui.widgets.strip import StripView
from ui.widgets.tag import TagKind, TagView

ASK = EmptyView(
    tr("先取登记档案"), tr("写公司名称里的字或统一社会信用代码，回车去找。表从档案开，不用重新填。"), icon="building"
)
SEEKING = EmptyView(tr("正在问中心"), tr("Esc 停下，表没有动。"), icon="search")
NO_CHANGES = EmptyView(tr("和登记档案一样"), tr("还没有改过哪一处。Esc 回到表里。"), icon="check", tone="ok")
NOT_TAKEN = StripView(
    tr("这件还没取登记档案。"),
    tr("没取档不能提；先填的，取了档会接上。"),
    icon="building",
    link=tr("去取档"),
    key="Ctrl+F",
)
_standings: dict[str, tuple[str, TagKind]] = {
    "registered": (tr("登记事项"), "info"), "filed": (tr("备案事项"), "plain"), "other": (tr("其他信息"), "plain"),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class TakingRecordView:
    """取档 `chosen` is the code of the row under the hand; `reason`: why it cannot be taken."""

    title: str
    rows: tuple[Row, ...] = ()
    chosen: str = ""
    reason: str = tr("先找公司")
    busy: bool = False
    empty: EmptyView = ASK
    strip: StripView | None = None


@dataclass(frozen=True, kw_only=True)
class ChangesView:
    """新旧对照 `rows` are named by the place to jump to and their number."""

    sentence: str
    note: str = ""
    rows: tuple[Row, ...] = ()
    strip: StripView | None = None


def tell_found(title: str, found: CompaniesFound, chosen: str = "") -> TakingRecordView:
    """Who was found; the only one is chosen at once."""
    if not found.lines:
        empty = EmptyView(tr("没找到这家公司"), tr("换几个字，或者照着执照打 18 位代码。"), icon="search")
        return TakingRecordView(title=title, empty=empty, reason=tr("没找到公司"))
    lines = {one.uscc: one for one in found.lines}
    here = lines.get(chosen) or (found.lines[0] if len(found.lines) == 1 else None)
    more = (
        StripView(tr("还有别的，没都列出来。"), tr("多写几个字再找。"), kind="info", icon="info")
        if found.more
        else None
    )
    return TakingRecordView(
        title=title,
        rows=tuple(map(_company, found.lines)),
        chosen=here.uscc if here else "",
        reason=_reason(here),
        strip=more,
    )


def _reason(one: CompanyLine | None) -> str:
    if one is None:
        return tr("先选一家公司")
    return tr("这家公司已经注销") if one.standing == "cancelled" else ""


def _company(one: CompanyLine) -> Row:
    ended = one.standing == "cancelled"
    state = (
        Cell(tr("已注销"), tone="ink3")
        if ended
        else Cell(tr("第 {version} 版", version=one.version), note=f"{one.filed_at:%Y-%m-%d}")
    )
    spoken = tr(
        "{name}，{uscc}，法定代表人 {legal_rep}，{value}",
        name=one.name,
        uscc=one.uscc,
        legal_rep=one.legal_rep,
        value=tr("已注销") if ended else tr("在业"),
    )
    name = Cell(one.name, tone="ink3" if ended else "", bold=not ended)
    return Row(one.uscc, (name, Cell(one.uscc), Cell(one.legal_rep), state), spoken=spoken)


def tell_taken(taken: Taken) -> StripView:
    """What the form begins with now, and what was typed before and is not in it."""
    head = tr("表从{name}的登记档案（第 {version} 版）开的。", name=taken.name, version=taken.version)
    if taken.moved:
        head = tr("换成了最新的档案（第 {version} 版），您改的都接上了。", version=taken.version)
    rest = "".join(taken.told)
    if taken.left:
        places = tr("、").join(
            tr("“{label}”填的是“{will}”", label=one.label, will=one.will or tr("空")) for one in taken.left[:3]
        )
        many = tr("等 {count} 处", count=len(taken.left)) if len(taken.left) > 3 else ""
        rest = tr(
            "档案里这几处也变了，用的是档案的，您填的没有接上：{places}{many}。要用您的，照着再填。{rest}",
            places=places,
            many=many,
            rest=rest,
        )
        return StripView(head.replace("您改的都接上了", "其余您改的都接上了"), rest, kind="warn")
    return StripView(head, rest, kind="info", icon="info")


def tell_changes(form: Form, found: tuple[Change, ...], version: int) -> ChangesView:
    """The table, in the order of the form."""
    registered = sum(1 for one in found if one.registered)
    sentence = (
        tr("改了 {count} 处，其中登记事项 {registered} 处。", count=len(found), registered=registered)
        if found
        else tr("和登记档案一样。")
    )
    rows = tuple(_change(form, number, one) for number, one in enumerate(found))
    return ChangesView(
        sentence=sentence, note=tr("左边是登记档案第 {version} 版，右边是这次填的。", version=version), rows=rows
    )


def _change(form: Form, number: int, one: Change) -> Row:
    standing = "registered" if one.registered else form.types.standing(place_id(one.pointer))
    word, kind = _standings.get(standing, _standings["other"])
    label = f"{one.where}·{one.label}" if one.where else one.label
    was, will = one.was or tr("（没填）"), one.will or tr("（空）")
    if one.kind == "added":
        was = tr("（没有）")
    elif one.kind == "removed":
        will = tr("（去掉）")
    elif one.masked and one.was == one.will:
        will = tr("{will}（遮住的几位改了）", will=one.will)
    cells = (Cell(label, bold=True, tags=(TagView(word, kind),)), Cell(was, tone="ink2"), Cell(will))
    return Row(
        f"{one.pointer} {number}",
        cells,
        spoken=tr("{label}，{word}，原来 {was}，拟 {will}", label=label, word=word, was=was, will=will),
    )
