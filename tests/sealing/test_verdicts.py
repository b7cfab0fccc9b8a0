"""验章的结论: what the register adds to a file's own proof, by values alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from clerk_app.sealing.grants import GrantedPaper, GrantTerms, SignedGrant
from clerk_app.sealing.model import SealEvent, SealGrant, SealUse
from clerk_app.sealing.paper import Verification
from clerk_app.sealing.verdicts import COPY, Judged, SealedRecord, against_register, answer_words

AT = datetime(2026, 11, 21, 14, 3, tzinfo=UTC)
HOUR = timedelta(hours=1)
PAPER = GrantedPaper(
    case="C1", item="I1", document_no="（江）登字〔2026〕第000123号", title="准予登记通知书", pages=1, copies=1,
    length=100, sm3="3" * 64, sha256="b" * 64,
)  # fmt: skip
TERMS = GrantTerms(
    id="G1", seal="S1", keeper="P203", chief="P201", acting_for="", letter="L1", window=3, device="D3",
    issued=AT - timedelta(minutes=1), expires=AT + timedelta(minutes=4), papers=(PAPER.entry,), public="key",
)  # fmt: skip
SIGNED = SignedGrant(terms=TERMS, paper=PAPER, signature="signed")
USE = SealUse(
    id="U1", seal="S1", seal_name="江州市市场监督管理局行政审批专用章", certificate="ab12", case="C1",
    document_no=PAPER.document_no, title=PAPER.title, pages=1, copies=1, digest_before="b" * 64, digest_after="a" * 64,
    approver="P201", letter="L1", user="P203", window=3, at=AT, electronic=True, keeper="P203", grant="G1",
)  # fmt: skip
GRANT = SealGrant(
    id="G1", seal="S1", keeper="P203", chief="P201", acting_for="", letter="L1", window=3, device="D3", origin="D3",
    issued=TERMS.issued, expires=TERMS.expires, papers=(PAPER,), public="key", signature="signed",
    used={"b" * 64: "U1"},
)  # fmt: skip
FOUND = Verification(
    content_unchanged=True, seal_genuine=True, valid_at_sealing=True, revocation="good", sealed_at=AT,
    certificate="ab12", signer="江州市市场监督管理局行政审批专用章", grant=SIGNED, digest="a" * 64,
)  # fmt: skip
RECORD = SealedRecord(use=USE, grant=GRANT, heard=AT)


def event(kind: Any, at: datetime, seal: str = "S1") -> SealEvent:
    return SealEvent(
        id=f"E-{at:%H%M}", seal=seal, kind=kind, by="P1", acting_for="", window=1, device="D1", at=at, clock="centre"
    )


def answers(judged: Judged) -> list[str]:
    return [line.answer for line in judged.lines]


def test_three_yes_and_what_is_always_said() -> None:
    judged = against_register(FOUND, RECORD)
    assert answers(judged) == ["yes", "yes", "yes"]
    assert [line.question for line in judged.lines] == ["内容未改", "印章真实", "当时有效"]
    assert judged.note == COPY == "打印件是复印件，二维码只证明这几项，不证明印迹。"
    assert "首席代表用自己的钥匙签的" in judged.sealing.reasons[-1]
    assert answer_words[judged.content.answer] == "是"


def test_what_the_file_says_no_to_no_register_makes_good() -> None:
    changed = replace(FOUND, content_unchanged=False, valid_at_sealing=False, content=("改过。",), sealed_at=None)
    assert answers(against_register(changed, RECORD)) == ["no", "yes", "no"]
    strange = replace(FOUND, seal_genuine=False, valid_at_sealing=False, seal=("不认识。",))
    assert answers(against_register(strange, RECORD)) == ["yes", "no", "no"]
    late = replace(FOUND, valid_at_sealing=False, sealing=("过期。",))
    judged = against_register(late, RECORD)
    assert (answers(judged), judged.sealing.reasons[0]) == (["yes", "yes", "no"], "过期。")


def test_what_the_file_leaves_open_stays_open() -> None:
    judged = against_register(replace(FOUND, valid_at_sealing=False, unsettled=("名单太旧。",)), RECORD)
    assert (answers(judged), judged.sealing.reasons[0]) == (["yes", "yes", "unsure"], "名单太旧。")


def test_a_file_that_is_not_in_the_register_is_open_with_what_to_do() -> None:
    judged = against_register(FOUND, SealedRecord())
    assert answers(judged) == ["yes", "yes", "unsure"]
    assert "中心" in judged.sealing.reasons[0]


@pytest.mark.parametrize(
    ("other", "line", "answer", "word"),
    [
        ({"digest_after": "c" * 64}, 0, "no", "不是同一个文件"),
        ({"certificate": "ff"}, 1, "no", "不是用印登记里的那一张"),
        ({"flags": ("授权已经用过",)}, 2, "unsure", "授权已经用过"),
        ({"clock": "unknown"}, 2, "unsure", "准确时间"),
        ({"at": AT + timedelta(minutes=6)}, 2, "unsure", "对不上"),
        ({"keeper": "P204"}, 2, "unsure", "保管人"),
        ({"id": "U2"}, 2, "unsure", "另一次用印"),
        ({"grant": "G2"}, 2, "no", "不是用印登记里的那一份"),
        ({"digest_before": "d" * 64}, 2, "no", "不是用印登记里的那一份"),
    ],
)
def test_the_line_of_the_register_speaks(other: dict[str, Any], line: int, answer: str, word: str) -> None:
    judged = against_register(FOUND, replace(RECORD, use=replace(USE, **other)))
    assert judged.lines[line].answer == answer
    assert any(word in reason for reason in judged.lines[line].reasons)
    assert judged.sealing.answer != "yes"


@pytest.mark.parametrize(
    "other",
    [
        {"public": "other"}, {"signature": "other"}, {"chief": "P9"}, {"keeper": "P9"}, {"letter": "L9"},
        {"acting_for": "P9"}, {"window": 9}, {"device": "D9"}, {"seal": "S9"}, {"expires": AT + HOUR}, {"papers": ()},
    ],
)  # fmt: skip
def test_a_grant_that_is_not_the_registered_one_is_nobodys(other: dict[str, Any]) -> None:
    judged = against_register(FOUND, replace(RECORD, grant=replace(GRANT, **other)))
    assert judged.sealing.answer == "no"
    assert "不是登记的首席代表签的" in judged.sealing.reasons[0]


def test_a_grant_nobody_registered_or_registered_with_a_doubt_is_open() -> None:
    for row, word in ((None, "查不到这份授权"), (replace(GRANT, flags=("授权书已到期",)), "授权书已到期")):
        judged = against_register(FOUND, replace(RECORD, grant=row))
        assert judged.sealing.answer == "unsure"
        assert word in judged.sealing.reasons[0]


def test_a_file_without_the_grant_its_line_names_is_not_valid_and_one_from_before_is_open() -> None:
    without = replace(FOUND, grant=None, valid_at_sealing=False, unsettled=("文件里没有授权。",))
    assert against_register(without, RECORD).sealing.answer == "no"
    for before in ("", "-"):
        record = SealedRecord(use=replace(USE, grant=before))
        assert against_register(without, record).sealing.answer == "unsure"


@pytest.mark.parametrize(
    ("events", "answer", "word"),
    [
        ([("stop", AT - HOUR)], "unsure", "已经停用"),
        ([("loss", AT - HOUR)], "unsure", "已经挂失"),
        ([("destroy", AT - HOUR)], "no", "已经销毁"),
        ([("stop", AT - 2 * HOUR), ("resume_asked", AT - HOUR), ("resume", AT - HOUR)], "yes", ""),
        ([("stop", AT - 2 * HOUR), ("resume_asked", AT - HOUR)], "unsure", "已经停用"),
        ([("loss", AT + HOUR)], "yes", "不影响这一份"),
        ([("handover", AT - HOUR), ("seat", AT - HOUR)], "yes", ""),
    ],
)
def test_where_the_seal_stood_at_the_sealing(events: list[tuple[str, datetime]], answer: str, word: str) -> None:
    record = replace(RECORD, events=tuple(event(kind, at) for kind, at in reversed(events)))
    judged = against_register(FOUND, record)
    assert judged.sealing.answer == answer
    assert any(word in reason for reason in judged.sealing.reasons)


def test_another_seals_book_says_nothing() -> None:
    record = replace(RECORD, events=(event("destroy", AT - HOUR, seal="S2"),))
    assert against_register(FOUND, record).sealing.answer == "yes"


@pytest.mark.parametrize(("heard", "answer"), [(AT + HOUR / 2, "yes"), (AT + 2 * HOUR, "unsure"), (None, "unsure")])
def test_a_line_heard_after_the_loss_does_not_prove_that_it_came_before(heard: datetime | None, answer: str) -> None:
    record = replace(RECORD, events=(event("loss", AT + HOUR),), heard=heard)
    assert against_register(FOUND, record).sealing.answer == answer


def test_a_voided_stamp_counts_for_nothing() -> None:
    judged = against_register(FOUND, replace(RECORD, voided_at=AT + HOUR))
    assert answers(judged) == ["yes", "yes", "no"]
    assert "2026年11月21日15时03分作废" in judged.sealing.reasons[0]
