"""登记盖章怎么说 the paper seal: which paper, how many copies, by whom, when; together with others it is 补登."""

from __future__ import annotations

from clerk_app.hall import Hall
from ui.language import tr
from ui.sealing.moment import Moment, off
from ui.sealing.several_view import PressView
from ui.sealing.state import OnTable
from ui.sealing.telling_seal import barred_reason, off_reason, spaced
from ui.widgets.strip import StripView

COPIES = 1
"""A decision is printed once unless its template says otherwise; whoever pressed the seal says how often he did."""


def tell_press(table: OnTable, hall: Hall, moment: Moment) -> PressView:
    """The case on the table, or all that are marked with it."""
    together = len(moment.marked)
    at, text = moment.press_finding
    return PressView(
        case=table.case.id,
        head=tr("{together} 件一起补登", together=together) if together else tr("盖实体章，随即登记"),
        note=_note(table, moment),
        what=_what(table, hall),
        keepers=table.keepers,
        copies=COPIES,
        now=f"{moment.now:%H:%M}",
        together=together,
        act=tr("正在登记…")
        if moment.busy
        else tr("{together} 件已盖章", together=together)
        if together
        else tr("已盖章"),
        reason="" if moment.busy else barred_reason(table),
        finding=text,
        finding_at=at,
        other=tr("用电子印章")
        if off(table, moment) is None or table.seal is None or table.seal.seal.electronic
        else "",
        other_reason=off_reason(table, moment),
        busy=moment.busy,
        strip=moment.strip or _wrong_person(table),
        results=moment.refused,
    )


def _note(table: OnTable, moment: Moment) -> str:
    if moment.marked:
        return tr("时间、份数、保管人对每一件都一样；登记里写明是补登。")
    if moment.cut:
        return tr("线路断着也照常盖、照常登记，恢复后自动送。")
    return tr("打出来的那份盖好了，在这里按一下；期限停在盖章的时候。")


def _what(table: OnTable, hall: Hall) -> tuple[tuple[str, str], ...]:
    decision, paper = table.case.decision, table.paper
    if decision is None or paper is None:
        return ((tr("事项"), table.item.name),)
    return (
        (tr("文书"), tr("{title}，{pages} 页", title=paper.title, pages=decision.pages)),
        (tr("文号"), decision.document_no),
        (tr("用印"), tr("{seal_name}，实体章", seal_name=table.seal_name)),
        (tr("授权"), f"{hall.roster.name_for(decision.by, decision.acting_for or None)} {decision.at:%H:%M}"),
        (tr("指纹"), f"SHA-256 {spaced(decision.digest)}"),
    )


def _wrong_person(table: OnTable) -> StripView | None:
    """Nobody to be written down as its keeper."""
    if table.keepers:
        return None
    return StripView(tr("这枚印章没有登记保管人。"), tr("先到用印登记里记交接，再来登记盖章。"))
