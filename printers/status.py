"""状态字节 the four answers to DLE EOT → what the lamp and the clerk are told."""

from __future__ import annotations

from collections.abc import Mapping

from clerk_app.receipts.paper import PrinterStatus

QUESTIONS = (1, 2, 3, 4)
"""DLE EOT n: printer, cause of off-line, error, paper."""

_COVER, _PAPER_STOP, _ERROR = 0x04, 0x20, 0x40
_CUTTER, _FATAL, _RECOVERS = 0x08, 0x20, 0x40
_OFFLINE, _NEAR_END, _PAPER_END = 0x08, 0x0C, 0x60

Answers = Mapping[int, int]
"""Question → status byte; a question that was not answered is missing."""


def is_status(byte: int) -> bool:
    """Each status byte carries fixed bits `0xx1xx10`; anything else on the line is not an answer."""
    return byte & 0x93 == 0x12


def hindrance(answers: Answers) -> str:
    """What keeps the printer from printing, with what to do about it; empty when nothing does."""
    offline, error, paper = answers.get(2, 0), answers.get(3, 0), answers.get(4, 0)
    if offline & _COVER:
        return "上盖开着：合上上盖"
    if paper & _PAPER_END == _PAPER_END or offline & _PAPER_STOP:
        return "缺纸：换上纸卷，合上上盖"
    if error & _CUTTER:
        return "切刀卡住：打开上盖，取出碎纸再合上"
    if error & _FATAL:
        return "打印机故障：关掉电源再打开，仍不行就报修"
    if error & _RECOVERS:
        return "打印头正在降温：等一会儿"
    if offline & _ERROR:
        return "打印机报错：看一眼打印机上的灯"
    if answers.get(1, 0) & _OFFLINE:
        return "脱机：按一下打印机的联机键或走纸键"
    return ""


def near_end(answers: Answers) -> bool:
    """The roll is nearly used up; printing still works."""
    return bool(answers.get(4, 0) & _NEAR_END)


def lamp(answers: Answers, *, seen_by_eye: bool = False) -> PrinterStatus:
    """For the lamp: ready only when the printer itself says so; no answer is not a yes, but where a person saw its page."""
    if not answers and seen_by_eye:
        return PrinterStatus(ready=True, known=False, said="打印机接着，不回答状态：打完看一眼票。")
    if not answers:
        return PrinterStatus(ready=False, known=False, said="打印机接通了，但不回答状态：打完看一眼票。")
    problem = hindrance(answers)
    if problem:
        return PrinterStatus(ready=False, known=True, said=problem + "。")
    said = "纸将尽：备好纸卷。" if near_end(answers) else "打印机就绪。"
    return PrinterStatus(ready=True, known=True, said=said)


def as_bytes(answers: Answers) -> bytes:
    """For the record: four bytes, 0 where there was no answer."""
    return bytes(answers.get(question, 0) for question in QUESTIONS) if answers else b""
