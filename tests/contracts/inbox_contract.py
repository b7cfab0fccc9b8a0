"""两条来路, one contract: whatever way a platform's messages take, each is in the inbox once, and what is wrong holds up nothing."""

from __future__ import annotations

from typing import Any, Protocol

import pytest

from tests.cases.inbox.messages import (
    PAPERS,
    application,
    booking,
    digest_of,
    papers,
    precheck,
    scan,
    withdrawal,
)
from tests.server.inbox_platform import numbers, rows

FIRST = "WS20261120000001"


class Way(Protocol):
    """来路: `bring` lets these come (again, if they came), `file` a file's bytes; answers what was said of what was not taken."""

    def bring(self, *messages: dict[str, Any]) -> str: ...
    def file(self, data: bytes) -> str: ...


def waiting(office: Any) -> list[str]:
    """Papers whose bytes have not come."""
    return [one.name for row in rows(office) for one in row.materials if one.awaited]


class InboxContract:
    """Every way passes; `way` and `office` are fixtures."""

    @pytest.fixture
    def way(self) -> Way:
        raise NotImplementedError

    def test_each_comes_once(self, way: Way, office: Any) -> None:
        assert way.bring(application(), booking()) == ""
        assert way.bring(application(), precheck()) == ""
        assert numbers(office) == [FIRST, "YS20261120000001", "YY20261120000001"]

    def test_a_number_is_one_body_for_ever(self, way: Way, office: Any) -> None:
        way.bring(application())
        assert FIRST in way.bring(application(fields=[{"label": "公司名称", "value": "换了一个"}]))
        (row,) = rows(office)
        assert row.fields[0].value == "江州示例商贸有限公司", "the first stands"

    def test_what_is_wrong_says_so_and_the_next_comes(self, way: Way, office: Any) -> None:
        assert "事项" in way.bring(application(item="999"))
        assert way.bring(precheck()) == ""
        assert numbers(office) == ["YS20261120000001"]

    def test_taken_back_before_anybody_took_it(self, way: Way, office: Any) -> None:
        way.bring(application())
        assert way.bring(withdrawal(FIRST)) == ""
        assert [row.state for row in rows(office)] == ["withdrawn"]

    def test_a_file_comes_for_what_names_it_and_what_is_wrong_keeps_out_nothing(self, way: Way, office: Any) -> None:
        way.bring(application())
        assert waiting(office) == list(PAPERS)
        assert way.file(scan(PAPERS[0])) == ""
        assert way.file(scan(PAPERS[0])) == ""
        assert waiting(office) == [PAPERS[1]]
        page = b"<html>not found</html>"
        named = [*papers(*PAPERS[1:]), {"name": "附图", "sha256": digest_of(page)}]
        way.bring(application("WS20261120000002", materials=named))
        assert "不是 PDF、JPEG 或 PNG" in way.file(page)
        way.file(scan(PAPERS[1]))
        assert waiting(office) == ["附图"]
