"""用印登记簿 as pages: lying A4, its head on each, nothing cut off, the same book the same bytes; judged by poppler and qpdf."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from clerk_app.sealing.register_lines import COLUMNS, register_lines
from clerk_app.sealing.register_paper import RegisterPaper, register_paper
from printers.pages import QtPageMaker
from printers.pages_register import broken
from tests.sealing.register import AT, USE, names, rows

NeedProgram = Callable[[str, str], str]


@pytest.fixture(scope="module")
def maker(qapp: QApplication) -> QtPageMaker:
    return QtPageMaker()


def book(*, more: int = 0, training: bool = False) -> RegisterPaper:
    uses = tuple(
        replace(USE, id=f"更多{n}", grant="", document_no=f"江市监准〔2026〕{1000 + n}号") for n in range(more)
    )
    lines = register_lines(rows() if not more else rows(uses=uses, intents=(), events=(), certificates=()), names())
    return register_paper(lines, "用印登记簿", "江州市政务服务中心　2026-11-20", AT.date(), training=training)


def shown(need_program: NeedProgram, pdf: bytes, folder: Path, *flags: str) -> str:
    file = folder / "book.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(
        [need_program("pdftotext", "poppler-utils"), *flags, file, "-"], capture_output=True, check=True
    )
    return done.stdout.decode()


def test_the_page_lies_on_its_side_and_counts_its_pages(
    need_program: NeedProgram, maker: QtPageMaker, tmp_path: Path
) -> None:
    pdf = maker.register(book(more=30))
    text = shown(need_program, pdf, tmp_path, "-layout")
    info = subprocess.run(
        [need_program("pdfinfo", "poppler-utils"), tmp_path / "book.pdf"], capture_output=True, check=True
    ).stdout.decode()
    facts = dict(line.split(":", 1) for line in info.splitlines() if ":" in line)
    assert facts["Page size"].split() == ["842", "x", "595", "pts", "(A4)"]
    pages = int(facts["Pages"])
    assert pages > 1
    assert [f"第{n}页，共{pages}页" in text for n in range(1, pages + 1)] == [True] * pages
    assert text.count("序号 时间 时钟") == pages, "the head stands on every page"
    assert subprocess.run([need_program("qpdf", "qpdf"), "--check", tmp_path / "book.pdf"], check=False).returncode == 0


def test_every_word_of_every_line_is_on_paper(need_program: NeedProgram, maker: QtPageMaker, tmp_path: Path) -> None:
    paper = book(training=True)
    text = shown(need_program, maker.register(paper), tmp_path, "-raw")
    found = "".join(text.split())
    for line in register_lines(rows(), names()):
        for name in ("number", "case_no", "document_no", "certificate", "result", "entry", "blank", "user"):
            assert "".join(getattr(line, name).split()) in found
    assert {head for _, head in COLUMNS} > {"序号", "文号"}
    assert USE.digest_after[:16] in found
    assert "演练登记簿，不具有法律效力。" in found
    assert "犇*镕" in found
    assert "犇喆镕" not in found


def test_the_same_book_is_the_same_bytes_and_what_cannot_be_drawn_is_refused(maker: QtPageMaker) -> None:
    assert maker.register(book()) == maker.register(book())
    with pytest.raises(ValueError, match="登记簿没有做成"):
        maker.register(replace(book(), notes=("\U0010fffd",)))


def test_a_row_taller_than_a_page_goes_on_and_loses_nothing(
    need_program: NeedProgram, maker: QtPageMaker, tmp_path: Path
) -> None:
    told = "".join(f"第{n}件。" for n in range(1, 1200))
    paper = replace(book(), rows=(("1", told, *([""] * 8)),), notes=())
    found = re.findall(r"\d+", shown(need_program, maker.register(paper), tmp_path, "-raw"))
    assert {str(n) for n in range(1, 1200)} <= set(found)


def test_lines_are_broken_without_tearing_figures_or_leading_with_a_stop() -> None:
    def wide(char: str) -> float:
        return 1.0 if char.isascii() else 2.0

    assert list(broken("共12345678份。下一句", 10, wide)) == ["共12345678", "份。下一句"]
    assert list(broken("江市监准〔2026〕42号", 14, wide)) == ["江市监准", "〔2026〕42号"]
    assert list(broken("a" * 25, 10, wide)) == ["a" * 10, "a" * 10, "a" * 5]
    assert list(broken("", 10, wide)) == []
