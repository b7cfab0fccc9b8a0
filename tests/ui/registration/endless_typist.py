"""A clerk who types without end: `python -m tests.ui.registration.endless_typist FOLDER KEY-HEX` fills one field until killed.

After each keystroke that is on the disk it says how many there are; what is saved by a command is not waited for.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtTest import QTest

from tests.desk import cut_office
from tests.visits import receive, serve
from ui.application import make_application
from ui.background import Background
from ui.registration.cells import LineCell
from ui.registration.page import FormPage
from ui.registration.presenter import FormPresenter

PLACE, SLOT = "/company/group_name", "company.group_name"
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def main() -> None:
    app = make_application(screen=False)
    office = cut_office(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
    case = receive(office, serve(office))
    background, page = Background(), FormPage()
    presenter = FormPresenter(office, background, page)
    page.resize(1290, 610)
    page.show()
    presenter.open_case(case.id)
    while not background.idle:
        app.processEvents()
    cell = page.cell(SLOT)
    assert isinstance(cell, LineCell)
    cell.line.setFocus()
    print(f"case {case.id}", flush=True)
    for typed in range(1, 100_000):
        QTest.keyClicks(cell.line, LETTERS[typed % 26])
        while not background.idle:
            app.processEvents()
        print(typed, flush=True)


if __name__ == "__main__":
    main()
