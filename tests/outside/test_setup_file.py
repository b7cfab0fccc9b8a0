"""装机文件: what is written is read again, as a desk file too; every fault is one sentence, all of them at once."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from clerk_app.outside.setup_file import CA_FILE, SetupFaults, SetupFile, desk_toml, read_setup, setup_text
from clerk_app.starting import read_settings

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
PLAIN = SetupFile(
    hall="JZ01",
    hall_name="江州市“政务”服务中心",
    window=2,
    centre="https://centre.example:8450",
    code="ABCD-EFGH-JKMN",
    expires="2026-11-21T10:00:00+08:00",
    second_copy=r"\\大厅\共享",
    second_screen=True,
)


def faults(**wrong: Any) -> tuple[str, ...]:
    rows = {**json.loads(setup_text(PLAIN)), **wrong}
    with pytest.raises(SetupFaults) as caught:
        read_setup(json.dumps(rows), NOW)
    return caught.value.findings


def test_what_was_written_is_read_and_makes_a_desk_file(tmp_path: Path) -> None:
    printers = {
        "前台 “1”": {"url": "tcp://192.0.2.20:9100", "kinds": ["号票"], "backup": "后台"},
        "后台": {"url": "usb://"},
    }
    several = replace(PLAIN, printers=printers)
    assert read_setup(setup_text(several), NOW) == several
    (tmp_path / "desk.toml").write_text(desk_toml(several), encoding="utf-8")
    settings = read_settings(tmp_path, "")
    assert (settings.window, settings.centre, settings.second_screen) == (2, PLAIN.centre, True)
    assert [one.name for one in settings.printers] == list(printers)
    one = replace(PLAIN, printer="tcp://192.0.2.20:9100", paper_columns=32)
    rows = tomllib.loads(desk_toml(one))
    assert (rows["printer"], rows["paper_columns"], rows["second_copy"]) == (one.printer, 32, r"\\大厅\共享")
    assert "ca" not in rows
    assert tomllib.loads(desk_toml(replace(PLAIN, ca="PEM")))["ca"] == CA_FILE
    assert PLAIN.code not in desk_toml(PLAIN)


@pytest.mark.parametrize(
    "wrong",
    [
        {"window": True}, {"window": 0}, {"window": "2"}, {"centre": "http://far"}, {"centre": "https://u:p@far"},
        {"centre": 3}, {"code": ""}, {"code": "A\nB"}, {"expires": "2026-11-21"}, {"expires": None},
        {"printers": {"前台": {}}}, {"printers": {"前台": {"url": "x", "backup": "没有"}}}, {"printers": []},
        {"printers": {"前\n台": {"url": "x"}}}, {"paper_columns": 40}, {"second_screen": 1}, {"ca": "no pem"},
        {"second_copy": "a\x7fb"}, {"window_name": "x"}, {"expires": "2026-11-20T17:59:00+08:00"},
    ],
    ids=str,
)  # fmt: skip
def test_each_fault_is_one_sentence(wrong: dict[str, Any]) -> None:
    (said,) = faults(**wrong)
    assert said.endswith("。")


def test_all_faults_come_at_once_and_another_kind_of_file_is_known() -> None:
    assert len(faults(window=0, centre="x", code="")) == 3
    assert "不是装机文件" in faults(kind="x")[0]
    assert "格式" in faults(format=2)[0]
    with pytest.raises(SetupFaults, match="不是装机文件"):
        read_setup("[1", NOW)
