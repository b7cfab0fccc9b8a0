"""证照 made elsewhere: a fact with its numbers; what is wrong with it stands beside it, and blanks can be counted."""

from __future__ import annotations

import pytest

from clerk_app.sealing.certificates import MOST_SPOILED, RecordCertificate
from clerk_app.sealing.model import SpoiledBlank
from tests.cases.counter import CLERK, Counter

NURSE, SEAL, KEEPER = "护士变更", "S-WJJ", "P801"


@pytest.fixture
def counter() -> Counter:
    return Counter()


def granted(counter: Counter, outcome: str = "grant") -> str:
    case = counter.accepted(NURSE)
    reason = "同意。" if outcome == "grant" else "不符合《护士条例》第七条。"
    assert (counter.propose(case, outcome), counter.authorise(case, outcome, opinion=reason)) == (None, None)
    return case


def record(counter: Counter, case: str, key: str = "c1", **words: object):
    plain = {
        "certificate": key, "case": case, "name": "护士执业证书", "certificate_no": " 202642000001 ",
        "blank_no": f"HS-{key}",
    }  # fmt: skip
    counter.good(RecordCertificate, CLERK, **{**plain, **words})
    return counter.books.certificates[key]


def test_number_blank_and_spoiled_blanks_are_kept_and_no_seal_line_without_a_seal(counter: Counter) -> None:
    case = granted(counter)
    spoiled = (SpoiledBlank(blank_no="HS-0", reason="打偏"),)
    row = record(counter, case, spoiled=spoiled)
    assert (row.certificate_no, row.blank_no, row.spoiled, row.flags) == ("202642000001", "HS-c1", spoiled, ())
    assert (row.by, counter.books.seal_uses) == (CLERK, {})
    assert counter.case(case).state == "granted", "the case goes on by its own acts"


def test_its_hand_stamped_seal_has_its_line_in_the_register(counter: Counter) -> None:
    case = granted(counter)
    record(counter, case, seal=SEAL, keeper=KEEPER, digest="d" * 64)
    (use,) = counter.books.seal_uses.values()
    assert (use.id, use.electronic, use.keeper, use.flags) == ("c1", False, KEEPER, ())
    assert (use.document_no, use.title, use.digest_after) == ("202642000001", "护士执业证书", "d" * 64)
    decision = counter.case(case).decision
    assert (use.approver, use.letter) == (decision.by, decision.letter)
    record(counter, case, "c2", seal=SEAL, keeper=CLERK)
    assert counter.books.seal_uses["c2"].flags == ("不是保管人盖的",)
    record(counter, case, "c3", seal="S-NONE", keeper=KEEPER)
    assert counter.books.certificates["c3"].flags == ("名单里没有这枚印章",)


def test_the_first_word_stands(counter: Counter) -> None:
    case = granted(counter)
    first = record(counter, case)
    assert record(counter, case, certificate_no="OTHER") == first


def test_what_is_wrong_is_recorded_and_said(counter: Counter) -> None:
    assert record(counter, "no such case", "c0").flags == ("没有这件办件",)
    waiting = counter.accepted(NURSE)
    assert record(counter, waiting, "c1").flags == ("没有准予就制证",)
    refused = granted(counter, "refuse")
    assert record(counter, refused, "c2").flags == ("没有准予就制证",)


def test_no_blank_is_used_twice_in_a_case_spoiled_ones_neither(counter: Counter) -> None:
    case = granted(counter)
    record(counter, case, spoiled=(SpoiledBlank(blank_no="HS-0", reason="打偏"),))
    assert record(counter, case, "c2", blank_no="HS-0").flags == ("空白证号用过",)
    assert record(counter, case, "c3", blank_no=" HS-c1 ").flags == ("空白证号用过",)
    assert record(counter, case, "c4").flags == ()


def test_no_more_is_kept_than_a_pack_of_blanks(counter: Counter) -> None:
    case = granted(counter)
    many = tuple(SpoiledBlank(blank_no=str(n), reason="受潮") for n in range(MOST_SPOILED + 1))
    assert len(record(counter, case, spoiled=many).spoiled) == MOST_SPOILED
