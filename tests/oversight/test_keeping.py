"""留存期限: floors that no hall can go under, archive kinds that nothing may delete, months counted by the calendar."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import get_args

import pytest

from clerk_app.hall import read_hall
from clerk_app.outside.hall_file import document_findings
from clerk_app.oversight.keeping import ARCHIVED, PASSING, Keeping, KeptKind, kept_words, months_before
from clerk_app.store.columns import HALL_ZONE
from tests.desk import training_document

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=HALL_ZONE)


@pytest.mark.parametrize("kind", sorted(ARCHIVED))
def test_what_the_archive_keeps_is_never_deleted_by_the_program(kind) -> None:
    assert Keeping(log_months=0, change_days=0, upload_days=0).may_delete_before(kind, NOW) is None


def test_logs_are_kept_half_a_year_whatever_the_hall_says() -> None:
    assert Keeping(log_months=1).may_delete_before("logs", NOW) == datetime(2026, 5, 20, 9, 0, tzinfo=HALL_ZONE)
    assert Keeping(log_months=24).may_delete_before("logs", NOW) == datetime(2024, 11, 20, 9, 0, tzinfo=HALL_ZONE)
    assert Keeping(change_days=1).may_delete_before("changes", NOW) == NOW - timedelta(days=35)
    assert Keeping().may_delete_before("outside_told", NOW) == datetime(2023, 11, 20, 9, 0, tzinfo=HALL_ZONE)
    assert Keeping(outside_told_months=1).may_delete_before("outside_told", NOW) == NOW.replace(year=2025)


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 8, 31), 6, date(2026, 2, 28)), (date(2024, 8, 31), 6, date(2024, 2, 29)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)), (date(2026, 12, 31), 12, date(2025, 12, 31)),
        (date(2026, 3, 31), 13, date(2025, 2, 28)),
    ],
)  # fmt: skip
def test_months_back(day, months, before) -> None:
    assert months_before(day, months) == before


def test_every_kind_has_words_and_stands_on_one_side() -> None:
    kinds = set(get_args(KeptKind))
    assert set(kept_words) == kinds
    assert set(PASSING) | ARCHIVED == kinds
    assert not set(PASSING) & ARCHIVED
    assert {"seal_book", "decisions", "case_files"} <= ARCHIVED


def with_keeping(**said: object) -> dict:
    return {**training_document(), "keeping": said}


def test_a_hall_says_its_own_times() -> None:
    document = with_keeping(log_months=24, change_days=60, upload_days=14, outside_file_days=10, seal_book="archive")
    assert document_findings(document) == []
    assert read_hall(document, "v").keeping == Keeping(
        log_months=24, change_days=60, upload_days=14, outside_file_days=10
    )
    assert read_hall(training_document(), "v").keeping == Keeping()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"log_months": 5}, "网络安全法第二十一条"), ({"log_months": "六"}, "整数"), ({"log_months": True}, "整数"),
        ({"change_days": 34}, "35 或更多"), ({"decisions": "30 天"}, "程序不删"), ({"seal_book": 10}, "程序不删"),
        ({"somewhere": 1}, "不认识"),
    ],
)  # fmt: skip
def test_less_than_the_law_is_refused_with_a_sentence(said, words) -> None:
    findings = document_findings(with_keeping(**said))
    assert len(findings) == 1
    assert words in findings[0]
