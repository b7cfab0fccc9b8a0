"""找件 in the window's file: written with the case in one transaction, found by whatever a clerk types, masked."""

from __future__ import annotations

import dataclasses
from contextlib import suppress
from datetime import date, timedelta

import pytest

from clerk_app.cases.finding import parse
from clerk_app.cases.model import Applicant, Case, DueDates, case_number
from clerk_app.office.counter import visit
from clerk_app.ports import Change, ChangePage
from clerk_app.store.rows import to_json
from tests.desk import cut_office
from tests.visits import COMPANY, done, receive, serve

ID_NUMBER = "430121199003070427"


def put(office, key: str, name: str, **changed) -> Case:
    """A case as it stands in the books, whoever brought it."""
    at = office.parts.clock.now() - timedelta(days=3)
    item = office.hall.items[COMPANY]
    case = Case(
        id=key, ticket=f"t-{key}", item=COMPANY, item_name=item.name, hall_version=office.hall.version,
        department=item.department, applicant=Applicant(name=name), materials=(), state="received", received_at=at,
        window=2, handler="P203", acting_for=None, query_code="",
    )  # fmt: skip
    case = dataclasses.replace(case, **changed)
    with office.parts.vault.unit(office.hall) as work:
        work.books.put_case(case)
    return case


def found(office, text: str, limit: int = 50) -> list[str]:
    today = office.parts.clock.now().date()
    wanted = parse(text, office.hall.items, today)
    return sorted(line.id for line in office.parts.vault.finder.find(wanted, limit).lines)


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """One file for what only reads."""
    office = cut_office(tmp_path_factory.mktemp("kept"), bytes(32))
    yield filled(office)
    office.parts.vault.close()


@pytest.fixture
def shelf(office):
    return filled(office)


def filled(office):
    number = case_number(office.hall.id, date(2026, 11, 17), 417)
    put(office, "lu", "卢桂珍", query_code="7K3M-Q9X2")
    put(office, "shan", "单于飞", case_no=number, serial=417, state="review", accepted_at=office.parts.clock.now(), item="OLD",
        due=DueDates(promised=date(2026, 12, 4), statutory=date(2026, 12, 18)))  # fmt: skip
    put(
        office,
        "firm",
        "江州听雨轩文化传播有限公司",
        applicant=Applicant(name="江州听雨轩文化传播有限公司", id_number="91429900MA4XYZ1234"),
    )
    put(office, "rare", "𰻝小龙", applicant=Applicant(name="𰻝小龙", id_number=ID_NUMBER))
    return office


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("卢", ["lu"]),
        ("桂珍", ["lu"]),
        ("珍", ["lu"]),
        ("听雨", ["firm"]),
        ("听雨轩文化", ["firm"]),
        ("轩听", []),
        ("江州 公司", ["firm"]),
        ("江州 卢", []),
        ("𰻝", ["rare"]),
        ("lgz", ["lu"]),
        ("lugz", ["lu"]),
        ("luguizhen", ["lu"]),
        ("syf", ["shan"]),
        ("chanyf", ["shan"]),
        ("dyf", ["shan"]),
        ("tyxwh", ["firm"]),
        ("7k3m-q9x2", ["lu"]),
        ("7K3M", ["lu"]),
        ("q9x2", ["lu"]),
        ("417", ["shan"]),
        ("00417", ["shan"]),
        ("JZ20261117-00417", ["shan"]),
        ("jz2026111700417", ["shan"]),
        ("417 单", ["shan"]),
        ("417 卢", []),
        ("审查中 单", ["shan"]),
        ("审查", ["shan"]),
        ("12月4日", ["shan"]),
        ("12-04 于飞", ["shan"]),
        (ID_NUMBER, ["rare"]),
        (ID_NUMBER[:-1], []),
        ("91429900ma4xyz1234", ["firm"]),
        ("公司设立", ["firm", "lu", "rare"]),
        ("“”", []),
        ('卢" OR "n江', []),
    ],
)
def test_found_by(kept, typed, ids):
    assert found(kept, typed) == ids


def test_a_ticket_number_finds_what_it_brought(office):
    ticket = serve(office)
    case = receive(office, ticket)
    assert found(office, ticket.number.lower()) == [case.id]


def test_a_corrected_name_is_found_and_the_old_one_is_not(shelf):
    put(shelf, "lu", "卢贵珍")
    assert found(shelf, "桂") == []
    assert found(shelf, "贵") == ["lu"]


def test_what_was_rolled_back_is_not_found(office):
    case = dataclasses.replace(put(office, "other", "别人"), id="gone", applicant=Applicant(name="祝英台"))
    with suppress(RuntimeError), office.parts.vault.unit(office.hall) as work:
        work.books.put_case(case)
        assert work.books.latest_cases(5), "written, and asked of the file"
        raise RuntimeError
    assert found(office, "祝英台") == []


