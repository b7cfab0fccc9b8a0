"""中心的命令行 `python -m clerk_app.server …`: one JSON document on stdout, messages on stderr; exit 0 good, 1 bad, 2 unreadable."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

_extra = ("fastapi", "starlette", "pydantic", "uvicorn", "psycopg", "alembic", "pyotp", "prometheus_client")


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
        if namespace.chore == "citizen":
            # It may stand in the public network: none of the centre is loaded into it.
            from clerk_app.server.citizen import door

            return door.run(namespace)
        from clerk_app.server import chores

        return chores.run(namespace)
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in _extra:
            raise
        print("中心要用的组件没有装，什么也没做。运行 pip install -e '.[server]' 装上再来。", file=sys.stderr)  # noqa: T201
        return 2


_of_person = {
    "set-password": "给一个人设初始密码（第一次登录时要换），密码从标准输入读一行",
    "set-pin": "给一个人设授权 PIN（6 位数字，由他本人输），从标准输入读一行",
    "set-totp": "给一个人设动态码（第二道验证），出一个给手机扫的码",
    "disable-account": "停用一个人的账号",
}


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m clerk_app.server", description="中心：收命令、裁决、分发变更。")
    commands = parser.add_subparsers(required=True, dest="chore", metavar="命令")
    shared = _Parser(add_help=False)
    shared.add_argument(
        "--database-url", default="", help="postgresql://… 或 sqlite:///文件；也可写在 CLERK_DATABASE_URL"
    )

    one_hall = _Parser(add_help=False)
    one_hall.add_argument("--hall", default="", metavar="ID", help="哪个大厅；只装着一个时不用写")

    def chore(name: str, summary: str, *more: _Parser) -> argparse.ArgumentParser:
        return commands.add_parser(name, parents=[shared, *more], help=summary, description=summary)

    def hall_chore(name: str, summary: str) -> argparse.ArgumentParser:
        return chore(name, summary, one_hall)

    chore("migrate", "把数据库的表建好、升到最新")
    chore("openapi", "接口说明（OpenAPI）")
    hall_chore("new-epoch", "数据库恢复之后换一本变更记录；不写 --hall 就是全部大厅")
    _prune_arguments(chore("prune-changes", "清掉过久的变更记录；太久没连的电脑会取一份快照"))
    chore("prune-logs", "清掉到期的登录记录、早已送到外面的内容（期限在大厅资料里）；流水、用印、决定、办件都不清")
    chore("sweep-uploads", "收掉放了七天没送完的附件、过了期的自助预填、网上送来到期没人收的原件（每天跑一次）")
    _hall_arguments(hall_chore("load-hall", "装大厅资料，成为现行版本"))
    _names_arguments(hall_chore("load-names", "装企业名称库：整份装，错一条就一条也不装；没写到的名称照旧"))
    _person_arguments(hall_chore)
    _code_arguments(hall_chore("enrolment-code", "发一个一次性入列码，给一个窗口的一台电脑"))
    _setup_arguments(hall_chore("setup-file", "发一个窗口的装机文件：地址、打印机、第二屏和一次性入列码"))
    _update_arguments(hall_chore)
    revoked = hall_chore("revoke-device", "停用一台电脑：它的都留着，中心不再收它、不再给它")
    revoked.add_argument("device", metavar="DEVICE", help="电脑的编号")
    _two_arguments(revoked)
    _partner_arguments(hall_chore("partner", "外网平台：加一个、停用、看有哪些；平台用自己的钥匙签名送件"))
    hall_chore("pull-inbox", "到摆着来件的平台取一趟，放进收件箱（隔几分钟跑一次）；没有这样的平台就什么也不做")
    _serve_arguments(chore("serve", "开门"))
    _feed_arguments(chore("feed-citizen", "把号票和办件的进度、验章要的摘要喂给查询页（从里面连出去）"))
    _outside_arguments(chore("tell-outside", "把大厅资料里说好的送给外面的平台（从里面连出去）"))
    _citizen_arguments(chore("citizen", "开查询页：市民查号票和办件，验章"))
    return parser


def _hall_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="大厅资料文件（YAML）")
    parser.add_argument("--training-passwords", action="store_true", help="演练：人人有密码，授权书的日期挪到今天")
    parser.add_argument("--today", metavar="DATE", type=date.fromisoformat, help="演练当作哪一天，默认今天")
    parser.add_argument("--diff", action="store_true", help="只看和现行的差在哪里，不装")
    parser.add_argument("--yes", action="store_true", help="不问，直接装")
    _two_arguments(parser)


def _person_arguments(hall_chore: Callable[[str, str], argparse.ArgumentParser]) -> None:
    for name, summary in _of_person.items():
        of_person = hall_chore(name, summary)
        of_person.add_argument("person", metavar="PERSON", help="工号")
        _two_arguments(of_person)
    first = hall_chore("first-admin", "空的中心开第一个管理员账号，密码只出一次；有了账号就不再开")
    first.add_argument("person", metavar="PERSON", nargs="?", default="", help="工号；资料里只有一位管理员时不用写")


def _two_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--by", metavar="PERSON", default="", help="谁办，工号；大厅资料说这一步要两个人时写")
    parser.add_argument("--second", metavar="PERSON", default="", help="谁同意，工号；两人的密码从标准输入各读一行")


def _names_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="名册文件（JSON 列表，或第一行是栏名的 CSV）")
    parser.add_argument("--as-of", metavar="DATE", type=date.fromisoformat, help="名册是哪一天的，默认今天")


def _code_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--window", metavar="N", type=int, required=True, help="窗口号")
    parser.add_argument("--hours", metavar="N", type=float, default=24, help="几小时内有效，默认 24")
    parser.add_argument("--self-fill", action="store_true", help="给自助机：只能取号、交预填，别的读不到")


def _setup_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--window", metavar="N", type=int, required=True, help="窗口号")
    parser.add_argument("--centre", metavar="URL", required=True, help="窗口连中心的地址，https 开头")
    parser.add_argument("--ca", metavar="FILE", type=Path, help="中心的根证书（PEM）；不写就用窗口系统里的")
    parser.add_argument("--printer", metavar="URL", default="", help="小票机的地址，如 tcp://192.0.2.20:9100")
    parser.add_argument("--paper-columns", metavar="N", type=int, default=48, help="纸宽 32、42 或 48 列，默认 48")
    parser.add_argument("--second-screen", action="store_true", help="这个窗口要有第二屏")
    parser.add_argument("--second-copy", metavar="DIR", default="", help="第二份放在哪个共享夹")
    parser.add_argument("--hours", metavar="N", type=float, default=24, help="入列码几小时内有效，默认 24")
    parser.add_argument("--out", metavar="FILE", type=Path, help="写到哪个文件，默认 窗口号.clerk-setup")


def _update_arguments(hall_chore: Callable[[str, str], argparse.ArgumentParser]) -> None:
    add = hall_chore("add-update", "收下一个更新包：签名、协议和平台对了才收")
    add.add_argument("file", metavar="FILE", type=Path, help="更新包（.update）")
    add.add_argument("--release-keys", metavar="FILE", type=Path, help="发行钥匙的公开一半；不写就用程序自带的")
    hall_chore("list-updates", "收着哪些更新包，放行到哪一步")
    for name, summary in _of_update.items():
        command = hall_chore(name, summary + "；密码从标准输入读一行")
        command.add_argument("version", metavar="VERSION", help="哪一版，如 0.2.0")
        command.add_argument("--person", metavar="PERSON", required=True, help="谁，工号")
        if name == "plan-update":
            command.add_argument("--first", metavar="N", type=int, nargs="+", default=[], help="先换的窗口号")
            command.add_argument(
                "--rest-from", metavar="DATE", type=date.fromisoformat, help="其余窗口从哪天起换；不写就先不换"
            )


_of_update = {
    "plan-update": "放行一版更新：先换哪些窗口、其余从哪天起，另一个人确认才算",
    "confirm-update": "确认别人放行的更新",
    "pause-update": "停下一版更新：还没换的都不换；要再放行就重新 plan-update",
}


def _prune_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--keep-days", metavar="N", type=int, default=35, help="留几天的，默认 35，至少 35")


def _partner_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("act", choices=("add", "revoke", "list"), help="加、停用、看")
    parser.add_argument("partner", metavar="PARTNER", nargs="?", default="", help="平台的名字，如 zwfw-portal")
    parser.add_argument("--name", metavar="WORDS", default="", help="平台叫什么，给人看")
    parser.add_argument("--key", metavar="BASE64", default="", help="平台的 Ed25519 公钥")
    parser.add_argument("--feed", metavar="URL", default="", help="到哪里取来件；不写就是平台自己送来")


def _serve_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="听哪个地址")
    parser.add_argument("--port", type=int, default=8450, help="端口，0 是任选一个空的")
    parser.add_argument("--workers", type=int, default=1, help="几个进程")
    parser.add_argument("--enrolment-code", default="", help="练习：长期有效的入列码；也可写在 CLERK_ENROLMENT_CODE")
    parser.add_argument("--tls-cert", metavar="FILE", type=Path, help="证书（PEM，带中间证书），给了就只说 https")
    parser.add_argument("--tls-key", metavar="FILE", type=Path, help="证书的钥匙（PEM）")
    parser.add_argument(
        "--training-hall", metavar="FILE", type=Path, help="演练：先建表、装这份资料、给人人密码，再开门"
    )
    parser.add_argument(
        "--training-now", metavar="MOMENT", type=datetime.fromisoformat, help="演练当作什么时候，如 2026-10-03T03:10"
    )
    parser.add_argument("--with-parent", action="store_true", help="标准输入断了就结束（跟着父进程走）")


def _feed_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", metavar="URL", required=True, help="查询页的地址，https 开头；本机可以 http")
    parser.add_argument("--trust", metavar="FILE", type=Path, help="只认这份证书（PEM），不认系统里的")
    parser.add_argument("--roots", metavar="FILE", type=Path, help="印章的根证书（PEM），给了查询页才能验章")
    _shared_key_arguments(parser)


def _outside_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--keys", metavar="DIR", type=Path, help="放平台钥匙的文件夹：大厅编号.平台代号.key，至少 32 个字"
    )
    parser.add_argument("--folders", metavar="DIR", type=Path, help="不走网的平台，文件放在这个文件夹下面")
    parser.add_argument("--with-parent", action="store_true", help="标准输入断了就结束（跟着父进程走）")


def _citizen_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="听哪个地址")
    parser.add_argument("--port", type=int, default=8460, help="端口，0 是任选一个空的")
    parser.add_argument("--workers", type=int, default=1, help="几个进程")
    _shared_key_arguments(parser)


def _shared_key_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--key-file", metavar="FILE", type=Path, help="喂送密钥的文件，两边一样；也可写在 CLERK_CITIZEN_KEY"
    )
    parser.add_argument("--with-parent", action="store_true", help="标准输入断了就结束（跟着父进程走）")


if __name__ == "__main__":
    sys.exit(main())
