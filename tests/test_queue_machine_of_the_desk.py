"""`desk.toml` names the hall's own queue machine; a table that is wrong is told in one sentence before anything opens."""

from __future__ import annotations

from pathlib import Path

import pytest

from clerk_app.ports import CannotOpen
from clerk_app.settings import MachineAt, Settings
from clerk_app.starting import read_settings

HEAD = 'window = 2\ncentre = "https://centre.example"\n'
GOOD = 'url = "https://queue.example:8443/v2"\nservices = {"01" = "A", "02" = "B", "11" = "A"}\n'


def read(folder: Path, table: str) -> Settings:
    (folder / "desk.toml").write_text(HEAD + table, "utf-8")
    return read_settings(folder, "")


def test_a_desk_without_the_table_calls_by_the_centre(tmp_path: Path) -> None:
    assert read(tmp_path, "").queue_machine is None


def test_address_services_and_roots(tmp_path: Path) -> None:
    services = {"01": "A", "02": "B", "11": "A"}
    at = read(tmp_path, f"[queue_machine]\n{GOOD}").queue_machine
    assert at == MachineAt(url="https://queue.example:8443/v2", services=services)
    assert at.services_of(["A"]) == ("01", "11")
    assert at.services_of("BZ") == ("02",)
    assert at.services_of([]) == ()
    at = read(tmp_path, f'[queue_machine]\n{GOOD}ca = "machine.pem"\n').queue_machine
    assert at is not None
    assert at.ca == tmp_path / "machine.pem"
    for url in ("http://127.0.0.1:8080", "http://localhost", "http://[::1]:80"):
        table = f'[queue_machine]\nurl = "{url}"\nservices = {{"01" = "A"}}\n'
        assert read(tmp_path, table).queue_machine == MachineAt(url=url, services={"01": "A"})


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("queue_machine = 3\n", "url"),
        ("[queue_machine]\n", "url"),
        ('[queue_machine]\nurl = 3\nservices = {"01" = "A"}\n', "url"),
        (f'[queue_machine]\n{GOOD}password = "s3cret"\n', "别的不认"),
        ('[queue_machine]\nurl = "https://queue.example"\n', "services"),
        ('[queue_machine]\nurl = "https://queue.example"\nservices = {}\n', "services"),
        ('[queue_machine]\nurl = "https://queue.example"\nservices = ["A"]\n', "services"),
        ('[queue_machine]\nurl = "https://queue.example"\nservices = {"01" = "AB"}\n', "services"),
        ('[queue_machine]\nurl = "https://queue.example"\nservices = {"01" = "a"}\n', "services"),
        ('[queue_machine]\nurl = "https://queue.example"\nservices = {"01" = 1}\n', "services"),
        ('[queue_machine]\nurl = "https://queue.example"\nservices = {"01" = ["A"]}\n', "services"),
        ('[queue_machine]\nurl = "https://queue.example"\nservices = {"" = "A"}\n', "services"),
        (f"[queue_machine]\n{GOOD}ca = 3\n", "ca"),
        (f'[queue_machine]\n{GOOD}ca = ""\n', "ca"),
        *(
            (f'[queue_machine]\nurl = "{url}"\nservices = {{"01" = "A"}}\n', "https://")
            for url in (
                "", "queue", "http://queue.example", "http://10.0.0.9", "ftp://127.0.0.1", "https://", "https://:443",
                "https://u:s3cret@queue.example", "https://queue.example/?k=s3cret", "https://queue.example/#x",
                "https://queue.example:99999", "https://queue.example:0", "https://[::1", "https://queue.example/a b",
                "http://127.0.0.1.example",
            )
        ),
    ],
)  # fmt: skip
def test_a_wrong_table_is_one_sentence(tmp_path: Path, table: str, said: str) -> None:
    with pytest.raises(CannotOpen, match="没有打开，什么都没动") as caught:
        read(tmp_path, table)
    assert said in str(caught.value)
    assert "s3cret" not in str(caught.value)
