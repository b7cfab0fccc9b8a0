"""Every slip of a case or a ticket bears the code the citizen asks with; a scanner reads it off narrow and wide paper."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from clerk_app.receipts.slip import Qr
from printers.draw import draw
from printers.render import SlipRenderer
from tests.receipts.every_slip import AS_IT_IS, OF_CASES, WITH, WITHOUT, address, makers
from tests.receipts.test_slips import HEAD, words

OUTSIDE = replace(HEAD, citizen_url="https://cx.example.gov.cn")


def test_of_every_slip_it_is_known_whether_it_bears_a_code():
    assert set(makers()) == set(WITH) | set(WITHOUT) | AS_IT_IS, "a new slip bears its code, or says why not"
    assert len([*WITH, *WITHOUT, *AS_IT_IS]) == len({*WITH, *WITHOUT, *AS_IT_IS})


@pytest.mark.parametrize("name", WITH)
def test_the_code_leads_to_the_matters_own_page(name: str):
    codes = [block.data for block in WITH[name](OUTSIDE, "k").blocks if isinstance(block, Qr)]
    assert codes.count(address(name, OUTSIDE.citizen_url, "k")) == 1


@pytest.mark.parametrize("name", OF_CASES)
def test_where_the_hall_has_no_pages_the_slip_says_by_what_to_ask(name: str):
    said = words(WITH[name](HEAD, "k"))
    assert "查询码：7K3M-Q9X2" in said or "办件编号：JZ20261120-00001" in said
    assert "http" not in said


@pytest.mark.parametrize("columns", [32, 48])
@pytest.mark.parametrize("name", WITH)
def test_a_scanner_reads_it(need_program, tmp_path: Path, name: str, columns: int):
    program = need_program("zbarimg", "zbar-tools")
    draw(SlipRenderer(columns).make(WITH[name](OUTSIDE, "k")), columns).save(tmp_path / "slip.png")
    read = subprocess.run([program, "-q", "--raw", tmp_path / "slip.png"], capture_output=True, text=True, check=True)
    assert address(name, OUTSIDE.citizen_url, "k") in read.stdout.split()
