"""没送到的 `outbox list|export [--recover]|import`: what a desk has not got to the centre, taken off it and brought in elsewhere."""

from __future__ import annotations

import argparse
from pathlib import Path

from clerk_app.command_lines.exporting import export, export_recovered
from clerk_app.command_lines.importing import bring_in
from clerk_app.command_lines.opened_store import opened_store
from clerk_app.command_lines.spoken import Answer, UnreadableError
from clerk_app.outside.recovery import RecoveryProblem
from clerk_app.settings import home
from clerk_app.sync.verdicts import not_done, undecided

EVERYTHING = 1_000_000


def outbox_arguments(parser: argparse.ArgumentParser) -> None:
    """List, export, import."""
    acts = parser.add_subparsers(required=True, dest="act", metavar="list|export|import")
    desk = argparse.ArgumentParser(add_help=False)
    desk.add_argument("--data-dir", type=Path, default=home("counter-clerk"), metavar="DIR", help="数据夹")
    acts.add_parser("list", parents=[desk], help="一条一行，没有个人信息")
    out = acts.add_parser("export", parents=[desk], help="取出来，加密给恢复证书")
    out.add_argument("--out", required=True, type=Path, metavar="FILE", help="写到哪个文件")
    out.add_argument("--recover", action="store_true", help="死了的机器：两个人用恢复钥匙打开它的数据")
    out.add_argument("--key", type=Path, metavar="P12", help="恢复钥匙文件（--recover 要）")
    out.add_argument("--store", type=Path, metavar="PATH", help="死了的机器的 counter.db 或它的文件夹，默认 --data-dir")
    out.add_argument("--from-copies", type=Path, metavar="FOLDER", help="不用它的盘，用第二份的文件夹")
    out.add_argument("--device", default="", metavar="ID", help="第二份里是哪一台，只有一台时不用写")
    back = acts.add_parser("import", parents=[desk], help="在别的窗口导入，两个人在场")
    back.add_argument("files", nargs="+", type=Path, metavar="FILE", help="取出来的文件，或第二份的文件、文件夹")
    back.add_argument("--device", default="", metavar="ID", help="文件夹里是哪一台，只有一台时不用写")
    back.add_argument("--key", required=True, type=Path, metavar="P12", help="恢复钥匙文件")
    back.add_argument("--centre", required=True, metavar="URL", help="中心的地址")


def outbox(namespace: argparse.Namespace) -> Answer:
    """What cannot be done is one sentence."""
    try:
        return _acts[namespace.act](namespace)
    except RecoveryProblem as problem:
        raise UnreadableError(str(problem)) from None


def _list(namespace: argparse.Namespace) -> Answer:
    """What the centre has not answered, or not taken, in journal order; no personal data stands in it."""
    with opened_store(namespace.data_dir) as store:
        rows = store.journal.rows(sorted(undecided | not_done), EVERYTHING)
    plain = ("id", "kind", "state", "type", "sentence")
    return [
        {**{name: getattr(row, name) for name in plain}, "subjects": list(row.subjects), "at": row.at.isoformat()}
        for row in reversed(rows)
    ], 0


def _export(namespace: argparse.Namespace) -> Answer:
    return export_recovered(namespace) if namespace.recover else export(namespace)


_acts = {"list": _list, "export": _export, "import": bring_in}
