"""日历换表: what moves, what was printed, which binds; slice by slice over a real store."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from clerk_app.canonical import canonical, sm3
from clerk_app.cases.life import Life, SpecialProcedure
from clerk_app.cases.limits import due_dates
from clerk_app.cases.model import Applicant, Case
from clerk_app.command import Refusal
from clerk_app.office.office import Office
from clerk_app.office.oversight import calendar_change
from clerk_app.office.oversight.calendar_change import Survey, Tables, begin, go_on, save, table
from tests.desk import cut_office, training_document

COMPANY = "11429900MBX002022C4000131001001"  # on the spot; by law 3 working days
FRIDAY = datetime.fromisoformat("2026-11-20T10:00:00+08:00")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = cut_office(tmp_path)
    yield office
    office.parts.vault.close()


def put(office: Office, key: str, **changed: Any) -> Case:
    """Accepted on that Friday under the table in force, as it was printed."""
    item = office.hall.items.get(changed.get("item", COMPANY))
    due = due_dates(item, FRIDAY, office.hall.calendar, office.hall.off_work) if item else None
    plain: dict[str, Any] = {
        "id": key, "ticket": "t", "item": COMPANY, "item_name": "有限责任公司设立登记", "hall_version": office.hall.version,
        "department": "SJJ", "applicant": Applicant(name="欧阳明月"), "materials": (), "state": "review",
        "received_at": FRIDAY, "window": 2, "handler": "P203", "acting_for": None, "query_code": "7K3M-Q9X2",
        "case_no": f"JZ-{key}", "accepted_at": FRIDAY, "due": due,
    }  # fmt: skip
    case = Case(**{**plain, **changed})
    with office.parts.vault.unit(office.hall) as work:
        work.books.put_case(case)
    return case


def another_table(office: Office, **days: bool) -> None:
    document = training_document()
    more = [{"date": day.strip("d").replace("_", "-"), "workday": on, "name": "调整"} for day, on in days.items()]
    document["calendar"] = {**document["calendar"], "overrides": [*document["calendar"]["overrides"], *more]}
    office.parts.vault.keep.put_hall_document(sm3(canonical(document)), document)
    office.reload_hall()


def surveyed(office: Office) -> Survey:
    survey, tables = begin(office), Tables(office.hall)
    while not survey.over:
        survey = go_on(office, survey, tables)
    return survey


def days(survey: Survey, case: str) -> dict[str, tuple[date | None, date, date | None, date]]:
    (found,) = (one for one in survey.cases if one.case == case)
    return {move.clock: (move.before, move.after, move.printed, move.binds) for move in found.moves}


def test_the_same_table_moves_nothing(office: Office) -> None:
    put(office, "a")
    survey = surveyed(office)
    assert (survey.done, survey.total, survey.cases, survey.over) == (1, 1, (), True)


def test_a_later_day_does_not_bind_what_was_printed_and_an_earlier_one_does(office: Office) -> None:
    put(office, "a")
    printed = date(2026, 11, 25)
    another_table(office, d2026_11_24=False)
    later = surveyed(office)
    assert days(later, "a")["statutory"] == (printed, date(2026, 11, 26), printed, printed)
    assert later.sooner == 0
    another_table(office, d2026_11_22=True)
    earlier = surveyed(office)
    assert days(earlier, "a")["statutory"] == (printed, date(2026, 11, 24), printed, date(2026, 11, 24))
    assert earlier.sooner == 1


def test_an_answer_nobody_printed_simply_moves_and_a_pause_binds_nothing(office: Office) -> None:
    put(office, "a", state="received", accepted_at=None, due=None, case_no="")
    asked = SpecialProcedure(
        procedure="hearing", reason="听证", planned_end=date(2026, 12, 1), asked_by="P203", asked_at=FRIDAY,
        confirmed_by="P201", confirmed_at=FRIDAY,
    )  # fmt: skip
    put(office, "b", state="suspended", life=Life(procedures=(asked,)))
    another_table(office, d2026_11_24=False)
    survey = surveyed(office)
    assert days(survey, "a") == {"intake": (date(2026, 11, 27), date(2026, 11, 30), None, date(2026, 11, 30))}
    before, after, printed, binds = days(survey, "b")["statutory"]
    assert (printed, binds) == (None, after)
    assert before is not None
    assert before < after


def test_it_goes_by_slices_and_another_version_ends_it(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar_change, "SLICE", 2)
    for key in "abcde":
        put(office, key)
    put(office, "f", state="sealed", sealed_at=FRIDAY)
    another_table(office, d2026_11_24=False)
    survey, tables, seen = begin(office), Tables(office.hall), []
    while not survey.over:
        survey = go_on(office, survey, tables)
        seen.append((survey.done, len(survey.cases)))
    assert seen == [(2, 2), (4, 4), (5, 5)]
    assert survey.total == 5
    half = go_on(office, begin(office), tables)
    another_table(office, d2026_11_23=False)
    assert go_on(office, half, tables).over
    assert go_on(office, half, tables).done == 2


def test_a_year_without_its_notice_is_named_and_an_item_gone_is_counted(office: Office) -> None:
    december = datetime.fromisoformat("2026-12-30T10:00:00+08:00")
    put(office, "a", accepted_at=december, received_at=december, due=None)
    put(office, "b", item="gone", due=None)
    another_table(office, d2026_12_31=False)
    survey = surveyed(office)
    assert survey.unannounced == (2027,)
    assert survey.uncounted == 1
    assert all(move.provisional for case in survey.cases for move in case.moves)


def test_a_table_this_machine_never_had_leaves_the_old_day_open(office: Office) -> None:
    put(office, "a", hall_version="f" * 64)
    another_table(office, d2026_11_24=False)
    before, _, printed, binds = days(surveyed(office), "a")["statutory"]
    assert (before, printed, binds) == (None, date(2026, 11, 25), date(2026, 11, 25))


def test_the_table_for_other_programs(office: Office, tmp_path: Path) -> None:
    put(office, "a", item_name="=1+1")
    another_table(office, d2026_11_24=False)
    survey = surveyed(office)
    rows = list(csv.reader(io.StringIO(table(survey.cases).decode("utf-8-sig"))))
    assert rows[0][:2] == ["编号", "事项"]
    assert rows[1][:2] == ["JZ-a", "'=1+1"]
    assert rows[1][5:9] == ["2026-11-25", "2026-11-26", "2026-11-25", "2026-11-25"]
    assert "欧阳明月" not in table(survey.cases).decode("utf-8-sig")
    assert save(survey.cases, tmp_path / "改期.csv") is None
    refused = save(survey.cases, tmp_path / "没有这个夹" / "改期.csv")
    assert isinstance(refused, Refusal)
    assert "没有存" in refused.sentence


def test_what_is_alike_is_counted_once(office: Office) -> None:
    for n in range(6):
        put(office, f"a{n}", received_at=FRIDAY + timedelta(minutes=n), accepted_at=FRIDAY + timedelta(minutes=n))
    another_table(office, d2026_11_24=False)
    tables, survey = Tables(office.hall), begin(office)
    survey = go_on(office, survey, tables)
    assert len(survey.cases) == 6
    assert len(tables.counted) == 1
    assert survey.cases[0].moves is survey.cases[5].moves
    assert replace(survey, cases=()).moves == 0
