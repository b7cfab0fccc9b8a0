"""A4 文书: every kind drawn once; its number, dates and names stand in it as others read it; fonts are inside; copies are marked."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from clerk_app.sealing.documents import class_of, department_word, paper_kind, paper_number
from clerk_app.sealing.paper import OfficialPaper, PaperTable
from clerk_app.sealing.wording_papers import official_paper
from printers.pages import QtPageMaker
from tests.sealing.cases import hall, setting_of, subjects

NeedProgram = Callable[[str, str], str]
Read = Callable[[bytes], str]


@pytest.fixture(scope="module")
def maker(qapp: QApplication) -> QtPageMaker:
    return QtPageMaker()


@pytest.fixture(scope="module")
def papers() -> dict[str, OfficialPaper]:
    known, made = hall(), {}
    for name, subject in subjects(known).items():
        kind = paper_kind(name)
        assert kind is not None
        word = department_word(known.roster, subject.case.department)
        number = paper_number(word, kind, 2026, 12) if kind.numbered else ""
        paper = official_paper(kind, subject, setting_of(known), number, class_of(name, known.procedure_papers))
        assert isinstance(paper, OfficialPaper), paper
        made[name] = paper
    return made


@pytest.fixture
def said(need_program: NeedProgram, tmp_path: Path) -> Callable[..., str]:
    def of(program: str, package: str, pdf: bytes, *words: str) -> str:
        (tmp_path / "paper.pdf").write_bytes(pdf)
        command = [need_program(program, package), *words]
        return subprocess.run(
            command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=True, timeout=60
        ).stdout

    return of


@pytest.fixture
def read(said: Callable[..., str]) -> Read:
    """Cells and lines put together again."""
    return lambda pdf: "".join(said("pdftotext", "poppler-utils", pdf, "-raw", "paper.pdf", "-").split())


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_every_kind_is_read_as_it_was_written(
    maker: QtPageMaker, papers: dict[str, OfficialPaper], read: Read, said: Callable[..., str]
) -> None:
    for name, paper in papers.items():
        made = maker.official(paper)
        text = read(made.pdf)
        for part in (
            paper.title,
            paper.document_no,
            paper.addressee,
            *paper.paragraphs,
            *paper.notes,
            paper.department,
        ):
            assert squeezed(part) in text, (name, part)
        assert "2026年11月24日" in text, name
        assert "演练文书，不具有法律效力。" in text, name
        cells = [cell for table in paper.tables for row in table.rows for cell in row]
        assert all(squeezed(cell) in text for cell in cells), name
        assert [sign for sign in paper.signs if squeezed(sign) not in text] == [], name
        assert 1 <= made.place.page <= made.pages
        assert "No syntax or stream encoding errors" in said("qpdf", "qpdf", made.pdf, "--check", "paper.pdf")
    fonts = said("pdffonts", "poppler-utils", made.pdf, "paper.pdf").splitlines()[2:]
    assert fonts
    assert all(line.split()[-5] == "yes" for line in fonts), "each face is inside"


def test_a_long_table_goes_on_with_its_head_and_nothing_is_lost(
    maker: QtPageMaker, papers: dict[str, OfficialPaper], read: Read
) -> None:
    rows = tuple((str(n), f"第{n}项材料" + "，须写明" * (n % 7)) for n in range(1, 90))
    table = PaperTable(head=("序号", "缺的材料"), rows=rows, widths=(10, 90))
    paper = replace(papers["补正告知书"], tables=(table,))
    made = maker.official(paper)
    text = read(made.pdf)
    assert made.pages > 2
    assert text.count("缺的材料") == made.pages, "the head once a sheet; name and seal stand on the last with words"
    assert all(squeezed(cell) in text for _, cell in rows)
    assert f"第{made.pages}页，共{made.pages}页" in text
    assert made.place.page == made.pages


def test_the_same_paper_gives_the_same_bytes(maker: QtPageMaker, papers: dict[str, OfficialPaper]) -> None:
    assert maker.official(papers["受理通知书"]) == maker.official(papers["受理通知书"])


def test_a_copy_is_the_same_bytes_and_a_mark(
    maker: QtPageMaker, papers: dict[str, OfficialPaper], read: Read, said: Callable[..., str]
) -> None:
    made = maker.official(papers["受理通知书"])
    copy = maker.copy(made.pdf, made.pages, "副本　补打第 1 份　2026-11-25 09:00")
    assert copy.startswith(made.pdf)
    text = read(copy)
    assert text.count("副本补打第1份2026-11-2509:00") == made.pages
    assert squeezed(papers["受理通知书"].document_no) in text
    assert "No syntax or stream encoding errors" in said("qpdf", "qpdf", copy, "--check", "paper.pdf")
    with pytest.raises(ValueError, match="没有补打"):
        maker.copy(b"no pdf", 1, "副本")


def test_blank_paper_and_unknown_characters_are_refused(maker: QtPageMaker, papers: dict[str, OfficialPaper]) -> None:
    paper = papers["受理通知书"]
    with pytest.raises(ValueError, match="空白纸"):
        maker.official(replace(paper, paragraphs=()))
    with pytest.raises(ValueError, match="字体里没有"):
        maker.official(replace(paper, tables=(PaperTable(head=("一",), rows=(("\U000f1234",),), widths=(1,)),)))
