"""用印席 the seal's key lies in another machine: authorised here, sealed there by its keeper's PIN, marked and printed here again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from clerk_app.cases.model import Case
from clerk_app.command import Refusal
from clerk_app.duty.training import training_pin
from clerk_app.office.counter import deciding
from clerk_app.office.counter.prepared import Prepared, prepare
from clerk_app.office.counter.seal_custody import resume, stop
from clerk_app.office.counter.seal_seats import register_keys
from clerk_app.office.counter.seat_queue import WaitingPaper, print_sealed, seal_waiting, waiting
from clerk_app.office.line.uploading import Uploader
from clerk_app.office.office import Done, Office
from clerk_app.office.registration import saving
from tests.office.test_deciding import Pages, example
from tests.seal_fakes import CARD, FakePagePrinter, PowerCut, keeper, power_cut, stamper_of, with_seals
from tests.server.conftest import prepare as prepared_database
from tests.sync.life_hall import LifeHall, good, life_hall

pytestmark = pytest.mark.process
ASKING, SEAT = 2, 21
SEAL, CHIEF, CLERK = "S-SJJ", "P201", "P203"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("loaded") / "centre.db"
    prepared_database(f"sqlite:///{file}")
    return file


@pytest.fixture
def hall(tmp_path: Path, loaded: Path) -> Iterator[LifeHall]:
    file = shutil.copy2(loaded, tmp_path)
    with life_hall(f"sqlite:///{file}", tmp_path) as hall:
        hall.open(w2=CLERK, w21="P101")
        with_seals(hall.office(ASKING), {}, pages=Pages())
        with_seals(hall.office(SEAT), {SEAL: CARD}, pages=Pages())
        assert register_keys(hall.office(SEAT)) == 1
        assert register_keys(hall.office(SEAT)) == 0, "once"
        hall.sync()
        yield hall


def waits(hall: LifeHall) -> list[WaitingPaper]:
    office = hall.office(SEAT)
    return list(office.read(lambda books: waiting(office, books)))


def uploaded(office: Office) -> None:
    uploader = Uploader(office)
    for _ in range(20):
        if uploader.step() > 1:
            return


def said(hall: LifeHall, number: int) -> None:
    """Everybody has heard what this window did, and what it kept is at the centre."""
    hall.sync()
    uploaded(hall.office(number))


def page_of(hall: LifeHall, case: str) -> Prepared:
    office = hall.office(ASKING)
    good(deciding.propose(office, case, "grant", "材料齐全，符合法定形式。"))
    page = good(prepare(office, case, CHIEF, "grant", "同意。"))
    assert isinstance(page, Prepared)
    return page


def authorised(hall: LifeHall) -> Case:
    """At the asking window, for the seal of the other machine."""
    office, received = hall.office(ASKING), hall.receive(ASKING, "公司设立", accept=True)
    good(saving.save_form(office, received.id, example()))
    page = page_of(hall, received.id)
    assert good(deciding.authorise(office, page, office.hall.roster.people[CHIEF], training_pin(CHIEF)))
    assert stamper_of(office).orders == []
    assert hall.case(ASKING, received.id).state == "granted"
    return hall.case(ASKING, received.id)


def refused(outcome: object) -> str:
    assert isinstance(outcome, Refusal), outcome
    return outcome.type


def test_authorised_here_sealed_there_and_the_paper_comes_out_here(hall: LifeHall) -> None:
    asking, seat = hall.office(ASKING), hall.office(SEAT)
    case = authorised(hall)
    hall.sync()
    (paper,) = waits(hall)
    assert (paper.paper.case, paper.window, paper.grant.device) == (case.id, ASKING, hall.windows[SEAT].device)
    assert refused(seal_waiting(seat, paper.grant.id, paper.paper.sha256, keeper(CHIEF))) == "page-elsewhere"
    said(hall, ASKING)
    wrong = replace(keeper(CHIEF), pin="000000")
    assert refused(seal_waiting(seat, paper.grant.id, paper.paper.sha256, wrong)) == "seal-pin-wrong"
    assert refused(seal_waiting(seat, paper.grant.id, paper.paper.sha256, keeper("P101"))) == "not-the-keeper"
    assert refused(seal_waiting(seat, paper.grant.id, "0" * 64, keeper(CHIEF))) == "no-grant"
    good(seal_waiting(seat, paper.grant.id, paper.paper.sha256, keeper(CHIEF)))
    assert (waits(hall), refused(seal_waiting(seat, paper.grant.id, paper.paper.sha256, keeper(CHIEF)))) == (
        [],
        "grant-used",
    )
    said(hall, SEAT)
    assert hall.case(ASKING, case.id).state == "granted", "its own window marks it"
    assert deciding.finish_sealing(asking) == 1
    hall.sync()
    use = asking.read(lambda books: books.seal_use_of(case.id))
    assert use is not None
    assert (use.flags, use.keeper, use.device) == ((), CHIEF, hall.windows[SEAT].device)
    assert good(print_sealed(asking, use.id))
    printer = asking.parts.page_printer
    assert isinstance(printer, FakePagePrinter)
    ((pdf, _, _),) = printer.sent
    frozen = asking.parts.vault.keep.document(use.digest_before)
    assert frozen is not None
    assert pdf.startswith(frozen.content)
    assert hall.case(SEAT, case.id).state == "sealed"
    assert {*asking.parts.vault.journal.tally(), *seat.parts.vault.journal.tally()} == {"applied"}


def test_a_stopped_seal_stays_shut_and_after_five_minutes_nothing_waits(hall: LifeHall) -> None:
    asking, seat = hall.office(ASKING), hall.office(SEAT)
    case = authorised(hall)
    said(hall, ASKING)
    (paper,) = waits(hall)
    good(stop(seat, SEAL, "看看钥匙"))
    assert refused(seal_waiting(seat, paper.grant.id, paper.paper.sha256, keeper(CHIEF))) == "seal-stopped"
    good(resume(seat, SEAL, "ask", "看过了", hall.by(SEAT, CHIEF)))
    good(resume(seat, SEAL, "agree", "看过了"))
    hall.time.on(1)
    seat.parts.clock.set(hall.time())
    assert waits(hall) == []
    assert refused(seal_waiting(seat, paper.grant.id, paper.paper.sha256, keeper(CHIEF))) == "grant-over"
    assert stamper_of(seat).orders == []
    assert hall.case(ASKING, case.id).state == "granted"
    assert asking.read(lambda books: books.seal_use_of(case.id)) is None


def test_what_comes_is_looked_at_byte_by_byte(hall: LifeHall) -> None:
    seat = hall.office(SEAT)
    authorised(hall)
    said(hall, ASKING)
    (paper,) = waits(hall)

    class Liar:
        def fetch(self, digest: str) -> bytes:
            return b"%PDF another page"

    true = seat.parts.blob_centre
    seat.parts = replace(seat.parts, blob_centre=Liar())  # type: ignore[arg-type]
    assert refused(seal_waiting(seat, paper.grant.id, paper.paper.sha256, keeper(CHIEF))) == "other-bytes"
    assert (stamper_of(seat).orders, seat.read(lambda books: books.open_seal_intents())) == ([], ())
    seat.parts = replace(seat.parts, blob_centre=true)
    stamper_of(seat).first = power_cut
    with pytest.raises(PowerCut):
        seal_waiting(seat, paper.grant.id, paper.paper.sha256, keeper(CHIEF))
    assert len(seat.read(lambda books: books.open_seal_intents())) == 1
    stamper_of(seat).first = lambda: None
    assert refused(seal_waiting(seat, paper.grant.id, paper.paper.sha256, keeper(CHIEF))) == "grant-used"
    hall.sync()
    assert isinstance(
        deciding.seal_again(hall.office(ASKING), paper.paper.case, hall.by(ASKING, CHIEF).person, training_pin(CHIEF)),
        Done,
    )
    said(hall, ASKING)
    (fresh,) = waits(hall)
    assert (fresh.grant.id != paper.grant.id, fresh.paper.sha256) == (True, paper.paper.sha256)
    good(seal_waiting(seat, fresh.grant.id, fresh.paper.sha256, keeper(CHIEF)))
