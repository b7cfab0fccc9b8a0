"""Hall time over restarts, wall clocks a year off, jumps, and holidays: kept where it can be, unknown where nobody vouches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from clerk_app.command import Refusal
from clerk_app.duty.usecases import RecordSignIn
from clerk_app.office.counter import visit
from clerk_app.office.duty import cover
from clerk_app.office.known_time import CLOCK_UNKNOWN, NEEDS_KNOWN_TIME
from clerk_app.office.line.clock_memory import StoreMemory
from clerk_app.office.office import Done
from clerk_app.outside.clock import HALL_ZONE, CentreClock, Machine
from clerk_app.sealing.usecases import RecordSealUse
from tests.desk import cut_office
from tests.visits import APPLICANT, COMPANY, done, take

FRIDAY = datetime(2026, 11, 20, 10, 30, tzinfo=HALL_ZONE)
EVE = datetime(2026, 9, 30, 16, 0, tzinfo=HALL_ZONE)
"""The last day before the eight days of National Day."""


@dataclass
class Clocks:
    """A machine's three clocks, turned by hand."""

    wall: datetime = FRIDAY
    seconds: float = 1000.0
    boot: str = "boot-1"

    def machine(self) -> Machine:
        return Machine(lambda: self.wall, lambda: self.seconds, lambda: self.boot)

    def passes(self, span: timedelta) -> None:
        self.wall += span
        self.seconds += span.total_seconds()

    def reboots(self, after: timedelta, wall_says: timedelta | None = None) -> None:
        self.wall += after if wall_says is None else wall_says
        self.seconds, self.boot = 30.0, self.boot + "+"


class Memory(dict):
    """What a store remembers; `fits` is its judgement."""

    fits = True

    def recall(self, key: str) -> str | None:
        return self.get(key)

    def keep(self, key: str, value: str) -> None:
        self[key] = value

    def plausible(self, now: datetime, *, same_boot: bool) -> bool:
        self["asked"] = (now, same_boot)
        return self.fits


def started(clocks: Clocks, memory: Memory) -> CentreClock:
    clock = CentreClock(clocks.machine())
    clock.attach(memory)
    return clock


def met(clocks: Clocks, ahead: timedelta = timedelta(hours=2)) -> Memory:
    """A run that met its centre, whose time is ahead of this machine's."""
    memory = Memory()
    started(clocks, memory).set(clocks.wall + ahead)
    return memory


def test_a_machine_that_never_met_its_centre_vouches_for_nothing():
    clock = started(Clocks(), Memory())
    assert (clock.word(), clock.now(), clock.certain()) == ("unknown", FRIDAY, False)


def test_the_centres_time_goes_on_by_the_boot_clock_whatever_the_wall_clock_does():
    clocks = Clocks()
    clock = started(clocks, Memory())
    clock.set(datetime(2026, 11, 20, 4, 0, tzinfo=UTC))
    clocks.passes(timedelta(minutes=10))
    clocks.wall += timedelta(days=366)  # somebody sets it in the middle of a sync
    assert clock.now() == datetime(2026, 11, 20, 12, 10, tzinfo=HALL_ZONE)
    assert clock.now().utcoffset() == timedelta(hours=8)
    assert clock.word() == "centre"


@pytest.mark.parametrize("boot", ["boot-1", "boot-2"])
def test_a_restart_with_the_line_cut_keeps_hall_time(boot: str):
    clocks = Clocks()
    memory = met(clocks)
    clocks.passes(timedelta(hours=1))
    if boot != "boot-1":
        clocks.seconds, clocks.boot = 5.0, boot
    clock = started(clocks, memory)
    assert clock.now() == FRIDAY + timedelta(hours=3)
    assert (clock.word(), clock.certain()) == ("kept", False)
    assert memory["asked"] == (FRIDAY + timedelta(hours=3), boot == "boot-1")
    clocks.passes(timedelta(minutes=4))
    assert clock.now() == FRIDAY + timedelta(hours=3, minutes=4)


@pytest.mark.parametrize(
    "off", [timedelta(days=366), timedelta(days=-365), timedelta(minutes=6), timedelta(minutes=-6)]
)
def test_within_one_boot_the_wall_clock_must_agree(off: timedelta):
    clocks = Clocks()
    memory = met(clocks)
    clocks.passes(timedelta(hours=1))
    clocks.wall += off
    clock = started(clocks, memory)
    assert clock.word() == "unknown"
    assert clock.now() == FRIDAY + timedelta(hours=3), "the boot clock still says what time it is"
    clocks.wall -= off
    assert clock.word() == "kept", "put right again"


def test_a_jump_in_the_middle_of_a_run_without_a_line_is_noticed():
    clocks = Clocks()
    memory = met(clocks)
    clock = started(clocks, memory)
    assert clock.word() == "kept"
    clocks.wall += timedelta(hours=1)
    assert clock.word() == "unknown"


