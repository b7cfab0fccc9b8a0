"""A case with its item and cards, for tests of oversight."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from clerk_app.cases.catalogue import Item, Limit
from clerk_app.cases.model import Case, DueDates
from clerk_app.oversight.card import Card
from clerk_app.oversight.supervision import SupervisionRules
from tests.cases.test_case import RECEIVED
from tests.desk import ZONE

ITEM = Item(
    code="i", name="公司设立", short="公司设立", department="SJJ", kind="promise", statutory=Limit(n=20),
    promised=Limit(n=10), windows=(2,), letters=("A",), materials=(),
)  # fmt: skip
RULES = SupervisionRules(step_overdue_counts=True)


def at(month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


# Accepted on Friday 2026-11-20: ten working days end on Friday 12-04, twenty on Friday 12-18.
CASE = replace(
    RECEIVED, state="review", received_at=at(11, 20, 9), accepted_at=at(11, 20), case_no="JZ-1",
    due=DueDates(promised=date(2026, 12, 4), statutory=date(2026, 12, 18)),
)  # fmt: skip


def sealed(case: Case, when: datetime) -> Case:
    return replace(case, state="sealed", seal_use="u", sealed_at=when)


def card(key: str = "k", **more: Any) -> Card:
    plain: dict[str, Any] = {
        "id": key, "case": "c", "case_no": "JZ-1", "item_name": "公司设立", "kind": "red", "rule": "overdue",
        "reason": "过了承诺办结日 12月4日", "since": date(2026, 12, 5), "due": date(2026, 12, 4), "finish_by": None,
        "made_at": at(12, 7), "made_by": "centre", "answer_by": date(2026, 12, 8), "person": "P203", "post": "A1",
        "department": "SJJ", "window": 2,
    }  # fmt: skip
    return Card(**{**plain, **more})


HOUR = timedelta(hours=1)
