"""补录 before the real centre: one sheet, one case, whoever types first; judged by the catalogue of its day; checked elsewhere."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import text

from clerk_app.cases.back_entry.checking import checking_use_cases
from clerk_app.cases.back_entry.entering import EnterFromPaper, entering_use_cases
from clerk_app.cases.back_entry.kits import kit_use_cases
from clerk_app.cases.limits import due_dates
from clerk_app.command import Refusal
from clerk_app.office.counter import handling, visit
from clerk_app.office.counter.back_entry import entering, kits, looking
from clerk_app.office.counter.back_entry.reading import SheetWords, read_applicant
from clerk_app.office.line.attaching import attach
from clerk_app.receipts.kit_paper import KitPaper
from clerk_app.server.centre import document_text
from clerk_app.server.loading import load_hall
from tests.office.test_issuing import Pages, Printer
from tests.seal_fakes import with_seals
from tests.server.conftest import Cluster
from tests.server.postgres import PACKAGE, postgres_url
from tests.sync.life_hall import FRIDAY, PERSON, LifeHall, good, life_hall

__all__ = ["postgres_url"]
pytestmark = pytest.mark.process

FOOD, CLERK, OTHER, CHIEF = "食品经营延续", "P105", "P106", "P201"
KINDS = {use.command.kind for room in (kit_use_cases, entering_use_cases, checking_use_cases) for use in room}


class Sheets(Pages):
    """A kit in words."""

    def kit(self, paper: KitPaper) -> bytes:
        return paper.texts.encode()


@pytest.fixture(scope="module")
def cluster(postgres_url: str) -> Cluster:
    return Cluster(postgres_url)


@pytest.fixture
def hall(need_program: Callable[[str, str], str], cluster: Cluster, tmp_path: Path) -> Iterator[LifeHall]:
    need_program("initdb", PACKAGE)
    with life_hall(cluster.loaded(), tmp_path) as hall:
        with hall.database.writing() as connection:  # in force since the Monday before, by the hall's own clock
            connection.execute(text("UPDATE hall_versions SET loaded_at = :at"), {"at": FRIDAY - timedelta(days=4)})
        hall.open(w4=CLERK, w5=OTHER)
        yield hall


def printed(hall: LifeHall, count: int = 4) -> tuple[str, ...]:
    """At window 4, for window 4; an hour later."""
    office = hall.office(4)
    with_seals(office, pages=Sheets(), page_printer=Printer())
    made = kits.print_kit(office, count, "国庆长假备用")
    assert not isinstance(made, Refusal), made
    assert not made.not_out
    good(kits.hand_kit(office, made.kit, 4, CLERK))
    hall.sync()
    (line,) = looking.desk(hall.office(5)).kits
    return tuple(sheet.id for sheet in line.sheets)


def words(hall: LifeHall, **change: Any) -> SheetWords:
    """Taken in at window 4 a moment ago."""
    at = hall.office(5).parts.clock.now()
    minute = f"{at + timedelta(minutes=1):%Y-%m-%d %H:%M}"
    plain = SheetWords(
        item=FOOD, applicant=PERSON.name, id_number=PERSON.id_number, phone=PERSON.phone, agent=PERSON.agent,
        received_at=minute, outcome="accepted", said_at=minute, taken_by=CLERK, missing="", gaps="", bring_by="",
        fees="", stamps="", reason="停电两小时",
    )  # fmt: skip
    return replace(plain, **change)


def states(hall: LifeHall) -> dict[str, str]:
    return {key: row["state"] for key, row in hall.theirs()["sheet"].items()}


def scan(hall: LifeHall, tmp_path: Path, number: str) -> None:
    file = tmp_path / f"{number}.pdf"
    file.write_bytes(b"%PDF-1.4 " + number.encode())
    line = looking.sheet_line(hall.office(5), number)
    good(attach(hall.office(5), line.case.id, file))
    hall.sync()


def test_every_step_crosses_the_wire_and_the_case_goes_on(hall: LifeHall, tmp_path: Path) -> None:
    one, two, three, _four = printed(hall)
    taken = words(hall)
    hall.next_day(3)
    good(entering.enter(hall.office(5), one, taken))
    hall.sync()
    line = looking.sheet_line(hall.office(4), one)
    case = line.case
    hall_data = hall.office(5).hall
    assert case.accepted_on == FRIDAY.date()
    assert case.due == due_dates(hall.item(FOOD), case.accepted_at, hall_data.calendar, hall_data.off_work)
    refused = handling.write_opinion(hall.office(5), case.id, "材料齐全。")
    assert isinstance(refused, Refusal)
    assert refused.type == "entry-unchecked"
    scan(hall, tmp_path, one)
    line = looking.sheet_line(hall.office(4), one)
    good(entering.send_back(hall.office(4), line, "申请人少一个字"))
    hall.sync()
    good(entering.mend(hall.office(5), one, replace(taken, applicant="欧阳真不为人知")))
    hall.sync()
    line = looking.sheet_line(hall.office(4), one)
    good(entering.confirm(hall.office(4), line, line.scans[-1].digest))
    hall.sync()
    good(handling.write_opinion(hall.office(5), case.id, "材料齐全。"))
    good(kits.spoil_sheet(hall.office(5), two, "写坏"))
    hall.sync()
    good(kits.return_kit(hall.office(4), line.kit.id, (three,)))
    theirs = hall.agree()
    assert hall.applied() >= KINDS
    assert states(hall) == dict(zip(sorted(theirs["sheet"]), ("checked", "spoiled", "returned", "blank"), strict=True))
    assert theirs["case"][case.id]["applicant"]["name"] == "欧阳真不为人知"
    assert [sheet.sheet.id for sheet in looking.desk(hall.office(5)).owed] == [_four]
    where = hall.where_it_stands("真不为人知")
    assert not [place for place in where if place.startswith("kit_sheets")], "the applicant stands in the case alone"


def test_two_windows_type_the_same_sheet_before_they_have_heard_of_each_other(hall: LifeHall) -> None:
    one, *_ = printed(hall)
    taken = words(hall)
    hall.next_day(1)
    good(entering.enter(hall.office(5), one, taken))
    good(entering.enter(hall.office(4), one, taken))
    hall.windows[5].rounds(2)
    hall.sync()
    (row,) = [row for row in hall.theirs()["sheet"].values() if row["id"] == one]
    cases = [case for case in hall.theirs()["case"].values() if (case["late_entry"] or {}).get("sheet") == one]
    assert [case["id"] for case in cases] == [row["case"]]
    lost = hall.office(4).parts.vault.journal.rows(("refused", "conflict"), 10)
    assert [(one.kind, one.type) for one in lost] == [("enter_from_paper", "sheet-used")]


def test_the_centre_knows_which_catalogue_was_in_force(hall: LifeHall) -> None:
    one, two, *_ = printed(hall)
    taken = words(hall)
    old, then = hall.office(5).hall.version, hall.item(FOOD)
    hall.next_day(1)
    with hall.database.writing() as connection:
        document = copy.deepcopy(json.loads(document_text(connection, "JZ01", old)))
        item = next(item for item in document["items"] if item["short"] == FOOD)
        item["promised"]["n"] += 3
        loaded = load_hall(connection, document, training_passwords=False, at=hall.time())
    hall.windows[5].rounds(3)
    fresh = hall.office(5)
    assert fresh.hall.version == loaded.version
    versions = fresh.parts.halls.versions()
    assert [one.version for one in versions] == [old, loaded.version]
    line = looking.sheet_line(fresh, one)
    entry = entering.read_sheet(fresh, line, taken)
    assert entry.version == old, "asked of the centre, by the paper's day"
    forged = EnterFromPaper(
        **fresh.stamp().fields(fresh.parts.new_id), case=fresh.parts.new_id(), sheet=two, applicant=read_applicant(taken),
        entry=replace(entry, version=loaded.version),
    )  # fmt: skip
    good(fresh.do(forged))
    good(entering.enter(fresh, one, taken))
    hall.windows[5].rounds(3)
    refused = fresh.parts.vault.journal.rows(("refused",), 10)
    assert [(row.kind, row.type) for row in refused] == [("enter_from_paper", "catalogue-of-another-day")]
    theirs = hall.theirs()
    assert states(hall)[one] == "entered"
    assert states(hall)[two] == "blank"
    case = theirs["case"][theirs["sheet"][one]["case"]]
    assert case["hall_version"] == old
    day = msgspec.convert(case["due"]["promised"], date)
    assert day == due_dates(then, entry.said_at, fresh.hall.calendar, fresh.hall.off_work).promised


def test_a_machine_that_never_had_that_days_catalogue_asks_for_it(hall: LifeHall) -> None:
    one, *_ = printed(hall)
    taken = words(hall)
    old = hall.office(5).hall.version
    hall.next_day(1)
    with hall.database.writing() as connection:
        document = json.loads(document_text(connection, "JZ01", old))
        document["hall"]["hotline"] = "0000-12345"
        loaded = load_hall(connection, document, training_passwords=False, at=hall.time())
    hall.open(w2="P203")
    late = hall.office(2)
    assert late.hall.version == loaded.version
    assert late.parts.vault.keep.hall_document(old) is None
    good(entering.enter(late, one, taken))
    assert late.hall.version == loaded.version, "the version in force stays"
    hall.sync()
    assert states(hall)[one] == "entered"


def test_a_printed_number_never_comes_out_of_a_machine_again(hall: LifeHall) -> None:
    sheets = printed(hall, 25)
    case = hall.receive(4, FOOD)
    good(visit.accept(hall.office(4), case)) if case.state == "received" else None
    number = hall.case(4, case.id).serial
    assert f"BL{FRIDAY.year}-{number:05d}" not in sheets
