"""表单页: the papers of the one form as others read them: each value is there, private ones on their pages alone, nothing cut off."""

from __future__ import annotations

import copy
import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from clerk_app.office.registration.paper_files import form_paper_kinds
from clerk_app.registration.papers.department import of_department
from clerk_app.registration.papers.filling import Around, fill, fits
from clerk_app.registration.papers.sheet import (
    Cell,
    CellGrid,
    FormPaper,
    FormSheet,
    MadeForm,
    RowTable,
    SignLines,
    Words,
)
from printers.pages import QtPageMaker
from tests.registration.test_form import EXAMPLE, FORM
from tests.registration.test_form_papers import KINDS, said, secrets

NeedProgram = Callable[[str, str], str]
Read = Callable[..., str]
DAY = date(2026, 11, 20)
DRILL = Around(case_no="JZ20261120-00042", day=DAY, training=True)


@pytest.fixture(scope="module")
def maker(qapp: QApplication) -> QtPageMaker:
    return QtPageMaker()


@pytest.fixture
def run(need_program: NeedProgram, tmp_path: Path) -> Callable[..., str]:
    def of(program: str, package: str, pdf: bytes, *words: str) -> str:
        (tmp_path / "paper.pdf").write_bytes(pdf)
        command = [need_program(program, package), *words]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=True, timeout=60)
        return done.stdout

    return of


@pytest.fixture
def read(run: Callable[..., str]) -> Read:
    """Cells and lines of some pages put together again."""

    def of(made: MadeForm, first: int = 1, last: int = 0) -> str:
        pages = ("-f", str(first), "-l", str(last or made.pages))
        return squeezed(run("pdftotext", "poppler-utils", made.pdf, "-raw", *pages, "paper.pdf", "-"))

    return of


def squeezed(text: str) -> str:
    return "".join(text.split())


def made(maker: QtPageMaker, key: str, document: dict[str, Any] = EXAMPLE, around: Around = DRILL) -> MadeForm:
    return maker.form(fill(KINDS[key], FORM, document, around))


def crowd(count: int = 50) -> dict[str, Any]:
    """Fifty shareholders with long names and addresses, thirty long items."""
    document = copy.deepcopy(EXAMPLE)
    first, holder = document["persons"][0], document["shareholders"][0]
    for number in range(count):
        name = f"阿卜杜热西提·买买提明{number}"
        home = f"江州市滨湖区澄砚路{number}号锦绣江南花园三期十八栋二单元"
        document["persons"].append({**first, "key": f"q{number}", "name": name, "address": home})
    document["shareholders"] = [{**holder, "person": f"q{number}"} for number in range(count)]
    document["company"]["scope"] = [
        {"text": f"第{number}项技术开发、技术咨询、技术服务、技术转让"} for number in range(30)
    ]
    document["company"]["name"] = "江州" + "岚栎舟" * 60 + "有限公司"
    return document


def test_every_paper_is_whole_and_read_as_it_was_written(
    maker: QtPageMaker, read: Read, run: Callable[..., str]
) -> None:
    fitting = [kind for kind in form_paper_kinds() if fits(kind, EXAMPLE)]
    assert len(fitting) > 10
    for kind in fitting:
        department = kind.key.removeprefix("department-")
        document = of_department(FORM, EXAMPLE, department) if department != kind.key else EXAMPLE
        paper = fill(kind, FORM, document, DRILL)
        one = maker.form(paper)
        text = read(one)
        lost = [words for words in said(paper).splitlines() if squeezed(words) not in text]
        assert lost == [], kind.key
        assert squeezed(paper.title) in text
        assert f"办件编号：{DRILL.case_no}" in text
        assert f"企业登记一表{FORM.version}版" in text
        assert text.count("【演练】") == one.pages
        assert f"第{one.pages}页，共{one.pages}页" in text
        assert "None" not in text
        assert "No syntax or stream encoding errors" in run("qpdf", "qpdf", one.pdf, "--check", "paper.pdf")


def test_the_private_page_alone_has_numbers_homes_and_mobiles(maker: QtPageMaker, read: Read) -> None:
    for key in ("application", "letter", "department-税务"):
        one = made(maker, key)
        first = one.private[0]
        assert one.private == tuple(range(first, one.pages + 1))
        private, others = read(one, first), read(one, 1, first - 1)
        assert "隐私页：单独存放" in private
        assert [secret for secret in secrets(EXAMPLE) if squeezed(secret) in others] == [], key
        assert "429901199611030042" in private
    text = read(made(maker, "application"))
    assert all(squeezed(secret) in text for secret in secrets(EXAMPLE))


