"""对方 over HTTP and as a folder: one contract for both, and what each must bear by itself."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from clerk_app.outside.partner_folder import FolderPartner
from clerk_app.outside.partner_http import PIECE, HttpPartner, plain_words
from tests.server.outward.partner_contract import PartnerContract, message
from tests.server.outward.platforms import RunningPlatform


class TestOverHttp(PartnerContract):
    @pytest.fixture(autouse=True)
    def _stand(self, platform: RunningPlatform) -> None:
        self.line = platform.line()
        self.kept = lambda: {m["id"]: repr(m).encode() for m in platform.messages()}
        self.archive = lambda digest: (platform.folder / f"{digest}.zip").read_bytes()

    @pytest.mark.parametrize(
        ("how", "said"),
        [("500", "收不了"), ("503", "收不了"), ("404", "地址不对"), ("hang", "等不到"), ("die", "连不上"), ("another", "不是这一条"),
         ("half", "连不上"), ("deep", "读不懂")],
    )  # fmt: skip
    def test_whatever_falls_is_tried_again_and_the_rest_waits(
        self, platform: RunningPlatform, how: str, said: str
    ) -> None:
        first, second, third = (message(word=word) for word in "一二三")
        platform.behave("ok", how)
        line = platform.line(wait=0.5) if how == "hang" else self.line
        delivered = line.deliver([first, second, third])
        assert [one.id for one in delivered.answers] == [first.id]
        assert said in delivered.trouble
        if how == "die":
            platform.begin()
        again = self.line.deliver([second, third])
        assert [one.taking for one in again.answers] == ["taken", "taken"]
        assert set(platform.arrived().values()) == {1}

    def test_what_it_will_never_take_is_said_in_its_words_without_anybodys_number(
        self, platform: RunningPlatform
    ) -> None:
        platform.behave("400")
        first, second = message(word="一"), message(word="二")
        refused, taken = self.line.deliver([first, second]).answers
        assert (refused.taking, taken.taking) == ("refused", "taken")
        assert refused.words == "对方不收（HTTP 400）：编号 ＊ 重复"

    def test_another_key_is_no_fault_of_the_message(self, platform: RunningPlatform) -> None:
        delivered = platform.line("another-key-another-key-another-key").deliver([message(word="一")])
        assert delivered.answers == ()
        assert "不认大厅的钥匙" in delivered.trouble
        assert platform.messages() == []

    def test_an_archive_goes_on_where_it_stopped(self, platform: RunningPlatform, tmp_path: Path) -> None:
        file = tmp_path / "archive.zip"
        file.write_bytes(os.urandom(3 * PIECE + 7))
        one = message(file=file)
        place = platform.folder / f"{one.body['sha256']}.zip"
        platform.behave("die in file")
        assert self.line.deliver([one]).trouble
        assert place.stat().st_size == PIECE
        platform.begin()
        assert self.line.deliver([one]).trouble == ""
        assert place.read_bytes() == file.read_bytes()

    def test_nothing_goes_over_an_open_line(self) -> None:
        with pytest.raises(ValueError, match="address"):
            HttpPartner(("JZ01", "city"), "http://platform.example.gov.cn", b"k" * 40)


class TestAsAFolder(PartnerContract):
    @pytest.fixture(autouse=True)
    def _stand(self, tmp_path: Path) -> None:
        self.folder = tmp_path / "out" / "city"
        self.line = FolderPartner(self.folder)
        self.kept = lambda: {file.stem: file.read_bytes() for file in self.folder.glob("*.json")}
        self.archive = lambda digest: (self.folder / f"{digest}.zip").read_bytes()

    def test_nothing_half_written_is_there(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def cut(*_: object) -> None:
            raise OSError(28, "full")

        with monkeypatch.context() as full:
            full.setattr(os, "replace", cut)
            delivered = self.line.deliver([message(word="一")])
        assert delivered.answers == ()
        assert "写不进" in delivered.trouble
        assert self.kept() == {}

    def test_who_carries_it_away_may_refuse_one(self) -> None:
        one = message(word="一")
        self.folder.mkdir(parents=True)
        (self.folder / f"{one.id}.refused").write_text("格式不对", encoding="utf-8")
        (answer,) = self.line.deliver([one]).answers
        assert (answer.taking, answer.words) == ("refused", "对方不收：格式不对")


def test_a_partners_words_are_short_and_on_one_line() -> None:
    assert plain_words("错在\n第 3 行  13900000421") == "错在 第 3 行 ＊"
    assert len(plain_words("字" * 5000)) == 160
    assert plain_words("坏\x00的\ud800字") == "坏的字"
