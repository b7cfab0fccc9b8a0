"""示范大厅的保管人 every seal of the sample hall that is put on decisions: who authorises, who opens it, and on a day when the deputy stands in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from clerk_app.command import Refusal
from clerk_app.duty.records import Absence, Substitution
from clerk_app.duty.training import training_pin
from clerk_app.office.counter.seal_seats import Keeper, keeper_for, open_seal, seat_of
from clerk_app.office.office import Office
from clerk_app.sealing.custody import keeps
from clerk_app.training import training_seals
from tests.cases.counter import HALL
from tests.desk import StandingClock, cut_office
from tests.seal_fakes import with_seals

SEALS = [seal for seal in HALL.roster.seals.values() if seal.electronic and seal.kind in ("approval", "register")]
IDS = [seal.id for seal in SEALS]


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory):
    """As the training hall makes them, for all its keepers."""
    return training_seals(tmp_path_factory.mktemp("seals"), HALL, StandingClock())


@pytest.fixture
def office(tmp_path: Path, keys) -> Iterator[Office]:
    office = with_seals(cut_office(tmp_path), seal_keys=keys)
    yield office
    office.parts.vault.close()


def chief_of(office: Office, seal):
    roster = office.hall.roster
    return roster.people[roster.departments[seal.department].chief_rep]


def stands_in(office: Office, seal) -> str:
    """The department's chief is away, and its deputy stands in for him; answers the deputy."""
    post, now = office.hall.roster.chief_posts[seal.department], office.parts.clock.now()
    end = now + timedelta(hours=4)
    with office.parts.vault.unit(office.hall) as work:
        work.books.put_absence(Absence(id="a", person=post.a, start=now, end=end, reason="到局里开会", said_by="P101"))
        work.books.put_substitution(
            Substitution(id="s", post=post.id, a=post.a, b=post.b, start=now, end=end, cause="a", said_by=post.b)
        )
    return str(post.b)


def opens(office: Office, seal, person: str) -> bool:
    key = open_seal(office, seal.id, Keeper(person=person, pin=training_pin(person)))
    if isinstance(key, Refusal):
        assert key.type == "seal-pin-wrong"
        return False
    key.close()
    return True


def test_there_are_some_of_either_kind() -> None:
    assert {seal.kind for seal in SEALS} == {"approval", "register"}
    assert {"S-SJJ", "S-BDC"} <= set(IDS)


@pytest.mark.parametrize("seal", SEALS, ids=IDS)
def test_on_a_usual_day(office: Office, seal) -> None:
    chief = chief_of(office, seal)
    who = keeper_for(office, seal.id, chief)
    assert who == seal.custodian
    if seal.kind == "approval":
        assert who == chief.id, "he authorises and keeps it: one PIN"
    else:
        assert who != chief.id, "the register's seal is kept by the registrar, and he is asked"
    assert not isinstance(seat_of(office, seal.id), Refusal)
    assert opens(office, seal, seal.custodian)
    assert opens(office, seal, seal.backup), "the key is his too; whether he may, the books say"
    now = office.parts.clock.now()
    assert not office.read(lambda books: keeps(seal.backup, seal, now, books))
    assert not opens(office, seal, "P105"), "nobody else's PIN opens it"


@pytest.mark.parametrize("seal", SEALS, ids=IDS)
def test_on_a_day_when_the_deputy_stands_in(office: Office, seal) -> None:
    deputy = stands_in(office, seal)
    who = keeper_for(office, seal.id, office.hall.roster.people[deputy])
    if seal.kind == "approval":
        assert who == deputy == seal.backup
    else:
        assert who == seal.custodian, "his own chief's absence does not take the register's seal from its keeper"
    assert isinstance(who, str)
    assert opens(office, seal, who)


def test_where_one_may_not_be_both_the_other_keeper_is_asked_and_without_one_it_stays_shut(office: Office) -> None:
    seal = HALL.roster.seals["S-SJJ"]
    hall = office.hall
    office.hall = replace(hall, keeper_may_authorise=False)
    alone = keeper_for(office, seal.id, chief_of(office, seal))
    assert isinstance(alone, Refusal)
    assert alone.type == "no-keeper"
    deputy = office.hall.roster.people[stands_in(office, seal)]
    gone = keeper_for(office, seal.id, deputy)
    assert isinstance(gone, Refusal), "the other keeper is recorded away: nobody is asked who is not here"
    assert gone.type == "no-keeper"


def test_who_decides_alone_asks_the_seals_keeper(office: Office) -> None:
    decider = office.hall.roster.people["P204"]
    assert keeper_for(office, "S-SJJ", decider) == "P201"
