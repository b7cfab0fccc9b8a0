"""附件 a scan belongs to a case: a fact; its bytes travel apart and may arrive at the centre later than the case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Protocol

from clerk_app.command import Command, Refusal, UseCase, case_subject

LONGEST_NAME, LONGEST_MEDIA = 120, 60

attachment_subject = "attachment:{}".format
OUTSIDE = "outside"
"""Who brought what came over an outside platform: nobody stood at a counter with it."""

_kinds = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)


def media_by(head: bytes) -> str:
    """What a file is by its first bytes (what it is called says nothing); empty: none of ours."""
    return next((media for magic, media in _kinds if head.startswith(magic)), "")


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """附件 one file of a case: what it is called, what it is, and the SHA-256 its bytes are found by. `by` may be `OUTSIDE`."""

    id: str
    case: str
    name: str
    media: str
    size: int
    digest: str
    by: str
    at: datetime
    window: int


class AttachmentBooks(Protocol):
    """附件账 what this module needs from the books."""

    def attachment(self, key: str) -> Attachment | None:
        """One attachment by id."""
        ...

    def put_attachment(self, row: Attachment) -> None:
        """Write one attachment."""
        ...

    def attachments_of(self, case: str) -> tuple[Attachment, ...]:
        """Those of a case, oldest first."""
        ...


@dataclass(frozen=True, kw_only=True)
class AttachScan(Command):
    """加附件 the file was scanned or handed in, or came from outside; whatever becomes of the case, it was."""

    kind: ClassVar[str] = "attach_scan"
    fact: ClassVar[bool] = True
    case: str
    attachment: str
    name: str
    media: str
    size: int
    digest: str
    outside: bool = False

    @property
    def subjects(self) -> tuple[str, ...]:
        """The attachment alone: it waits for nobody, and nobody waits for it."""
        return (attachment_subject(self.attachment),)

    @property
    def about(self) -> tuple[str, ...]:
        """The case it belongs to."""
        return (case_subject(self.case),)


@dataclass(frozen=True, kw_only=True)
class LookAtAttachment(Command):
    """看附件 one file of a case was opened: the journal row comes before it is seen, and is the record (个人信息保护法 51).

    By its id and its digest, never by what it is called: a file is often named after a person.
    """

    kind: ClassVar[str] = "look_at_attachment"
    fact: ClassVar[bool] = True
    case: str
    attachment: str
    digest: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """Nothing of the case changes; the audit finds it under the case."""
        return (f"reveal:{self.case}",)


def look_at_attachment(command: LookAtAttachment, books: AttachmentBooks) -> Refusal | None:
    """The journal row alone is the record."""
    return None


def attach_scan(command: AttachScan, books: AttachmentBooks) -> Refusal | None:
    """The first word on an attachment stands; another file is another attachment."""
    if books.attachment(command.attachment) is None:
        books.put_attachment(
            Attachment(
                id=command.attachment,
                case=command.case,
                name=command.name[:LONGEST_NAME],
                media=command.media[:LONGEST_MEDIA],
                size=command.size,
                digest=command.digest,
                by=OUTSIDE if command.outside else command.actor,
                at=command.at,
                window=command.window,
            )
        )
    return None


LOOK = "unmask"
"""What is on a scanned paper is what a masked number hides: who may see the one may see the other."""

attachment_use_cases = (
    UseCase(AttachScan, attach_scan, "receive"),
    UseCase(LookAtAttachment, look_at_attachment, LOOK),
)
