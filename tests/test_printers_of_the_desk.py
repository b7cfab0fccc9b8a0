"""`desk.toml` names several printers; a line that is wrong is told in one sentence before anything opens."""

from __future__ import annotations

from pathlib import Path

import pytest

from clerk_app.ports import CannotOpen
from clerk_app.settings import PrinterAt, Settings
from clerk_app.starting import read_settings

HEAD = 'window = 2\ncentre = "https://centre.example"\n'
TWO = '[printers]\n"前台" = {url = "tcp://10.0.0.9:9100", backup = "后台"}\n"后台" = {url = "system:", kinds = ["号票"]}\n'


def read(folder: Path, rows: str) -> Settings:
    (folder / "desk.toml").write_text(HEAD + rows, "utf-8")
    return read_settings(folder, "")


def test_one_printer_as_ever(tmp_path: Path) -> None:
    settings = read(tmp_path, 'printer = "tcp://10.0.0.9:9100"\npaper_columns = 32\n')
    url = "tcp://10.0.0.9:9100"
    assert settings.all_printers == (PrinterAt(name=url, url=url, columns=32),)
    assert settings.slip_minutes == 3


def test_several_by_name(tmp_path: Path) -> None:
    settings = read(tmp_path, "slip_minutes = 5\n" + TWO)
    assert [one.name for one in settings.all_printers] == ["前台", "后台"]
    assert (settings.printer, settings.slip_minutes) == ("tcp://10.0.0.9:9100", 5)
    assert settings.printer_for("号票", 2) == settings.printer_named("后台")
    assert settings.printer_named("没有") is None


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ('printer = "tcp://10.0.0.9"\n' + TWO, "不再写 printer"),
        ("slip_minutes = 0\n", "slip_minutes"),
        ('[printers]\n"前台" = "tcp://10.0.0.9"\n', "url"),
    ],
)
def test_a_wrong_line(tmp_path: Path, rows: str, said: str) -> None:
    with pytest.raises(CannotOpen, match=said):
        read(tmp_path, rows)
