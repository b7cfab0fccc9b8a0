"""One extension, before the old date, by the right rank: the statutory clock alone is longer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clerk_app.cases.clocks import as_printed, recounted
from clerk_app.cases.extending import AskExtension, RecordExtension
from clerk_app.cases.model import DueDates
from tests.cases.counter import CLERK, Counter, day

FOOD, RENEWAL, JOINT, FOI = "食品经营新办", "食品经营延续", "施工阶段并联", "信息公开申请"


@pytest.fixture
def counter() -> Counter:
    return Counter()


def ask(counter: Counter, case: str, days: int = 5, clerk: str = CLERK) -> None:
    counter.good(AskExtension, clerk, case=case, days=days, reason="设备还在检定")


def due(counter: Counter, case: str) -> DueDates:
    now, hall = counter.case(case), counter.books.hall
    extension = replace(now.life.extension, recorded_at=counter.now)
    extended = replace(now, life=replace(now.life, extension=extension))
    counted = recounted(extended, hall.items[now.item], hall.calendar, hall.off_work, counter.now.date())
    return replace(counted, promised=now.due.promised)


def paper(counter: Counter, case: str, **change: object) -> dict[str, object]:
    item = counter.books.hall.items[counter.case(case).item]
    return {
        "case": case, "approver": "游广川", "rank": item.statutory.extend_by, "document_no": "江市监延〔2026〕3号",
        "due": due(counter, case), **change,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("short", "days", "rank", "statutory"),
    [
        (FOOD, 5, "dept_head", date(2026, 12, 18)),
        (JOINT, 15, "government_head", None),
        (FOI, 20, "foi_office_head", None),
    ],
)
def test_by_the_rank_the_law_names(counter: Counter, short: str, days: int, rank: str, statutory: date | None) -> None:
    case = counter.accepted(short, "2026-11-20", window=1 if short == FOI else 4)
    before = counter.case(case).due
    ask(counter, case, days, "P103" if short == FOI else CLERK)
    assert counter.case(case).due == before, "asked is not granted"
    for wrong in {"dept_head", "government_head", "foi_office_head", ""} - {rank}:
        said = paper(counter, case, rank=wrong)
        assert counter.refused(RecordExtension, counter.chief(case), **said) == "extension-rank"
    counter.good(RecordExtension, counter.chief(case), **paper(counter, case))
    after = counter.case(case)
    n = counter.item(short).statutory.n
    assert after.due.promised == before.promised
    assert after.due.statutory == counter.books.calendar.due(date(2026, 11, 20), n + days).due
    assert statutory in (None, after.due.statutory)
    assert (after.life.extension.approver, after.life.extension.rank) == ("游广川", rank)
    hall = counter.books.hall
    assert as_printed(after, counter.item(short), hall.calendar, hall.off_work, counter.now.date()) == after.due


def test_once_only(counter: Counter) -> None:
    case = counter.accepted(FOOD)
    ask(counter, case, 2)
    ask(counter, case, 3)
    counter.good(RecordExtension, counter.chief(case), **paper(counter, case))
    assert counter.case(case).life.extension.days == 3, "asking again took the place of what waited"
    assert counter.refused(AskExtension, CLERK, case=case, days=2, reason="还不够") == "extended-already"
    assert counter.refused(RecordExtension, counter.chief(case), **paper(counter, case)) == "extended-already"


def test_not_after_the_old_date(counter: Counter) -> None:
    case = counter.accepted(FOOD, "2026-11-20")
    last = counter.case(case).due.statutory
    ask(counter, case)
    counter.now = day((last + timedelta(days=1)).isoformat())
    assert counter.refused(RecordExtension, counter.chief(case), **paper(counter, case)) == "extension-late"
    assert counter.refused(AskExtension, CLERK, case=case, days=2, reason="迟了") == "extension-late"
    counter.now = day(last.isoformat())
    counter.good(RecordExtension, counter.chief(case), **paper(counter, case))


def test_no_longer_than_the_item_lets_it_and_not_where_it_lets_none(counter: Counter) -> None:
    case = counter.accepted(FOOD)
    for days in (0, -1, 6):
        assert counter.refused(AskExtension, CLERK, case=case, days=days, reason="慢") == "extension-length"
    assert counter.refused(AskExtension, CLERK, case=case, days=5, reason=" ") == "words-missing"
    renewal = counter.accepted(RENEWAL)
    assert counter.refused(AskExtension, CLERK, case=renewal, days=1, reason="慢") == "no-extension"


def test_the_paper_is_recorded_by_the_chief_and_says_who(counter: Counter) -> None:
    case = counter.accepted(FOOD)
    empty = {"case": case, "approver": "a", "rank": "dept_head", "document_no": "1", "due": counter.case(case).due}
    assert counter.refused(RecordExtension, counter.chief(case), **empty) == "not-to-extend", "nobody reviews it yet"
    ask(counter, case)
    assert counter.refused(RecordExtension, CLERK, **paper(counter, case)) == "not-the-chief"
    assert counter.refused(RecordExtension, "P102", **paper(counter, case)) in ("see-only", "not-the-chief")
    for gap in ({"approver": " "}, {"document_no": ""}):
        assert counter.refused(RecordExtension, counter.chief(case), **paper(counter, case, **gap)) == "words-missing"
    good = due(counter, case)
    sooner = replace(good, statutory=good.statutory - timedelta(days=1))
    assert counter.refused(RecordExtension, counter.chief(case), **paper(counter, case, due=sooner)) == "due-too-early"
    moved = replace(good, promised=good.statutory)
    assert counter.refused(RecordExtension, counter.chief(case), **paper(counter, case, due=moved)) == "promise-moved"
    counter.good(RecordExtension, counter.chief(case), **paper(counter, case))