def test_a_small_drift_is_no_reason():
    clocks = Clocks()
    memory = met(clocks)
    clocks.wall += timedelta(minutes=4, seconds=59)
    assert started(clocks, memory).word() == "kept"


def test_what_does_not_fit_the_store_is_unknown_until_the_centre_speaks():
    clocks = Clocks()
    memory = met(clocks)
    memory.fits = False
    clock = started(clocks, memory)
    assert clock.word() == "unknown"
    clock.set(FRIDAY)
    assert (clock.word(), clock.now()) == ("centre", FRIDAY)


def test_where_nobody_names_the_boot_every_start_is_another():
    clocks = Clocks(boot="")
    memory = met(clocks)
    started(clocks, memory)
    assert memory["asked"][1] is False


class TestStoreMemory:
    """What the store itself says of a time."""

    @pytest.fixture
    def office(self, tmp_path):
        office = cut_office(tmp_path)
        yield office
        office.parts.vault.close()

    def last_act(self, office, at: datetime) -> StoreMemory:
        office.parts.clock.moment = at - timedelta(seconds=1)
        done(office.do(RecordSignIn(**office.stamp().fields(office.parts.new_id), sign_in="s", online=False)))
        return StoreMemory(office.parts.vault)

    def test_an_empty_store_says_nothing(self, office):
        assert StoreMemory(office.parts.vault).plausible(FRIDAY, same_boot=False)

    def test_time_does_not_go_backwards(self, office):
        memory = self.last_act(office, FRIDAY)
        assert not memory.plausible(FRIDAY - timedelta(seconds=1), same_boot=True)
        assert memory.plausible(FRIDAY + timedelta(seconds=1), same_boot=True)

    @pytest.mark.parametrize(
        ("later", "fits"),
        [
            (timedelta(days=3), True),  # Monday morning
            (timedelta(days=5), True),  # Wednesday, the third open day
            (timedelta(days=6), False),  # Thursday
            (timedelta(days=365), False),
        ],
    )
    def test_after_another_boot_only_so_many_open_days(self, office, later, fits):
        memory = self.last_act(office, FRIDAY)
        assert memory.plausible(FRIDAY + later, same_boot=False) is fits
        assert memory.plausible(FRIDAY + later, same_boot=True), "a machine that was never off"

    def test_a_long_holiday_does_not_count(self, office):
        memory = self.last_act(office, EVE)
        calendar = office.hall.calendar
        days = [EVE.date() + timedelta(days=n) for n in range(1, 20)]
        third = [day for day in days if calendar.is_workday(day)][2]
        assert (third - EVE.date()).days > 8, "the holiday lies between"
        assert memory.plausible(datetime.combine(third, EVE.time(), HALL_ZONE), same_boot=False)
        assert not memory.plausible(datetime.combine(third + timedelta(days=1), EVE.time(), HALL_ZONE), same_boot=False)


class TestUnknownTime:
    """What is done by a clock nobody vouches for, and what is not."""

    @pytest.fixture
    def office(self, tmp_path):
        office = cut_office(tmp_path)
        office.parts.clock.word = lambda: "unknown"
        yield office
        office.parts.vault.close()

    def test_tickets_absence_decision_and_seal_are_refused_in_one_sentence(self, office):
        assert visit.take_ticket(office, "A") == CLOCK_UNKNOWN
        assert cover.record_absence(office, "P201", "开会") == CLOCK_UNKNOWN
        assert CLOCK_UNKNOWN.sentence.endswith("。")
        assert {"authorise_decision", "record_seal_use"} <= NEEDS_KNOWN_TIME

    def test_data_goes_on_flagged(self, office):
        office.parts.clock.word = lambda: "kept"
        ticket = take(office)
        done(visit.call(office, ticket.id))
        done(visit.arrive(office, ticket.id))
        office.parts.clock.word = lambda: "unknown"
        outcome = visit.receive(office, ticket.id, COMPANY, APPLICANT, ())
        assert isinstance(outcome, Done)
        import json

        flags = {json.loads(s.envelope)["body"]["kind"]: json.loads(s.envelope)["body"]["clock"]
                 for s in office.parts.vault.journal.due(1.0, 100, 1 << 20)}  # fmt: skip
        assert flags["receive_case"] == "unknown"
        assert flags["take_ticket"] == "kept"

    @pytest.mark.parametrize("electronic", [True, False])
    def test_a_paper_seal_that_was_put_on_is_recorded_all_the_same(self, office, electronic):
        from clerk_app.office.known_time import clock_refusal

        command = RecordSealUse(
            **office.stamp().fields(office.parts.new_id), seal_use="s", seal="S1", certificate="", case="c", document_no="1",
            title="t", pages=1, copies=1, digest_before="0" * 64, digest_after="1" * 64, electronic=electronic,
        )  # fmt: skip
        refusal = clock_refusal(command)
        assert (refusal == CLOCK_UNKNOWN) if electronic else (refusal is None)
        assert refusal is None or isinstance(refusal, Refusal)
