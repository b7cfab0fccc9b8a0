"""A4 打印机: what the system's own `lp` is given, and what is said when it does not take it."""

from __future__ import annotations

from pathlib import Path

import pytest

from clerk_app.outside.page_printer import SystemPrinter
from clerk_app.ports.paper import PagePrinter


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """An `lp` that writes down what it was told, and what came in."""

    def put(ending: str) -> None:
        file = tmp_path / "lp"
        file.write_text(
            f'#!/bin/sh\nprintf "%s " "$@" > "{tmp_path}/said"\ncat > "{tmp_path}/got"\n{ending}\n', encoding="utf-8"
        )
        file.chmod(0o755)

    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return put


def test_the_whole_file_goes_to_the_queue_once(program, tmp_path: Path) -> None:
    program("exit 0")
    printer: PagePrinter = SystemPrinter("A4-2")
    assert printer.send(b"%PDF-1.4 page", "受理通知书", 2).state == "done"
    assert (tmp_path / "got").read_bytes() == b"%PDF-1.4 page"
    said = (tmp_path / "said").read_text(encoding="utf-8").split()
    assert said == ["-n", "2", "-t", "受理通知书", "-o", "media=A4", "-o", "sides=one-sided", "-d", "A4-2"]


def test_a_queue_that_refuses_is_no_page(program) -> None:
    program("exit 1")
    told = SystemPrinter().send(b"%PDF", "受理通知书", 1)
    assert told.state == "not_sent"
    assert "默认打印机" in told.said


def test_a_machine_without_a_queue_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    told = SystemPrinter().send(b"%PDF", "受理通知书", 1)
    assert (told.state, "没有装系统打印" in told.said) == ("not_sent", True)
