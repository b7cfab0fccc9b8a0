"""A4 打印机 the system's own queue: `lp` of CUPS, on Windows the program that PDF files are printed with.

On Windows the file must outlive the call; it is removed at the next one.
"""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from clerk_app.receipts.paper import Delivery

_LONGEST = 30.0
A4, AS_IT_IS = ("media=A4", "sides=one-sided"), ("print-scaling=none", "sides=one-sided")
_CHOSEN = r"Software\Microsoft\Windows\CurrentVersion\Explorer\FileExts\.pdf\UserChoice"
_LEFT, _LEFT_FOR = "a4-paper-", 600.0


class SystemPrinter:
    """系统打印机 the default one, or the one named. `options` are CUPS': a slip of 80 mm keeps its own size."""

    def __init__(self, name: str = "", options: tuple[str, ...] = A4) -> None:
        self._name = name
        self._options = options

    def send(self, pdf: bytes, title: str, copies: int) -> Delivery:
        """Handed to the system's queue, or not one page: what happens behind the queue is the system's to say."""
        if os.name == "nt":
            return self._send_on_windows(pdf, copies)
        program = shutil.which("lp")
        if program is None:
            return Delivery("not_sent", "这台电脑没有装系统打印，找管理员装好打印机")
        command = [program, "-n", str(copies), "-t", title]
        command += [word for option in self._options for word in ("-o", option)]
        command += ["-d", self._name] if self._name else []
        try:
            done = subprocess.run(command, input=pdf, capture_output=True, timeout=_LONGEST, check=False)
        except OSError:
            return Delivery("not_sent", "系统打印没有答应，看看打印机开着没有")
        except subprocess.TimeoutExpired:
            return Delivery("unknown", "系统打印半天没有回话")
        if done.returncode != 0:
            return Delivery("not_sent", "系统打印没有收，看看有没有默认打印机、打印机开着没有")
        return Delivery("done")

    def trouble(self) -> str:
        """Whether there is a system to print with at all: `lp`, on Windows a program that prints PDF files."""
        if os.name == "nt":
            return "" if _prints_pdf() else "这台电脑没有能打印 PDF 的程序，找管理员装一个。"
        return "" if shutil.which("lp") else "这台电脑没有装系统打印，找管理员装好打印机。"

    def _send_on_windows(self, pdf: bytes, copies: int) -> Delivery:
        for old in Path(tempfile.gettempdir()).glob(f"{_LEFT}*"):
            if old.stat().st_mtime < time.time() - _LEFT_FOR:
                shutil.rmtree(old, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(prefix=_LEFT))
        file = folder / "paper.pdf"
        file.write_bytes(pdf)
        try:
            for _ in range(copies):
                os.startfile(file, "print")  # type: ignore[attr-defined]
        except OSError:
            shutil.rmtree(folder, ignore_errors=True)
            return Delivery("not_sent", "没有能打印 PDF 的程序，找管理员装一个")
        return Delivery("done")


def _prints_pdf() -> bool:
    """Whether a program that .pdf files belong to has a word for printing; `os.startfile` goes the same way."""
    registry: Any = importlib.import_module("winreg")
    programs = (
        _value(registry, registry.HKEY_CURRENT_USER, _CHOSEN, "ProgId"),
        _value(registry, registry.HKEY_CLASSES_ROOT, ".pdf", ""),
    )
    return any(
        program and _value(registry, registry.HKEY_CLASSES_ROOT, rf"{program}\shell\print\command", "")
        for program in programs
    )


def _value(registry: Any, root: Any, key: str, name: str) -> str:
    try:
        with registry.OpenKey(root, key) as opened:
            return str(registry.QueryValueEx(opened, name)[0])
    except OSError:
        return ""
