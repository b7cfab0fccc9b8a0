"""印章保管 who keeps it, who may stand in for him, and that a stopped or lost seal comes back only by two."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from clerk_app.duty.leaving import RecordAbsence
from clerk_app.duty.records import Substitution
from clerk_app.outside.ids import new_id
from clerk_app.sealing.custody import (
    AgreeResumeSeal,
    AskResumeSeal,
    DestroySeal,
    HandOverSeal,
    ReportSealLoss,
    SeatSeal,
    StopSeal,
    fell_before,
    keeps,
    standing_of_seal,
    unusable,
)
from clerk_app.sealing.model import SealEvent
from tests.cases.counter import CLERK, MANAGER, Counter

SEAL, KEEPER, BACKUP, SUPERVISOR = "S-RSJ", "P401", "P402", "P109"
COLLEAGUE = "P106"


@pytest.fixture
def counter() -> Counter:
    return Counter()


def seal_of(counter: Counter):
    return counter.books.roster.seals[SEAL]


def standing(counter: Counter):
    return standing_of_seal(seal_of(counter), counter.books)


def keep_it(counter: Counter) -> list[str]:
    return [one for one in (KEEPER, BACKUP, COLLEAGUE) if keeps(one, seal_of(counter), counter.now, counter.books)]


def kinds(counter: Counter) -> list[str]:
    return [event.kind for event in counter.books.seal_events_of(SEAL)]


def away(counter: Counter, person: str) -> None:
    counter.good(
        RecordAbsence, MANAGER, absence=new_id(), person=person, start=counter.now,
        end=counter.now + timedelta(hours=3), reason="到局里开会",
    )  # fmt: skip
    counter.later(seconds=1)


def test_before_anybody_said_anything_it_stands_as_the_halls_list_says(counter: Counter) -> None:
    assert (standing(counter).keeper, standing(counter).state, standing(counter).version) == (KEEPER, "in_use", 0)
    assert keep_it(counter) == [KEEPER]
    assert unusable(seal_of(counter), counter.now, counter.books, electronic=True) is None


def test_it_goes_from_hand_to_hand_and_both_names_are_kept(counter: Counter) -> None:
    counter.good(HandOverSeal, BACKUP, seal=SEAL, giver=KEEPER, reason="外出三天")
    assert keep_it(counter) == [BACKUP], "who has given it away has it no more"
    (event,) = counter.books.seal_events_of(SEAL)
    assert (event.by, event.second, event.keeper, event.reason) == (BACKUP, KEEPER, BACKUP, "外出三天")
    assert counter.refused(HandOverSeal, BACKUP, seal=SEAL, giver=KEEPER) == "keeps-already"
    assert counter.refused(HandOverSeal, KEEPER, seal=SEAL, giver=COLLEAGUE) == "not-the-keeper"
    counter.good(HandOverSeal, KEEPER, seal=SEAL, giver=BACKUP)
    assert keep_it(counter) == [KEEPER]


def test_a_clerk_of_the_department_may_take_it_and_nobody_of_another(counter: Counter) -> None:
    assert counter.refused(HandOverSeal, "P201", seal=SEAL, giver=KEEPER) == "other-department"
    assert counter.refused(HandOverSeal, BACKUP, seal="S-NONE", giver=KEEPER) == "unknown-seal"
    person = next(
        p for p in counter.books.roster.people.values() if p.department == "RSJ" and p.id not in (KEEPER, BACKUP)
    )
    counter.good(HandOverSeal, person.id, seal=SEAL, giver=KEEPER)
    assert standing(counter).keeper == person.id


def test_while_the_keeper_is_away_his_backup_has_it_and_gives_it_on(counter: Counter) -> None:
    away(counter, KEEPER)
    assert keep_it(counter) == [KEEPER, BACKUP], "he who left may come back for it; the other need not wait"
    counter.good(HandOverSeal, BACKUP, seal=SEAL, giver=MANAGER, reason="保管人不在，从柜里取出，值班长在场")
    assert keep_it(counter) == [BACKUP]


def test_a_deputy_who_stands_in_keeps_it_for_that_time(counter: Counter) -> None:
    post = counter.books.roster.chief_posts["RSJ"]
    row = Substitution(
        id="s", post=post.id, a=KEEPER, b=BACKUP, start=counter.now, end=counter.now + timedelta(hours=2), cause="x",
        said_by=MANAGER,
    )  # fmt: skip
    counter.books.put_substitution(row)
    assert keep_it(counter) == [KEEPER, BACKUP]
    counter.later(hours=3)
    assert keep_it(counter) == [KEEPER]


@pytest.mark.parametrize("anybody", [CLERK, KEEPER, MANAGER, SUPERVISOR, "P108", "P110"])
@pytest.mark.parametrize("act", [StopSeal, ReportSealLoss])
def test_anybody_stops_it_at_once_with_one_key(counter: Counter, anybody: str, act: type) -> None:
    counter.good(act, anybody, seal=SEAL, reason="柜子开着，章不在")
    refused = unusable(seal_of(counter), counter.now, counter.books, electronic=False)
    assert refused is not None
    assert refused.type == "seal-stopped"
    assert f"{counter.now:%H:%M} 起" in refused.sentence


def test_a_lost_seal_does_not_become_a_merely_stopped_one(counter: Counter) -> None:
    counter.good(StopSeal, CLERK, seal=SEAL)
    stopped = standing(counter).since
    counter.good(StopSeal, CLERK, seal=SEAL, reason="再按一次")
    assert standing(counter).since == stopped, "since the first word"
    counter.good(ReportSealLoss, CLERK, seal=SEAL, reason="找不到")
    lost = standing(counter)
    counter.good(StopSeal, MANAGER, seal=SEAL)
    assert (standing(counter), lost.state) == (lost, "lost")
    assert kinds(counter) == ["stop", "stop", "loss", "stop"], "the book has every word of it"
    assert counter.refused(HandOverSeal, BACKUP, seal=SEAL, giver=KEEPER) == "seal-gone"


def test_a_stop_of_a_seal_nobody_knows_is_a_row_all_the_same(counter: Counter) -> None:
    counter.good(StopSeal, CLERK, seal="S-OLD", reason="旧章出现在柜台")
    (event,) = counter.books.seal_events_of("S-OLD")
    assert event.flags == ("名单里没有这枚印章",)
    assert counter.books.seal_standing("S-OLD") is None


def test_it_comes_back_by_the_chief_and_another_person(counter: Counter) -> None:
    assert counter.refused(AskResumeSeal, KEEPER, seal=SEAL, reason="x") == "seal-not-stopped"
    counter.good(ReportSealLoss, CLERK, seal=SEAL, reason="找不到")
    assert counter.refused(AgreeResumeSeal, MANAGER, seal=SEAL, reason="好") == "nothing-asked"
    assert counter.refused(AskResumeSeal, "P201", seal=SEAL, reason="找到了") == "not-the-chief"
    assert counter.refused(AskResumeSeal, KEEPER, seal=SEAL, reason="  ") == "reason-missing"
    counter.good(AskResumeSeal, KEEPER, seal=SEAL, reason="在抽屉里")
    assert unusable(seal_of(counter), counter.now, counter.books, electronic=True), "asked is not agreed"
    assert counter.refused(AgreeResumeSeal, KEEPER, seal=SEAL, reason="好") == "own-request"
    counter.good(AgreeResumeSeal, MANAGER, seal=SEAL, reason="看过了")
    assert (standing(counter).state, standing(counter).since) == ("in_use", counter.now)
    assert counter.books.seal_events_of(SEAL)[-1].second == KEEPER


def test_a_stop_after_the_request_takes_the_request_away(counter: Counter) -> None:
    counter.good(StopSeal, CLERK, seal=SEAL)
    counter.good(AskResumeSeal, KEEPER, seal=SEAL, reason="查清了")
    counter.good(ReportSealLoss, CLERK, seal=SEAL, reason="又不见了")
    assert counter.refused(AgreeResumeSeal, MANAGER, seal=SEAL, reason="好") == "nothing-asked"


def test_only_what_is_out_of_use_is_destroyed_and_then_nothing_brings_it_back(counter: Counter) -> None:
    assert counter.refused(DestroySeal, KEEPER, seal=SEAL, reason="换新") == "seal-in-use"
    counter.good(StopSeal, KEEPER, seal=SEAL, reason="换新章")
    assert counter.refused(DestroySeal, KEEPER, seal=SEAL) == "reason-missing"
    assert counter.refused(DestroySeal, "P201", seal=SEAL, reason="换新") == "not-the-chief"
    counter.good(DestroySeal, KEEPER, seal=SEAL, reason="公安局销毁，两人在场")
    assert (standing(counter).state, keep_it(counter)) == ("destroyed", [])
    assert counter.refused(AskResumeSeal, KEEPER, seal=SEAL, reason="x") == "seal-not-stopped"
    counter.good(StopSeal, CLERK, seal=SEAL)
    assert standing(counter).state == "destroyed"


def seat(counter: Counter, certificate: str) -> None:
    counter.good(
        SeatSeal, CLERK, seal=SEAL, certificate=certificate, valid_from=counter.now,
        valid_to=counter.now + timedelta(days=365), issuer="f0" * 32,
    )  # fmt: skip


def test_the_last_machine_that_has_the_key_is_its_seat_and_another_certificate_another_version(
    counter: Counter,
) -> None:
    seat(counter, "2a")
    assert (standing(counter).seat, standing(counter).version, standing(counter).since) == ("device-a", 1, counter.now)
    since = standing(counter).since
    counter.books.device = "device-b"
    seat(counter, "2a")
    assert (standing(counter).seat, standing(counter).version) == ("device-b", 1)
    seat(counter, "2b")
    found = standing(counter)
    assert (found.version, found.certificate, found.since, found.keeper) == (2, "2b", since, KEEPER)
    counter.later(days=366)
    assert unusable(seal_of(counter), counter.now, counter.books, electronic=True).type == "certificate-over"
    assert unusable(seal_of(counter), counter.now, counter.books, electronic=False) is None


def test_a_key_that_is_found_again_does_not_bring_a_stopped_seal_back(counter: Counter) -> None:
    counter.good(StopSeal, CLERK, seal=SEAL)
    stopped = standing(counter).since
    seat(counter, "2a")
    assert (standing(counter).state, standing(counter).since) == ("stopped", stopped)


def test_whether_it_had_fallen_is_read_from_its_book_for_any_moment(counter: Counter) -> None:
    at = counter.now
    plain = SealEvent(
        id="e", seal=SEAL, kind="seat", by=CLERK, acting_for="", window=4, device="d", at=at, clock="centre"
    )
    book = [
        replace(plain, id=str(n), kind=kind, at=at + timedelta(minutes=n))  # type: ignore[arg-type]
        for n, kind in enumerate(["seat", "stop", "resume_asked", "handover", "resume", "loss", "destroy"])
    ]
    said = [fell_before(reversed(book), at + timedelta(minutes=n)) for n in range(7)]
    assert said == [False, True, True, True, False, True, True]
    assert not fell_before((), at)


def test_a_use_of_before_the_stop_was_good_and_one_of_while_it_was_stopped_was_not(counter: Counter) -> None:
    """What comes late is judged by the moment it happened."""

    def then(at) -> str:
        refused = unusable(seal_of(counter), at, counter.books, electronic=False)
        return refused.type if refused else ""

    before = counter.now
    counter.later(minutes=5)
    counter.good(StopSeal, CLERK, seal=SEAL)
    counter.later(minutes=5)
    between = counter.now
    assert (then(before), then(between)) == ("", "seal-stopped")
    counter.good(AskResumeSeal, KEEPER, seal=SEAL, reason="查清了")
    counter.good(AgreeResumeSeal, MANAGER, seal=SEAL)
    assert (then(before), then(between), then(counter.now)) == ("", "seal-stopped", "")
