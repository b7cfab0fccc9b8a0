"""办公室 do(command): the use case on the local store at once, state and journal row in one transaction of one file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import TypeVar

from clerk_app.command import Command, Refusal, Register, Stamp
from clerk_app.duty.model import Person, Seat
from clerk_app.duty.standing import standing_of
from clerk_app.hall import Hall, read_hall
from clerk_app.office.events import Bell, HallChanged, PaperChanged, RowsChanged
from clerk_app.office.hold_rules import under_holds
from clerk_app.office.judge import judge
from clerk_app.office.keys_elsewhere import KeyBook
from clerk_app.office.known_time import clock_refusal
from clerk_app.office.store_state import StoreGuard
from clerk_app.ports import (
    BlobCentre,
    Books,
    Centre,
    Document,
    HallClock,
    KeptBlob,
    Locksmith,
    PagePrinter,
    SecretBox,
    SlipMaker,
    StoreTrouble,
    UnitOfWork,
    Vault,
)
from clerk_app.ports.audit import AuditCentre, ExportShelf
from clerk_app.ports.backup import Backups
from clerk_app.ports.companies import CompanyCentre
from clerk_app.ports.copies import SecondCopy
from clerk_app.ports.devices import Devices
from clerk_app.ports.doctor import Doctor
from clerk_app.ports.finding import FindingCentre
from clerk_app.ports.halls import HallHistory
from clerk_app.ports.kiosk import KioskCentre
from clerk_app.ports.machines import MachineCentre, SetupShelf
from clerk_app.ports.names import NameCentre
from clerk_app.ports.outward import OutwardCentre
from clerk_app.ports.prefills import PrefillCentre
from clerk_app.ports.queue import QueueCentre
from clerk_app.ports.queue_machine import QueueMachine
from clerk_app.ports.recovery import RecoveryCentre
from clerk_app.ports.scanning import Scanner
from clerk_app.ports.seal import PageMaker, SealKeys, Stamper, Verifier
from clerk_app.ports.updates import UpdateCentre, Updates
from clerk_app.receipts.kept_slip import slip_text
from clerk_app.receipts.large_print import sized_for_reader
from clerk_app.receipts.paper import PrintJob
from clerk_app.receipts.slip import Slip
from clerk_app.receipts.slips import Letterhead
from clerk_app.settings import Settings
from clerk_app.sync.wire import body_of

T = TypeVar("T")
MARKED = frozenset({"record_sign_in", "record_seal_use"})
"""After these the journal's mark is kept outside the store."""
Papers = Callable[[Books], Iterable[Slip]]


@dataclass(frozen=True, kw_only=True)
class Session:
    """登录 the signed-in person, his seat, and his signing key in hand."""

    id: str
    person: Person
    seat: Seat
    online: bool
    sign: Callable[[bytes], str]


@dataclass(frozen=True)
class Done:
    """办成 the act is in the books and in the journal; `papers` are the print jobs that go with it."""

    command: str
    papers: tuple[str, ...] = ()


Outcome = Done | Refusal


@dataclass(frozen=True, kw_only=True)
class Parts:
    """配件 what an office is built from; `wake_line` and `wake_lane` nudge the loops after an act."""

    settings: Settings
    vault: Vault
    centre: Centre
    clock: HallClock
    maker: SlipMaker
    register: Register
    new_id: Callable[[], str]
    new_query_code: Callable[[], str]
    locksmith: Locksmith
    blob_centre: BlobCentre | None = None
    second_copy: SecondCopy | None = None
    recovery: RecoveryCentre | None = None
    keys: KeyBook | None = None
    device_sign: Callable[[bytes], str] | None = None
    """This machine's own signature, for what another machine must believe with the line cut."""
    audit: AuditCentre | None = None
    finding: FindingCentre | None = None
    prefills: PrefillCentre | None = None
    queue: QueueCentre | None = None
    """The line of waiting people at the centre; without it only what is this machine's own is called."""
    queue_machine: QueueMachine | None = None
    """叫号机: the hall's own, through which this desk calls; without one the centre gives the next."""
    kiosk: KioskCentre | None = None
    """What a place without a person asks the centre for: tickets."""
    names: NameCentre | None = None
    companies: CompanyCentre | None = None
    halls: HallHistory | None = None
    """各版大厅: which was in force on which day."""
    exports: ExportShelf | None = None
    pages: PageMaker | None = None
    page_printer: PagePrinter | None = None
    """The system's A4 printer; without one (training) papers are kept and shown, and somebody prints them."""
    scanner: Scanner | None = None
    """What pages are scanned by; without one they come as files."""
    seal_keys: SealKeys | None = None
    stamper: Stamper | None = None
    verifier: Verifier | None = None
    devices: Devices | None = None
    """打印机: the desk's slip printers, each with its own paper; without them everything is made by `maker`."""
    doctor: Doctor | None = None
    """体检: the looks at this machine."""
    updates: Updates | None = None
    """更新: what lies ready on this machine; without it (training, a run from source) nothing is ever replaced."""
    update_centre: UpdateCentre | None = None
    machines: MachineCentre | None = None
    """电脑: the hall's enrolled machines at the centre."""
    outward: OutwardCentre | None = None
    """对外: what waits at the centre to be told outside the hall."""
    setup_shelf: SetupShelf | None = None
    """Where the set-up file of a new machine is written."""
    way_back: Callable[[], str] = lambda: "练习大厅和源代码开的程序没有上一版可退。"
    """Why one cannot go back to the version before; empty when one can. Reads the store: not for the screen's thread."""
    backups: Backups | None = None
    """备份: a whole copy of this desk's data."""
    box: SecretBox | None = None
    """Where the journal's mark is kept, outside the store."""
    admit: Callable[[str, str], None] = lambda person, password: None
    """Told of each password the centre has just found right (a machine without a keyring wraps its key by it)."""


