"""附件: a fact: always recorded, once, whatever became of the case; at both ends the same."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from clerk_app.cases.attachments import AttachScan
from clerk_app.hall import read_hall
from clerk_app.office.judge import judge
from clerk_app.office.register import build_register
from tests.desk import training_document
from tests.memory_books import MemoryBooks

AT = datetime(2026, 11, 20, 10, 30, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture
def books() -> MemoryBooks:
    return MemoryBooks(read_hall(training_document(), "v1"))


def scan(**changed) -> AttachScan:
    plain = {
        "id": "c-1", "at": AT, "actor": "P203", "post": "A1", "window": 2, "basis": "a_role:A1", "hall_version": "v1",
        "case": "case-1", "attachment": "a-1", "name": "章程.pdf", "media": "application/pdf", "size": 2048,
        "digest": "ab" * 32,
    }  # fmt: skip
    return AttachScan(**{**plain, **changed})


def recorded(command: AttachScan, books: MemoryBooks) -> None:
    assert judge(command, books, build_register()) is None


def test_it_is_recorded_with_all_it_says(books):
    recorded(scan(), books)
    (one,) = books.attachments_of("case-1")
    assert (one.id, one.name, one.media, one.size, one.digest) == (
        "a-1",
        "章程.pdf",
        "application/pdf",
        2048,
        "ab" * 32,
    )
    assert (one.by, one.at, one.window) == ("P203", AT, 2)


@pytest.mark.parametrize(
    "changed", [{"actor": "nobody"}, {"window": 77}, {"post": "K9"}, {"case": "never-born"}, {"hall_version": "old"}]
)
def test_nothing_can_make_it_not_have_happened(books, changed):
    recorded(scan(**changed), books)
    assert books.attachment("a-1") is not None


def test_another_device_s_hold_is_no_matter(books):
    books.holds["case:case-1"] = "device-b"
    recorded(scan(), books)
    assert books.attachment("a-1") is not None


def test_the_first_word_stands(books):
    recorded(scan(), books)
    recorded(scan(id="c-2", digest="cd" * 32, name="别的.pdf"), books)
    assert [one.digest for one in books.attachments_of("case-1")] == ["ab" * 32]


def test_they_stand_in_the_order_they_came(books):
    recorded(scan(attachment="late", at=AT + timedelta(minutes=1)), books)
    recorded(scan(attachment="early"), books)
    recorded(scan(attachment="other", case="case-2"), books)
    assert [one.id for one in books.attachments_of("case-1")] == ["early", "late"]


def test_names_longer_than_their_place_are_shortened(books):
    recorded(scan(name="长" * 500, media="x" * 500), books)
    one = books.attachment("a-1")
    assert (len(one.name), len(one.media)) == (120, 60)


def test_its_subject_is_itself_alone():
    assert scan().subjects == ("attachment:a-1",)
    assert AttachScan.fact
