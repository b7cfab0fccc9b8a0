"""用大厅已有的 what this machine's books hold of who applies, his word, and the papers used by it. Content is opened by one way only: `look`."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from clerk_app.cases.model import Applicant, Case
from clerk_app.cases.sharing.consenting import (
    SHARE,
    UNDECIDED,
    AskShareConsent,
    RecordShareConsent,
    WithdrawShareConsent,
)
from clerk_app.cases.sharing.issued import LEAST_NUMBER, folded_number, issued_by
from clerk_app.cases.sharing.library import HeldPaper, Source, held_for
from clerk_app.cases.sharing.model import GivenBy, ShareConsent, covering
from clerk_app.cases.sharing.rules import ShareWay
from clerk_app.cases.sharing.using import LookAtHeld, UseHeldMaterial
from clerk_app.command import Command, Refusal
from clerk_app.duty.authority import act_by, may
from clerk_app.office.counter.issued import frozen_page
from clerk_app.office.line.attaching import attach_read, content_of
from clerk_app.office.line.holding import take_in_hand
from clerk_app.office.office import Beside, Done, Office, Outcome
from clerk_app.ports import Books
from clerk_app.receipts.share_slip import HeldLine, share_slip
from clerk_app.receipts.slip import Slip

SIGNED = "告知同意书（已签）"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """他怎么答的 who says yes, and how."""

    way: ShareWay = "paper"
    given_by: GivenBy = "applicant"
    giver: str = ""
    letter: str = ""


@dataclass(frozen=True, kw_only=True)
class SharingDesk:
    """一件的共享 what may be asked for, what he said so far, and the newest scan since he was asked."""

    case: Case
    held: tuple[HeldPaper, ...]
    consents: tuple[ShareConsent, ...]
    ways: tuple[ShareWay, ...]
    scanned: str = ""

    def newest(self) -> tuple[HeldPaper, ...]:
        """One a line."""
        return tuple({one.material: one for one in reversed(self.held)}.values())[::-1]

    @property
    def asked(self) -> ShareConsent | None:
        """What waits for his answer."""
        return next((row for row in reversed(self.consents) if row.state == "asked"), None)

    @property
    def agreed(self) -> ShareConsent | None:
        """The word that holds now."""
        return next((row for row in reversed(self.consents) if row.in_force), None)

    @property
    def to_ask(self) -> tuple[HeldPaper, ...]:
        """Not asked for yet, nor refused: nobody is asked twice."""
        said = {name for row in self.consents if row.state in ("asked", "agreed", "refused") for name in row.materials}
        return tuple(one for one in self.newest() if one.material not in said)

    @property
    def to_use(self) -> tuple[tuple[ShareConsent, HeldPaper], ...]:
        """He said yes, and the line is still empty."""
        pairs = ((covering(self.consents, self.case.id, one.material), one) for one in self.newest())
        return tuple((row, one) for row, one in pairs if row is not None)


def sharing_desk(office: Office, case_id: str) -> SharingDesk | None:
    """None without such a case, or for whom the matrix does not let know. Not for the screen's thread."""
    case, consents = office.read(lambda books: (books.case(case_id), books.share_consents_of(case_id)))
    if case is None or not may_know(office):
        return None
    item = office.hall.items.get(case.item)
    lines = [line.name for line in case.materials if line.brought_at is None] if case.state in UNDECIDED else []
    held = held_here(office, item.code, case.applicant, lines, besides=case.id) if item else ()
    scanned = _scanned(office, case, consents)
    return SharingDesk(case=case, held=held, consents=consents, ways=office.hall.sharing.ways, scanned=scanned)


def held_here(
    office: Office, item_code: str, who: Applicant, lines: Iterable[str] | None = None, *, besides: str = ""
) -> tuple[HeldPaper, ...]:
    """大厅有什么 by what this machine has; what it has not heard of is not known, and never said to be none."""
    item, rules = office.hall.items.get(item_code), office.hall.sharing
    named = [m.name for m in item.materials] if item is not None and lines is None else list(lines or ())
    if item is None or len(folded_number(who.id_number)) < LEAST_NUMBER:
        return ()
    if not any(rules.may_share(item, name) for name in named) or not may_know(office):
        return ()
    cases = office.parts.vault.finder.exactly("id", who.id_number)
    sources = office.read(lambda books: _sources(books, cases, who.id_number, besides))
    return held_for(who, named, item, rules, sources, office.parts.clock.now().date())


