"""验章页: three answers in word and shape, by keyboard, off the screen's thread; what cannot be verified says what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from clerk_app.office.counter.one_seal import known_of
from clerk_app.receipts.paper import Delivery
from clerk_app.sealing.one_seal import Known
from clerk_app.sealing.verdicts import COPY
from tests.really_sealed import SealedDesk, sealed_desk
from tests.ui.parts import hand, part
from ui.background import Background
from ui.verifying.answer_card import AnswerCard
from ui.verifying.page import VerifyPage
from ui.verifying.presenter import VerifyingPresenter
from ui.widgets.empty_card import EmptyCard
from ui.widgets.key_button import KeyButton
from ui.widgets.row_table import RowTable
from ui.widgets.strip import Strip


@dataclass
class Bench:
    """The page in front of a desk where one case was really sealed."""

    desk: SealedDesk
    page: VerifyPage
    presenter: VerifyingPresenter
    background: Background
    said: list[tuple[str, bool]]
    connected: bool = True

    def words(self) -> list[str]:
        return [card.word() for card in self.page.findChildren(AnswerCard) if card.isVisible()]

    def reasons(self) -> str:
        return "".join(reason for card in self.page.findChildren(AnswerCard) for reason in card.reasons())


@pytest.fixture(scope="module")
def desk(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SealedDesk]:
    made = sealed_desk(tmp_path_factory.mktemp("desk"))
    yield made
    made.office.parts.vault.close()


@pytest.fixture
def bench(qtbot: QtBot, front: Callable[..., QWidget], desk: SealedDesk) -> Iterator[Bench]:
    page, background = VerifyPage(), Background()
    parts = desk.office.parts
    presenter = VerifyingPresenter(desk.office, background, page, lambda: made.connected)
    made = Bench(desk, page, presenter, background, [])
    presenter.said.connect(lambda words, good: made.said.append((words, good)))
    page.resize(1290, 600)
    front(page)
    yield made
    background.close()
    desk.office.parts = parts


@pytest.fixture
def file(bench: Bench, tmp_path: Path) -> Path:
    path = tmp_path / "准予登记通知书.pdf"
    path.write_bytes(bench.desk.pdf)
    return path


def drop(bench: Bench, *files: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    act, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(40, 40), act, data, button, keys)
    QApplication.sendEvent(bench.page, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(bench.page, QDropEvent(QPointF(40, 40), act, data, button, keys))


def test_a_dropped_file_is_answered_in_words_and_shapes(qtbot: QtBot, bench: Bench, file: Path) -> None:
    assert "还没有要验的" in part(bench.page, EmptyCard).text()
    drop(bench, file)
    assert not bench.background.idle, "verified behind the page"
    qtbot.waitUntil(lambda: bench.words() == ["是", "是", "是"])
    assert bench.said[-1] == ("验过了。内容未改：是，印章真实：是，当时有效：是。", True)
    bar = bench.page.result.bar
    assert COPY in "".join(label.text() for label in bar.findChildren(QWidget) if hasattr(label, "text"))
    assert "用印登记" in bench.reasons()
    file.write_bytes(bench.desk.pdf + b"\n% more")
    drop(bench, file)
    qtbot.waitUntil(lambda: bench.words() == ["否", "是", "否"])
    assert not bench.said[-1][1]
    drop(bench, file, file)
    assert "一次验一份" in bench.said[-1][0]


def test_a_gun_types_a_code_and_the_next_one_replaces_it(qtbot: QtBot, bench: Bench) -> None:
    known = known_of(bench.desk.office, bench.desk.use.id)
    assert isinstance(known, Known)
    line = part(bench.page, QLineEdit, "codeField")
    assert hand() is line, "the page opens where a gun types"
    QTest.keyClicks(line, known.query)
    QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bench.words() == ["待核", "待核", "是"])
    assert "和纸上逐项对照" in bench.reasons()
    QTest.keyClicks(line, "PC1NOTHING")
    assert line.text() == "PC1NOTHING"
    bench.connected = False
    QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bench.words() == ["待核", "待核", "待核"])
    assert "只查了本机的登记" in part(bench.page, Strip).text()


def test_of_several_stamps_one_is_chosen(qtbot: QtBot, bench: Bench) -> None:
    office, use = bench.desk.office, bench.desk.use
    earlier = replace(use, id="first", title="受理通知书", document_no="江市监受〔2026〕1号", flags=("没有授权的用印",))
    with office.parts.vault.unit(office.hall) as work:
        work.books.put_seal_use(earlier)
    bench.presenter.look_up(bench.desk.case.case_no)
    table = part(bench.page, RowTable, "usesTable")
    qtbot.waitUntil(lambda: len(table.rows()) == 2)
    other = next(row.id for row in table.rows() if row.id != table.selected_id())
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Up)
    QTest.keyClick(table, Qt.Key.Key_Down if table.rows()[1].id == other else Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: bench.background.idle and table.selected_id() == other)
    assert bench.words()[2] == ("待核" if other == "first" else "是")


def test_what_it_is_judged_by_can_be_changed_by_key(qtbot: QtBot, bench: Bench, file: Path, tmp_path: Path) -> None:
    keys = bench.desk.office.parts.seal_keys
    assert keys is not None
    bench.desk.office.parts = replace(bench.desk.office.parts, seal_keys=None)
    bench.presenter.verify(str(file))
    qtbot.waitUntil(lambda: "没有信任的根证书" in part(bench.page, Strip).text())
    assert bench.words() == []
    roots = tmp_path / "root.pem"
    roots.write_bytes(keys.roots())
    QTest.keyClick(bench.page, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    dialog = part(bench.page, QFileDialog)
    dialog.fileSelected.emit(str(roots))
    dialog.close()
    qtbot.waitUntil(lambda: bench.words() == ["是", "是", "是"])
    button = part(bench.page, KeyButton, "chooseRoots")
    assert button.words() == "用回本机的"
    broken = tmp_path / "名单.crl"
    broken.write_bytes(b"nothing")
    bench.page.crl_given.emit(str(broken))
    qtbot.waitUntil(lambda: bench.background.idle and bench.words() == [])
    assert "名单" in part(bench.page, Strip).text()


def test_the_page_of_one_seal_goes_to_the_printer(qtbot: QtBot, bench: Bench, file: Path, tmp_path: Path) -> None:
    sent: list[str] = []

    class Printer:
        def send(self, pdf: bytes, title: str, copies: int) -> Delivery:
            sent.append(title)
            return Delivery(state="done", said="")

    parts = bench.desk.office.parts
    bench.desk.office.parts = replace(parts, page_printer=Printer())
    bench.presenter.verify(str(file))
    qtbot.waitUntil(lambda: bench.words() == ["是", "是", "是"])
    QTest.keyClick(bench.page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bench.said[-1] == ("一章一查已送去打印。", True))
    assert sent == ["一章一查"]
    bench.presenter.one.save_to(bench.desk.use.id, str(tmp_path / "one.pdf"))
    qtbot.waitUntil(lambda: bench.said[-1] == ("一章一查存好了：one.pdf。", True))
    assert (tmp_path / "one.pdf").read_bytes().startswith(b"%PDF")
    bench.desk.office.parts = replace(parts, page_printer=None)
    bench.presenter.verify(str(file))
    qtbot.waitUntil(lambda: bench.background.idle)
    step = bench.page.result.bar.filled()
    assert step is not None
    assert "没有接 A4 打印机" in step.reason()


def test_a_later_question_overtakes_and_who_gets_up_leaves_nothing(qtbot: QtBot, bench: Bench, file: Path) -> None:
    bench.presenter.verify(str(file))
    bench.presenter.look_up("江市监准〔2026〕9999号")
    qtbot.waitUntil(lambda: bench.background.idle)
    assert bench.words() == []
    assert "用印登记里没有" in part(bench.page, Strip).text()
    bench.presenter.verify(str(file))
    bench.presenter.start()
    qtbot.waitUntil(lambda: bench.background.idle)
    assert bench.words() == []
    assert part(bench.page, QLineEdit, "codeField").text() == ""
    assert part(bench.page, EmptyCard).isVisible()