def test_fifty_shareholders_run_over_pages_with_their_heads(maker: QtPageMaker, read: Read) -> None:
    document = crowd()
    one = made(maker, "application", document)
    text = read(one)
    assert all(squeezed(person["name"]) in text for person in document["persons"])
    assert all(squeezed(person["address"]) in text for person in document["persons"])
    assert all(squeezed(item["text"]) in text for item in document["company"]["scope"])
    assert squeezed(document["company"]["name"]) in text
    pages = [read(one, page, page) for page in range(1, one.pages + 1)]
    shareholders = [page for page in pages if "认缴额实缴额" in page]
    assert len(shareholders) > 3, "the head stands again on every page"
    contributions = [page for page in pages if "出资方式金额" in page]
    assert len(contributions) > 3
    heads = {*shareholders, *contributions, *(pages[number - 1] for number in one.private)}
    assert {page for page in pages if "阿卜杜热西提·买买提明" in page} <= heads
    assert not [page for page in pages if "2031-" in page], "days are said in words"


def test_nobody_s_number_stands_on_another_page_than_his_name(maker: QtPageMaker, read: Read) -> None:
    document = of_department(FORM, crowd(12), "税务")
    one = made(maker, "department-税务", document)
    pages = [read(one, page, page) for page in one.private]
    assert len(pages) > 1
    assert all(page.count("姓名") == page.count("证件号码") > 0 for page in pages)


def wide(text: str) -> FormPaper:
    """One cell, one row, one sign line of the same text."""
    parts = (
        CellGrid(lines=((Cell(label="栏目", text=text), Cell(label="又一栏", text="短")),)),
        RowTable(head=("序号", "内容"), rows=(("1", text), ("2", "完")), widths=(1, 5)),
        SignLines(lines=("签字",)),
    )
    return FormPaper(title="长", version="1", case_no="1", day=DAY, sheets=(FormSheet(parts=parts),))


def test_what_no_page_can_hold_is_torn_between_lines_and_all_of_it_is_there(maker: QtPageMaker, read: Read) -> None:
    text = "".join(f"第{number}句话说到这里。" for number in range(900))
    one = maker.form(wide(text))
    assert one.pages > 4
    found = read(one)
    assert [number for number in range(900) if f"第{number}句话" not in found] == []
    assert found.count("序号内容") >= 2


def test_a_drill_says_so_and_a_real_paper_does_not(maker: QtPageMaker, read: Read) -> None:
    assert "演练" not in read(made(maker, "materials", around=replace(DRILL, training=False)))


def test_the_same_paper_is_the_same_bytes(maker: QtPageMaker) -> None:
    assert made(maker, "letter") == made(maker, "letter")


def test_rare_characters_are_drawn_and_found_and_unknown_ones_refused(maker: QtPageMaker, read: Read) -> None:
    document = json.loads(json.dumps(EXAMPLE))
    document["persons"][2]["name"] = "张㛃䶮𬭊"
    document["company"]["domicile"]["owner_name"] = "甲\u00ad乙\u200b丙\n丁"
    text = read(made(maker, "application", document))
    assert "张㛃䶮𬭊" in text
    assert "甲乙丙丁" in text
    document["persons"][2]["name"] = "\U000f1234"
    with pytest.raises(ValueError, match="字体里没有"):
        made(maker, "letter", document)


def test_a_paper_without_pages_is_refused(maker: QtPageMaker) -> None:
    with pytest.raises(ValueError, match="没有内容"):
        maker.form(FormPaper(title="空", version="1", case_no="1", day=DAY, sheets=()))


def test_a_signature_never_stands_on_a_page_that_does_not_say_what_is_signed(maker: QtPageMaker, read: Read) -> None:
    for lines in range(24, 34):
        words = Words(text="\n".join(f"第{number}行" for number in range(lines)))
        sheet = FormSheet(parts=(words, SignLines(lines=("甲方签字", "乙方签字"))))
        one = maker.form(replace(wide(""), title="协议书", sheets=(sheet,)))
        last = read(one, one.pages, one.pages)
        assert "甲方签字" in last
        assert "乙方签字" in last
        assert "协议书" in last or "第" in last.replace("第1页", "").replace(f"第{one.pages}页", "")
