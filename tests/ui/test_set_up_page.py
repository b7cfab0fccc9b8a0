"""A program that was never set up asks for the file, says what is wrong with one, and goes on to the sign-in page with another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton

from clerk_app.ports import CannotOpen, NeedsPassword, NotSetUp
from tests.ui.parts import part
from ui.front_door import FrontDoor
from ui.set_up_page import SetUpPage
from ui.starting import Opening, Showing

FAULT, ASKS = "装机文件打不开，什么都没动。看看路径对不对、能不能读。", "数据用登录密码打开。"


class Machine:
    """Not set up until the right file came; without a keyring it asks for a password then."""

    def __init__(self) -> None:
        self.files: list[Path] = []

    def open(self, _password: str) -> Showing:
        if len(self.files) < 2:
            raise NotSetUp("这台电脑还没有装机，没有打开。")
        raise NeedsPassword(ASKS)

    def install(self, file: Path) -> None:
        self.files.append(file)
        if len(self.files) == 1:
            raise CannotOpen(FAULT)


@pytest.fixture
def machine(qtbot: Any) -> Iterator[tuple[Machine, Opening, FrontDoor]]:
    made, door = Machine(), FrontDoor({}, training=False)
    opening = Opening(door, made.open, install=made.install)
    opening.start()
    qtbot.waitUntil(lambda: isinstance(door.window.currentWidget(), SetUpPage))
    yield made, opening, door
    opening.close()
    door.window.deleteLater()


def test_the_file_is_chosen_on_the_page_and_a_wrong_one_says_why(qtbot: Any, machine: Any, tmp_path: Path) -> None:
    made, opening, door = machine
    page = door.window.currentWidget()
    button = part(page, QPushButton, "chooseSetup")
    qtbot.waitUntil(button.hasFocus)
    qtbot.keyClick(button, Qt.Key.Key_Return)
    dialog = part(page, QFileDialog, "setupFile")
    assert dialog.isVisible()
    dialog.fileSelected.emit(str(tmp_path / "wrong.clerk-setup"))
    dialog.reject()
    qtbot.waitUntil(lambda: opening.failure == FAULT)
    assert door.window.currentWidget() is page
    page.file_chosen.emit(str(tmp_path / "2.clerk-setup"))
    qtbot.waitUntil(lambda: door.window.currentWidget() is door.page)
    assert door.view.offline_sentence == ASKS
    assert [file.name for file in made.files] == ["wrong.clerk-setup", "2.clerk-setup"]
