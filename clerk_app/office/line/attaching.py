"""加附件 a file becomes a case's attachment: looked at, kept sealed beside the store, and then said in one fact."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from clerk_app.cases.attachments import LONGEST_NAME, Attachment, AttachScan, media_by
from clerk_app.command import Refusal
from clerk_app.office.events import RowsChanged
from clerk_app.office.office import Beside, Office, Outcome
from clerk_app.ports import BlobRow, CentreAway, CentreProblem, StoreTrouble

LARGEST = 20 << 20
READ_FIRST = 1024

Where = Literal["here", "sending", "there", "stuck", "elsewhere"]
"""Only on this machine; on its way; the centre has it; tried in vain; kept by another window."""


@dataclass(frozen=True, kw_only=True)
class AttachmentStanding:
    """附件到哪了 one attachment and where its bytes are."""

    attachment: Attachment
    where: Where
    percent: int = 0
    said: str = ""


def attach(office: Office, case: str, path: Path) -> Outcome:
    """加附件: the bytes first, whole on the disk, then the fact that names them. Not for the screen's thread."""
    name = path.name
    try:
        with path.open("rb") as file:
            return attach_read(office, case, name, file)
    except OSError:
        return Refusal("file-unreadable", f"“{name}”打不开，没有加，别的都在。看看文件还在不在、能不能读，再加一次。")


def attach_read(office: Office, case: str, name: str, file: BinaryIO) -> Outcome:
    """加附件 what is already open, or never was a file; reading it may raise `OSError`."""
    try:
        return _attach(office, case, name, file)
    except StoreTrouble as trouble:
        return Refusal(trouble.type, trouble.sentence)


def _attach(office: Office, case: str, name: str, file: BinaryIO) -> Outcome:
    if office.session is None:
        return Refusal("signed-out", "还没登录，附件没有加。登录后再加。")
    media = media_of(name, file)
    if isinstance(media, Refusal):
        return media
    kept = office.parts.vault.blobs.keep(file)
    known, others = office.read(lambda books: (books.case(case), books.attachments_of(case)))
    if known is None:
        return Refusal("unknown-case", "没有这件办件，附件没有加。核对编号，或到中心查一下。")
    same = next((other for other in others if other.digest == kept.digest), None)
    if same is not None:
        return Refusal("already-attached", f"这份已经在这件里了，叫“{same.name}”，没有再加。")
    command = AttachScan(
        **office.stamp().fields(office.parts.new_id),
        case=case,
        attachment=office.parts.new_id(),
        name=_short(name),
        media=media,
        size=kept.size,
        digest=kept.digest,
    )
    return office.do(command, beside=Beside(blobs=((kept, case),)))


def media_of(name: str, file: BinaryIO) -> str | Refusal:
    """By the first bytes; what a file is called says nothing."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    if size == 0:
        return Refusal("file-empty", f"“{name}”是空的，没有加。重新扫一份再加。")
    if size > LARGEST:
        whole = size / (1 << 20)
        return Refusal("file-too-large", f"“{name}”有 {whole:.1f} MB，超过 20 MB，没有加。扫成灰度或分成几份再加。")
    head = file.read(READ_FIRST)
    file.seek(0)
    return media_by(head) or Refusal("file-kind", f"“{name}”不是 PDF、JPEG、PNG 或 TIFF，没有加。另存为 PDF 再加。")


def _short(name: str) -> str:
    """The beginning and the ending of a long name."""
    if len(name) <= LONGEST_NAME:
        return name
    ending = Path(name).suffix[:10]
    return name[: LONGEST_NAME - len(ending) - 1] + "…" + ending


def attachments_of(office: Office, case: str) -> tuple[AttachmentStanding, ...]:
    """附件 of a case, each with where its bytes are."""
    found = office.read(lambda books: books.attachments_of(case))
    rows = office.parts.vault.blobs.standings([one.digest for one in found])
    return tuple(_standing(one, rows.get(one.digest)) for one in found)


def _standing(attachment: Attachment, row: BlobRow | None) -> AttachmentStanding:
    if row is None:
        return AttachmentStanding(attachment=attachment, where="elsewhere")
    if row.state != "kept":
        return AttachmentStanding(attachment=attachment, where=row.state, said=row.said)
    percent = row.sent * 100 // max(1, row.size)
    return AttachmentStanding(
        attachment=attachment, where="sending" if row.url else "here", percent=percent, said=row.said
    )


def whole_refusal(office: Office, case: str) -> Refusal | None:
    """附件齐不齐: nobody decides over scans that are neither whole on this machine nor at the centre. Not for the screen's thread."""
    missing = [one.attachment for one in attachments_of(office, case) if one.where == "elsewhere"]
    away = [one.name for one in missing if not _at_centre(office, one)]
    if not away:
        return None
    more = f"等 {len(away)} 份" if len(away) > 1 else ""
    return Refusal(
        "attachments-missing",
        f"附件“{away[0]}”{more}还在别的窗口，没有全到，没有授权，这件还在等待里。等它传到中心，或请那个窗口连线后再定。",
    )


def _at_centre(office: Office, attachment: Attachment) -> bool:
    centre = office.parts.blob_centre
    try:
        return centre is not None and centre.size(attachment.digest) == attachment.size
    except (CentreAway, CentreProblem):
        return False


def send_again(office: Office, digest: str) -> None:
    """再送 what was given up, from the beginning."""
    office.parts.vault.blobs.settle(digest, "kept")
    office.bell.ring(RowsChanged((f"blob:{digest}",)))
    office.wake()


def content_of(office: Office, digest: str) -> bytes:
    """附件内容 from this machine, else from the centre. Raises `StoreTrouble`, `CentreAway`, `CentreProblem`."""
    try:
        return office.parts.vault.blobs.open(digest)
    except StoreTrouble:
        if office.parts.blob_centre is None:
            raise
        return office.parts.blob_centre.fetch(digest)
