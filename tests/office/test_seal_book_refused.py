"""What the centre refused, heard late or keeps alone: the register shows it, numbers as everywhere, and is not misled by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from clerk_app.office.counter.seal_custody import resume, stop
from clerk_app.office.office import Done, Office
from clerk_app.office.oversight.seal_book import read_book
from clerk_app.office.oversight.seal_fall import fallen
from clerk_app.ports import Verdict
from clerk_app.sealing.model import SealEvent, SealEventKind, SealStanding
from clerk_app.sealing.register_lines import RegisterLine
from clerk_app.store.rows import to_json
from tests.desk import sit
from tests.office.test_seal_book import TODAY, office
from tests.sealing.register import AT, EVENTS, SEAL, USE

__all__ = ["office"]


def done(outcome: object) -> str:
    assert isinstance(outcome, Done), outcome
    return outcome.command


def refuse(office: Office, command: str, standing: SealStanding | None) -> None:
    """As the centre answers: its own row of the seal, and none of the act's."""
    assert standing is not None
    rows = {f"seal:{SEAL}": to_json(standing), f"seal_event:{command}": None}
    office.parts.vault.journal.settle([Verdict(id=command, state="refused", rows=rows)], 0.0)


def lines(office: Office) -> dict[str, RegisterLine]:
    return {line.id: line for line in read_book(office, TODAY).lines}


def test_a_resume_the_centre_refused_did_not_happen_and_moves_no_number(office: Office) -> None:
    """Two persons resumed it here while it was stopped anew at another machine."""
    first = done(stop(office, SEAL, "清点"))
    done(resume(office, SEAL, "ask", "在"))
    standing = office.read(lambda books: books.seal_standing(SEAL))
    sit(office, "P101")
    agreed = done(resume(office, SEAL, "agree", "看过"))
    assert fallen(office, SEAL) is None
    last = done(stop(office, SEAL, "又找不到了"))
    applied = [row.id for row in office.parts.vault.journal.rows(("pending",), 50) if row.id != agreed]
    office.parts.vault.journal.settle([Verdict(id=one, state="applied") for one in applied], 0.0)
    refuse(office, agreed, standing)
    fall = fallen(office, SEAL)
    assert fall is not None
    assert (fall.first.id, fall.event.reason) == (first, "清点"), "down ever since"
    kept = lines(office)
    assert (kept[agreed].number, kept[agreed].result, kept[agreed].arrived) == ("", "恢复", "中心没收")
    assert (kept[first].number, kept[last].number) == ("2026-0007", "2026-0009")


def test_a_stop_that_was_told_after_a_later_resume_is_the_one_people_are_told_of(office: Office) -> None:
    def event(key: str, kind: SealEventKind, minute: int) -> SealEvent:
        return replace(EVENTS[0], id=key, kind=kind, at=AT + timedelta(minutes=minute), reason=key)

    standing = SealStanding(id=SEAL, state="stopped", since=AT + timedelta(minutes=3), keeper="P201")
    with office.parts.vault.unit(office.hall) as work:
        for one in (event("e1", "stop", 1), event("e2", "stop", 3), event("e3", "resume", 4)):
            work.books.put_seal_event(one)
        work.books.put_seal_standing(standing)
    fall = fallen(office, SEAL)
    assert fall is not None
    assert (fall.event.id, fall.first.id) == ("e2", "e2")
    with office.parts.vault.unit(office.hall) as work:
        work.books.put_seal_event(event("e4", "stop", 8))
        work.books.put_seal_standing(replace(standing, state="in_use", since=AT + timedelta(minutes=7)))
    assert fallen(office, SEAL) is None, "resumed after it, by a machine whose clock was behind"


def test_a_line_whose_case_is_not_here_does_not_say_that_it_counts(office: Office) -> None:
    """A machine that came later has no cases that were over; whether a seal was voided stands with the case."""
    with office.parts.vault.unit(office.hall) as work:
        work.books.put_seal_use(replace(USE, id="u9", case="c-over", digest_after="9" * 64))
    kept = lines(office)
    assert ("到中心查" in kept["u9"].why, "到中心查" in kept["u1"].why) == (True, False)
    assert (kept["u9"].case_no, kept["u9"].document_no) == ("", USE.document_no)
