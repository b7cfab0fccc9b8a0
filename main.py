"""政务窗口 starts the desk: parse, build, show, close in reverse order. The only file that knows everyone."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from pathlib import Path

from clerk_app.starting import Start, opening, sentence_of
from printers.lane import Lane
from printers.link import link_from_url
from printers.picture import png
from printers.render import SlipRenderer
from printers.virtual import VirtualPrinter
from ui.application import has_screen, make_application, tour_folder
from ui.starting import Showing, run


def arguments(argv: list[str]) -> argparse.Namespace:
    """The command line, as ARCHITECTURE.md promises it."""
    parser = argparse.ArgumentParser(prog="main.py", description="政务服务中心窗口客户端")
    parser.add_argument("--demo", action="store_true", help="练习大厅：人物都是虚构的，连不到真的中心")
    parser.add_argument("--tour", type=Path, metavar="DIR", help="自己走一遍来访，把图和小票留在 DIR")
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="数据放在哪里")
    parser.add_argument("--centre", default="", metavar="URL", help="中心的地址")
    parser.add_argument("--quit-when-ready", action="store_true", help="登录页能用了就退出（量启动时间用）")
    return parser.parse_args(argv)


def main(argv: list[str]) -> int:
    """Build, show, and close in reverse order; every way it cannot start is one Chinese sentence."""
    asked = arguments(argv)
    tour = tour_folder(asked.demo, asked.tour)
    start = Start(asked.data_dir, asked.centre, training=asked.demo or bool(tour), tour=tour)
    with ExitStack() as stack:
        try:
            printer = stack.enter_context(VirtualPrinter()) if start.training else None
            office, line = stack.enter_context(opening(start, SlipRenderer(), printer.url if printer else ""))
            url = office.parts.settings.printer
            lane = Lane(office.parts.vault.spool, link_from_url(url), url)
        except Exception as error:
            print(sentence_of(error), file=sys.stderr)  # noqa: T201 — the terminal is the only page there is yet
            return 1
        showing = Showing(
            office=office,
            lane=lane,
            draw=png,
            line=line.relay if line else None,
            slips=(lambda: printer.jobs) if printer else tuple,
            tour=tour,
            quit_when_ready=asked.quit_when_ready,
        )
        return run(make_application(screen=has_screen() and tour is None), showing)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
