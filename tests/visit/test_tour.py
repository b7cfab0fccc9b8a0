"""The tour as a process against PostgreSQL and a TCP printer, looked at with programs that are not ours."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
from contextlib import closing

import pytest

from tests.translations.__main__ import FILES
from tests.visit.conftest import play_tour, training_hall
from ui.language import entries

pytestmark = pytest.mark.process


MORNING = "2026-11-20T10:30"


@pytest.fixture(scope="module")
def toured(tmp_path_factory, postgres_url):
    """Played once, on a working morning, for all that only look at what it left."""
    folder = tmp_path_factory.mktemp("tour")
    with training_hall(postgres_url, "--training-now", MORNING) as centre:
        done = play_tour(folder, centre.url)
        assert done.returncode == 0, done.stderr
        yield folder, json.loads((folder / "summary.json").read_text(encoding="utf-8")), centre


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
    assert ask(psql, centre.database, case) == [f"delivered|{summary['case']}|有限责任公司设立登记|t"]
    ticket = f"select state, \"window\", reserve from tickets where number = '{summary['ticket']}' order by taken_at desc limit 1"
    assert ask(psql, centre.database, ticket) == ["finished|2|f"]
    papers = f"select doc_type, outcome from papers where doc_no = '{summary['case']}'"
    assert set(ask(psql, centre.database, papers)) == {"受理回执|done", "取件凭证|done"}
    uses = f"select approver, \"user\", flags from seal_uses where document_no = '{summary['document']}'"
    assert ask(psql, centre.database, uses) == ["P201|P201|[]"]
    signed = f"select proposal->>'by', decision->>'by', seal_use <> '' from cases where case_no = '{summary['case']}'"
    assert ask(psql, centre.database, signed) == ["P203|P201|t"]
    rated = f"select count(*) from ratings r join tickets t on t.id = r.id where t.number = '{summary['ticket']}'"
    assert int(ask(psql, centre.database, rated)[0]) >= 1
    forms = f"select count(*) from forms f join cases c on c.id = f.id where c.case_no = '{summary['case']}'"
    assert ask(psql, centre.database, forms) == ["1"]
    head = f"select count(*) from envelopes where hash = '{summary['head_client']}'"
    assert ask(psql, centre.database, head) == ["1"]

    steps = [step["name"] for step in summary["steps"]]
    pictures = sorted(p.name for p in folder.glob("*.png"))
    assert len(pictures) >= 10
    assert all(re.fullmatch(r"\d\d-[a-z-]+\.png", name) for name in pictures)
    assert pictures == summary["pictures"]
    assert {"sign-in", "ticket", "called-line-cut", "accepted", "line-back", "sealed", "handed-over", "rated"} <= set(
        steps
    )


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
    read = subprocess.run(
        [zbar, "-q", "--raw", str(tmp_path / "receipt.png")], capture_output=True, text=True, check=True
    )
    assert re.fullmatch(r"case:[0-9A-Z]{4}-[0-9A-Z]{4}", read.stdout.strip())


def test_the_decision_is_judged_by_programs_that_are_not_ours(toured, need_program):
    folder, summary, _ = toured
    decision = str(folder / "decision.pdf")
    said = run(need_program("pdfsig", "poppler-utils"), decision)
    assert said.count("Signature #") == 1
    assert "Total document signed" in said
    assert "Signature is Valid" in said
    assert "No syntax or stream encoding errors" in run(need_program("qpdf", "qpdf"), "--check", decision)
    text = run(need_program("pdftotext", "poppler-utils"), decision, "-")
    for words in (
        "准予登记通知书",
        summary["document"],
        "江州岚栎舟信息技术有限公司",
        summary["case"],
        "江州市市场监督管理局",
    ):
        assert words in text
    chain = run(need_program("openssl", "openssl"), "x509", "-in", str(folder / "root.pem"), "-noout", "-subject")
    assert "演练" in chain or "\\E6\\BC\\94" in chain


def run(*words: str) -> str:
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 3), done.stderr
    return done.stdout


def test_the_tour_works_on_a_working_morning(toured):
    folder, summary, _ = toured
    promised(folder, summary, MORNING, "2026-11-25")


def test_a_window_that_speaks_english_works_on_a_day_off_at_night(tmp_path):
    """The tour presses English buttons; what is printed and what is kept is Chinese."""
    moment = "2026-10-03T03:10"
    with training_hall(f"sqlite:///{tmp_path / 'centre.db'}", "--training-now", moment) as centre:
        done = play_tour(tmp_path / "tour", centre.url, CLERK_LANG="en")
    assert done.returncode == 0, done.stderr
    assert "The tour is done" in done.stderr
    told = {
        words
        for file, _ in FILES
        for words in entries(file).values()
        if " " in words.strip(", ;:") and "{" not in words
    }
    with closing(sqlite3.connect(tmp_path / "centre.db")) as connection:
        kept = "\n".join(connection.iterdump())
    assert "有限责任公司设立登记" in kept
    assert not [words for words in told if f'"{words}"' in kept]
    summary = json.loads((tmp_path / "tour" / "summary.json").read_text(encoding="utf-8"))
    promised(tmp_path / "tour", summary, moment, "2026-10-10")


def promised(folder, summary, moment, due):
    """Received while the line was cut: the second limit, three working days."""
    assert summary["pending"] == 0
    assert summary["case"].startswith(f"JZ{moment[:10].replace('-', '')}")
    receipt = (folder / "receipt.bin").read_bytes()
    year, month, day = due.split("-")
    assert "第二时限".encode("gb18030") in receipt
    assert f"承诺办结：{year}年{int(month)}月{int(day)}日".encode("gb18030") in receipt


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
