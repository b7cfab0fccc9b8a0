"""The bench of the sealing page's tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.sealing import desk
from tests.ui.sealing.bench import Bench
from ui.background import Background
from ui.sealing.page import SealingPage
from ui.sealing.presenter import SealingPresenter


@pytest.fixture
def bench(
    qtbot: QtBot, front: Callable[..., QWidget], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Bench]:
    for place in ("loading", "seat_loading", "batch_drawing"):  # a picture to be looked at takes a tenth of a second
        monkeypatch.setattr(f"ui.sealing.{place}.WIDTH", 210)
    office = desk.sealing_office(tmp_path)
    background, page = Background(), SealingPage()
    page.resize(1290, 610)
    front(page)
    presenter = SealingPresenter(office, desk.running(office), background, page)  # type: ignore[arg-type]
    bench = Bench(office, page, presenter, background, qtbot)
    presenter.said.connect(lambda text, good: bench.said.append((text, good)))
    presenter.waiting.connect(bench.counted.append)
    presenter.page_wanted.connect(bench.wanted.append)
    yield bench
    background.close()
    office.parts.vault.close()