def _sources(books: Books, cases: Iterable[Case], number: str, besides: str) -> tuple[Source, ...]:
    """His earlier cases; of a company also the one it was registered by, when it had no code yet."""
    known = {case.id: case for case in cases}
    company = books.company(folded_number(number))
    registered = books.case(company.case) if company is not None else None
    if registered is not None:
        known[registered.id] = registered
    return tuple(
        (one, books.attachments_of(one.id), issued_by(one, number, books))
        for one in known.values()
        if one.id != besides
    )


def held_names(office: Office, case: Case | None) -> tuple[tuple[str, str], ...]:
    """大厅有的 by line, and how far he was asked: `ask`, `asked`, `agreed`; what he refused is not offered again."""
    item = office.hall.items.get(case.item) if case is not None else None
    if case is None or item is None or case.state not in ("received", "correction"):
        return ()
    rules = office.hall.sharing
    wanting = any(line.brought_at is None and rules.may_share(item, line.name) for line in case.materials)
    desk = sharing_desk(office, case.id) if wanting else None
    if desk is None:
        return ()
    ready = {paper.material for _, paper in desk.to_use}
    waits = set(desk.asked.materials) if desk.asked else set()
    to_ask = {paper.material for paper in desk.to_ask}
    words = ((name, "agreed" if name in ready else "asked" if name in waits else "ask") for name in _names(desk))
    return tuple((name, word) for name, word in words if name in ready | waits | to_ask)


def _names(desk: SharingDesk) -> tuple[str, ...]:
    return tuple(paper.material for paper in desk.newest())


def may_know(office: Office) -> bool:
    """Whether who sits here may be told that the hall has something."""
    session = office.session
    if session is None or not office.hall.sharing.on:
        return False
    act = act_by(office.stamp(), SHARE)
    return not isinstance(office.read(lambda books: may(act, books)), Refusal)


def _scanned(office: Office, case: Case, consents: tuple[ShareConsent, ...]) -> str:
    asked = next((row for row in reversed(consents) if row.state == "asked"), None)
    if asked is None:
        return ""
    scans = office.read(lambda books: books.attachments_of(case.id))
    return next((one.digest for one in reversed(scans) if one.at > asked.asked_at), "")


def purpose_of(case: Case) -> str:
    """What it is for, as he is told: this one case."""
    return f"办理{case.item_name}"


def ask(office: Office, case: Case, held: tuple[HeldPaper, ...], *, printed: bool = True) -> Outcome:
    """问一句 with the slip he signs."""
    command = _asking(office, case, held)
    return office.do(command, (lambda books: _slip(office, books, command, held)) if printed else None)


def _asking(office: Office, case: Case, held: tuple[HeldPaper, ...]) -> AskShareConsent:
    return AskShareConsent(
        **office.stamp().fields(office.parts.new_id),
        case=case.id,
        consent=office.parts.new_id(),
        materials=tuple(dict.fromkeys(one.material for one in held)),
        purpose=purpose_of(case),
    )


def _slip(office: Office, books: Books, command: AskShareConsent, held: tuple[HeldPaper, ...]) -> Iterable[Slip]:
    case, row = books.case(command.case), books.share_consent(command.consent)
    if case is None or row is None:
        return
    lines = [
        HeldLine(material=one.material, taken_on=one.taken_on, source_no=one.source_no, issued=one.issued)
        for one in held
    ]
    clerk = office.hall.roster.name_for(command.actor, command.acting_for)
    yield share_slip(case, row, lines, len(books.share_consents_of(case.id)), clerk, office.letterhead)


def agree(office: Office, desk: SharingDesk, held: tuple[HeldPaper, ...], answer: Answer) -> Outcome:
    """他同意了: recorded, and what needs no second look is used at once; all in one transaction.

    What was only said needs no paper before it: asked, answered and used are one act.
    """
    consent, acts = _asked(office, desk, held)
    said = RecordShareConsent(
        **office.stamp().fields(office.parts.new_id),
        case=desk.case.id,
        consent=consent,
        answer="agreed",
        way=answer.way,
        given_by=answer.given_by,
        giver=answer.giver,
        letter=answer.letter,
        scan="" if answer.way == "said" else desk.scanned,
    )
    used = [_using(office, desk.case.id, consent, one) for one in held if not one.check]
    return office.do_together([(act, Beside()) for act in (*acts, said, *used)])


