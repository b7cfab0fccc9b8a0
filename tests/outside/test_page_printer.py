"""A4 打印机: what the system's own `lp` is given, and what is said when it does not take it."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from clerk_app.outside import page_printer
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
    assert "没有装系统打印" in SystemPrinter().trouble()


def test_with_a_queue_there_is_no_trouble(program) -> None:
    program("exit 1")
    assert SystemPrinter().trouble() == ""


class Registry(ModuleType):
    """`winreg` with these values, by root, key and name."""

    HKEY_CURRENT_USER, HKEY_CLASSES_ROOT = "user", "classes"

    def __init__(self, values: dict[tuple[str, str, str], str]) -> None:
        super().__init__("winreg")
        self._values = values

    @contextmanager
    def OpenKey(self, root: str, key: str):
        if not any(known[:2] == (root, key) for known in self._values):
            raise FileNotFoundError(key)
        yield root, key

    def QueryValueEx(self, opened: tuple[str, str], name: str) -> tuple[str, int]:
        if (*opened, name) not in self._values:
            raise FileNotFoundError(name)
        return self._values[(*opened, name)], 1


CHOICE = r"Software\Microsoft\Windows\CurrentVersion\Explorer\FileExts\.pdf\UserChoice"
PRINTS = ("classes", r"Reader\shell\print\command", "")


@pytest.mark.parametrize(
    ("values", "ready"),
    [
        ({}, False),
        ({("classes", ".pdf", ""): "Reader"}, False),
        ({("classes", ".pdf", ""): "Reader", PRINTS: "reader /p"}, True),
        ({("user", CHOICE, "ProgId"): "Reader", PRINTS: "reader /p"}, True),
        ({("user", CHOICE, "ProgId"): "Other", ("classes", ".pdf", ""): "Reader", PRINTS: "reader /p"}, True),
    ],
)
def test_on_windows_it_is_the_program_for_pdf_that_counts(values, ready, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "winreg", Registry(values))
    monkeypatch.setattr(page_printer, "os", SimpleNamespace(name="nt"))
    assert SystemPrinter().trouble() == ("" if ready else "这台电脑没有能打印 PDF 的程序，找管理员装一个。")
