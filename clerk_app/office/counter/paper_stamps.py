"""盖实体章 the paper seal is pressed by its keeper and registered here: at once, or several together until the day's close (补登).

With the line cut this is the way; it is as good at any other time. What was authorised is printed, stamped, and said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from clerk_app.cases.decision import Outcome as Decided
from clerk_app.cases.model import Case
from clerk_app.command import Refusal, case_subject
from clerk_app.duty.model import Person
from clerk_app.office.counter.deciding import changed_since, decision_act
from clerk_app.office.counter.issued import frozen_page, print_out
from clerk_app.office.counter.prepared import Prepared, for_the_hand
from clerk_app.office.counter.stamping import Authority
from clerk_app.office.countersigning import unlock
from clerk_app.office.duty.cover import step_in_for_chief
from clerk_app.office.line.attaching import whole_refusal
from clerk_app.office.office import Beside, Done, Office, Outcome
from clerk_app.ports import Books
from clerk_app.sealing.custody import keepers, keeps, standing_of_seal
from clerk_app.sealing.usecases import MarkSealed, RecordSealUse

MOST_TOGETHER = 100


@dataclass(frozen=True, kw_only=True)
class Pressed:
    """盖好的一份 of which case, how many copies, by which keeper, and when it was said to be (None: just now)."""

    case: str
    copies: int = 1
    keeper: str = ""
    said_at: datetime | None = None
    seal: str = ""
    """用哪一枚; empty: the one the item names."""


def to_press(office: Office, books: Books) -> tuple[Case, ...]:
    """等盖章的件 authorised and not sealed, in hand here; the oldest authorisation first."""
    found = [
        case
        for case in books.cases_in(("granted", "refused"))
        if case.decision is not None and books.holder(case_subject(case.id)) == books.device
    ]
    return tuple(sorted(found, key=lambda case: (case.decision.at if case.decision else case.received_at, case.id)))


def authorise_on_paper(office: Office, prepared: Prepared, person: Person, pin: str) -> Outcome:
    """授权盖实体章: signature 2 over the printed page, with the line cut too; the page comes out of the printer to be stamped."""
    if refusal := changed_since(office, prepared) or whole_refusal(office, prepared.case.id):
        return refusal
    key = unlock(office, person, pin, None)
    if isinstance(key, Refusal):
        return key
    if refusal := step_in_for_chief(office, person, key.sign):
        return refusal
    prepared = for_the_hand(office, prepared)
    command, beside = decision_act(office, prepared, Authority(person=person, key=key, letter=prepared.letter))
    done = office.do(command, beside=beside)
    return done if isinstance(done, Refusal) else print_out(office, prepared.page.pdf, prepared.paper.title, 1, done)


def usual_keeper(office: Office, books: Books, case: Case) -> str:
    """谁盖的, as it is most likely: who keeps the seal now."""
    item = office.hall.items.get(case.item)
    seal = office.hall.roster.seals.get(item.seal) if item else None
    if seal is None:
        return ""
    now, may = office.parts.clock.now(), keepers(seal, standing_of_seal(seal, books))
    return next((one for one in may if keeps(one, seal, now, books)), "")


def press(office: Office, pressed: Pressed) -> Outcome:
    """已盖章: line and mark in one; the line alone where the mark is refused (a fact is never lost)."""
    case = office.read(lambda books: books.case(pressed.case))
    if case is None or case.decision is None or case.state not in ("granted", "refused"):
        return Refusal("not-to-seal", "这件现在不等用印，没有登记。刷新一下再看。")
    if not 1 <= pressed.copies <= 99:
        return Refusal("copies-wrong", "份数要在 1 到 99 之间，没有登记。改好再记。")
    if refusal := _said_wrong(office, case, pressed):
        return refusal
    record = _record(office, case, pressed)
    if isinstance(record, Refusal):
        return record
    mark = MarkSealed(**office.stamp().fields(office.parts.new_id), case=case.id, seal_use=record.seal_use)
    done = office.do_together(((record, Beside()), (mark, Beside())))
    if not isinstance(done, Refusal):
        return done
    alone = office.do(record)
    return alone if isinstance(alone, Refusal) else done


def _said_wrong(office: Office, case: Case, pressed: Pressed) -> Refusal | None:
    if pressed.said_at is None or case.decision is None:
        return None
    now = office.parts.clock.now()
    if not case.decision.at <= pressed.said_at <= now:
        decided = case.decision.at
        return Refusal("said-time-wrong", f"用印时间要在授权（{decided:%H:%M}）之后、现在之前，没有登记。改好再记。")
    if pressed.said_at.date() != now.date():
        return Refusal("said-day-wrong", "补登只到当天日结，隔天的没有登记。交值班长，说明为什么当天没记。")
    return None


def _record(office: Office, case: Case, pressed: Pressed) -> RecordSealUse | Refusal:
    item, decision = office.hall.items.get(case.item), case.decision
    if item is None or decision is None:
        return Refusal("item-gone", "目录里没有这个事项了，没有登记。找管理员核对目录。")
    keeper = pressed.keeper or office.read(lambda books: usual_keeper(office, books, case))
    return RecordSealUse(
        **office.stamp().fields(office.parts.new_id),
        seal_use=office.parts.new_id(),
        seal=pressed.seal or item.seal,
        certificate="",
        case=case.id,
        document_no=decision.document_no,
        title=_title(item.decision_document, decision.outcome),
        pages=decision.pages,
        copies=pressed.copies,
        digest_before=decision.digest,
        digest_after=decision.digest,
        electronic=False,
        keeper=keeper,
        said_at=pressed.said_at,
    )


def _title(document: str, outcome: Decided) -> str:
    return "不予行政许可决定书" if outcome == "refuse" else document or "准予行政许可决定书"


def press_together(office: Office, several: Sequence[Pressed]) -> tuple[tuple[str, Outcome], ...]:
    """几件一起补登, each by itself: one refused keeps no other from being registered."""
    return tuple((one.case, press(office, one)) for one in several[:MOST_TOGETHER])


def printed_page(office: Office, case_id: str) -> Outcome:
    """再打一份 of the authorised page, to be stamped: the same bytes."""
    case = office.read(lambda books: books.case(case_id))
    frozen = frozen_page(office, case.decision.digest) if case and case.decision else None
    if case is None or frozen is None:
        return Refusal("page-elsewhere", "授权的那份文书不在这台机器上，中心也没取到，没有打。到授权的那台机器上打。")
    return print_out(office, frozen, "决定书", 1, Done(case.id))