@dataclass(frozen=True)
class Beside:
    """随附 what goes with one command: finished pages, and another person's signature when it is not the session's."""

    documents: tuple[Document, ...] = ()
    sign: Callable[[bytes], str] | None = None
    blobs: tuple[tuple[KeptBlob, str], ...] = ()
    """Blobs kept before, each with the case it belongs to."""


Acts = Sequence[tuple[Command, Beside]]


class SignedOut(LookupError):
    """没人登录 what needs a person at the desk was asked after he got up: whoever asked has nothing to show any more."""


class _Refused(Exception):
    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.type)
        self.refusal = refusal


class Office:
    """办公室 one desk's office. Safe from any thread; every act is one transaction of one file."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.bell = Bell()
        self.session: Session | None = None
        self.hall = self._load_hall()
        self.guard = StoreGuard(parts.vault, parts.box)
        self.wake: Callable[[], None] = lambda: None
        self.taking = Lock()
        """取号一个一个来: a second tap waits for the first, so that no number is drawn for nothing."""

    def _load_hall(self) -> Hall:
        keep = self.parts.vault.keep
        version = keep.meta("hall_version") or ""
        document = keep.hall_document(version)
        if document is None:
            raise LookupError("hall")
        return read_hall(dict(document), version)

    def reload_hall(self) -> None:
        """Another version is in force."""
        self.hall = self._load_hall()
        self.bell.ring(HallChanged())

    @property
    def window(self) -> int:
        """窗口号 of the seat taken, or of the desk while nobody is signed in."""
        return self.session.seat.window if self.session else self.parts.settings.window

    @property
    def letterhead(self) -> Letterhead:
        """票头."""
        hall = self.hall
        return Letterhead(hall.name, hall.address, hall.hotline, self.parts.settings.training, hall.citizen_url)

    def stamp(self) -> Stamp:
        """落款 of the signed-in person, now. Raises `SignedOut` when nobody is."""
        session = self.session
        if session is None:
            raise SignedOut("session")
        return self.stamp_of(session.person, session.seat)

    def stamp_of(self, person: Person, seat: Seat, basis: str = "") -> Stamp:
        """落款 of a person on a post, now: for whom he acts is what the books say at this moment."""
        at = self.parts.clock.now()
        post = self.hall.roster.posts.get(seat.post)
        acting_for, own = None, f"a_role:{seat.post}" if seat.post else f"role:{person.roles[0]}"
        if post is not None and post.a != person.id:
            standing = self.read(lambda books: standing_of(books, person.id, post, at))
            sub = standing.substitution
            acting_for, own = standing.acting_for, f"substitution:{sub.id}" if sub else f"b_role:{seat.post}"
        return Stamp(
            at=at,
            actor=person.id,
            post=seat.post,
            window=seat.window,
            basis=basis or own,
            hall_version=self.hall.version,
            acting_for=acting_for,
            clock=self.parts.clock.word(),
        )

    def read(self, query: Callable[[Books], T]) -> T:
        """A question to the books; nothing is written."""
        with self.parts.vault.unit(self.hall) as work:
            return query(work.books)

    def do(
        self, command: Command, papers: Papers | None = None, beside: Beside | None = None, also: Acts = ()
    ) -> Outcome:
        """Judge, write, record; all or nothing. Papers, finished pages and what follows it (`also`) are of the same transaction."""
        done = self._do(((command, beside or Beside()), *also), papers)
        return done if isinstance(done, Refusal) else replace(done, command=command.id)

    def do_together(self, acts: Acts) -> Outcome:
        """Several acts in one transaction, in their order: the first refusal undoes them all. `Done.command` is the last one's."""
        return self._do(acts, None)

    def _do(self, acts: Acts, papers: Papers | None) -> Outcome:
        session, jobs = self.session, list[str]()
        if session is None:
            return Refusal("signed-out", "还没登录，这一步没有办。登录后再办。")
        for command, _ in acts:
            if stopped := self.guard.refusal or clock_refusal(command):
                return stopped
        try:
            with self.parts.vault.unit(self.hall) as work:
                for place, (command, beside) in enumerate(acts):
                    jobs += self._write(work, command, papers if place == 0 else None, beside, session)
        except _Refused as refused:
            return refused.refusal
        except StoreTrouble as trouble:
            return Refusal(trouble.type, trouble.sentence)
        self._tell([command for command, _ in acts], printing=bool(jobs))
        return Done(acts[-1][0].id, tuple(jobs))

    def _write(
        self, work: UnitOfWork, command: Command, papers: Papers | None, beside: Beside, session: Session
    ) -> list[str]:
        """One act in an open transaction; raises `_Refused`."""
        command = under_holds(command, work.books)
        if refusal := judge(command, work.books, self.parts.register):
            raise _Refused(refusal)
        slips = [sized_for_reader(slip, work.books) for slip in (papers(work.books) if papers else ())]
        jobs = [job for slip in slips if work.enqueue(job := self._job(slip, command))]
        note = {"fact": command.fact, "subjects": command.subjects, "at": command.at}
        for document in beside.documents:
            work.keep_document(document)
        for blob, case in beside.blobs:
            work.name_blob(blob, case, command.at)
        work.record(body_of(command), note, beside.sign or session.sign)
        return [job.id for job in jobs]

    def _tell(self, commands: Sequence[Command], *, printing: bool) -> None:
        """After the transaction: the mark outside the store, the pages, the loops."""
        if any(command.kind in MARKED for command in commands):
            self.guard.mark()
        self.bell.ring(RowsChanged(tuple(subject for command in commands for subject in command.subjects)))
        if printing:
            self.bell.ring(PaperChanged())
        self.wake()

    def print_out(self, slips: Iterable[Slip]) -> Outcome:
        """打印 slips that go with no act of their own; each is recorded when it is known what became of it.

        Asked twice for the same print of the same paper it answers with the first one's.
        """
        if self.session is None:
            return Refusal("signed-out", "还没登录，没有打印。登录后再打。")
        if self.guard.refusal is not None:
            return self.guard.refusal
        stamp = self.stamp()
        try:
            with self.parts.vault.unit(self.hall) as work:
                jobs = [self._job(sized_for_reader(slip, work.books), stamp) for slip in slips]
                new = [work.enqueue(job) for job in jobs]
        except StoreTrouble as trouble:
            return Refusal(trouble.type, trouble.sentence)
        first = (job if fresh else self._standing(job) for job, fresh in zip(jobs, new, strict=True))
        out = [job.id for job in first]
        self.bell.ring(PaperChanged())
        self.wake()
        return Done("", tuple(out))

    def _standing(self, job: PrintJob) -> PrintJob:
        """The print of that number that stands already."""
        return self.parts.vault.spool.paper(job.doc_type, job.doc_no, job.copy_no) or job

    def maker_for(self, printer: str) -> SlipMaker:
        """制票 for the paper of this printer."""
        devices = self.parts.devices
        named = devices is not None and self.parts.settings.printer_named(printer) is not None
        return devices.maker(printer) if devices is not None and named else self.parts.maker

    def _job(self, slip: Slip, command: Command | Stamp) -> PrintJob:
        meant = self.parts.settings.printer_for(slip.doc_type, command.window)
        meant_for = meant.name if meant is not None else self.parts.settings.printer
        printer = slip.to or meant_for
        payload = self.maker_for(printer).make(slip)
        return PrintJob(
            id=self.parts.new_id(),
            doc_type=slip.doc_type,
            doc_no=slip.doc_no,
            copy_no=slip.copy_no,
            subject=slip.subject,
            printer=printer,
            instead_of=meant_for if printer != meant_for else "",
            content=slip_text(slip),
            reason=slip.reason,
            state="queued",
            payload=payload,
            sha256=hashlib.sha256(payload).hexdigest(),
            made_at=command.at,
            window=command.window,
            operator=command.actor,
        )
