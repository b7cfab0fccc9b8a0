"""用和看 a held paper stands for a line of the list, or is opened: each by a word in force, each with a row and a line in the journal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from clerk_app.cases.at_hand import at_hand
from clerk_app.cases.model import Case
from clerk_app.cases.sharing.books import ShareBooks
from clerk_app.cases.sharing.consenting import SHARE, ShareCommand, known_share, undecided
from clerk_app.cases.sharing.issued import IssuedPaper, is_issued_as, issued_by
from clerk_app.cases.sharing.library import expired, is_class, may_be_his, may_stand
from clerk_app.cases.sharing.model import ShareConsent, ShareLook, ShareUse, share_subject
from clerk_app.command import Conflict, Refusal, UseCase

look_subject, source_subject = "share_look:{}".format, "share_from:{}".format


@dataclass(frozen=True, kw_only=True)
class HeldCommand(ShareCommand):
    """一份大厅已有的 which paper of which earlier case, for which line; the digest proves the same bytes.

    `attachment` is a file of that case, or the seal's line of the result it gave out.
    """

    material: str
    source: str
    attachment: str
    digest: str


@dataclass(frozen=True, kw_only=True)
class UseHeldMaterial(HeldCommand):
    """用大厅已有的 the line is ticked as held."""

    kind: ClassVar[str] = "use_held_material"

    @property
    def subjects(self) -> tuple[str, ...]:
        """The word, its case, and whose file the paper was taken from: found under both numbers."""
        return (*super().subjects, source_subject(self.source))


@dataclass(frozen=True, kw_only=True)
class LookAtHeld(HeldCommand):
    """看大厅已有的 the content is opened: the row and the journal line come before it is seen. Whoever holds the case."""

    kind: ClassVar[str] = "look_at_held"

    @property
    def subjects(self) -> tuple[str, ...]:
        """The word; the two cases by words of their own, for nothing of them changes."""
        return (share_subject(self.consent), look_subject(self.case), source_subject(self.source))


def use_held_material(command: UseHeldMaterial, books: ShareBooks) -> Refusal | None:
    """By a yes for this line of this case, of a paper that is his, good, and of the class."""
    found = _opened(command, books)
    if isinstance(found, Refusal):
        return found
    hand = at_hand(command, books)
    if isinstance(hand, Refusal):
        return hand
    case, row = hand[0], found[1]
    line = next((one for one in case.materials if one.name == command.material), None)
    if line is not None and line.brought_at is not None:
        return Refusal("already-brought", f"“{command.material}”已经收了，没有再用大厅的。要换，先把勾去掉。")
    ticked = case.tick(command.material, command.at, "held")
    if isinstance(ticked, Refusal):
        return ticked
    use = ShareUse(
        material=command.material,
        source=command.source,
        attachment=command.attachment,
        digest=command.digest,
        by=command.actor,
        at=command.at,
        window=command.window,
        acting_for=command.acting_for or "",
    )
    rested = (replace(one, share=row.id) if one.name == command.material else one for one in ticked.materials)
    books.put_case(replace(ticked, materials=tuple(rested)))
    books.put_share_consent(replace(row, uses=(*row.uses, use)))
    return None


def look_at_held(command: LookAtHeld, books: ShareBooks) -> Refusal | None:
    """Nothing is opened without a yes in force; each look is a row."""
    found = _opened(command, books)
    if isinstance(found, Refusal):
        return found
    look = ShareLook(
        material=command.material,
        source=command.source,
        attachment=command.attachment,
        digest=command.digest,
        by=command.actor,
        at=command.at,
        window=command.window,
        acting_for=command.acting_for or "",
    )
    books.put_share_consent(replace(found[1], looks=(*found[1].looks, look)))
    return None


def _opened(command: HeldCommand, books: ShareBooks) -> tuple[Case, ShareConsent] | Refusal:
    case, row = undecided(command, books), known_share(command, books)
    if isinstance(case, Refusal):
        return case
    if isinstance(row, Refusal):
        return row
    if row.state == "withdrawn":
        return Conflict("share-withdrawn", "他已经撤回同意，大厅的这份没有用，也没有打开。请他自己带来，或再问一句。")
    if not row.covers(case.id, command.material):
        return Refusal("share-not-agreed", "他还没有同意用这份，没有用，也没有打开。先问一句，记下同意再用。")
    if refusal := _not_his(command, case, books):
        return refusal
    return case, row


def _not_his(command: HeldCommand, case: Case, books: ShareBooks) -> Refusal | None:
    """His own, of a case that stands, these very bytes, this class, not too old."""
    source, paper = books.case(command.source), books.attachment(command.attachment)
    if source is not None and source.state in ("void", "withdrawn", "terminated"):
        return Conflict("held-source-void", "这份材料原来的那件已经作废或撤回，没有用。请他带来，或看看有没有别的。")
    if source is not None and paper is None:
        issued = issued_by(source, case.applicant.id_number, books)
        if issued is not None and issued.id == command.attachment:
            return _not_his_result(command, case, source, issued, books)
    if source is None or paper is None or paper.case != source.id:
        return Refusal("held-gone", "大厅里没有这一份了，没有用。请他带来，或看看有没有别的。")
    if not may_stand(case, source):
        return _another_persons()
    return _not_this(command, (paper.digest, is_class(paper, command.material), paper.at.date()), books)


def _not_his_result(
    command: HeldCommand, case: Case, source: Case, issued: IssuedPaper, books: ShareBooks
) -> Refusal | None:
    if not may_be_his(case, source, issued):
        return _another_persons()
    return _not_this(command, (issued.digest, is_issued_as(issued, command.material), issued.on), books)


def _another_persons() -> Refusal:
    return Refusal("held-not-his", "这份材料不是这位申请人的，没有用，也没有打开。核对证件号。")


def _not_this(command: HeldCommand, paper: tuple[str, bool, date], books: ShareBooks) -> Refusal | None:
    """By its digest, whether it is of the class, and since when the hall has it."""
    digest, of_the_class, taken_on = paper
    if digest != command.digest:
        return Refusal("held-other-bytes", "大厅里的这一份和看到的不是同一份，没有用。刷新一下再看。")
    if not of_the_class:
        return Refusal("held-other-class", f"这一份不是“{command.material}”，没有用。换一份，或请他带来。")
    if expired(taken_on, command.material, books.share_rules, command.at.date()):
        return Refusal("held-expired", f"大厅的这份“{command.material}”过了有效期，没有用。请他带新的来。")
    return None


using_use_cases = (
    UseCase(UseHeldMaterial, use_held_material, SHARE),
    UseCase(LookAtHeld, look_at_held, SHARE),
)
