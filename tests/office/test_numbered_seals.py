"""几枚编号的印章: a department's other numbered seal serves where the first is stopped or its key is not here."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clerk_app.duty.model import Seal
from clerk_app.office.counter import seal_custody
from clerk_app.office.counter.seal_seats import chosen_seal, seals_of
from clerk_app.office.office import Done, Office
from tests.desk import cut_office
from tests.seal_fakes import CARD, FakeSealKeys
from tests.visits import COMPANY

FIRST, SECOND, OTHER = "S-SJJ", "S-SJJ-2", "S-GAJ"


@pytest.fixture
def office(tmp_path):
    office = cut_office(tmp_path)
    seals = office.hall.roster.seals
    second = replace(seals[FIRST], id=SECOND, name=f"{seals[FIRST].name}(2)", custodian="P202", backup="P201")
    office.hall = replace(office.hall, roster=replace(office.hall.roster, seals={**seals, SECOND: second}))
    office.parts = replace(office.parts, seal_keys=FakeSealKeys())
    yield office
    office.parts.vault.close()


def item(office: Office):
    return office.hall.items[COMPANY]


def test_only_seals_of_its_department_and_kind_serve(office):
    assert seals_of(office, item(office)) == (FIRST, SECOND)
    assert all(isinstance(office.hall.roster.seals[key], Seal) for key in seals_of(office, item(office)))


def test_the_item_s_own_comes_first_and_the_other_when_it_is_stopped(office):
    assert chosen_seal(office, item(office)) == FIRST
    assert isinstance(seal_custody.stop(office, FIRST, "印面模糊"), Done)
    assert chosen_seal(office, item(office)) == SECOND
    assert isinstance(seal_custody.stop(office, SECOND, "也停"), Done)
    assert chosen_seal(office, item(office)) == FIRST, "the item's own tells why nothing can be sealed"


def test_the_one_whose_key_is_here_before_the_one_that_lies_elsewhere(office):
    office.parts = replace(office.parts, seal_keys=FakeSealKeys(cards={SECOND: CARD}))
    assert chosen_seal(office, item(office)) == SECOND
