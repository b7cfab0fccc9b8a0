"""A slip's content is the same after it was kept; a copy says so, and its own content is the first print's."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from clerk_app.receipts.kept_slip import by_backup, once_more, slip_from, slip_text
from clerk_app.receipts.slip import Feed, Pair, Qr, Rule, Slip, Text

words = st.text(max_size=20)
blocks = st.one_of(
    st.builds(Text, words, st.integers(1, 3), st.booleans(), st.sampled_from(["left", "center", "right"])),
    st.builds(Pair, words, words, st.booleans()),
    st.builds(Rule),
    st.builds(Qr, words, words),
    st.builds(Feed, st.integers(1, 5)),
)
slips = st.builds(Slip, words, words, st.lists(blocks, max_size=8).map(tuple), training=st.booleans(), subject=words)


@given(slips)
def test_it_is_the_same_slip_again(slip: Slip) -> None:
    assert slip_from(slip_text(slip)) == slip


@given(slips, st.integers(2, 9), words)
def test_a_copy_keeps_the_first_prints_content(slip: Slip, copy_no: int, reason: str) -> None:
    copy = by_backup(once_more(slip, copy_no, datetime(2026, 11, 20, 10, tzinfo=UTC), reason, "许可心"), "后台", "前台")
    assert slip_from(slip_text(copy)) == slip
    assert (copy.copy_no, copy.blocks, copy.to, copy.reason) == (copy_no, slip.blocks, "后台", reason)
    assert copy.marks[0] == "原打印 11-20 10:00"
    assert copy.marks[-1] == "【备用机　代 前台】"
    assert ("原因：" in copy.marks[1]) is bool(reason)
