"""`journal verify|export` and `outbox list` beside an open store: one JSON document, never a write, never personal data."""

from __future__ import annotations

import json
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend

from clerk_app import __main__ as lines
from clerk_app.outside.secrets import KeyringBox
from clerk_app.ports import Verdict
from clerk_app.store.engine import open_engine
from tests.desk import cut_office
from tests.visits import APPLICANT, whole_visit

KEY = bytes(range(32))


class DrawerKeyring(KeyringBackend):
    """The system keyring's stand-in."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.drawer: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.drawer.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.drawer[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.drawer.pop((service, username), None)


@pytest.fixture(autouse=True)
def drawer(monkeypatch):
    monkeypatch.delenv("CLERK_STORE_KEY", raising=False)
    before = keyring.get_keyring()
    keyring.set_keyring(DrawerKeyring())
    yield
    keyring.set_keyring(before)


@pytest.fixture
def office(tmp_path):
    office = cut_office(tmp_path, KEY)
    office.parts.vault.keep.put_meta("training", "1")
    whole_visit(office)
    yield office
    office.parts.vault.close()


@pytest.fixture
def run(capsys, tmp_path):
    def call(*words: str, folder: Path = tmp_path):
        try:
            code = lines.main([*words, "--data-dir", str(folder)])
        except SystemExit as ended:
            code = ended.code
        said = capsys.readouterr()
        return code, json.loads(said.out) if said.out else None, said.err

    return call


@pytest.fixture
def with_key(monkeypatch, office):
    monkeypatch.setenv("CLERK_STORE_KEY", KEY.hex())
    return office


def test_verify_says_rows_head_and_ok(with_key, run):
    head = with_key.parts.vault.journal.head()
    assert run("journal", "verify") == (0, {"rows": 6, "head": head.hash, "ok": True}, "")


def test_verify_fails_on_a_changed_row(with_key, run, tmp_path):
    with_key.parts.vault.close()
    engine = open_engine(tmp_path / "counter.db", KEY)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER journal_no_update")
        connection.exec_driver_sql("UPDATE journal SET envelope = replace(envelope, 'P203', 'P204') WHERE seq = 2")
    engine.dispose()
    code, said, _ = run("journal", "verify")
    assert (code, said["rows"], said["ok"]) == (1, 6, False)


def test_export_is_the_whole_chain(with_key, run):
    code, envelopes, _ = run("journal", "export")
    assert code == 0
    assert [e["device_seq"] for e in envelopes] == [1, 2, 3, 4, 5, 6]
    assert envelopes[3]["body"]["applicant"]["name"] == APPLICANT.name
    assert all(
        set(e) == {"device", "incarnation", "device_seq", "id", "schema", "prev_hash", "body"} for e in envelopes
    )


def test_outbox_lists_what_waits_and_what_was_not_taken(with_key, run):
    ids = [row.id for row in reversed(with_key.parts.vault.journal.rows((), 10))]
    refused = Verdict(id=ids[1], state="refused", type="held-elsewhere", sentence="这张号票在别的窗口手上。")
    with_key.parts.vault.journal.settle([Verdict(id=ids[0], state="applied"), refused], 1.0)
    code, rows, err = run("outbox", "list")
    assert (code, err) == (0, "")
    assert [row["id"] for row in rows] == ids[1:]
    journal = {row.id: row for row in with_key.parts.vault.journal.rows((), 10)}
    assert rows[0] == {
        "id": ids[1], "kind": "call_ticket", "state": "refused", "type": "held-elsewhere", "sentence": "这张号票在别的窗口手上。",
        "subjects": list(journal[ids[1]].subjects), "at": journal[ids[1]].at.isoformat(),
    }  # fmt: skip
    text = json.dumps(rows, ensure_ascii=False)
    for secret in (APPLICANT.name, APPLICANT.id_number, APPLICANT.phone, APPLICANT.agent):
        assert secret not in text


def test_the_client_goes_on_while_it_is_read(with_key, run, tmp_path):
    with with_key.parts.vault.unit(with_key.hall) as work:
        work.books.take_hold("ticket:x")
        assert run("journal", "verify")[1]["rows"] == 6
    whole_visit(with_key)
    assert run("journal", "verify")[1]["rows"] == 12


def test_the_key_comes_from_the_keyring_for_any_store(office, run, tmp_path):
    office.parts.vault.keep.put_meta("training", "0")
    KeyringBox(str(tmp_path.resolve())).put("store-key", KEY)
    assert run("journal", "verify")[0] == 0
    assert run("outbox", "list")[0] == 0


def refused(answer) -> str:
    code, document, sentence = answer
    assert (code, document) == (2, None)
    assert sentence.count("\n") == 1
    assert sentence.endswith("。\n")
    return sentence


def test_the_variable_opens_training_stores_only(with_key, run):
    with_key.parts.vault.keep.put_meta("training", "0")
    assert "只用来看练习的数据" in refused(run("journal", "export"))


@pytest.mark.parametrize("text", ["00" * 31, "zz" * 32, "密钥"])
def test_a_key_that_is_no_key(office, run, monkeypatch, text):
    monkeypatch.setenv("CLERK_STORE_KEY", text)
    assert "64 个十六进制" in refused(run("journal", "verify"))


def test_no_key_wrong_key_no_store(office, run, monkeypatch, tmp_path):
    assert "密钥环里没有" in refused(run("journal", "verify"))
    monkeypatch.setenv("CLERK_STORE_KEY", "00" * 32)
    assert "钥匙不对或文件坏了" in refused(run("outbox", "list"))
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "没有数据文件" in refused(run("journal", "verify", folder=empty))
    assert list(empty.iterdir()) == [], "nothing is made by looking"


@pytest.mark.parametrize(("version", "word"), [(99, "装新版"), (0, "先用客户端打开一次")])
def test_a_store_of_another_version_is_not_touched(with_key, run, tmp_path, version, word):
    with_key.parts.vault.close()
    engine = open_engine(tmp_path / "counter.db", KEY)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA user_version = {version}")
    engine.dispose()
    assert word in refused(run("journal", "verify"))
    engine = open_engine(tmp_path / "counter.db", KEY)
    with engine.begin() as connection:
        assert connection.exec_driver_sql("PRAGMA user_version").scalar_one() == version
    engine.dispose()


@pytest.mark.parametrize("words", [("journal",), ("journal", "burn"), ("outbox",), ("outbox", "import")])
def test_misread_words_are_one_sentence(run, words):
    assert "要写成" in run(*words)[2]
