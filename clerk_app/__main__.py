"""命令行 `python -m clerk_app …`: one JSON document on stdout, messages on stderr; exit 0 good, 1 bad, 2 unreadable."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn

from clerk_app.command_lines.audit import audit, audit_arguments
from clerk_app.command_lines.check_form import check_form, check_form_arguments
from clerk_app.command_lines.form_data import (
    extract_arguments,
    fields_arguments,
    form_extract,
    form_fields,
    form_schema,
    no_arguments,
)
from clerk_app.command_lines.journal import journal, journal_arguments
from clerk_app.command_lines.outbox import outbox, outbox_arguments
from clerk_app.command_lines.recovery import recovery, recovery_arguments
from clerk_app.command_lines.releasing import (
    release_key,
    release_key_arguments,
    update_package,
    update_package_arguments,
)
from clerk_app.command_lines.spoken import Answer, CommandLine, UnreadableError
from clerk_app.command_lines.verify import verify, verify_arguments


class _Parser(argparse.ArgumentParser):
    """Says a misread command in our language; argparse has only English."""

    def error(self, message: str) -> NoReturn:
        usage = " ".join(self.format_usage().split()).removeprefix("usage: ")
        self.exit(2, f"这条命令没有看懂，什么也没做；要写成：{usage}\n")


def main(argv: Sequence[str] | None = None) -> int:
    for stream in (sys.stdout, sys.stderr):
        # A Chinese Windows pipe speaks GBK; what scripts read here is UTF-8 everywhere.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8")
    namespace = _parser().parse_args(argv)
    command_line: CommandLine = namespace.command_line
    try:
        document, code = command_line.answer(namespace)
    except UnreadableError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 2
    print(json.dumps(document, ensure_ascii=False))  # noqa: T201
    return code


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m clerk_app", description="窗口客户端的命令行。")
    commands = parser.add_subparsers(required=True, metavar="命令")
    for name, command_line in COMMAND_LINES.items():
        command = commands.add_parser(name, help=command_line.summary, description=command_line.summary)
        command_line.arguments(command)
        command.set_defaults(command_line=command_line)
    return parser


def _due_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("date", metavar="DATE", help="起算日，如 2026-02-09")
    parser.add_argument("--limit", required=True, metavar="N", help="期限是几个单位")
    parser.add_argument("--unit", default="workday", metavar="workday|day|month", help="工作日、自然日或月")


def _due(namespace: argparse.Namespace) -> Answer:
    from clerk_app.workdays import UNITS, Calendar

    try:
        start = date.fromisoformat(namespace.date)
    except ValueError:
        raise UnreadableError(f"“{namespace.date}”不是一个日子，日期要写成 2026-02-09 这样。") from None
    if not (namespace.limit.isascii() and namespace.limit.isdigit() and len(namespace.limit) <= 5):
        raise UnreadableError(f"期限“{namespace.limit}”不对，--limit 后面写 0 到 99999 的整数。")
    unit = next((known for known in UNITS if known == namespace.unit), None)
    if unit is None:
        raise UnreadableError(f"没有“{namespace.unit}”这种单位，--unit 后面写 workday、day 或 month。")
    try:
        due = Calendar().due(start, int(namespace.limit), unit)
    except (OverflowError, ValueError):
        raise UnreadableError(f"从 {start} 起算 {namespace.limit} 已经超出日历，把期限改小一些。") from None
    return {"due": due.due.isoformat(), "provisional": due.provisional}, 0


def _check_hall_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="大厅资料文件（YAML）")


def _check_hall(namespace: argparse.Namespace) -> Answer:
    from clerk_app.outside.hall_file import read_hall_document

    file: Path = namespace.file
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableError(f"“{file}”不是 UTF-8 文字，另存为 UTF-8 再查一次。") from None
    except (OSError, ValueError):
        raise UnreadableError(f"“{file}”打不开，看看路径对不对、能不能读。") from None
    _, findings = read_hall_document(text)
    return findings, 1 if findings else 0


COMMAND_LINES = {
    "due": CommandLine("算期限到哪一天", _due_arguments, _due),
    "check-hall": CommandLine("查大厅资料文件，一行错给一句话", _check_hall_arguments, _check_hall),
    "check-form": CommandLine("查一份企业登记申请，所有问题一次列出", check_form_arguments, check_form),
    "form-extract": CommandLine("取一份申请里某个部门的数据", extract_arguments, form_extract),
    "form-schema": CommandLine("企业登记一表的 JSON Schema", no_arguments, form_schema),
    "form-fields": CommandLine("企业登记一表的字段清单，可另存为 .md 或 .csv", fields_arguments, form_fields),
    "audit": CommandLine("核对导出的审计：内容未改、签名真实", audit_arguments, audit),
    "journal": CommandLine("核对流水的链，或把流水整本取出来", journal_arguments, journal),
    "verify": CommandLine("验章：内容未改、印章真实、当时有效", verify_arguments, verify),
    "outbox": CommandLine("还没送到、或中心没收的命令：列出、取出、导入", outbox_arguments, outbox),
    "release-key": CommandLine("做发行钥匙：更新包由它签", release_key_arguments, release_key),
    "update-package": CommandLine("把打好的程序做成签了名的更新包", update_package_arguments, update_package),
    "recovery": CommandLine("做恢复证书，两个人各记一半口令", recovery_arguments, recovery),
}


if __name__ == "__main__":
    sys.exit(main())
