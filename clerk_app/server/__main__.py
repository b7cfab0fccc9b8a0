"""中心的命令行 `python -m clerk_app.server …`: one JSON document on stdout, messages on stderr; exit 0 good, 1 bad, 2 unreadable."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

_extra = ("fastapi", "starlette", "pydantic", "uvicorn", "psycopg", "alembic")


class _Parser(argparse.ArgumentParser):
    """Says a misread command in our language; argparse has only English."""

    def error(self, message: str) -> NoReturn:
        usage = " ".join(self.format_usage().split()).removeprefix("usage: ")
        self.exit(2, f"这条命令没有看懂，什么也没做；要写成：{usage}\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8")
    namespace = _parser().parse_args(argv)
    try:
        from clerk_app.server import chores

        return chores.run(namespace)
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in _extra:
            raise
        print("中心要用的组件没有装，什么也没做。运行 pip install -e '.[server]' 装上再来。", file=sys.stderr)  # noqa: T201
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m clerk_app.server", description="中心：收命令、裁决、分发变更。")
    commands = parser.add_subparsers(required=True, dest="chore", metavar="命令")
    shared = _Parser(add_help=False)
    shared.add_argument(
        "--database-url", default="", help="postgresql://… 或 sqlite:///文件；也可写在 CLERK_DATABASE_URL"
    )

    def chore(name: str, summary: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, parents=[shared], help=summary, description=summary)

    chore("migrate", "把数据库的表建好、升到最新")
    chore("openapi", "接口说明（OpenAPI）")
    chore("new-epoch", "数据库恢复之后换一本变更记录")
    _hall_arguments(chore("load-hall", "装大厅资料，成为现行版本"))
    chore("set-password", "给一个人设密码，密码从标准输入读一行").add_argument("person", metavar="PERSON", help="工号")
    chore("disable-account", "停用一个人的账号").add_argument("person", metavar="PERSON", help="工号")
    _serve_arguments(chore("serve", "开门"))
    return parser


def _hall_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="大厅资料文件（YAML）")
    parser.add_argument("--training-passwords", action="store_true", help="演练：人人有密码，授权书的日期挪到今天")
    parser.add_argument("--today", metavar="DATE", type=date.fromisoformat, help="演练当作哪一天，默认今天")


def _serve_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="听哪个地址")
    parser.add_argument("--port", type=int, default=8450, help="端口，0 是任选一个空的")
    parser.add_argument("--workers", type=int, default=1, help="几个进程")
    parser.add_argument("--enrolment-code", default="", help="入列码；也可写在 CLERK_ENROLMENT_CODE；没有就不收新电脑")
    parser.add_argument(
        "--training-hall", metavar="FILE", type=Path, help="演练：先建表、装这份资料、给人人密码，再开门"
    )
    parser.add_argument(
        "--training-now", metavar="MOMENT", type=datetime.fromisoformat, help="演练当作什么时候，如 2026-10-03T03:10"
    )
    parser.add_argument("--with-parent", action="store_true", help="标准输入断了就结束（跟着父进程走）")


if __name__ == "__main__":
    sys.exit(main())
