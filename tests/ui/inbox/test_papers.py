"""原件 on the page: it says what has come, opens it page by page, and takes in nothing that nobody has looked at."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from clerk_app.cases.inbox.model import CameFile
from clerk_app.office.counter.outside_papers import here
from tests.cases.inbox.messages import ITEM, application, digest_of, precheck
from tests.office.pretend_blobs import PretendBlobs, away
from tests.ui.inbox.came import come
from tests.ui.inbox.papers import page, scanned, written
from tests.ui.inbox.test_inbox import at, office, row_of
from ui.inbox.telling import LOOK, RECEIVE
from ui.papers import pages
from ui.papers.pages import read_paper

__all__ = ["at", "office"]


@pytest.fixture
def centre(office) -> PretendBlobs:
    centre = PretendBlobs()
    office.parts = replace(office.parts, blob_centre=centre)
    return centre


def sent(office, centre: PretendBlobs, *files: bytes, late: int = 0, kind=application, number: str = "WS01") -> str:
    """An application whose papers are these; the last `late` of them have not come."""
    names = [m.name for m in office.hall.items[ITEM].materials][: len(files)]
    materials = [
        {"name": name, "file": f"{name}.pdf", "sha256": digest_of(data)}
        for name, data in zip(names, files, strict=True)
    ]
    if kind is precheck:
        materials = [{**one, "result": "pass"} for one in materials]
    (key,) = come(office, kind(number, materials=materials))
    arrived = {digest_of(data): CameFile(len(data), "application/pdf") for data in files[: len(files) - late]}
    centre.whole |= {digest_of(data): data for data in files[: len(files) - late]}
    with office.parts.vault.unit(office.hall) as work:
        work.books.put_inbox_item(work.books.inbox_item(key).arrived(arrived))
    return key


def facts(pane) -> dict[str, str]:
    """What is said of each paper, by its name."""
    said = (words for label, words in pane.detail._view.facts if label.startswith("材料"))
    return dict(words.split("：", 1) for words in said)


def test_each_paper_says_whether_it_is_here_and_opens_page_by_page(at, office, centre):
    key = sent(office, centre, scanned("申请书", "申请书二"), page("章程"), page("还没到"), late=1)
    names = [m.name for m in row_of(office, key).materials]
    pane = at.start()
    assert [facts(pane)[name] for name in names] == ["原件已到，还没看"] * 2 + ["还没到，不能记作电子件"]
    pane.table().row_opened.emit(key)
    at.settle()
    assert pane.paper.isVisible()
    assert pane.paper.scan.has_image()
    assert pane.paper.bar.sentence() == "第 1 页，共 2 页。"
    at.press(Qt.Key.Key_Return)
    assert pane.paper.bar.sentence() == "第 2 页，共 2 页。"
    at.press(Qt.Key.Key_Return)
    assert pane.paper.bar.sentence() == "第 1 页，共 1 页。"
    at.press(Qt.Key.Key_PageUp)
    assert pane.paper.scan.has_image()
    at.press(Qt.Key.Key_PageUp)
    assert pane.paper.scan.has_image()
    pane.paper.left.emit()
    at.settle()
    assert not pane.paper.isVisible()
    assert [facts(pane)[name] for name in names][:2] == ["原件已到，看过"] * 2
    kinds = [row.kind for row in office.parts.vault.journal.rows((), 9)]
    assert kinds.count("look_at_inbox_paper") == 2, "once a paper, however often it is turned to"


def test_the_next_step_is_to_look_until_all_was_seen(at, office, centre):
    names = [m.name for m in office.hall.items[ITEM].materials]
    key = sent(office, centre, *(page(name) for name in names))
    pane = at.start()
    assert pane.detail.button(RECEIVE) is None
    for _ in names:
        at.press(Qt.Key.Key_Return)
        assert pane.paper.isVisible()
    at.press(Qt.Key.Key_Return)
    assert not pane.paper.isVisible()
    at.press(Qt.Key.Key_Return)
    taken = row_of(office, key).case
    case = office.read(lambda books: books.case(taken))
    assert at.said[-1] == ("收件了，材料记作电子件。接着在办件里审、受理。", True)
    assert {m.name for m in case.materials if m.brought_as == "electronic"} == set(names)
    assert len(office.read(lambda books: books.attachments_of(case.id))) == len(names)


def test_with_the_line_cut_what_was_opened_is_there_and_the_rest_says_so(at, office, centre):
    key = sent(office, centre, page("申请书"), page("章程"))
    pane = at.start()
    at.press(Qt.Key.Key_M)
    centre.faults = [away]
    at.press(Qt.Key.Key_Return)
    assert "线路断着" in pane.paper.scan.words()
    assert not pane.paper.scan.has_image()
    at.press(Qt.Key.Key_PageUp)
    assert pane.paper.scan.has_image(), "from this machine"
    assert here(office, (row_of(office, key),)) == {digest_of(page("申请书"))}


def test_nobody_takes_over_what_another_person_looked_at(at, office, centre):
    sent(office, centre, page("申请书"))
    pane = at.start()
    at.press(Qt.Key.Key_M)
    at.press(Qt.Key.Key_Return)
    assert "看过" in facts(pane)[next(iter(office.hall.items[ITEM].materials)).name]
    pane = at.start()
    assert not pane.paper.isVisible()
    assert "还没看" in facts(pane)[next(iter(office.hall.items[ITEM].materials)).name]


def test_what_cannot_be_drawn_is_put_where_he_says(at, office, centre, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(pages, "_document", lambda _: None)
    data = written("公司章程")
    key = sent(office, centre, data)
    pane = at.start()
    at.press(Qt.Key.Key_M)
    assert "存出来看" in pane.paper.scan.words()
    name = row_of(office, key).materials[0].name
    assert facts(pane)[name] == "原件已到，还没看"
    at.room.presenters["application"].looker.reader.ask_place = lambda name: str(tmp_path / name)
    pane.paper.act.emit("paperSave")
    at.settle()
    (file,) = tmp_path.glob("*.pdf")
    assert file.read_bytes() == data
    assert at.said[-1][0].endswith("看完删掉。")
    assert facts(pane)[name] == "原件已到，看过"


def test_nothing_has_come_yet_is_one_sentence(at, office, centre):
    key = sent(office, centre, page("申请书"), late=1, kind=precheck)
    pane = at.start("precheck")
    pane.table().row_opened.emit(key)
    assert at.said[-1] == ("原件还没到，没有打开。平台送到了，这里会变成“原件已到”。", False)
    assert pane.detail.button(LOOK) is None


def test_only_what_is_seen_whole_is_drawn(qapp, monkeypatch):
    monkeypatch.setattr(pages, "_document", lambda _: None)
    twice = scanned("一").replace(b"/Type /Page ", b"/Type /Page /Type /Page ")
    files = {
        1: [page("一"), scanned("一")], 2: [scanned("一", "二")],
        0: [scanned("一", font=True), written("字"), twice, b"%PDF-1.7 torn"],
    }  # fmt: skip
    for count, contents in files.items():
        for content in contents:
            paper = read_paper(content)
            assert paper.count == count
            assert all(not paper.picture(place).isNull() for place in range(count))
