"""A whole visit in the real window by keys alone: from the sign-in to the printed receipt, and on to the form.

xdotool presses, `tests.ui.spoken_desk` tells what a screen reader finds on screen; no pointer is moved or pressed.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.ui.xvfb import Display, NeedProgram, display, until

pytestmark = pytest.mark.process

ROOT = Path(__file__).resolve().parents[2]
COMPANY, PHONE = "江州岚栎舟", "13800000421"
CARD_PAPERS = 5
RESET = b"\x1b@"
KEY_MS = (200, 800, 2000)
"""Between two characters no keyboard has: each is given a key of its own first, and the window has to hear of it. The first
is enough for a window with nothing beside it; each next try is more patient.
"""
SHOWN = 5.0
"""Seconds until what was typed must be seen, before it is typed again."""


@dataclass
class Clerk:
    """Somebody with a keyboard, and with what the screen tells him."""

    screen: Display
    process: subprocess.Popen[bytes]
    folder: Path

    def now(self) -> dict[str, Any]:
        """What is on screen."""
        assert self.process.poll() is None, (self.folder / "program.log").read_text(encoding="utf-8")
        said = self.folder / "said.jsonl"
        lines = said.read_bytes().split(b"\n")[:-1] if said.exists() else []  # the last one may be half written
        found: dict[str, Any] = json.loads(lines[-1]) if lines else {}
        return found or {"hand": "", "page": "", "words": [], "typed": {}, "steps": [], "slips": 0}

    def waits(self, true: Callable[[dict[str, Any]], object], what: str) -> dict[str, Any]:
        """Until the screen is so."""
        try:
            until(lambda: true(self.now()), what)
        except AssertionError as error:
            seen = self.now()
            raise AssertionError(f"{what}: {seen['page']}, {seen['hand']}, {seen['steps']}, {seen['typed']}") from error
        return self.now()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.screen.hand("key", key)

    def type(self, text: str, key_ms: int = 20) -> None:
        self.screen.hand("type", "--delay", str(key_ms), text)

    def holds(self, hand: str) -> None:
        """The keys go to this."""
        self.waits(lambda seen: hand in seen["hand"], f"键盘不在“{hand}”")

    def next_is(self, words: str) -> None:
        """The one next step that can be taken."""
        self.waits(
            lambda seen: any(words in step and "现在不能" not in step for step in seen["steps"]), f"没有“{words}”"
        )

    def writes(self, field: str, text: str) -> None:
        """Into the field under the hand; an X server may lose a character it has no key for."""
        self.holds(field)
        for key_ms in KEY_MS:
            self.press("ctrl+a", "Delete")
            self.waits(lambda seen: seen["typed"].get(field) == "", field)
            self.type(text, 20 if text.isascii() else key_ms)
            with suppress(AssertionError):
                until(lambda: self.now()["typed"].get(field) == text, field, SHOWN)
                break
        self.waits(lambda seen: seen["typed"].get(field) == text, f"{field}：{text}")


@contextmanager
def at_the_desk(folder: Path, need_program: NeedProgram) -> Iterator[Clerk]:
    with display(need_program, windows=True) as screen, (folder / "program.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-X", "faulthandler", "-m", "tests.ui.spoken_desk", str(folder)],
            cwd=ROOT, env=screen.surroundings, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            yield Clerk(screen, process, folder)
        finally:
            process.terminate()
            process.wait(60)


def sign_in(clerk: Clerk) -> None:
    clerk.waits(lambda seen: "登录 2号窗口" in seen["words"] and "线路 已连接" in seen["words"], "登录页")
    clerk.writes("工号或姓名", "P203")
    clerk.press("Return")
    clerk.holds("密码")
    clerk.type("lian-xi-203")
    clerk.press("Return")
    clerk.waits(lambda seen: seen["page"] == "today", "开门前")
    clerk.holds("开始叫号")
    clerk.press("Return")
    clerk.waits(lambda seen: seen["page"] == "counter", "叫号页")


def take_ticket(clerk: Clerk) -> None:
    """Somebody asks for a number; what he came for is found by its initials."""
    clerk.press("ctrl+t")
    clerk.holds("按 1")
    clerk.press("shift+Tab")
    clerk.writes("办什么", "gssl")
    clerk.press("Return")
    clerk.holds("取号并打印")
    clerk.press("Return")
    clerk.waits(lambda seen: seen["slips"] == 1, "号票没打出来")
    clerk.next_is("叫下一位 A001")


def call(clerk: Clerk) -> None:
    """F2 calls, F2 says he is here; the page opens with what the ticket knows."""
    clerk.press("F2")
    clerk.next_is("来了")
    clerk.press("F2")
    seen = clerk.waits(lambda seen: "收件：有限责任公司设立登记" in seen["words"], "收件页没按号票的事项打开")
    assert any(step.startswith("收件") and "还没填申请人" in step for step in seen["steps"])


def receive(clerk: Clerk) -> None:
    clerk.writes("申请人", COMPANY)
    clerk.press("Return", "Return")
    clerk.writes("手机", PHONE)
    clerk.press("Return")
    clerk.holds("经办人")
    clerk.press("Return")
    clerk.holds("材料")
    for ticked in range(1, CARD_PAPERS + 1):
        clerk.press("space")
        clerk.waits(lambda seen, n=ticked: f"收齐 {n} / {CARD_PAPERS}" in seen["words"], "没勾上")  # type: ignore[misc]
        clerk.press("Down")
    clerk.next_is("收件")
    clerk.press("ctrl+Return")
    clerk.next_is("受理并打印")


def accept(clerk: Clerk) -> None:
    clerk.press("ctrl+Return")
    clerk.waits(lambda seen: seen["slips"] == 2, "受理回执没打出来")
    paper = (clerk.folder / "slips" / "1.bin").read_bytes()
    assert paper.startswith(RESET)
    assert paper != (clerk.folder / "slips" / "0.bin").read_bytes()
    clerk.waits(lambda seen: "受理回执已打出。" in seen["words"], "回执没有着落")
    clerk.holds("填登记表")


def open_form(clerk: Clerk) -> None:
    """The next step is on another page, and the hand is in its first empty field."""
    clerk.press("ctrl+Return")
    seen = clerk.waits(lambda seen: seen["page"] == "form" and seen["hand"] in seen["typed"], "登记表")
    assert seen["typed"][seen["hand"]] == ""
    clerk.press("alt+1")
    clerk.waits(lambda seen: seen["page"] == "counter", "回到叫号")
    clerk.next_is("填登记表")


def test_a_visit_by_keys_alone(tmp_path: Path, need_program: NeedProgram) -> None:
    with at_the_desk(tmp_path, need_program) as clerk:
        sign_in(clerk)
        take_ticket(clerk)
        call(clerk)
        receive(clerk)
        accept(clerk)
        open_form(clerk)
