"""SIGKILL between intent and result: the next start shows what was begun, and the same bytes are sealed once, by a fresh grant."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryFile

import pytest

from clerk_app.duty.training import training_pin
from clerk_app.office.counter import deciding
from clerk_app.office.counter.seal_custody import say_not_used
from clerk_app.office.office import Done, Office
from tests.desk import StandingClock, cut_office
from tests.nursery import start
from tests.office.test_deciding import CHIEF, Pages, PinCentre
from tests.seal_fakes import with_seals
from tests.sealing.waiting import KEY, of, proposed

pytestmark = pytest.mark.process


@dataclass
class Desk:
    """The folder of one machine, and its case with signature 1."""

    folder: Path
    case: str

    def killed_at(self, point: str) -> None:
        words = [str(self.folder), KEY.hex(), self.case, point]
        with (
            TemporaryFile("w+", encoding="utf-8") as errors,
            start("tests.sealing.killable_chief", words, errors) as child,
        ):
            said = child.stdout.readline()
            child.kill()
            child.wait(60)
            errors.seek(0)
            assert said == f"{point}\n", errors.read()

    def opened(self) -> Office:
        clock = StandingClock()
        clock.set(clock.now() + timedelta(hours=1))
        office = cut_office(self.folder, KEY, fill=False, clock=clock)
        return with_seals(office, pages=Pages(), centre=PinCentre())


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    office = cut_office(tmp_path, KEY)
    (case,) = proposed(office, 1)
    office.parts.vault.close()
    return Desk(tmp_path, case)


def uses(office: Office) -> list[str]:
    return [row.id for row in office.parts.vault.journal.rows((), 100) if row.kind == "record_seal_use"]


@pytest.mark.parametrize("point", ["intent-written", "stamped"])
def test_what_was_begun_stands_open_and_the_same_bytes_are_sealed_once(desk: Desk, point: str) -> None:
    desk.killed_at(point)
    office = desk.opened()
    with closing(office.parts.vault):
        assert office.parts.vault.journal.check().ok
        (left,) = office.read(lambda books: books.open_seal_intents())
        decided = of(office, desk.case)
        assert decided.decision is not None
        assert (left.case, left.digest, decided.state) == (desk.case, decided.decision.digest, "granted")
        assert (uses(office), deciding.finish_sealing(office)) == ([], 0)
        assert isinstance(say_not_used(office, left.id, "出纸口没有纸。"), Done)
        chief = office.hall.roster.people[CHIEF]
        assert isinstance(deciding.seal_again(office, desk.case, chief, training_pin(CHIEF)), Done)
        use = office.read(lambda books: books.seal_use_of(desk.case))
        assert (use.digest_before, use.flags) == (left.digest, ())
        assert use.grant != left.grant, "the one that was begun stays spent"
        assert (of(office, desk.case).state, len(uses(office))) == ("sealed", 1)
        assert office.read(lambda books: books.open_seal_intents()) == ()


def test_killed_while_it_was_printed_it_is_sealed_and_not_sealed_again(desk: Desk) -> None:
    desk.killed_at("printing")
    office = desk.opened()
    with closing(office.parts.vault):
        assert (of(office, desk.case).state, len(uses(office))) == ("sealed", 1)
        assert office.read(lambda books: books.open_seal_intents()) == ()
        chief = office.hall.roster.people[CHIEF]
        again = deciding.seal_again(office, desk.case, chief, training_pin(CHIEF))
        assert not isinstance(again, Done)
        assert len(uses(office)) == 1
