"""What every way to a partner must do, whatever carries it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

from clerk_app.ports.partners import Message, Partner, digest_of
from tests.server.desk import NOW


def message(key: str = "", file: Path | None = None, **body: Any) -> Message:
    if file is not None:
        body |= {"sha256": hashlib.sha256(file.read_bytes()).hexdigest()}
    return Message(
        id=key or str(uuid4()), hall="JZ01", kind="status", subject="case:1", seq=1, made_at=NOW, digest=digest_of(body),
        body=body, file=file,
    )  # fmt: skip


class PartnerContract:
    """Each way brings `line`, and `kept`: what arrived, by id."""

    line: Partner
    kept: Callable[[], dict[str, bytes]]
    archive: Callable[[str], bytes]

    def test_each_is_taken_and_answered_in_order(self) -> None:
        messages = [message(word=word) for word in "甲乙丙"]
        delivered = self.line.deliver(messages)
        assert [(one.id, one.taking) for one in delivered.answers] == [(one.id, "taken") for one in messages]
        assert delivered.trouble == ""
        assert set(self.kept()) == {one.id for one in messages}

    def test_told_again_it_is_one(self) -> None:
        one = message(word="再送")
        assert self.line.deliver([one, one]).answers[1].taking == "taken"
        before = self.kept()
        assert self.line.deliver([one]).answers[0].taking == "taken"
        assert self.kept() == before
        assert list(before) == [one.id]

    def test_the_same_id_with_another_content_is_refused_and_the_first_stays(self) -> None:
        one = message(word="先")
        self.line.deliver([one])
        before = self.kept()
        (answer,) = self.line.deliver([message(one.id, word="后")]).answers
        assert answer.taking == "refused"
        assert "另一份" in answer.words
        assert self.kept() == before

    def test_an_archive_is_whole_there_before_its_message(self, tmp_path: Path) -> None:
        file = tmp_path / "档案.zip"
        file.write_bytes(bytes(range(256)) * 9000)
        one = message(file=file)
        assert self.line.deliver([one, one]).trouble == ""
        assert self.archive(str(one.body["sha256"])) == file.read_bytes()
        assert list(self.kept()) == [one.id]
