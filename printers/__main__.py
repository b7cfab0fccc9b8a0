"""Command lines for paper: `show` reads printer bytes, `test-page` tries a printer.

Exit codes: 0 done, 1 not done (or nobody knows), 2 the command or a file could not be read.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import NoReturn

from clerk_app.receipts.paper import OUT
from printers.lane import token_of
from printers.profiles import Profile
from printers.render import maker_of
from printers.show import show
from printers.test_page import test_page
from printers.transports import link_of

_WORDS = {
    "done": "测试页已打完。",
    "sent": "测试页已送出，这台打印机不会回报，看一眼纸。",
    "not_sent": "测试页没有送出：",
    "blocked": "测试页没有送出：",
    "unknown": "测试页打没打完要看一眼打印机：",
}
_UNREADABLE: dict[type[OSError], str] = {
    FileNotFoundError: "没有这个文件",
    IsADirectoryError: "这是文件夹",
    PermissionError: "没有读它的权限",
}


class _ChineseParser(argparse.ArgumentParser):
    """命令行 says what it does not understand in one Chinese sentence."""

    def error(self, message: str) -> NoReturn:
        """Usage faults end with 2."""
        usage = "show 文件，或 test-page --to tcp://主机:9100 [--columns 32|42|48]"
        self.exit(2, f"命令看不懂：用 {usage}。（{message}）\n")


def main(arguments: list[str] | None = None) -> int:
    """Run one command line."""
    parser = _ChineseParser(prog="python -m printers", description="打印：读票、打测试页")
    commands = parser.add_subparsers(dest="command", required=True)
    reading = commands.add_parser("show", help="把打印字节读成文字")
    reading.add_argument("file", type=Path)
    testing = commands.add_parser("test-page", help="打一张测试页")
    testing.add_argument(
        "--to", required=True, help="tcp://主机:9100，或 usb:// serial:// file:// lp:// win32:// 开头的地址"
    )
    testing.add_argument("--columns", type=int, default=48, choices=(32, 42, 48))
    chosen = parser.parse_args(arguments)
    return _show(chosen.file) if chosen.command == "show" else _test_page(chosen.to, chosen.columns)


def _show(file: Path) -> int:
    try:
        data = file.read_bytes()
    except OSError as error:
        return _complain(f"{file} 读不出来：{_UNREADABLE.get(type(error), '磁盘没有答应')}。换个文件再试。", 2)
    if not data:
        return _complain(f"{file} 是空的，里面没有票。", 1)
    sys.stdout.write(show(data))
    return 0


def _test_page(address: str, columns: int) -> int:
    profile = Profile.from_json(json.dumps({"columns": columns}))
    try:
        link = link_of(address, profile)
    except ValueError as error:
        return _complain(str(error), 2)
    link.learn()
    payload = maker_of(profile).make(test_page(link.profile, address))
    delivery = link.send(payload, token_of(address))
    result = {
        "state": delivery.state,
        "said": delivery.said,
        "confirm": link.profile.completion or None,
        "bytes": len(payload),
    }
    sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")
    return _complain(_WORDS[delivery.state] + delivery.said, int(delivery.state not in OUT))


def _complain(sentence: str, code: int) -> int:
    sys.stderr.write(sentence + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
