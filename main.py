"""政务窗口 starts the desk: parse, show, open, close in reverse order. The only file that knows everyone."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import ExitStack
from pathlib import Path

from clerk_app.settings import clear_training, home, read_card
from ui.application import has_screen, make_application, tour_folder
from ui.front_door import FrontDoor
from ui.starting import RESET, Opening, Showing, run


def arguments(argv: list[str]) -> argparse.Namespace:
    """The command line; ARCHITECTURE.md and scripts rely on it."""
    parser = argparse.ArgumentParser(prog="main.py", description="政务服务中心窗口客户端")
    parser.add_argument("--demo", action="store_true", help="练习大厅：人物都是虚构的，连不到真的中心")
    parser.add_argument("--tour", type=Path, metavar="DIR", help="自己走一遍来访，把图和小票留在 DIR")
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="数据放在哪里")
    parser.add_argument("--centre", default="", metavar="URL", help="中心的地址")
    parser.add_argument("--quit-when-ready", action="store_true", help="登录页能用了就退出（量启动时间用）")
    return parser.parse_args(argv)


def main(argv: list[str]) -> int:
    """The page stands before the office behind it is open; parts are imported where they are first needed."""
    asked = arguments(argv)
    tour = tour_folder(asked.demo, asked.tour)
    training = asked.demo or tour is not None
    folder = asked.data_dir or home("counter-clerk-training" if training else "counter-clerk")
    app = make_application(screen=has_screen() and tour is None)
    door = FrontDoor({} if tour else read_card(folder), training=training)
    with ExitStack() as stack:

        def open_office(password: str) -> Showing:
            from clerk_app.starting import Start, opening
            from printers.desk import desk_lane, slip_maker, slip_picture, training_printer
            from printers.pages import QtPageMaker

            printer = stack.enter_context(training_printer()) if training else None
            start = Start(asked.data_dir, asked.centre, training=training, tour=tour, password=password)
            office, line = stack.enter_context(opening(start, slip_maker, printer.url if printer else ""))
            lane = desk_lane(office.parts.vault.spool, office.parts.settings.printer)
            slips = (lambda: printer.jobs) if printer else tuple
            relay = line.relay if line else None
            return Showing(office=office, lane=lane, draw=slip_picture, pages=QtPageMaker, line=relay, slips=slips)

        code = run(app, Opening(door, open_office), tour, quit_when_ready=asked.quit_when_ready)
    if code == RESET and training:
        clear_training(folder)
        os.execv(sys.executable, [sys.executable, *sys.argv])
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
