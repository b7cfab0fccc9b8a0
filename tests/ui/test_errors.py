"""A clerk reads one sentence; the log knows type and place, and nobody's name."""

from __future__ import annotations

import errno
import logging
import sys
import threading
from datetime import UTC, datetime

import pytest

from ui import errors

AT = datetime(2026, 11, 20, 10, 42, 7, tzinfo=UTC)


class DriverError(Exception):
    """Like SQLAlchemy's: the driver's own error stands in `orig`."""

    def __init__(self, orig: Exception) -> None:
        super().__init__("(driver) it went wrong with 卢玉珍 430102")
        self.orig = orig


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), errors.DISK_FULL),
        (DriverError(RuntimeError("database or disk is full")), errors.DISK_FULL),
        (OSError(errno.EROFS, "Read-only file system"), errors.READ_ONLY),
        (DriverError(RuntimeError("attempt to write a readonly database")), errors.READ_ONLY),
        (PermissionError(errno.EACCES, "Permission denied"), errors.READ_ONLY),
        (TimeoutError(), errors.TOO_LONG),
        (DriverError(RuntimeError("database is locked")), errors.TOO_LONG),
    ],
)
def test_known_faults_have_their_sentence(error: Exception, sentence: str) -> None:
    assert errors.sentence(error, AT) == sentence


def test_anything_else_gives_the_time_to_report() -> None:
    assert errors.sentence(ValueError("身份证 430102"), AT) == (
        "刚才这一步没办成，已办的都在。再试一次；还不行找管理员，报 10:42:07。"
    )


def test_without_a_time_it_is_now() -> None:
    assert "报 " in errors.sentence(KeyError("x"))


def test_the_cause_behind_is_seen() -> None:
    error = RuntimeError("saving")
    error.__cause__ = OSError(errno.ENOSPC, "No space left on device")
    assert errors.sentence(error, AT) == errors.DISK_FULL


def test_a_ring_of_causes_ends() -> None:
    one, other = ValueError("a"), ValueError("b")
    one.__cause__, other.__cause__ = other, one
    assert len(list(errors.chain(one))) == 2


@pytest.mark.parametrize("sentence", [errors.DISK_FULL, errors.READ_ONLY, errors.TOO_LONG])
def test_a_sentence_says_what_happened_what_was_kept_what_to_do(sentence: str) -> None:
    assert "已办的都在" in sentence
    assert sentence.count("。") == 2
    assert not any(word in sentence for word in ("系统", "对不起", "非法", "错误代码"))


def test_the_log_has_type_and_place_and_no_person(caplog: pytest.LogCaptureFixture) -> None:
    said: list[str] = []
    with caplog.at_level(logging.ERROR, logger="desk"):
        try:
            raise DriverError(ValueError("卢玉珍"))
        except DriverError as error:
            errors.tell(error, said.append)
    assert "DriverError <- ValueError" in caplog.text
    assert "test_errors.py:" in caplog.text
    assert "卢玉珍" not in caplog.text
    assert "430102" not in caplog.text
    assert len(said) == 1


def test_what_nobody_caught_is_said_in_one_sentence(caplog: pytest.LogCaptureFixture) -> None:
    said: list[str] = []
    before = sys.excepthook, threading.excepthook
    take_off = errors.install_hooks(said.append)
    try:
        try:
            raise ZeroDivisionError("1/0")
        except ZeroDivisionError as error:
            sys.excepthook(type(error), error, error.__traceback__)
    finally:
        take_off()
    assert said == [said[0]]
    assert "没办成" in said[0]
    assert (sys.excepthook, threading.excepthook) == before


def test_what_a_thread_did_not_catch_too() -> None:
    said: list[str] = []
    take_off = errors.install_hooks(said.append)
    try:
        thread = threading.Thread(target=lambda: {}[1])
        thread.start()
        thread.join()
    finally:
        take_off()
    assert len(said) == 1


def test_ctrl_c_is_left_to_python() -> None:
    said: list[str] = []
    seen: list[type[BaseException]] = []
    original = sys.excepthook
    sys.excepthook = lambda kind, error, trace: seen.append(kind)
    try:
        take_off = errors.install_hooks(said.append)
        sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
        take_off()
    finally:
        sys.excepthook = original
    assert said == []
    assert seen == [KeyboardInterrupt]
