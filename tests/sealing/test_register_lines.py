"""用印登记: every entry stands in exactly one line with all it says; numbers never move; nobody from outside by name."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from clerk_app.sealing.model import SealUse
from clerk_app.sealing.register_lines import BEGUN, COLUMNS, RegisterLine, register_lines
from clerk_app.sealing.register_paper import register_paper
from clerk_app.sealing.register_rows import SealMark, numbers_of
from tests.sealing.register import (
    AT,
    CASE,
    EVENTS,
    INTAKE,
    INTENT,
    MADE,
    NO_SEAL,
    NOT_USED,
    OPEN,
    PRESSED,
    USE,
    names,
    rows,
)

NAMES = names()


def lines(**others: object) -> dict[str, RegisterLine]:
    return {line.id: line for line in register_lines(rows(**others), NAMES)}


def words(line: RegisterLine) -> str:
    return "\n".join(getattr(line, name) for name, _ in COLUMNS)


def test_each_entry_is_one_line_and_the_book_is_in_the_order_of_its_entries() -> None:
    made = register_lines(rows(), NAMES)
    assert sorted(line.id for line in made) == sorted(
        ["u1", "u2", "d1", "m1", "m2", "i2", "i3", *(event.id for event in EVENTS)]
    )
    assert [line.at for line in made] == sorted(line.at for line in made)
    assert [line.number for line in made if line.seal == "S-SJJ"] == [f"2026-{n:04d}" for n in range(1, 13)]


def test_a_use_says_everything_that_must_be_recorded() -> None:
    line = lines()["u1"]
    said = {head: getattr(line, name) for name, head in COLUMNS}
    assert said["印章"] == "江州市市场监督管理局行政审批专用章"
    assert (said["证书第几版"], said["证书序列号"], said["时间"]) == ("2", "2a5f01", "2026-11-20 10:42:07")
    assert (said["事项"], said["办件编号"], said["文号"]) == ("食品经营许可", CASE.case_no, "江市监准〔2026〕42号")
    assert (said["份数"], said["页数"], said["盖在第几页"], said["骑缝"]) == ("3", "2", "2", "骑缝")
    assert (said["批准人"], said["保管人"]) == ("尹秋实 代 梁建业", "许可心")
    assert said["凭什么批准"] == "授权书 江市监授〔2026〕1号，列明 2 项，2026-01-01 至 2026-12-31"
    assert said["怎么批准、怎么盖"] == "批准人 PIN 授权，一批 2 份，保管人 PIN 开印章；10:42:05 开始"
    assert (said["时钟"], said["到中心"], said["结果"]) == ("中心时间", "中心已收", "用印")
    assert said["送达"] == "2026-11-21 10:42:07，12号窗口 顾长青，凭身份证"


def test_what_is_out_of_order_is_said_in_its_line() -> None:
    told = lines(untold={"u2": "pending", "u1": "refused"})
    assert (told["i2"].result, told["i2"].why, told["i2"].open) == (BEGUN, "看看出纸口和文书", True)
    assert (told["i3"].result, told["i3"].why, told["i3"].doubtful) == ("没有盖成", NOT_USED.note, False)
    assert (told["u2"].result, told["u2"].arrived, told["u2"].entered) == (
        "作废",
        "还没送到中心",
        "2026-11-20 10:43:07",
    )
    assert "梁建业提：单位名称打错一个字，收回销毁" in told["u2"].voided
    assert "沈启明同意" in told["u2"].voided
    assert not told["u2"].receiver, "nobody was handed a voided paper"
    assert (told["d1"].result, told["d1"].why, told["d1"].sort) == ("用印，有疑", "不是本窗口的收件章", "收件章")
    assert not told["d1"].receiver, "that is of the result"
    assert told["u1"].doubtful
    assert told["u1"].why == "中心没收，找值班长"
    assert (told["m1"].blank, told["m1"].spoiled, told["m1"].receiver) == ("K0001243", "K0001242 打歪了", "㛃*珍")
    assert (told["m2"].seal, told["m2"].doubtful) == ("", True)
    assert (told["e-resume"].result, told["e-resume"].second) == ("恢复", "梁建业")


def test_by_which_clock_is_said_in_words() -> None:
    for word, said in (("centre", "中心时间"), ("kept", "本机时间，按上次对时推算"), ("unknown", "钟不可信")):
        line = lines(uses=(replace(USE, clock=word),))["u1"]
        assert line.clock == said
        assert line.doubtful is (word == "unknown")


def test_nobody_from_outside_is_in_the_book_by_name() -> None:
    made = register_lines(rows(), NAMES)
    paper = register_paper(made, "用印登记簿", "", AT.date(), training=True)
    printed = "".join(map(words, made)) + repr(paper)
    for person in (CASE.applicant.name, "㛃美珍", CASE.applicant.id_number):
        assert person not in printed


def test_the_printed_cells_hold_every_word_of_the_line() -> None:
    made = register_lines(rows(), NAMES)
    paper = register_paper(made, "用印登记簿", "", AT.date(), training=False)
    for line, row in zip(made, paper.rows, strict=True):
        printed = "".join(row).replace("\n", "")
        for name, head in COLUMNS:
            if name not in ("document",):  # the same as the entry's own number
                assert getattr(line, name) in printed, head


_moments = st.integers(0, 5_000).map(lambda minutes: AT + timedelta(minutes=minutes))
_uses = st.lists(
    st.tuples(st.sampled_from((USE, PRESSED, INTAKE, MADE)), _moments, st.booleans(), st.sampled_from(("", "有疑点"))),
    max_size=8,
)


def _made(drawn: list[tuple[SealUse, object, bool, str]]) -> tuple[SealUse, ...]:
    return tuple(
        replace(use, id=f"x{place}", at=at, grant="", document_no=f"文{place}号", flags=(flag,) if flag else (), **({"entered_at": at + timedelta(hours=1)} if late else {"entered_at": None}))  # type: ignore[operator]
        for place, (use, at, late, flag) in enumerate(drawn)
    )  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(_uses, st.lists(st.tuples(_moments, st.sampled_from(("open", "done", "not_used")), st.booleans()), max_size=6))
def test_nothing_is_ever_left_out_and_nothing_stands_twice(drawn: list, begun: list) -> None:
    uses = _made(drawn)
    intents = tuple(
        replace(INTENT, id=uses[place].id if joined and place < len(uses) else f"i{place}", at=at, state=state)
        for place, (at, state, joined) in enumerate(begun)
    )
    made = register_lines(rows(uses=uses, intents=intents, certificates=(NO_SEAL,), marks=()), NAMES)
    wanted = (
        {use.id for use in uses} | {intent.id for intent in intents} | {event.id for event in EVENTS} | {NO_SEAL.id}
    )
    assert sorted(line.id for line in made) == sorted(wanted)
    found = {line.id: line for line in made}
    for use in uses:
        said = words(found[use.id])
        facts = (
            use.document_no,
            use.title,
            use.digest_before,
            use.digest_after,
            use.certificate,
            use.device,
            use.seal,
            *use.flags,
        )
        for fact in (*facts, str(use.copies), f"{use.at:%Y-%m-%d %H:%M:%S}", f"{use.window}号窗口"):
            assert fact in said
        assert found[use.id].doubtful == bool(use.flags)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(("S-1", "S-2")), st.integers(0, 600_000)), max_size=30), st.integers(1, 5))
def test_a_number_never_moves_when_later_entries_come(drawn: list[tuple[str, int]], later: int) -> None:
    marks = [
        SealMark(f"m{place:03d}", seal, AT + timedelta(minutes=minute)) for place, (seal, minute) in enumerate(drawn)
    ]
    before = numbers_of(marks)
    end = max((mark.at for mark in marks), default=AT)
    more = [SealMark(f"n{place}", "S-1", end + timedelta(seconds=place + 1)) for place in range(later)]
    after = numbers_of([*more, *marks, *marks])
    assert before.items() <= after.items()
    for seal, year in {(mark.seal, mark.at.year) for mark in marks}:
        counted = sorted(after[mark.id] for mark in {*marks, *more} if (mark.seal, mark.at.year) == (seal, year))
        assert counted == [f"{year}-{number:04d}" for number in range(1, len(counted) + 1)]
    assert OPEN.id not in after