def agree_signed(
    office: Office, desk: SharingDesk, held: tuple[HeldPaper, ...], answer: Answer, signed: bytes, ending: str
) -> Outcome:
    """签了，记同意: what he signed goes into the case first, because the yes names it. Not for the screen's thread."""
    if desk.asked is None:  # on the pad he was told and signed in one
        asked = ask(office, desk.case, held, printed=False)
        fresh = sharing_desk(office, desk.case.id)
        if isinstance(asked, Refusal) or fresh is None:
            return asked
        desk = fresh
    added = attach_read(office, desk.case.id, SIGNED + ending, io.BytesIO(signed))
    if isinstance(added, Refusal) and added.type != "already-attached":
        return added
    return agree(office, replace(desk, scanned=hashlib.sha256(signed).hexdigest()), held, answer)


def agree_scanned(
    office: Office, desk: SharingDesk, held: tuple[HeldPaper, ...], answer: Answer, path: Path
) -> Outcome:
    """签好的扫进来了. Not for the screen's thread."""
    try:
        signed = path.read_bytes()
    except OSError:
        return Refusal(
            "file-unreadable", f"“{path.name}”打不开，没有记同意，别的都在。看看文件还在不在、能不能读，再扫一次。"
        )
    return agree_signed(office, desk, held, answer, signed, path.suffix.lower())


def refuse(office: Office, desk: SharingDesk, held: tuple[HeldPaper, ...]) -> Outcome:
    """他自己带来: written down so that nobody asks again. Nobody asks why."""
    consent, acts = _asked(office, desk, held)
    said = RecordShareConsent(
        **office.stamp().fields(office.parts.new_id), case=desk.case.id, consent=consent, answer="refused"
    )
    return office.do_together([(act, Beside()) for act in (*acts, said)])


def _asked(office: Office, desk: SharingDesk, held: tuple[HeldPaper, ...]) -> tuple[str, tuple[Command, ...]]:
    """What waits for his answer, or the asking that goes before it."""
    if desk.asked is not None:
        return desk.asked.id, ()
    asking = _asking(office, desk.case, held)
    return asking.consent, (asking,)


def use(office: Office, case: str, consent: str, paper: HeldPaper) -> Outcome:
    """用这一份."""
    return office.do(_using(office, case, consent, paper))


def _using(office: Office, case: str, consent: str, paper: HeldPaper) -> UseHeldMaterial:
    return UseHeldMaterial(
        **office.stamp().fields(office.parts.new_id),
        case=case,
        consent=consent,
        material=paper.material,
        source=paper.source,
        attachment=paper.attachment,
        digest=paper.digest,
    )


def look(office: Office, case: str, consent: str, paper: HeldPaper) -> bytes | Refusal:
    """看一眼: written down first, then opened. Raises as `content_of` does. Not for the screen's thread, nor the store's."""
    command = LookAtHeld(
        **office.stamp().fields(office.parts.new_id),
        case=case,
        consent=consent,
        material=paper.material,
        source=paper.source,
        attachment=paper.attachment,
        digest=paper.digest,
    )
    done = office.do(command)
    if not isinstance(done, Done):
        return done
    content = _content(office, paper)
    if isinstance(content, Refusal):
        return content
    if hashlib.sha256(content).hexdigest() != paper.digest:
        return Refusal("held-other-bytes", "取到的和登记的不是同一份，没有打开。请他带来，告诉管理员看看附件库。")
    return content


def _content(office: Office, paper: HeldPaper) -> bytes | Refusal:
    if not paper.issued:
        return content_of(office, paper.digest)
    elsewhere = "大厅发的这份存在盖它的那台机器上，这里没有取到，没有打开。连上中心再看，或请他带来。"
    return frozen_page(office, paper.digest) or Refusal("page-elsewhere", elsewhere)


def withdraw(office: Office, case: str, consent: str) -> Outcome:
    """撤回同意, by whoever has the case or can take it. Not for the screen's thread."""
    return take_in_hand(office, case) or office.do(
        WithdrawShareConsent(**office.stamp().fields(office.parts.new_id), case=case, consent=consent)
    )
