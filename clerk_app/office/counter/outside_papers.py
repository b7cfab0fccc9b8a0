"""网上来的原件 at a window: opened on asking, each look recorded before it is seen, and a case's own once it is taken in.

What was seen is kept on this machine, so a cut line takes nothing away; what was not cannot be ticked as electronic here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from clerk_app.cases.attachments import LONGEST_NAME, AttachScan
from clerk_app.cases.inbox.acts import LookAtInboxPaper, unknown_inbox_item
from clerk_app.cases.inbox.model import InboxItem, InboxMaterial
from clerk_app.cases.model import BroughtAs
from clerk_app.command import Command, Refusal
from clerk_app.office.line.attaching import content_of
from clerk_app.office.office import Beside, Office
from clerk_app.ports import CentreAway, CentreProblem, KeptBlob, StoreTrouble

ENDINGS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}


def look(office: Office, key: str, digest: str, *, noted: bool = False) -> bytes | Refusal:
    """打开: from this machine or the centre, and checked; `noted` when this person opened it before. Asks the net."""
    row = office.read(lambda books: books.inbox_item(key))
    paper = next((one for one in row.materials if one.sha256 == digest), None) if row is not None else None
    if row is None or paper is None:
        return unknown_inbox_item()
    if refusal := may_look(office, row):
        return refusal
    content = _fetched(office, paper)
    if isinstance(content, Refusal):
        return content
    if not noted:
        fields = office.stamp().fields(office.parts.new_id)
        seen = office.do(LookAtInboxPaper(**fields, item=key, digest=digest))
        if isinstance(seen, Refusal):
            return seen
    return content


def may_look(office: Office, row: InboxItem) -> Refusal | None:
    """Only where the item is done; once it was taken, only where it was taken (个人信息保护法 6: no more than is needed)."""
    item = office.hall.items.get(row.item)
    if item is None or office.window not in item.windows:
        return Refusal("item-elsewhere", f"{row.item_name}不在{office.window}号窗口办，原件没有打开。到办它的窗口看。")
    if row.state == "taken" and row.window != office.window:
        return Refusal("inbox-taken", f"这件{row.window}号窗口收下了，原件没有打开。到那个窗口看。")
    if row.state not in ("waiting", "taken"):
        return Refusal("inbox-over", f"这件{row.told}，原件没有打开。不用再看了。")
    return None


def keep(office: Office, content: bytes) -> Refusal | None:
    """看到了: what was really before his eyes is kept here, and may be ticked. Not for the screen's thread."""
    try:
        office.parts.vault.blobs.keep(content)
    except StoreTrouble as trouble:
        return Refusal(trouble.type, trouble.sentence)
    return None


def _fetched(office: Office, paper: InboxMaterial) -> bytes | Refusal:
    if paper.awaited:
        return Refusal("paper-awaited", f"“{paper.name}”的原件还没到中心，没有打开。平台送到了，这里会变成“原件已到”。")
    try:
        content = content_of(office, paper.sha256)
    except (CentreAway, StoreTrouble):
        return Refusal(
            "line-cut", f"线路断着，“{paper.name}”没在这台机器上打开过，没有打开。打开过的都在；线路好了再开这一份。"
        )
    except CentreProblem as problem:
        if problem.status == 404:
            return Refusal("paper-gone", f"“{paper.name}”的原件中心已经没有了，没有打开。请平台再送一次，或收纸质的。")
        return Refusal(problem.type, problem.sentence)
    if hashlib.sha256(content).hexdigest() != paper.sha256:
        return Refusal(
            "paper-other-bytes", f"取到的“{paper.name}”和报文写的不是同一份，没有打开。请他带原件来，告诉管理员。"
        )
    return content


def here(office: Office, rows: Iterable[InboxItem]) -> frozenset[str]:
    """打开过的 the digests of what was opened on this machine. Not for the screen's thread."""
    named = {one.sha256 for row in rows for one in row.materials if one.size}
    return office.parts.vault.blobs.lying(named)


def ready(office: Office, row: InboxItem) -> tuple[str, ...]:
    """能记作电子件的 by name: here, opened on this machine, and none that a pre-check speaks of."""
    opened = here(office, (row,))
    return tuple(one.name for one in row.materials if one.size and not one.result and one.sha256 in opened)


def scans_with(
    office: Office, case: str, names: Sequence[str], how: Mapping[str, BroughtAs]
) -> tuple[tuple[Command, Beside], ...] | Refusal:
    """一起收的附件 of a case that came from outside, for what is ticked as electronic; nothing for any other case."""
    claimed = [name for name in names if how.get(name) == "electronic"]
    row = office.read(lambda books: books.inbox_item_of(case)) if claimed and case else None
    return scans_from(office, row, case, claimed) if row is not None else ()


def scans_from(
    office: Office, row: InboxItem, case: str, names: Sequence[str]
) -> tuple[tuple[Command, Beside], ...] | Refusal:
    """The same bytes under the same digest, from outside; the centre has them and is sent none."""
    papers = [one for one in row.materials if one.name in names and one.size]
    opened, attached = here(office, (row,)), office.read(lambda books: books.attachments_of(case))
    if closed := next((one.name for one in papers if one.sha256 not in opened), ""):
        return Refusal(
            "paper-unopened", f"“{closed}”的原件还没在这里打开看过，不能记作电子件，没有收。到收件箱打开看过再收。"
        )
    known = {one.digest for one in attached}
    fresh = {one.sha256: one for one in papers if one.sha256 not in known}
    return tuple(_attaching(office, case, one) for one in fresh.values())


def _attaching(office: Office, case: str, paper: InboxMaterial) -> tuple[Command, Beside]:
    command = AttachScan(
        **office.stamp().fields(office.parts.new_id),
        case=case,
        attachment=office.parts.new_id(),
        name=(paper.file or paper.name + ENDINGS.get(paper.media, ""))[:LONGEST_NAME],
        media=paper.media,
        size=paper.size,
        digest=paper.sha256,
        outside=True,
    )
    return command, Beside(blobs=((KeptBlob(paper.sha256, paper.size), case),))
