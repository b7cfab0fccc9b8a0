"""What the doctor says of updates: what failed, what was given up, what waits, and that this desk is behind the hall."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from clerk_app.office.doctor.machine import update
from clerk_app.ports.updates import Offer, Returned, UpdateState

PLAIN = UpdateState(running="0.1.0")
WAITS = Offer(version="0.2.0", digest="0" * 64, size=10)
GIVEN_UP = Returned(version="0.2.0", at=datetime(2026, 10, 1, tzinfo=UTC), why="not_up")


@pytest.mark.parametrize(
    ("state", "lamp", "said", "remedy"),
    [
        (None, "good", "不换版", ""),
        (PLAIN, "good", "没有等着的更新", ""),
        (replace(PLAIN, newest="0.1.0"), "good", "没有等着的更新", ""),
        (replace(PLAIN, newest="0.2.0"), "warn", "大厅放行到 0.2.0，这台还是 0.1.0", "轮到"),
        (replace(PLAIN, newest="0.2.0", waiting=WAITS), "good", "0.2.0 正在取", ""),
        (replace(PLAIN, waiting=WAITS, ready=True), "good", "0.2.0 取好了，关门后换", ""),
        (replace(PLAIN, trouble="磁盘放不下，没有换，数据没有动。"), "warn", "磁盘放不下", "没有换，数据没有动"),
        (replace(PLAIN, returned=GIVEN_UP), "warn", "0.2.0 两次都没有起来，退回了 0.1.0", "日志"),
        (replace(PLAIN, returned=replace(GIVEN_UP, why="asked")), "good", "没有等着的更新", ""),
    ],
)
def test_each_state_has_its_line(state: UpdateState | None, lamp: str, said: str, remedy: str) -> None:
    found = update(state)
    assert (found.name, found.state) == ("更新", lamp)
    assert said in found.said
    assert remedy in found.remedy
