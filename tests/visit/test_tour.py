"""The tour as a process against PostgreSQL and a TCP printer, looked at with programs that are not ours."""

from __future__ import annotations

import json
import re
import subprocess

import pytest

from tests.visit.conftest import play_tour

pytestmark = pytest.mark.process


@pytest.fixture
def toured(tmp_path, training_centre):
    done = play_tour(tmp_path, training_centre.url)
    assert done.returncode == 0, done.stderr
    return tmp_path, json.loads((tmp_path / "summary.json").read_text(encoding="utf-8")), training_centre


def ask(psql: str, database: str, query: str) -> list[str]:
    done = subprocess.run([psql, database, "-Atc", query], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_the_whole_visit_arrives_at_the_centre(toured, need_program):
    folder, summary, centre = toured
    psql = need_program("psql", "postgresql-client")

    assert summary["head_client"] == summary["head_centre"] != "0" * 64
    assert summary["applied"] == summary["made"] > 0
    assert summary["pending"] == 0

    case = f"select state, case_no, item_name, accepted_at is not null from cases where case_no = '{summary['case']}'"
    assert ask(psql, centre.database, case) == [f"accepted|{summary['case']}|有限责任公司设立登记|t"]
    ticket = f"select state, \"window\", reserve from tickets where number = '{summary['ticket']}' order by taken_at desc limit 1"
    assert ask(psql, centre.database, ticket) == ["finished|2|f"]
    papers = f"select doc_type, outcome from papers where doc_no = '{summary['case']}'"
    assert ask(psql, centre.database, papers) == ["受理回执|done"]
    head = f"select count(*) from envelopes where hash = '{summary['head_client']}'"
    assert ask(psql, centre.database, head) == ["1"]

    steps = [step["name"] for step in summary["steps"]]
    pictures = sorted(p.name for p in folder.glob("*.png"))
    assert len(pictures) >= 10
    assert all(re.fullmatch(r"\d\d-[a-z-]+\.png", name) for name in pictures)
    assert pictures == summary["pictures"]
    assert {"sign-in", "ticket", "called-line-cut", "received", "accepted", "line-back"} <= set(steps)


def test_the_papers_are_gb18030_and_say_what_they_must(toured, need_program, tmp_path):
    folder, summary, _ = toured
    ticket = (folder / "ticket.bin").read_bytes()
    assert summary["ticket"].encode("gb18030") in ticket
    assert "企业开办与登记".encode("gb18030") in ticket
    assert "演练".encode("gb18030") in ticket
    assert b"\x1d(k" in ticket  # a native QR symbol
    receipt = (folder / "receipt.bin").read_bytes()
    for words in (summary["case"], "有限责任公司设立登记", "承诺办结", "法定期限", "演练"):
        assert words.encode("gb18030") in receipt
    assert b"13800000421" not in receipt

    zbar = need_program("zbarimg", "zbar-tools")
    from printers.desk import slip_picture

    (tmp_path / "receipt.png").write_bytes(slip_picture(receipt))
    read = subprocess.run([zbar, "-q", "--raw", str(tmp_path / "receipt.png")], capture_output=True, text=True, check=True)
    assert re.fullmatch(r"case:[0-9A-Z]{4}-[0-9A-Z]{4}", read.stdout.strip())


def test_the_tour_needs_no_centre_of_anybody(tmp_path):
    done = play_tour(tmp_path)
    assert done.returncode == 0, done.stderr
    summary = json.loads((tmp_path / "summary.json").read_text(encoding="utf-8"))
    assert (summary["pending"], summary["ticket"]) == (0, "A001")
    assert summary["head_client"] == summary["head_centre"]


def test_the_training_hall_reaches_no_real_centre(tmp_path):
    done = play_tour(tmp_path, "http://192.0.2.1:8450")
    assert done.returncode == 1
    assert "练习大厅只连本机的中心" in done.stderr
    assert "Traceback" not in done.stderr
