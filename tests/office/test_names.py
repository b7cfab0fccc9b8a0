"""名称自查 at the window: asked at the centre, held against the dated copy when the line is cut, and the copy kept by the line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

import pytest

from clerk_app.command import Refusal
from clerk_app.office.line import names as copying
from clerk_app.office.line.names import NameCopier
from clerk_app.office.office import Office
from clerk_app.office.registration.names import check_name, names_at_hand, names_of
from clerk_app.office.registration.saving import save_form
from clerk_app.office.registration.self_check import check_form_of
from clerk_app.ports import CentreAway, CentreProblem
from clerk_app.ports.names import NamePage, NameRow, NamesMet
from clerk_app.registration.findings import RegisteredName
from clerk_app.registration.naming import NameParts, parts_of
from tests.desk import cut_office, sit
from tests.registration.applications import example
from tests.visits import done, receive, serve

DAY = date(2026, 11, 1)


def row(seq: int, trade_name: str, **more: Any) -> NameRow:
    fields = {"standing": "registered", "industry_term": "信息技术", "authority_code": "340103", "until": None}
    name = f"合肥{trade_name}信息技术有限公司"
    return NameRow(
        **{
            "id": f"n{seq}",
            "seq": seq,
            "name": name,
            "trade_name": trade_name,
            "uscc": "",
            "number": "",
            **fields,
            **more,
        }
    )


@dataclass
class Register:
    """The centre's register as a list; `fault` is what it answers instead."""

    rows: list[NameRow] = field(default_factory=list)
    epoch: str = "e1"
    as_of: date = DAY
    fault: Exception | None = None
    asked: list[int] = field(default_factory=list)
    wanted: list[Sequence[NameParts]] = field(default_factory=list)

    def page(self, after: int, limit: int) -> NamePage:
        self.asked.append(after)
        if self.fault:
            raise self.fault
        found = tuple(sorted((one for one in self.rows if one.seq > after), key=lambda one: one.seq))[:limit]
        last = max((one.seq for one in self.rows), default=0)
        return NamePage(epoch=self.epoch, as_of=self.as_of, last=last, names=found)

    def met(self, wanted: Sequence[NameParts], on: date) -> NamesMet:
        self.wanted.append(wanted)
        if self.fault:
            raise self.fault
        one = RegisteredName(
            name="合肥蓝立洲信息技术有限公司", trade_name="蓝立洲", industry_term="信息技术", authority_code="340103"
        )
        return NamesMet(as_of=self.as_of + timedelta(days=1), names=(one,))


@pytest.fixture
def register() -> Register:
    return Register([row(1, "岚栎舟"), row(2, "重鸣"), row(3, "岚甲"), row(4, "岚乙"), row(5, "岚丙")])


@pytest.fixture
def office(tmp_path, register) -> Iterator[Office]:
    office = cut_office(tmp_path)
    office.parts = replace(office.parts, names=register)
    yield office
    office.parts.vault.close()


def names_in(office: Office, *trade_names: str) -> list[str]:
    wanted = [NameParts(trade_name=name, industry_term="信息技术", authority_code="340103") for name in trade_names]
    return [one.trade_name for one in office.parts.vault.names.met(wanted)]


def test_the_centre_is_asked_first_and_its_day_is_said(office: Office, register: Register) -> None:
    parts = replace(parts_of(example()), alternatives=("合肥岚砚舟信息技术有限公司",))
    checked = check_name(office, parts, example())
    assert (checked.register_as_of, [one.trade_name for one in checked.near], checked.same) == (
        date(2026, 11, 2),
        ["蓝立洲"],
        (),
    )
    assert [one.trade_name for one in register.wanted[0]] == ["岚栎舟", "岚砚舟"]
    assert checked.alternatives[0].free
    assert [one.rule for one in checked.issues] == ["N-RESERVED"], "the hall's day is after the reservation"


def test_with_the_line_cut_the_last_copy_answers_and_says_how_old_it_is(office: Office, register: Register) -> None:
    NameCopier(office).step()
    register.fault = CentreAway("cut")
    checked = check_name(office, parts_of(example()))
    assert (checked.register_as_of, [one.trade_name for one in checked.same]) == (DAY, ["岚栎舟"])
    met = names_of(office, example(), date(2026, 6, 15))
    assert met is not None
    assert met.as_of == DAY
    assert names_at_hand(office, example()) == met


def test_without_a_copy_there_is_no_register(office: Office, register: Register) -> None:
    register.fault = CentreProblem("unknown", "没有", 404)
    assert names_of(office, example(), DAY) is None
    assert names_at_hand(office, example()) is None
    assert check_name(office, parts_of(example())).register_as_of is None


def test_the_copy_is_taken_by_pages_and_goes_on_where_it_was(office, register, monkeypatch) -> None:
    monkeypatch.setattr(copying, "PAGE", 2)
    monkeypatch.setattr(copying, "PAGES", 2)
    copier = NameCopier(office)
    copier.step()
    assert register.asked == [0, 2]
    assert office.parts.vault.names.copy.as_of is None, "half a copy is no register"
    copier.step()
    copier.step()
    assert register.asked == [0, 2, 4], "whole, it rests"
    copy = office.parts.vault.names.copy
    assert (copy.whole, copy.seq, copy.as_of) == (True, 5, DAY)
    assert names_in(office, "众鸣", "岚丙") == ["岚丙", "重鸣"]


def test_a_new_session_looks_at_once_and_what_ended_goes(office, register) -> None:
    copier = NameCopier(office)
    copier.step()
    register.rows[1] = row(6, "重鸣", id="n2", standing="ended")
    register.rows.append(row(7, "岚丁", id="n1"))
    copier.step()
    assert names_in(office, "重鸣") == ["重鸣"]
    sit(office, "P203")
    copier.step()
    assert names_in(office, "重鸣", "岚栎舟", "岚丁") == ["岚丁"], "another name under the same id replaces it"


def test_after_a_restore_of_the_centre_the_copy_begins_anew(office, register) -> None:
    NameCopier(office).step()
    register.rows = [row(1, "岚戊")]
    NameCopier(office).step()
    assert names_in(office, "岚栎舟", "岚戊") == ["岚戊"], "beyond the end"
    register.epoch, register.rows = "e2", [row(1, "岚己")]
    NameCopier(office).step()
    assert names_in(office, "岚戊", "岚己") == ["岚己"], "another epoch"


def test_a_centre_that_gives_no_names_is_left_alone_and_a_cut_line_is_a_cut_line(office, register) -> None:
    register.fault = CentreProblem("unknown", "没有", 404)
    copier = NameCopier(office)
    copier.step()
    copier.step()
    assert len(register.asked) == 1
    register.fault = CentreAway("cut")
    with pytest.raises(CentreAway):
        NameCopier(office).step()


def test_a_whole_check_is_held_against_the_register_and_says_its_day(office: Office, register: Register) -> None:
    case = receive(office, serve(office))
    done(save_form(office, case.id, example()))
    found = check_form_of(office, case.id)
    assert not isinstance(found, Refusal)
    assert "N-NEAR" in [one.rule for one in found]
    draft = office.read(lambda books: books.form(case.id))
    assert draft is not None
    assert draft.checked is not None
    assert draft.checked.names_as_of == date(2026, 11, 2)
    register.fault = CentreAway("cut")
    found = check_form_of(office, case.id)
    assert not isinstance(found, Refusal)
    assert not [one.rule for one in found if one.rule in {"N-SAME", "N-NEAR"}], "there is no copy yet"
