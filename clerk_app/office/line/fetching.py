"""取附件 the bytes of a case's file: from this machine, else from the centre piece by piece; nothing but the very file comes out.

What came from the centre is not kept here: it was somebody else's scan, and is fetched again when it is looked at again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from threading import Event

from clerk_app.cases.attachments import Attachment
from clerk_app.command import Refusal
from clerk_app.office.office import Office
from clerk_app.ports import CentreAway, CentreProblem, StoreTrouble

PIECE = 512 << 10
"""So much between two looks at whether it is still wanted."""
Told = Callable[[int], None]


def fetch(office: Office, attachment: Attachment, stop: Event, told: Told) -> bytes | Refusal:
    """取到为止: `told` the percent, until `stop`. Asks the net; neither for the screen's thread nor for the store's."""
    found = _here(office, attachment)
    if isinstance(found, Refusal):
        found = _from_centre(office, attachment, found, stop, told)
    if isinstance(found, Refusal) or hashlib.sha256(found).hexdigest() == attachment.digest:
        return found
    return _other_bytes(attachment)


def _here(office: Office, attachment: Attachment) -> bytes | Refusal:
    """A damaged file is fetched anew where that can be; else it says so itself."""
    try:
        return office.parts.vault.blobs.open(attachment.digest)
    except StoreTrouble as trouble:
        if trouble.type != "blob-missing":
            return Refusal(trouble.type, trouble.sentence)
    return Refusal(
        "line-cut",
        f"线路断着，“{attachment.name}”是{attachment.window}号窗口的，不在这台机器上，没有打开。线路好了再开这一份。",
    )


def _from_centre(office: Office, attachment: Attachment, away: Refusal, stop: Event, told: Told) -> bytes | Refusal:
    centre, parts, have = office.parts.blob_centre, list[bytes](), 0
    if centre is None:
        return away
    try:
        while have < attachment.size:
            if stop.is_set():
                return stopped(attachment)
            told(have * 100 // attachment.size)
            piece = centre.piece(attachment.digest, have, min(PIECE, attachment.size - have))
            if not piece:
                break
            parts.append(piece)
            have += len(piece)
    except CentreAway:
        return away
    except CentreProblem as problem:
        return _not_given(attachment, problem)
    return b"".join(parts)


def stopped(attachment: Attachment) -> Refusal:
    """停下了 who asked does not want it any more."""
    return Refusal("fetch-stopped", f"停下了，“{attachment.name}”没有打开。要看再打开一次。")


def _not_given(attachment: Attachment, problem: CentreProblem) -> Refusal:
    if problem.type == "blob-unknown":
        return Refusal(
            problem.type,
            f"“{attachment.name}”还没送到中心，没有打开。{attachment.window}号窗口连着线就会送上来，等一会儿再开。",
        )
    if problem.type == "range-beyond":
        return _other_bytes(attachment)
    return Refusal(problem.type, problem.sentence)


def _other_bytes(attachment: Attachment) -> Refusal:
    return Refusal(
        "attachment-other-bytes",
        f"取到的“{attachment.name}”和登记的不是同一份，没有打开。请{attachment.window}号窗口重扫一份，告诉管理员。",
    )
