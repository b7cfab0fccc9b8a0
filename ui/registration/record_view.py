"""取档和对照 what is shown before a form begins with a record, and of the record beside the application, as frozen values. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from clerk_app.office.registration.records import Taken
from clerk_app.ports.companies import CompaniesFound, CompanyLine
from clerk_app.registration.comparing import Change
from clerk_app.registration.form import Form
from ui.registration.places import place_id
from ui.widgets.empty_card import EmptyView
from ui.widgets.row_model import Cell, Row
from ui.widgets.strip import StripView
from ui.widgets.tag import TagKind, TagView

ASK = EmptyView(
    "先取登记档案", "写公司名称里的字或统一社会信用代码，回车去找。表从档案开，不用重新填。", icon="building"
)
SEEKING = EmptyView("正在问中心", "Esc 停下，表没有动。", icon="search")
NO_CHANGES = EmptyView("和登记档案一样", "还没有改过哪一处。Esc 回到表里。", icon="check", tone="ok")
NOT_TAKEN = StripView(
    "这件还没取登记档案。", "没取档不能提；先填的，取了档会接上。", icon="building", link="去取档", key="Ctrl+F"
)
_standings: dict[str, tuple[str, TagKind]] = {
    "registered": ("登记事项", "info"), "filed": ("备案事项", "plain"), "other": ("其他信息", "plain"),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class TakingRecordView:
    """取档 `chosen` is the code of the row under the hand; `reason`: why it cannot be taken."""

    title: str
    rows: tuple[Row, ...] = ()
    chosen: str = ""
    reason: str = "先找公司"
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
        empty = EmptyView("没找到这家公司", "换几个字，或者照着执照打 18 位代码。", icon="search")
        return TakingRecordView(title=title, empty=empty, reason="没找到公司")
    lines = {one.uscc: one for one in found.lines}
    here = lines.get(chosen) or (found.lines[0] if len(found.lines) == 1 else None)
    more = StripView("还有别的，没都列出来。", "多写几个字再找。", kind="info", icon="info") if found.more else None
    return TakingRecordView(
        title=title,
        rows=tuple(map(_company, found.lines)),
        chosen=here.uscc if here else "",
        reason=_reason(here),
        strip=more,
    )


def _reason(one: CompanyLine | None) -> str:
    if one is None:
        return "先选一家公司"
    return "这家公司已经注销" if one.standing == "cancelled" else ""


def _company(one: CompanyLine) -> Row:
    ended = one.standing == "cancelled"
    state = Cell("已注销", tone="ink3") if ended else Cell(f"第 {one.version} 版", note=f"{one.filed_at:%Y-%m-%d}")
    spoken = f"{one.name}，{one.uscc}，法定代表人 {one.legal_rep}，{'已注销' if ended else '在业'}"
    name = Cell(one.name, tone="ink3" if ended else "", bold=not ended)
    return Row(one.uscc, (name, Cell(one.uscc), Cell(one.legal_rep), state), spoken=spoken)


def tell_taken(taken: Taken) -> StripView:
    """What the form begins with now, and what was typed before and is not in it."""
    head = f"表从{taken.name}的登记档案（第 {taken.version} 版）开的。"
    if taken.moved:
        head = f"换成了最新的档案（第 {taken.version} 版），您改的都接上了。"
    rest = "".join(taken.told)
    if taken.left:
        places = "、".join(f"“{one.label}”填的是“{one.will or '空'}”" for one in taken.left[:3])
        many = f"等 {len(taken.left)} 处" if len(taken.left) > 3 else ""
        rest = f"档案里这几处也变了，用的是档案的，您填的没有接上：{places}{many}。要用您的，照着再填。{rest}"
        return StripView(head.replace("您改的都接上了", "其余您改的都接上了"), rest, kind="warn")
    return StripView(head, rest, kind="info", icon="info")


def tell_changes(form: Form, found: tuple[Change, ...], version: int) -> ChangesView:
    """The table, in the order of the form."""
    registered = sum(1 for one in found if one.registered)
    sentence = f"改了 {len(found)} 处，其中登记事项 {registered} 处。" if found else "和登记档案一样。"
    rows = tuple(_change(form, number, one) for number, one in enumerate(found))
    return ChangesView(sentence=sentence, note=f"左边是登记档案第 {version} 版，右边是这次填的。", rows=rows)


def _change(form: Form, number: int, one: Change) -> Row:
    standing = "registered" if one.registered else form.types.standing(place_id(one.pointer))
    word, kind = _standings.get(standing, _standings["other"])
    label = f"{one.where}·{one.label}" if one.where else one.label
    was, will = one.was or "（没填）", one.will or "（空）"
    if one.kind == "added":
        was = "（没有）"
    elif one.kind == "removed":
        will = "（去掉）"
    elif one.masked and one.was == one.will:
        will = f"{one.will}（遮住的几位改了）"
    cells = (Cell(label, bold=True, tags=(TagView(word, kind),)), Cell(was, tone="ink2"), Cell(will))
    return Row(f"{one.pointer} {number}", cells, spoken=f"{label}，{word}，原来 {was}，拟 {will}")
