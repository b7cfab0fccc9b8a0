"""两处的结论 what a desk does not call good is not called good outside either, and what is good is good at both."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from clerk_app.sealing.model import SealEvent, SealUse
from clerk_app.sealing.paper import Verification
from clerk_app.sealing.usecases import BEFORE
from clerk_app.sealing.verdicts import SealedRecord, against_register
from clerk_app.server.citizen.form import SealTurn
from clerk_app.server.citizen.judge import FileFacts
from clerk_app.server.citizen.seals import project_files
from clerk_app.server.citizen.verdict import verdict_of

AT = datetime(2026, 11, 21, 14, 3, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
WORDS: dict[str, Any] = {
    "content_unchanged": True, "seal_genuine": True, "content": (), "seal": (), "sealing": (), "unsettled": (),
    "sealed_at": AT, "certificate": "ab12", "signer": "审批专用章", "digest": "a" * 64,
}  # fmt: skip
USE = SealUse(
    id="0193c0de-0000-7000-8000-000000000001", seal="S1", seal_name="审批专用章", certificate="ab12", case="C1",
    document_no="（江）登字〔2026〕第1号", title="准予登记通知书", pages=1, copies=1, digest_before="b" * 64,
    digest_after="a" * 64, approver="P201", letter="L1", user="P203", window=3, at=AT, electronic=True, keeper="P203",
    grant=BEFORE,
)  # fmt: skip


def at_the_desk(words: dict[str, Any], use: SealUse, events: list[tuple[Any, datetime]], heard: datetime) -> list[bool]:
    found = Verification(valid_at_sealing=True, revocation="unknown", **words)
    book = tuple(
        SealEvent(id=str(n), seal="S1", kind=kind, by="P1", acting_for="", window=1, device="D1", at=at, clock="centre")
        for n, (kind, at) in enumerate(events)
    )
    judged = against_register(found, SealedRecord(use=use, events=book, heard=heard))
    return [line.answer == "yes" for line in judged.lines]


def outside(words: dict[str, Any], use: SealUse, events: list[tuple[Any, datetime]], heard: datetime) -> list[bool]:
    row = next(iter(project_files(f"seal_use:{use.id}", vars(use), heard)))
    turns = [SealTurn(seal="S1", kind=kind, at=at) for kind, at in events]
    return [line.answer == "yes" for line in verdict_of(FileFacts(**words), row, turns).lines]


@pytest.mark.parametrize(
    ("file", "use", "events", "heard", "good"),
    [
        ({}, {}, [], 1, [True, True, True]),
        ({"content_unchanged": False}, {}, [], 1, [False, True, False]),
        ({"seal_genuine": False}, {}, [], 1, [True, False, False]),
        ({"sealing": ("晚了。",)}, {}, [], 1, [True, True, False]),
        ({"unsettled": ("不知道。",)}, {}, [], 1, [True, True, False]),
        ({"sealed_at": None}, {}, [], 1, [True, True, False]),
        ({"sealed_at": AT + 6 * MINUTE}, {}, [], 1, [True, True, False]),
        ({"sealed_at": AT + 5 * MINUTE}, {}, [], 1, [True, True, True]),
        ({}, {"certificate": "ff"}, [], 1, [True, False, False]),
        ({}, {"flags": ("授权已经用过",)}, [], 1, [True, True, False]),
        ({}, {"clock": "unknown"}, [], 1, [True, True, False]),
        ({}, {"clock": "kept"}, [], 1, [True, True, True]),
        ({}, {}, [("stop", -9)], 1, [True, True, False]),
        ({}, {}, [("destroy", 0)], 1, [True, True, False]),
        ({}, {}, [("loss", -9), ("resume", -1)], 1, [True, True, True]),
        ({}, {}, [("loss", 9)], 1, [True, True, True]),
        ({}, {}, [("loss", 9)], 10, [True, True, False]),
    ],
)
def test_both_call_the_same_files_good(
    file: dict[str, Any], use: dict[str, Any], events: list[tuple[str, int]], heard: int, good: list[bool]
) -> None:
    told = [(kind, AT + minutes * MINUTE) for kind, minutes in events]
    given = (WORDS | file, replace(USE, **use), told, AT + heard * MINUTE)
    assert (at_the_desk(*given), outside(*given)) == (good, good)


def test_a_file_whose_keeper_wrote_its_grant_himself_is_good_nowhere() -> None:
    """The line names the page that was authorised; the file's own grant, in itself good, is over another."""
    row = next(iter(project_files(f"seal_use:{USE.id}", vars(USE), AT + MINUTE)))
    other, same = FileFacts(**WORDS, before="c" * 64), FileFacts(**WORDS, before="b" * 64)
    assert [verdict_of(facts, row, ()).answer for facts in (other, same)] == ["no", "yes"]