def test_acceptance_gives_a_number_that_is_found_at_once(office):
    case = receive(office, serve(office))
    for material in case.materials:
        done(visit.tick(office, case.id, material.name, True))
    done(visit.accept(office, office.read(lambda books: books.case(case.id))))
    accepted = office.read(lambda books: books.case(case.id))
    assert accepted.case_no
    assert found(office, accepted.case_no) == [case.id]
    assert found(office, str(accepted.serial)) == [case.id]


def test_what_the_centre_sends_is_found_and_replaced(office):
    office.parts.vault.keep.put_meta("cursor", "")
    case = dataclasses.replace(put(office, "from-afar", "尉迟敬德"), window=5)
    renamed = dataclasses.replace(case, applicant=Applicant(name="尉迟恭"))
    change = Change(seq=1, subject="case:from-afar", row=to_json(renamed), holder="", fence=0)
    office.parts.vault.journal.apply(ChangePage(changes=(change,), cursor="c", more=False))
    assert found(office, "敬") == []
    assert found(office, "ycg") == ["from-afar"]


def test_the_file_holds_no_number_of_a_person_in_its_index(shelf, sql):
    words = " ".join(row["words"] for row in sql("SELECT words FROM case_words"))
    assert ID_NUMBER not in words
    assert ID_NUMBER[6:14] not in words


def test_lines_are_masked(kept):
    wanted = parse("桂珍", kept.hall.items, kept.parts.clock.now().date())
    (line,) = kept.parts.vault.finder.find(wanted, 5).lines
    assert line.applicant == "卢*珍"
    assert not hasattr(line, "phone")


def test_the_newest_are_kept_when_there_are_too_many(office):
    at = office.parts.clock.now()
    for n in range(8):
        put(office, f"c{n}", f"王{'一二三四五六七八'[n]}", received_at=at - timedelta(hours=n))
    lines = office.parts.vault.finder.find(parse("王", office.hall.items, at.date()), 3)
    assert sorted(line.id for line in lines.lines) == ["c0", "c1", "c2"]
    assert lines.more


class TestLists:
    @pytest.fixture
    def day(self, office):
        today = office.parts.clock.now().date()
        due = {"promised": today, "statutory": today + timedelta(days=20)}
        accepted = {
            "item": "OLD",
            "state": "review",
            "accepted_at": office.parts.clock.now() - timedelta(days=9),
            "serial": 1,
        }
        put(office, "today", "甲", **accepted, case_no="N1", due=DueDates(**due))
        put(
            office,
            "late",
            "乙",
            **accepted,
            case_no="N2",
            due=DueDates(**{**due, "promised": today - timedelta(days=2)}),
        )
        put(office, "later", "丙", **accepted, case_no="N3", handler="P204",
            due=DueDates(**{**due, "promised": today + timedelta(days=9)}))  # fmt: skip
        put(office, "waits", "丁", state="correction")
        put(office, "chief", "戊", **{**accepted, "state": "to_authorise"}, case_no="N4", handler="P204", acting_for="P203",
            due=DueDates(**{**due, "promised": today + timedelta(days=3)}))  # fmt: skip
        put(office, "done", "己", **{**accepted, "state": "delivered"}, case_no="N5", due=DueDates(**due))
        return office

    def ids(self, office, kind, persons=("P203",), limit=50):
        today = office.parts.clock.now().date()
        return [line.id for line in office.parts.vault.finder.listed(kind, persons, today, limit).lines]

    def test_overdue_due_by_date_then_what_waits_then_what_is_done(self, day):
        assert self.ids(day, "all") == ["late", "today", "chief", "later", "waits", "done"]

    def test_due_today_and_what_is_late(self, day):
        assert self.ids(day, "due") == ["late", "today"]

    def test_mine_is_also_what_is_done_in_my_name(self, day):
        assert self.ids(day, "mine") == ["late", "today", "chief", "waits"]
        assert self.ids(day, "mine", ("P204",)) == ["chief", "later"]
        assert self.ids(day, "mine", ()) == []

    def test_waiting_for_the_representative(self, day):
        assert self.ids(day, "authorise") == ["chief"]

    def test_counts_are_of_the_same_lists(self, day):
        counts = day.parts.vault.finder.counts(("P203",), day.parts.clock.now().date())
        assert {kind: len(self.ids(day, kind)) for kind in counts} == counts

    def test_a_few_rows_are_the_first_of_all(self, day):
        assert self.ids(day, "all", limit=3) == self.ids(day, "all")[:3]


def test_a_store_from_before_the_index_is_written_down_in_slices(shelf, sql):
    sql("DELETE FROM case_words")
    finder = shelf.parts.vault.finder
    assert found(shelf, "卢") == []
    assert finder.unwritten() == 4
    assert finder.catch_up(3)
    assert finder.unwritten() == 1
    assert not finder.catch_up(3)
    assert finder.unwritten() == 0
    assert found(shelf, "卢") == ["lu"]
    assert found(shelf, ID_NUMBER) == ["rare"]
