"""说附件 where a scan is, in the clerk's words."""

from __future__ import annotations

from clerk_app.cases.model import Case
from clerk_app.office.line.attaching import AttachmentStanding
from ui.cases.view import AttachmentLine, AttachmentsView
from ui.widgets.lamp import LampKind

ADDING = "正在加，存好就在上面"
TAKEN = "PDF、JPEG、PNG、TIFF，每份不超过 20 MB。"


def tell_attachments(standings: tuple[AttachmentStanding, ...], *, adding: bool) -> AttachmentsView:
    """The list, its count, and whether one more can be added now."""
    return AttachmentsView(
        title=f"附件 {len(standings)} 份" if standings else "附件",
        none="" if standings else f"还没有附件。{TAKEN}",
        lines=tuple(tell_line(one) for one in standings),
        reason=ADDING if adding else "",
    )


def tell_line(one: AttachmentStanding) -> AttachmentLine:
    """One scan."""
    lamp, state = _standing(one)
    stuck = one.where == "stuck"
    return AttachmentLine(
        digest=one.attachment.digest,
        name=one.attachment.name,
        lamp=lamp,
        state=f"{size_words(one.attachment.size)} · {state}",
        said=one.said if stuck else "",
        again=stuck,
    )


def _standing(one: AttachmentStanding) -> tuple[LampKind, str]:
    if one.where == "there":
        return "done", "中心已有"
    if one.where == "sending":
        return "waiting", f"正在送 {one.percent}%"
    if one.where == "stuck":
        return "unknown", "送不上去"
    if one.where == "elsewhere":
        return "ok", f"{one.attachment.window}号窗口扫的"
    return "waiting", "只在本机，排着送"


def size_words(size: int) -> str:
    """As a clerk compares files."""
    return f"{size / (1 << 20):.1f} MB" if size >= 1 << 20 else f"{max(1, round(size / 1024))} KB"


def tell_scanning(percent: int, *, here: bool) -> str:
    """How far the page is; many scanners do not say."""
    whose = "正在扫" if here else "正在给另一件扫"
    return f"{whose}，{percent}%" if percent else f"{whose}，等它走完"


def tell_added(case: Case, refusals: tuple[str, ...], asked: int) -> tuple[str, bool]:
    """What became of the files that were chosen: good ones counted, the first bad one in its own words."""
    added = asked - len(refusals)
    number = case.case_no or "还没编号的这件"
    kept = f"{number} 加了 {added} 份附件，会自动送到中心。" if added else ""
    if not refusals:
        return kept, True
    more = f"还有 {len(refusals) - 1} 份也没加上。" if len(refusals) > 1 else ""
    return f"{refusals[0]}{more}{kept}", False
