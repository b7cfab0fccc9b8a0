"""A bench with the form page in front."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.desk import cut_office
from tests.ui.registration.bench import Bench
from ui.registration.page import FormPage


@pytest.fixture
def bench(qtbot: QtBot, front: Callable[..., QWidget], tmp_path: Path) -> Iterator[Bench]:
    office = cut_office(tmp_path)
    page = FormPage()
    page.resize(1290, 610)
    front(page)
    bench = Bench(qtbot, office, page)
    yield bench
    bench.background.close()
    office.parts.vault.close()
