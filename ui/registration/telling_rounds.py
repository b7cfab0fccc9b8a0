"""补正点的话 each point with its tag, its place, its opinion, and what stood there before. Pure."""

from __future__ import annotations

from clerk_app.office.registration.rounds import PointMark
from ui.language import tr
from ui.registration.points_view import NewPointView, PointLine, PointsView
from ui.registration.view import PointRow
from ui.widgets.strip import StripView
from ui.widgets.tag import TagView


def tell_points(
    case: str,
    marks: tuple[PointMark, ...],
    *,
    mine: frozenset[str],
    handles: bool,
    fresh: NewPointView | None,
    strip: StripView | None,
) -> PointsView:
    """`mine`: departments one speaks for; `handles`: the case is in hand here, so that points are read and explained."""
    told = [one for one in marks if one.round]
    left = sum(not one.settled for one in told)
    waiting = len(marks) - len(told)
    said = tr("{left} 处没了结", left=left) if left else tr("都了结了") if told else ""
    note = tr("{waiting} 处还没告知", waiting=waiting) if waiting else ""
    return PointsView(
        case=case,
        title=tr("补正点"),
        note=tr("，").join(part for part in (said, note) if part),
        lines=tuple(_line(one, one.department in mine, handles) for one in marks),
        fresh=fresh,
        strip=strip,
    )


def _line(mark: PointMark, mine: bool, handles: bool) -> PointLine:
    tag = tag_of(mark)
    under = f"{mark.basis}　" if mark.basis else ""
    then = tr("原来是{before}", before=mark.before)
    now = tr("，现在是{now}", now=mark.now) if mark.corrected else ""
    why = tr("\u3000说明：{explained}", explained=mark.explained) if mark.explained else ""
    row = PointRow(
        id=mark.id,
        kind="error",
        pointer=mark.place,
        sentence=mark.opinion,
        where=f"{mark.department}·{mark.label}",
        basis=f"{under}{then}{now}{why}",
        tag=tag,
    )
    return PointLine(
        row=row,
        read=handles and mark.unread,
        explain=handles and not mark.settled,
        drop=mine and not mark.round,
    )


def tag_of(mark: PointMark) -> TagView:
    """未告知, 未读, then how it was settled; what was read and left is still to be mended."""
    if not mark.round:
        return TagView(tr("改了，还没告知") if mark.corrected else tr("还没告知"), "plain")
    if mark.unread:
        return TagView(tr("已改，未读") if mark.corrected else tr("未读"), "warn")
    if mark.corrected:
        return TagView(tr("已改"), "ok")
    return TagView(tr("已说明"), "info") if mark.explained else TagView(tr("没改"), "must")
