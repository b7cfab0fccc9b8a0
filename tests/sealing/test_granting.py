"""授权登记 a grant serves once, two windows cannot both use it, and what came of a use is never lost whoever says it when."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from clerk_app.office.register import build_register
from clerk_app.outside.ids import new_id
from clerk_app.sealing.custody import StopSeal
from clerk_app.sealing.granting import BeginSealUse, GrantSeal, SealNotUsed
from clerk_app.sealing.usecases import BEFORE, MarkSealed, RecordSealUse
from clerk_app.sync.wire import Codec, body_of
from tests.cases.counter import CLERK, Counter

NURSE, SEAL, KEEPER, BACKUP = "护士变更", "S-WJJ", "P801", "P802"


@pytest.fixture
def counter() -> Counter:
    return Counter()


def authorised(counter: Counter) -> str:
    case = counter.accepted(NURSE)
    assert (counter.propose(case), counter.authorise(case)) == (None, None)
    return case


def digest(counter: Counter, case: str) -> str:
    return counter.case(case).decision.digest


def begin(counter: Counter, case: str, grant: str, use: str) -> dict[str, str]:
    return {"seal_use": use, "grant": grant, "digest": digest(counter, case)}


def flags(counter: Counter, use: str) -> tuple[str, ...]:
    return counter.books.seal_uses[use].flags


def test_once_and_only_once(counter: Counter) -> None:
    case = authorised(counter)
    grant = counter.grant(case)
    counter.good(BeginSealUse, CLERK, **begin(counter, case, grant, "u1"))
    intent = counter.books.intents["u1"]
    assert (intent.case, intent.seal, intent.state, intent.by) == (case, SEAL, "open", CLERK)
    assert counter.refused(BeginSealUse, CLERK, **begin(counter, case, grant, "u2")) == "grant-used"
    other = counter.grant(case)
    assert counter.refused(BeginSealUse, CLERK, **begin(counter, case, other, "u1")) == "intent-exists"


def test_two_windows_with_one_grant_make_one_clean_use(counter: Counter) -> None:
    """The other had not heard of the first: its line is a fact, and says what it is."""
    case = authorised(counter)
    grant = counter.grant(case)
    counter.good(BeginSealUse, CLERK, **begin(counter, case, grant, "u1"))
    assert counter.stamp(case, grant, use="u1") is None
    assert counter.stamp(case, grant, use="u2", digest_after="e" * 64) is None
    assert (flags(counter, "u1"), flags(counter, "u2")) == ((), ("授权已经用过",))
    assert counter.refused(MarkSealed, CLERK, case=case, seal_use="u2") == "seal-use-flagged"
    counter.good(MarkSealed, CLERK, case=case, seal_use="u1")


def test_a_use_whose_beginning_got_lost_has_spent_its_grant(counter: Counter) -> None:
    case = authorised(counter)
    grant = counter.grant(case)
    assert counter.stamp(case, grant, use="u1") is None
    assert counter.refused(BeginSealUse, CLERK, **begin(counter, case, grant, "u2")) == "grant-used"
    assert flags(counter, "u1") == ()


def test_somebody_looked_and_it_was_not_sealed(counter: Counter) -> None:
    case = authorised(counter)
    grant = counter.grant(case)
    counter.good(BeginSealUse, CLERK, **begin(counter, case, grant, "u1"))
    counter.good(SealNotUsed, CLERK, seal_use="u1", note=" 出纸口没有纸 ")
    closed = counter.books.intents["u1"]
    assert (closed.state, closed.closed_by, closed.note) == ("not_used", CLERK, "出纸口没有纸")
    assert counter.books.open_seal_intents() == ()
    assert counter.refused(BeginSealUse, CLERK, **begin(counter, case, grant, "u2")) == "grant-used", "it stays spent"
    assert counter.seal(case) is None, "by another grant"


def test_a_result_that_comes_late_wins_over_the_word_that_there_was_none(counter: Counter) -> None:
    case = authorised(counter)
    grant = counter.grant(case)
    counter.good(BeginSealUse, CLERK, **begin(counter, case, grant, "u1"))
    counter.good(SealNotUsed, CLERK, seal_use="u1", note="没看见")
    assert counter.stamp(case, grant, use="u1") is None
    assert (counter.books.intents["u1"].state, flags(counter, "u1")) == ("done", ())
    counter.good(SealNotUsed, CLERK, seal_use="u1", note="还是没看见")
    assert counter.books.intents["u1"].state == "done"


def test_a_nonce_said_again_with_other_words_changes_nothing(counter: Counter) -> None:
    case = authorised(counter)
    grant = counter.grant(case)
    first = counter.books.grants[grant]
    counter.good(
        GrantSeal, KEEPER, grant=grant, seal="S-RSJ", keeper="P401", letter="", device="device-b",
        expires=counter.now, papers=(), public="", signature="",
    )  # fmt: skip
    assert counter.books.grants[grant] == first


def late(counter: Counter, case: str) -> str:
    grant = counter.grant(case)
    counter.later(minutes=6)
    return grant


def elsewhere(counter: Counter, case: str) -> str:
    grant = counter.grant(case)
    counter.books.device = "device-b"
    return grant


def stopped(counter: Counter, case: str) -> str:
    grant = counter.grant(case)
    counter.good(StopSeal, CLERK, seal=SEAL)
    return grant


def other_keeper(counter: Counter, case: str) -> str:
    grant = counter.grant(case)
    counter.books.grants[grant] = replace(counter.books.grants[grant], keeper=BACKUP)
    return grant


def other_seal(counter: Counter, case: str) -> str:
    grant = counter.grant(case)
    counter.books.grants[grant] = replace(counter.books.grants[grant], seal="S-RSJ")
    return grant


def forbidden(counter: Counter, case: str) -> str:
    grant = counter.grant(case)
    counter.books.keeper_may_authorise = False
    return grant


FLAGS = [
    (lambda counter, case: "", "没有授权的用印"),
    (lambda counter, case: "none such", "没有授权的用印"),
    (lambda counter, case: counter.grant(case, digest="0" * 64), "盖的不在授权里"),
    (other_seal, "盖的不在授权里"),
    (late, "授权过期了还盖"),
    (elsewhere, "不是授权的机器盖的"),
    (stopped, "印章停用了还盖"),
    (other_keeper, "不是保管人开的印章"),
    (forbidden, "不是保管人开的印章"),
]


@pytest.mark.parametrize(("how", "flag"), FLAGS)
def test_a_seal_that_was_put_on_is_recorded_with_what_is_wrong(counter: Counter, how, flag: str) -> None:
    case = authorised(counter)
    grant = how(counter, case)
    assert counter.stamp(case, grant, use="u1") is None
    assert flags(counter, "u1") == (flag,)
    assert counter.refused(MarkSealed, CLERK, case=case, seal_use="u1") in ("seal-use-flagged", "held-elsewhere")


@pytest.mark.parametrize(
    ("words", "flag"),
    [
        ({"digest_before": "0" * 64}, "盖的不是授权的那份"),
        ({"document_no": "江卫健准〔2026〕99号"}, "文号和授权的不同"),
    ],
)
def test_other_bytes_and_another_number_are_said(counter: Counter, words: dict[str, str], flag: str) -> None:
    case = authorised(counter)
    assert counter.stamp(case, counter.grant(case), use="u1", **words) is None
    assert flag in flags(counter, "u1")


def test_a_use_on_nothing_that_was_decided_is_said(counter: Counter) -> None:
    case = counter.accepted(NURSE)
    assert counter.stamp(case, use="u1") is None
    assert counter.stamp(case, use="u2", electronic=False) is None
    assert flags(counter, "u1") == flags(counter, "u2") == ("没有授权的用印",)


def test_a_said_time_lies_between_the_authorisation_and_its_entry_on_one_day(counter: Counter) -> None:
    case = authorised(counter)
    decided = counter.case(case).decision.at
    counter.later(hours=1)
    hand = {"electronic": False, "certificate": ""}
    for use, said in {"u1": decided + timedelta(minutes=5), "u2": decided - timedelta(minutes=1)}.items():
        assert counter.stamp(case, use=use, said_at=said, **hand) is None
    counter.now += timedelta(days=1)
    assert counter.stamp(case, use="u3", said_at=decided + timedelta(minutes=5), **hand) is None
    assert [flags(counter, use) for use in ("u1", "u2", "u3")] == [(), ("说的用印时间对不上",), ("隔天补登",)]
    use = counter.books.seal_uses["u1"]
    assert (use.at, use.entered_at is not None) == (decided + timedelta(minutes=5), True)


# What was sealed before there were grants.

CODEC = Codec(build_register())
NEW = {"grant", "keeper", "said_at", "page", "seam", "document"}


def old_body(counter: Counter, case: str, actor: str) -> dict[str, object]:
    """As a window of the schema 1 wrote it."""
    command = RecordSealUse(
        id=new_id(), at=counter.now, actor=actor, post="R-WJJ", window=21, basis="", hall_version="v",
        **counter.line(case, use="u1"),
    )  # fmt: skip
    return {**{name: value for name, value in body_of(command).items() if name not in NEW}, "schema": 1}


@pytest.mark.parametrize(("actor", "flag"), [(KEEPER, ()), (CLERK, ("不是授权的人盖的",))])
def test_an_old_line_is_judged_as_it_was_then(counter: Counter, actor: str, flag: tuple[str, ...]) -> None:
    case = authorised(counter)
    command = CODEC.command(old_body(counter, case, actor))
    assert (command.grant, command.keeper, command.said_at) == (BEFORE, "", None)
    assert build_register()[command.kind].act(command, counter.books) is None
    use = counter.books.seal_uses["u1"]
    assert (use.flags, use.grant, use.entered_at) == (flag, BEFORE, None)
    assert use.approver == counter.case(case).decision.by
