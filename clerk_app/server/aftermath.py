"""善后 the tasks that follow a judgement: both sides right, paper out that is not true, a hold that was gone, a body nobody reads.

Written in the same transaction as the verdict. The same matter is one task, however often it is found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import select

from clerk_app.command import Command, Refusal, case_subject
from clerk_app.duty.usecases import RecordSignIn
from clerk_app.office.hold_rules import has_hold, held_subjects, how_lost
from clerk_app.oversight.model import CENTRE, Task, TaskKind, task_id
from clerk_app.ports import Books
from clerk_app.receipts.books import PaperOut
from clerk_app.receipts.usecases import TICKET_SLIP, RecordPaper
from clerk_app.sealing.custody import ReportSealLoss, StopSeal
from clerk_app.sealing.issuing import IssueDocument
from clerk_app.sealing.model import CaseDocument
from clerk_app.sealing.usecases import RecordSealUse
from clerk_app.server.centre import CentreOffice
from clerk_app.server.ended import Validity
from clerk_app.server.intake import Piece
from clerk_app.server.standing_papers import stands
from clerk_app.server.tables import envelopes
from clerk_app.server.twice import tell_of_move, tell_of_slip
from clerk_app.sync.verdicts import not_done

_out = frozenset({"done", "sent", "unknown"})
_gone = frozenset({"broken", "lapsed"})
LONGEST = 2000


@dataclass(frozen=True)
class Aftermath:
    """善后 of one device's commands."""

    office: CentreOffice
    validity: Validity

    def of_paper(self, command: Command, books: Books, failed_on: Callable[[str], str]) -> None:
        """A paper came out that says what is not so."""
        paper = books.paper(command.paper) if isinstance(command, RecordPaper) else None
        if isinstance(command, IssueDocument):
            paper = printed(books.case_document(command.document))
        if paper is not None and paper.outcome in _out and not stands(paper, books):
            self._take_back([paper], books, failed_on(paper.subject) or self._failed_before(paper.subject, books))

    def of_fact(self, piece: Piece, command: Command, books: Books) -> None:
        """It is recorded; what about it was out of order becomes a task."""
        for subject in held_subjects(command):
            if subject.startswith("case:") and not has_hold(command, subject, books):
                lost = how_lost(command, subject, books)
                if lost in _gone:
                    self._lapse(piece, command, subject, books)
        if isinstance(command, RecordSignIn):
            self._overlap(piece, command, books)
        if isinstance(command, IssueDocument) and (row := books.case_document(command.document)) and row.flags:
            words = f"{row.paper} {row.document_no}：{'，'.join(row.flags)}。已经登记，请核对要不要收回。"
            self._make(books, "conflict", piece.id, command, words)
        if isinstance(command, RecordSealUse):
            self._of_use(piece, command, books)
        if isinstance(command, StopSeal | ReportSealLoss):
            self._of_fall(piece, command, books)
        tell_of_slip(command, books, self.office.now())

    def _of_use(self, piece: Piece, command: RecordSealUse, books: Books) -> None:
        """A seal that had ended, or a line that is flagged: somebody looks at the paper."""
        use = books.seal_use(command.seal_use)
        if ended := self.validity.ended(command, books):
            self._make(books, "conflict", piece.id, command, ended.sentence)
        elif use is not None and use.flags:
            words = f"{use.title} {use.document_no}：{'，'.join(use.flags)}。用印登记已在，没有记办结；请首席代表和另一人来定。"
            self._make(books, "conflict", piece.id, command, words)

    def _of_fall(self, piece: Piece, command: StopSeal | ReportSealLoss, books: Books) -> None:
        """A seal is down; where it was said late, other windows may have used it meanwhile, and nothing flags those lines."""
        word = "挂失" if isinstance(command, ReportSealLoss) else "停用"
        seal = books.roster.seals.get(command.seal)
        since = sum(use.seal == command.seal for use in books.seal_uses_since(command.at))
        after = f"那以后还收到 {since} 份盖它的，那些窗口当时不知道，请核对。" if since else ""
        said = f"{seal.name if seal else command.seal}已{word}：{command.reason or '没有写原因'}。{after}"
        words = f"{said}看等用印的件怎么办；恢复要首席代表和另一人。"
        self._make(books, "seal", piece.id, command, words)

    def of_move(self, piece: Piece, command: Command, books: Books, refusal: Refusal, state: str) -> None:
        """Not done as asked."""
        edit = self.office.register[command.kind].edit
        if state == "conflict" or (edit and refusal.type == "case-void"):
            self._make(books, "conflict", piece.id, command, refusal.sentence)
        tell_of_move(command, books, self.office.now())
        for subject in held_subjects(command):
            word, _, key = subject.partition(":")
            issued = map(printed, books.case_documents_of(key)) if word == "case" else ()
            self._take_back((*books.papers_of(subject), *(one for one in issued if one)), books, piece.id)

    def of_unread(self, piece: Piece, books: Books) -> None:
        """Kept as it came; somebody has to look."""
        window = piece.envelope.body.get("window")
        self._put(
            books,
            Task(
                id=task_id("quarantine", piece.id),
                kind="quarantine",
                subject=f"device:{piece.envelope.device}"[:48],
                command=piece.id,
                window=window if isinstance(window, int) and 0 < window < 10_000 else 0,
                words=piece.fault.sentence if piece.fault else "中心读不了这一步，原样留着。请管理员核对。",
                made_at=self.office.now(),
                made_by=CENTRE,
            ),
        )

    def _failed_before(self, subject: str, books: Books) -> str:
        """The device's last command that came to nothing on this subject, in an earlier push."""
        e = envelopes
        mine = (e.c.hall == books.hall.id, e.c.device == books.device, e.c.state.in_(sorted(not_done)))
        query = select(e.c.id, e.c.subjects).where(*mine).order_by(e.c.incarnation.desc(), e.c.device_seq.desc())
        rows = self.validity.connection.execute(query.limit(200))
        return next((row.id for row in rows if subject in row.subjects.split()), "")

    def _lapse(self, piece: Piece, command: Command, subject: str, books: Books) -> None:
        """One for each hold that was lost, whatever came after it."""
        words = f"{command.window}号窗口在占用没了以后还办了这件的事，都记下了。请核对有没有要收回的。"
        about = f"{subject}:{command.fences.get(subject, 0)}"
        self._make(books, "lapse", piece.id, command, words, about=about, subject=subject)

    def _overlap(self, piece: Piece, command: RecordSignIn, books: Books) -> None:
        """One person at two windows at once: only with the line cut can that be, and both are recorded."""
        open_ = [row for row in books.open_sign_ins(command.actor) if row.at and row.at.date() == command.at.date()]
        windows = sorted({row.window for row in open_})
        if len(windows) > 1 and any(row.id == command.sign_in for row in open_):
            person = books.roster.people.get(command.actor)
            where = "、".join(f"{window}号" for window in windows)
            words = f"{person.name if person else command.actor} 同时在{where}窗口登录着，断线时办的都记下了。请核对是谁办的。"
            self._make(books, "overlap", piece.id, command, words)

    def _take_back(self, papers: Iterable[PaperOut], books: Books, failed: str) -> None:
        for paper in papers:
            if paper.outcome in _out and not stands(paper, books):
                what = f"{paper.doc_type} {_number_of(paper, books)}".strip()
                words = f"{what} 已在{paper.window}号窗口打出，中心没收这一步。请收回这张纸。"
                self._put(
                    books,
                    Task(
                        id=task_id("take_back", paper.id),
                        kind="take_back",
                        subject=paper.subject[:48],
                        command=failed,
                        window=paper.window,
                        words=words[:LONGEST],
                        made_at=self.office.now(),
                        made_by=CENTRE,
                    ),
                )

    def _make(
        self,
        books: Books,
        kind: TaskKind,
        key: str,
        command: Command,
        words: str,
        *,
        about: str = "",
        subject: str = "",
    ) -> None:
        held = held_subjects(command)
        self._put(
            books,
            Task(
                id=task_id(kind, about or key),
                kind=kind,
                subject=(subject or next(iter(held), command.subjects[0]))[:48],
                command=key,
                window=command.window,
                words=words[:LONGEST],
                made_at=self.office.now(),
                made_by=CENTRE,
            ),
        )

    @staticmethod
    def _put(books: Books, task: Task) -> None:
        if books.task(task.id) is None:
            books.put_task(task)


def printed(row: CaseDocument | None) -> PaperOut | None:
    """An issued paper as one that came out: it says so itself. What bears no seal stays in the hall."""
    if row is None or row.sort == "none":
        return None
    return PaperOut(
        id=row.id,
        doc_type=row.paper,
        doc_no=row.document_no,
        copy_no=0,
        subject=case_subject(row.case),
        sha256=row.digest,
        outcome="done",
        at=row.at,
        window=row.window,
    )


def _number_of(paper: PaperOut, books: Books) -> str:
    """What stands on the paper: a ticket's slip bears its number, not its id."""
    if paper.doc_type != TICKET_SLIP:
        return paper.doc_no
    ticket = books.ticket(paper.subject.partition(":")[2])
    return ticket.number if ticket is not None else ""
