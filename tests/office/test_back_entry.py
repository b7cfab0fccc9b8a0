"""补录 at a window: what is typed off a sheet is read or refused by name; a kit that cannot be drawn spends no number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from clerk_app.cases.back_entry.model import CatalogueThen, PaperFee
from clerk_app.command import Refusal
from clerk_app.office.counter.back_entry import entering, kits, looking
from clerk_app.office.counter.back_entry.reading import SheetWords, find_item, read_entry, read_moment, read_number
from clerk_app.ports import CentreAway
from clerk_app.receipts.paper import Delivery
from tests.cases.counter import HALL
from tests.desk import ZONE, cut_office
from tests.office.test_issuing import Pages, Printer
from tests.seal_fakes import with_seals

THEN = CatalogueThen(version="v", items=HALL.items, calendar=HALL.calendar, off_work=HALL.off_work)
GOOD = SheetWords(
    item="食品经营新办", applicant=" 卢小珍 ", id_number="42990019900101123x", phone="", received_at="2026年11月20日10时12分",
    outcome="accepted", said_at="2026-11-20 10:20", taken_by="罗文静", missing="", gaps="", bring_by="", fees="", stamps="",
    reason="停电",
)  # fmt: skip


class Sheets(Pages):
    def kit(self, paper) -> bytes:
        if "𰻝" in paper.reason:
            raise ValueError("这台机器的字体里没有“𰻝”，备用件没有做成，号都在。找管理员装上有这个字的字体再来。")
        return paper.texts.encode()


@pytest.fixture
def office(tmp_path):
    office = with_seals(cut_office(tmp_path), pages=Sheets(), page_printer=Printer())
    yield office
    office.parts.vault.close()


def read(**change):
    return read_entry(replace(GOOD, **change), THEN, 4, HALL.roster, ZONE)


def test_what_is_on_the_paper_is_read():
    entry = read(missing="2", fees="工本费 10.50元 00123456；复印 1 77", stamps="S-SJ-4 受理回执")
    assert f"{entry.received_at:%m-%d %H:%M} {entry.said_at:%H:%M}" == "11-20 10:12 10:20"
    assert entry.taken_by == "P105"
    item = HALL.items[entry.item]
    assert set(entry.brought) == {m.name for m in item.materials} - {item.materials[1].name}
    assert entry.fees == (
        PaperFee(what="工本费", fen=1050, receipt="00123456"),
        PaperFee(what="复印", fen=100, receipt="77"),
    )
    assert [(one.seal, one.by, one.at) for one in entry.stamps] == [("S-SJ-4", "P105", entry.said_at)]
    assert entering.read_applicant(GOOD).id_number == "42990019900101123X"


def test_a_notice_names_what_is_missing_by_itself():
    item = find_item(GOOD.item, HALL.items, 4)
    lacks = next(m.name for m in item.materials if m.essential)
    entry = read(outcome="noticed", missing=lacks, gaps="平面图要盖章", bring_by="2026-11-27")
    assert [gap.what for gap in entry.gaps] == [lacks, "平面图要盖章"]
    assert entry.bring_by == date(2026, 11, 27)
    assert read(outcome="received", said_at="看不清", gaps="x").said_at is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"item": ""}, "item-not-in-force"),
        ({"item": "没有的事项"}, "item-not-in-force"),
        ({"received_at": "上午"}, "time-unreadable"),
        ({"received_at": "2026-13-40 10:12"}, "time-unreadable"),
        ({"said_at": ""}, "time-unreadable"),
        ({"missing": "99"}, "unknown-material"),
        ({"missing": "没有的材料"}, "unknown-material"),
        ({"outcome": "noticed", "bring_by": "下周"}, "day-unreadable"),
        ({"fees": "工本费十元"}, "fee-unreadable"),
        ({"fees": "工本费 0 1"}, "fee-unreadable"),
        ({"fees": "工本费 1.234 1"}, "fee-unreadable"),
        ({"fees": "工本费 NaN 1"}, "fee-unreadable"),
        ({"stamps": "没有的章 回执 P105"}, "stamp-unreadable"),
        ({"stamps": "S-SJ-4"}, "stamp-unreadable"),
    ],
)
def test_what_cannot_be_read_is_said(change, said):
    refusal = read(**change)
    assert isinstance(refusal, Refusal)
    assert refusal.type == said
    assert "填的都在" in refusal.sentence


@pytest.mark.parametrize("typed", ["BL2026-00417", "bl2026-00417", " BL202600417 ", "2026-00417"])
def test_a_number_however_it_is_typed(typed):
    assert read_number(typed) == "BL2026-00417"


def test_a_moment_that_is_none():
    assert read_moment("2026-02-30 10:00", ZONE) is None


def left(office):
    return office.parts.vault.keep.next_serial(f"case_no:{office.parts.clock.now().year}")


def test_a_kit_that_cannot_be_made_spends_nothing(office):
    before = left(office)
    for count, reason, said in (
        (0, "备用", "kit-size"),
        (51, "备用", "kit-size"),
        (2, "", "reason-missing"),
        (2, "𰻝", "kit-not-made"),
    ):
        made = kits.print_kit(office, count, reason)
        assert isinstance(made, Refusal)
        assert made.type == said
    assert left(office) == before
    assert looking.desk(office).kits == ()


def test_a_printer_that_says_no_leaves_the_numbers_spent_and_says_so(office):
    before = left(office)
    office.parts.page_printer.says = Delivery("not_sent", "系统打印没有收。")
    made = kits.print_kit(office, 2, "备用")
    assert made.not_out == "系统打印没有收"
    assert left(office).serial == before.serial + 2
    assert len(office.parts.page_printer.sent) == 1, "never by itself a second time"
    assert "JZ2026□□□□" in made.pdf.decode()


def test_without_enough_numbers_nothing_is_printed(office, tmp_path):
    made = kits.print_kit(office, 2, "备用")
    assert not isinstance(made, Refusal)
    office.parts.clock.set(office.parts.clock.now().replace(year=2027))
    short = kits.print_kit(office, 2, "备用")
    assert isinstance(short, Refusal)
    assert short.type == "numbers-short"


class Away:
    def versions(self):
        raise CentreAway


def test_with_the_line_cut_the_catalogue_of_that_day_is_not_guessed(office):
    made = kits.print_kit(office, 1, "备用")
    office.parts = replace(office.parts, halls=Away())
    (line,) = looking.desk(office).kits
    kits.hand_kit(office, made.kit, 2, "P203")
    at = f"{office.parts.clock.now():%Y-%m-%d %H:%M}"
    refused = entering.enter(office, line.sheets[0].id, replace(GOOD, received_at=at, said_at=at))
    assert isinstance(refused, Refusal)
    assert refused.type == "catalogue-away"
    assert looking.sheet_line(office, line.sheets[0].id).case is None
