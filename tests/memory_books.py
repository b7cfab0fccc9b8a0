"""Books in memory: the rooms' rules without a database, for tests that judge many commands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from clerk_app.cases.attachments import Attachment
from clerk_app.cases.catalogue import Item
from clerk_app.cases.clocks import listed
from clerk_app.cases.external import ExternalMatter
from clerk_app.cases.limit_rows import LimitRow
from clerk_app.cases.model import Case
from clerk_app.cases.states import OPEN
from clerk_app.command import Refusal
from clerk_app.duty.model import Roster, SignIn
from clerk_app.duty.records import Absence, Consent, Handover, NoonRoster, Pause, RecordedLetter, Substitution
from clerk_app.duty.roster_changes import RosterChange
from clerk_app.hall import Hall
from clerk_app.oversight.model import Cut, DayClose, HoldBreak, Rating, Settlement, Task
from clerk_app.ports import NumberBlock
from clerk_app.queueing.books import Share
from clerk_app.queueing.model import LineStop, PaperServed, Ticket, WindowLetters
from clerk_app.queueing.rules import QueueRules
from clerk_app.receipts.books import PaperOut
from clerk_app.registration.joint import FormPoint, FormRoute
from clerk_app.registration.model import CompanyRecord, FormDraft
from clerk_app.sealing.model import CaseDocument, GapNote, SealUse
from clerk_app.workdays import Calendar
from tests.memory_back_entry import MemoryBackEntry
from tests.memory_cards import MemoryCards
from tests.memory_catalogue import MemoryCatalogue
from tests.memory_custody import MemoryCustody
from tests.memory_fees import MemoryFees
from tests.memory_handing import MemoryHanding
from tests.memory_inbox import MemoryInbox
from tests.memory_people import MemoryPeople
from tests.memory_routing import MemoryRouting
from tests.memory_sharing import MemorySharing


class MemoryOversight(MemoryPeople):
    """What the oversight room asks for."""

    def __init__(self) -> None:
        MemoryPeople.__init__(self)
        self.ratings: dict[str, Rating] = {}
        self.tasks: dict[str, Task] = {}
        self.settlements: dict[str, Settlement] = {}
        self.breaks: dict[str, HoldBreak] = {}
        self.cuts: dict[str, Cut] = {}
        self.day_closes: dict[str, DayClose] = {}

    def rating(self, ticket: str) -> Rating | None:
        return self.ratings.get(ticket)

    def put_rating(self, row: Rating) -> None:
        self.ratings[row.id] = row

    def ratings_between(self, start: datetime, end: datetime) -> tuple[Rating, ...]:
        return tuple(r for r in self.ratings.values() if start <= r.at < end)

    def task(self, key: str) -> Task | None:
        return self.tasks.get(key)

    def put_task(self, row: Task) -> None:
        self.tasks[row.id] = row

    def open_tasks(self, limit: int) -> tuple[Task, ...]:
        return tuple(sorted((t for t in self.tasks.values() if t.open), key=lambda t: (t.made_at, t.id))[:limit])

    def tasks_of(self, command: str) -> tuple[Task, ...]:
        return tuple(t for t in self.tasks.values() if t.command == command)

    def settlement(self, command: str) -> Settlement | None:
        return self.settlements.get(command)

    def put_settlement(self, row: Settlement) -> None:
        self.settlements[row.id] = row

    def hold_break(self, key: str) -> HoldBreak | None:
        return self.breaks.get(key)

    def put_hold_break(self, row: HoldBreak) -> None:
        self.breaks[row.id] = row

    def cut(self, key: str) -> Cut | None:
        return self.cuts.get(key)

    def put_cut(self, row: Cut) -> None:
        self.cuts[row.id] = row

    def latest_cuts(self, limit: int) -> tuple[Cut, ...]:
        return tuple(sorted(self.cuts.values(), key=lambda c: c.start, reverse=True)[:limit])

    def day_close(self, key: str) -> DayClose | None:
        return self.day_closes.get(key)

    def put_day_close(self, row: DayClose) -> None:
        self.day_closes[row.id] = row

    def day_closes_of(self, day: date) -> tuple[DayClose, ...]:
        return tuple(c for c in self.day_closes.values() if c.day == day)


class MemoryDuty:
    """What the duty room asks for."""

    hall: Hall

    def __init__(self) -> None:
        self.sign_ins: dict[str, SignIn] = {}
        self.absences: dict[str, Absence] = {}
        self.substitutions: dict[str, Substitution] = {}
        self.noon_rosters: dict[str, NoonRoster] = {}
        self.handovers: dict[str, Handover] = {}
        self.consents: dict[str, Consent] = {}
        self.letters: dict[str, RecordedLetter] = {}
        self.roster_changes: dict[str, RosterChange] = {}
        self.pauses: dict[str, Pause] = {}

    @property
    def roster(self) -> Roster:
        return self.hall.roster

    def is_workday(self, day: date) -> bool:
        return self.hall.calendar.is_workday(day)

    def sign_in(self, key: str) -> SignIn | None:
        return self.sign_ins.get(key)

    def open_sign_ins(self, person: str) -> tuple[SignIn, ...]:
        return tuple(row for row in self.sign_ins.values() if row.person == person and not row.ended)

    def put_sign_in(self, row: SignIn) -> None:
        self.sign_ins[row.id] = row

    def absence(self, key: str) -> Absence | None:
        return self.absences.get(key)

    def absences_since(self, day: date) -> tuple[Absence, ...]:
        return tuple(row for row in self.absences.values() if row.end.date() >= day)

    def put_absence(self, row: Absence) -> None:
        self.absences[row.id] = row

    def substitution(self, key: str) -> Substitution | None:
        return self.substitutions.get(key)

    def substitutions_since(self, day: date) -> tuple[Substitution, ...]:
        return tuple(row for row in self.substitutions.values() if row.end.date() >= day)

    def put_substitution(self, row: Substitution) -> None:
        self.substitutions[row.id] = row

    def noon_roster_of(self, week: date) -> NoonRoster | None:
        return self.noon_rosters.get(week.isoformat())

    def put_noon_roster(self, row: NoonRoster) -> None:
        self.noon_rosters[row.id] = row

    def handover(self, key: str) -> Handover | None:
        return self.handovers.get(key)

    def handovers_of(self, substitution: str) -> tuple[Handover, ...]:
        return tuple(row for row in self.handovers.values() if row.substitution == substitution)

    def put_handover(self, row: Handover) -> None:
        self.handovers[row.id] = row

    def consent(self, key: str) -> Consent | None:
        return self.consents.get(key)

    def consents_of(self, subject: str) -> tuple[Consent, ...]:
        return tuple(row for row in self.consents.values() if row.subject == subject)

    def consents_for(self, mentor: str) -> tuple[Consent, ...]:
        return tuple(row for row in self.consents.values() if row.mentor == mentor and row.open)

    def put_consent(self, row: Consent) -> None:
        self.consents[row.id] = row

    def pause(self, key: str) -> Pause | None:
        return self.pauses.get(key)

    def open_pauses(self, window: int) -> tuple[Pause, ...]:
        return tuple(row for row in self.pauses.values() if row.window == window and not row.back_by)

    def put_pause(self, row: Pause) -> None:
        self.pauses[row.id] = row

    def roster_change(self, key: str) -> RosterChange | None:
        return self.roster_changes.get(key)

    def latest_roster_changes(self, limit: int) -> tuple[RosterChange, ...]:
        return tuple(sorted(self.roster_changes.values(), key=lambda row: row.asked_at, reverse=True)[:limit])

    def put_roster_change(self, row: RosterChange) -> None:
        self.roster_changes[row.id] = row

    def recorded_letter(self, key: str) -> RecordedLetter | None:
        return self.letters.get(key)

    def recorded_letters_since(self, day: date) -> tuple[RecordedLetter, ...]:
        return tuple(row for row in self.letters.values() if row.end >= day)

    def put_recorded_letter(self, row: RecordedLetter) -> None:
        self.letters[row.id] = row


class MemoryBooks(
    MemoryOversight,
    MemoryDuty,
    MemoryCards,
    MemoryCatalogue,
    MemoryCustody,
    MemoryFees,
    MemoryHanding,
    MemoryRouting,
    MemoryInbox,
    MemoryBackEntry,
    MemorySharing,
):
    """What `ports.Books` asks for, in dictionaries; `device` may be changed between two commands."""

    def __init__(self, hall: Hall, device: str = "device-a") -> None:
        for part in MemoryBooks.__bases__:
            part.__init__(self)
        self.hall = hall
        self.device = device
        self.seal_uses: dict[str, SealUse] = {}
        self.case_documents: dict[str, CaseDocument] = {}
        self.notes_of_gaps: dict[str, GapNote] = {}
        self.returned: dict[str, int] = {}
        self.fences: dict[str, int] = {}
        self.past: dict[tuple[str, int], str] = {}
        self.untils: dict[str, datetime] = {}
        self.hold_margin = timedelta(minutes=-5)
        self.tickets: dict[str, Ticket] = {}
        self.stops: dict[str, LineStop] = {}
        self.day_letters: dict[str, WindowLetters] = {}
        self.on_paper: dict[str, PaperServed] = {}
        self.cases: dict[str, Case] = {}
        self.papers: dict[str, PaperOut] = {}
        self.forms: dict[str, FormDraft] = {}
        self.points: dict[str, FormPoint] = {}
        self.routes: dict[str, FormRoute] = {}
        self.companies: dict[str, CompanyRecord] = {}
        self.has_every_company = True
        self.attachments: dict[str, Attachment] = {}
        self.external: dict[str, ExternalMatter] = {}
        self.holds: dict[str, str] = {}
        self.blocks: dict[str, tuple[NumberBlock, str]] = {}
        self.used: dict[tuple[str, int], str] = {}

    @property
    def queue_rules(self) -> QueueRules:
        return self.hall.queue

    def ticket(self, key: str) -> Ticket | None:
        return self.tickets.get(key)

    def put_ticket(self, ticket: Ticket) -> None:
        self.tickets[ticket.id] = ticket

    def tickets_of(self, day: date, letters: Sequence[str], states: Sequence[str] = ()) -> tuple[Ticket, ...]:
        found = (t for t in self.tickets.values() if t.day == day and t.letter in letters)
        return tuple(t for t in found if not states or t.state in states)

    def served_at(self, day: date, window: int) -> int:
        return sum((t.day, t.window, t.state) == (day, window, "finished") for t in self.tickets.values())

    def share(self, asked: Share) -> tuple[Ticket, ...]:
        def mine(ticket: Ticket) -> bool:
            dealt = None if asked.window and ticket.fallback == asked.window else self.device
            return ticket.due(asked.now) and self.holder(f"ticket:{ticket.id}") in (self.device, dealt)

        found = filter(mine, self.tickets_of(asked.day, asked.letters, ("waiting",)))
        return tuple(sorted(found, key=lambda t: t.order_at(asked.now, asked.ageing_minutes))[: asked.most])

    def open_tickets(self, day: date) -> tuple[Ticket, ...]:
        return tuple(t for t in self.tickets.values() if t.day == day and t.state in ("called", "serving"))

    def open_call_at(self, window: int, day: date) -> Ticket | None:
        return next((t for t in self.open_tickets(day) if t.window == window), None)

    def ticket_numbered(self, day: date, number: str) -> Ticket | None:
        return next((t for t in self.tickets.values() if (t.day, t.number) == (day, number)), None)

    def line_stop(self, key: str) -> LineStop | None:
        return self.stops.get(key)

    def line_stops(self, day: date) -> tuple[LineStop, ...]:
        return tuple(row for row in self.stops.values() if row.day == day)

    def put_line_stop(self, row: LineStop) -> None:
        self.stops[row.id] = row

    def window_letters(self, day: date) -> tuple[WindowLetters, ...]:
        return tuple(row for row in self.day_letters.values() if row.day == day)

    def put_window_letters(self, row: WindowLetters) -> None:
        self.day_letters[row.id] = row

    def paper_served(self, key: str) -> PaperServed | None:
        return self.on_paper.get(key)

    def papers_served(self, day: date) -> tuple[PaperServed, ...]:
        return tuple(row for row in self.on_paper.values() if row.day == day)

    def put_paper_served(self, row: PaperServed) -> None:
        self.on_paper[row.id] = row

    def holder(self, subject: str) -> str | None:
        return self.holds.get(subject)

    def take_hold(self, subject: str, fence: int | None = None) -> None:
        self.holds[subject] = self.device
        if fence is not None:
            self.fences[subject] = fence

    def give_back(self, subject: str) -> None:
        self.holds.pop(subject, None)

    def fence(self, subject: str) -> int:
        return self.fences.get(subject, 0)

    def hold_until(self, subject: str) -> datetime | None:
        return self.untils.get(subject)

    def seal_use(self, key: str) -> SealUse | None:
        return self.seal_uses.get(key)

    def put_seal_use(self, row: SealUse) -> None:
        self.seal_uses[row.id] = row

    def seal_uses_since(self, at: datetime) -> tuple[SealUse, ...]:
        return tuple(sorted((use for use in self.seal_uses.values() if use.at >= at), key=lambda use: (use.at, use.id)))

    def seal_uses_of(self, case: str) -> tuple[SealUse, ...]:
        return tuple(use for use in self.seal_uses.values() if use.case == case)

    def seal_uses_numbered(self, document_no: str) -> tuple[SealUse, ...]:
        return tuple(use for use in self.seal_uses.values() if use.document_no == document_no)

    def seal_use_of(self, case: str) -> SealUse | None:
        uses = (use for use in reversed(self.seal_uses.values()) if use.case == case and not use.document)
        return next(uses, None)

    @property
    def procedure_papers(self) -> frozenset[str]:
        return self.hall.procedure_papers

    def case_document(self, key: str) -> CaseDocument | None:
        return self.case_documents.get(key)

    def put_case_document(self, row: CaseDocument) -> None:
        self.case_documents[row.id] = row

    def case_documents_of(self, case: str) -> tuple[CaseDocument, ...]:
        return tuple(row for row in self.case_documents.values() if row.case == case)

    def put_gap_note(self, row: GapNote) -> None:
        self.notes_of_gaps[row.id] = row

    def gap_notes(self, number_kind: str) -> tuple[GapNote, ...]:
        return tuple(row for row in self.notes_of_gaps.values() if row.number_kind == number_kind)

    def return_block(self, block: str, first: int, command: str) -> None:
        given, device = self.blocks.get(block, (None, ""))
        if given is not None and device == self.device:
            used = [s for kind, s in self.used if kind == given.kind and given.first <= s <= given.last]
            self.returned.setdefault(block, max((first, *(s + 1 for s in used))))

    def spend_lost_number(self, kind: str, block: str, serial: int, command: str) -> Refusal | None:
        given, _ = self.blocks.get(block, (None, ""))
        if given is None or given.kind != kind or not given.first <= serial <= given.last:
            return Refusal("number-not-given", "中心没有发过这个号。")
        if (kind, serial) in self.used:
            return Refusal("number-used", "这个号中心已经有了。")
        self.used[kind, serial] = command
        return None

    def give_block(self, block: NumberBlock) -> None:
        self.blocks[block.id] = (block, self.device)

    def spend_number(self, kind: str, block: str, serial: int, command: str) -> Refusal | None:
        given, device = self.blocks.get(block, (None, ""))
        if given is None or given.kind != kind or device != self.device or not given.first <= serial <= given.last:
            return Refusal("number-not-given", "这个号不在分给本机的号段里。")
        if (given.kind, serial) in self.used:
            return Refusal("number-used", "这个号已经用过。")
        self.used[given.kind, serial] = command
        return None

    @property
    def hall_id(self) -> str:
        return self.hall.id

    @property
    def calendar(self) -> Calendar:
        return self.hall.calendar

    @property
    def off_work(self) -> time:
        return self.hall.off_work

    def item(self, code: str) -> Item | None:
        return self.hall.items.get(code)

    def case(self, key: str) -> Case | None:
        return self.cases.get(key)

    def put_case(self, case: Case) -> None:
        self.cases[case.id] = listed(case, self.item(case.item), self.hall.calendar, self.hall.off_work)

    def case_of_ticket(self, ticket: str) -> Case | None:
        found = [c for c in self.cases.values() if c.ticket == ticket]
        return max(found, key=lambda c: c.received_at) if found else None

    def cases_in(self, states: Sequence[str], items: Sequence[str] = ()) -> tuple[Case, ...]:
        found = (c for c in self.cases.values() if c.state in states and (not items or c.item in items))
        return tuple(sorted(found, key=lambda c: (c.received_at, c.id)))

    def cases_touched(self, window: int, start: datetime, end: datetime) -> tuple[Case, ...]:
        def touched(case: Case) -> bool:
            moments = (case.received_at, case.accepted_at, case.sealed_at)
            return any(at is not None and start <= at < end for at in moments)

        return tuple(case for case in self.cases.values() if case.window == window and touched(case))

    def open_case_count(self) -> int:
        return sum(case.state in OPEN for case in self.cases.values())

    def open_limits_after(self, after: str, limit: int) -> tuple[LimitRow, ...]:
        found = sorted((c for c in self.cases.values() if c.state in OPEN and c.id > after), key=lambda c: c.id)
        return tuple(LimitRow(*(getattr(c, name) for name in LimitRow.__dataclass_fields__)) for c in found[:limit])

    def latest_cases(self, limit: int) -> tuple[Case, ...]:
        return tuple(sorted(self.cases.values(), key=lambda c: c.received_at, reverse=True)[:limit])

    def form(self, key: str) -> FormDraft | None:
        return self.forms.get(key)

    def put_form(self, draft: FormDraft) -> None:
        self.forms[draft.id] = draft

    def point(self, key: str) -> FormPoint | None:
        return self.points.get(key)

    def points_of(self, case: str) -> tuple[FormPoint, ...]:
        return tuple(sorted((p for p in self.points.values() if p.case == case), key=lambda p: (p.at, p.id)))

    def put_point(self, row: FormPoint) -> None:
        self.points[row.id] = row

    def route(self, key: str) -> FormRoute | None:
        return self.routes.get(key)

    def put_route(self, row: FormRoute) -> None:
        self.routes[row.id] = row

    def company(self, key: str) -> CompanyRecord | None:
        return self.companies.get(key)

    def put_company(self, row: CompanyRecord) -> None:
        self.companies[row.id] = row

    def external_matter(self, key: str) -> ExternalMatter | None:
        return self.external.get(key)

    def put_external_matter(self, row: ExternalMatter) -> None:
        self.external[row.id] = row

    def external_matters_since(self, at: datetime) -> tuple[ExternalMatter, ...]:
        return tuple(sorted((r for r in self.external.values() if r.at >= at), key=lambda r: (r.at, r.id)))

    def external_matters_of(self, ticket: str) -> tuple[ExternalMatter, ...]:
        return tuple(sorted((r for r in self.external.values() if r.ticket == ticket), key=lambda r: (r.at, r.id)))

    def attachment(self, key: str) -> Attachment | None:
        return self.attachments.get(key)

    def put_attachment(self, row: Attachment) -> None:
        self.attachments[row.id] = row

    def attachments_of(self, case: str) -> tuple[Attachment, ...]:
        return tuple(sorted((a for a in self.attachments.values() if a.case == case), key=lambda a: (a.at, a.id)))

    def paper(self, key: str) -> PaperOut | None:
        return self.papers.get(key)

    def put_paper(self, paper: PaperOut) -> None:
        self.papers[paper.id] = paper

    def papers_of(self, subject: str) -> tuple[PaperOut, ...]:
        return tuple(p for p in self.papers.values() if p.subject == subject)

    def past_hold(self, subject: str, fence: int) -> str:
        return self.past.get((subject, fence), "")
