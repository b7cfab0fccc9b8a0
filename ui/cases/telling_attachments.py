"""说附件 where a scan is, in the clerk's words."""

from __future__ import annotations

from clerk_app.cases.attachments import OUTSIDE
from clerk_app.cases.model import Case
from clerk_app.office.line.attaching import AttachmentStanding
from ui.cases.view import AttachmentLine, AttachmentsView
from ui.language import tr
from ui.widgets.lamp import LampKind

ADDING = tr("正在加，存好就在上面")
TAKEN = tr("PDF、JPEG、PNG、TIFF，每份不超过 20 MB。")


def tell_attachments(
    standings: tuple[AttachmentStanding, ...], *, adding: bool, readable: bool = False
) -> AttachmentsView:
    """The list, its count, and whether one more can be added now."""
    return AttachmentsView(
        title=tr("附件 {count} 份", count=len(standings)) if standings else tr("附件"),
        none="" if standings else tr("还没有附件。{taken}", taken=TAKEN),
        lines=tuple(tell_line(one) for one in standings),
        reason=ADDING if adding else "",
        readable=readable,
    )


def tell_line(one: AttachmentStanding) -> AttachmentLine:
    """One scan."""
    lamp, state = _standing(one)
    stuck = one.where == "stuck"
    return AttachmentLine(
        id=one.attachment.id,
        digest=one.attachment.digest,
        name=one.attachment.name,
        lamp=lamp,
        state=f"{size_words(one.attachment.size)}·{state}",
        said=one.said if stuck else "",
        again=stuck,
    )


def _standing(one: AttachmentStanding) -> tuple[LampKind, str]:
    if one.where == "there":
        return "done", tr("中心已有")
    if one.where == "sending":
        return "waiting", tr("正在送 {percent}%", percent=one.percent)
    if one.where == "stuck":
        return "unknown", tr("送不上去")
    if one.where == "elsewhere" and one.attachment.by == OUTSIDE:
        return "ok", tr("网上交来的，中心已有")
    if one.where == "elsewhere":
        return "ok", tr("{window}号窗口扫的", window=one.attachment.window)
    return "waiting", tr("只在本机，排着送")


def size_words(size: int) -> str:
    """As a clerk compares files."""
    return f"{size / (1 << 20):.1f} MB" if size >= 1 << 20 else f"{max(1, round(size / 1024))} KB"


def tell_scanning(percent: int, *, here: bool) -> str:
    """How far the page is; many scanners do not say."""
    whose = tr("正在扫") if here else tr("正在给另一件扫")
    return tr("{whose}，{percent}%", whose=whose, percent=percent) if percent else tr("{whose}，等它走完", whose=whose)


def tell_added(case: Case, refusals: tuple[str, ...], asked: int) -> tuple[str, bool]:
    """What became of the files that were chosen: good ones counted, the first bad one in its own words."""
    added = asked - len(refusals)
    number = case.case_no or tr("还没编号的这件")
    kept = tr("{number} 加了 {added} 份附件，会自动送到中心。", number=number, added=added) if added else ""
    if not refusals:
        return kept, True
    more = tr("还有 {count} 份也没加上。", count=len(refusals) - 1) if len(refusals) > 1 else ""
    return f"{refusals[0]}{more}{kept}", False
