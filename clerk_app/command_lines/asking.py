"""问话 what people type: one line each, without echo at a terminal, one line of standard input otherwise; kept nowhere."""

from __future__ import annotations

import getpass
import sys

from clerk_app.command_lines.spoken import UnreadableError


def say(sentence: str) -> None:
    """For the people at the machine; stdout belongs to the answer."""
    print(sentence, file=sys.stderr)  # noqa: T201


def ask(words: str) -> str:
    """A line that may be seen, such as a name."""
    if sys.stdin.isatty():
        sys.stderr.write(f"{words}：")
        sys.stderr.flush()
    return _typed(sys.stdin.readline(), words)


def ask_secret(words: str) -> str:
    """A line that nobody sees."""
    if sys.stdin.isatty():
        return _typed(getpass.getpass(f"{words}：", stream=sys.stderr), words)
    return _typed(sys.stdin.readline(), words)


def ask_halves() -> tuple[str, str]:
    """两半口令 of the recovery key."""
    return ask_secret("第一个人的一半口令"), ask_secret("第二个人的一半口令")


def _typed(line: str, words: str) -> str:
    text = line.strip("\r\n").strip()
    if not text:
        raise UnreadableError(f"没有输入{words}，什么都没做。从头再来。")
    return text
