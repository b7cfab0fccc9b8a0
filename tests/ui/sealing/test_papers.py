"""看附件 before one authorises: where the page was, with nothing authorised meanwhile, and never of another case."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from clerk_app.cases.model import Case
from clerk_app.office.line.attaching import attach
from tests.desk import sit
from tests.ui.inbox.papers import page, scanned
from tests.ui.parts import hand
from tests.ui.sealing import desk
from tests.ui.sealing.bench import Bench
from tests.visits import done
from ui.sealing.page import COVERED

CTRL = Qt.KeyboardModifier.ControlModifier


def with_papers(bench: Bench, folder: Path, name: str, *files: bytes) -> Case:
    case = desk.proposed(bench.office, name)
    for place, content in enumerate(files):
        file = folder / f"{place}.pdf"
        file.write_bytes(content)
        done(attach(bench.office, case.id, file))
    return case


def settle(bench: Bench) -> None:
    for _ in range(3):
        bench.settle()


def test_the_chief_reads_what_he_answers_for_and_authorises_only_what_he_sees(bench: Bench, tmp_path: Path) -> None:
    case = with_papers(bench, tmp_path, "江州听雨轩文化传播有限公司", scanned("章程", "第二页"), page("住所证明"))
    bare = with_papers(bench, tmp_path, "江州砚溪人力资源有限公司")
    sit(bench.office, desk.CHIEF)
    bench.presenter.choose(case.id)
    settle(bench)
    foot, stage = bench.page.authority.foot, bench.page.stage
    assert bench.page.look.words() == "附件 2 份"
    bench.qtbot.keyClicks(foot.pin.line, desk.CHIEF_PIN)
    seal_pin = foot.seal_pin.line
    if seal_pin.isVisible():
        bench.qtbot.keyClicks(seal_pin, desk.CHIEF_PIN)
    assert foot.act.reason() == ""
    bench.qtbot.keyClick(hand(), Qt.Key.Key_M, CTRL)
    settle(bench)
    assert (stage.reading(), stage.pane.bar.sentence()) == (True, "第 1 页，共 2 页。")
    assert foot.act.reason() == COVERED
    bench.qtbot.keyClick(hand(), Qt.Key.Key_Return, CTRL)
    settle(bench)
    assert bench.case(case).decision is None, "what is not on screen is not authorised"
    assert bench.said[-1] == (f"{COVERED}。", False)
    bench.qtbot.keyClick(hand(), Qt.Key.Key_Escape)
    assert (stage.reading(), foot.act.reason(), foot.pin.text()) == (False, "", desk.CHIEF_PIN)
    bench.page.look.click()
    settle(bench)
    assert stage.reading()
    bench.page.case_chosen.emit(bare.id)
    settle(bench)
    assert (stage.reading(), stage.pane.scan.has_image()) == (False, False), "it was another case's"
    assert not bench.page.look.isVisible()


def test_in_a_batch_too(bench: Bench, tmp_path: Path) -> None:
    cases = [
        with_papers(bench, tmp_path, name, page(name, 300, 200))
        for name in ("江州听雨轩文化传播有限公司", "江州砚溪人力资源有限公司")
    ]
    sit(bench.office, desk.CHIEF)
    bench.refresh()
    for case in cases:
        bench.presenter.mark(case.id, True)
    bench.presenter.open_batch()
    settle(bench)
    stage, pane = bench.page.stage, bench.page.batch_pane
    bench.presenter.batching.turn(1)
    settle(bench)
    assert pane.act.reason() not in ("", COVERED), "no PIN yet"
    bench.page.look.click()
    settle(bench)
    assert (stage.reading(), pane.act.reason()) == (True, COVERED)
    bench.presenter.batching.turn(-1)
    settle(bench)
    assert (stage.reading(), pane.act.reason() == COVERED) == (False, False)
