from __future__ import annotations

import json

import pytest

from printers.__main__ import main
from printers.render import SlipRenderer
from printers.show import show, symbols
from printers.virtual import Faults, VirtualPrinter
from tests.printers.papers import TICKET


def test_show_prints_readable_text(tmp_path, capsys):
    file = tmp_path / "ticket.bin"
    file.write_bytes(SlipRenderer(48).make(TICKET))
    assert main(["show", str(file)]) == 0
    out = capsys.readouterr()
    assert "A001" in out.out
    assert "企业开办与登记" in out.out
    assert out.err == ""


def test_show_of_what_is_not_there(tmp_path, capsys):
    assert main(["show", str(tmp_path / "none.bin")]) == 2
    assert "没有这个文件" in capsys.readouterr().err
    assert main(["show", str(tmp_path)]) == 2
    assert "文件夹" in capsys.readouterr().err
    (tmp_path / "empty.bin").write_bytes(b"")
    assert main(["show", str(tmp_path / "empty.bin")]) == 1
    assert "空的" in capsys.readouterr().err


@pytest.mark.parametrize("width", [32, 42, 48])
def test_the_test_page_shows_all_that_can_go_wrong(width, capsys):
    with VirtualPrinter() as printer:
        assert main(["test-page", "--to", printer.url, "--columns", str(width)]) == 0
        address = printer.url
    out = capsys.readouterr()
    assert json.loads(out.out) == {"state": "done", "said": "", "confirm": "process_id", "bytes": len(printer.jobs[0])}
    assert out.err == "测试页已打完。\n"
    text = show(printer.jobs[0])
    assert ("1234567890" * 5)[:width] in text.split("\n")
    assert "国" * (width // 2) in text.split("\n")
    assert text.count("〔图 ") == 2
    assert [url.endswith(address) for url in symbols(printer.jobs[0])] == [True]
    assert "切纸" in text


@pytest.mark.parametrize(
    ("faults", "state", "word"),
    [(Faults(refuse=True), "not_sent", "连不上"), (Faults(paper_end=True), "blocked", "缺纸")],
)
def test_a_page_that_did_not_print_ends_with_one(faults, state, word, capsys):
    with VirtualPrinter(faults=faults) as printer:
        assert main(["test-page", "--to", printer.url]) == 1
    out = capsys.readouterr()
    assert json.loads(out.out)["state"] == state
    assert word in out.err


@pytest.mark.parametrize("arguments", ["", "paint", "test-page", "test-page --to tcp://x --columns 40"])
def test_a_wrong_command_ends_with_two(arguments, capsys):
    with pytest.raises(SystemExit) as caught:
        main(arguments.split())
    assert caught.value.code == 2
    assert "命令看不懂" in capsys.readouterr().err


def test_a_wrong_address_ends_with_two(capsys):
    assert main(["test-page", "--to", "lpt1"]) == 2
    assert "lpt1" in capsys.readouterr().err
