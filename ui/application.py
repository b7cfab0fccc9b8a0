"""程序 the command line and the Qt application: look, fonts, language; and whether there is a screen to show it on."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QMessageLogContext, QtMsgType, QTranslator, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from ui import spoken, theme
from ui.language import CHINESE, ENGLISH, LANGUAGES, SPOKEN, tr
from ui.memory import stay_small

log = logging.getLogger(__name__)


def arguments(argv: list[str]) -> argparse.Namespace:
    """The command line; ARCHITECTURE.md and scripts rely on it."""
    parser = argparse.ArgumentParser(prog="main.py", description=tr("政务服务中心窗口客户端"))
    parser.add_argument("--demo", action="store_true", help=tr("练习大厅：人物都是虚构的，连不到真的中心"))
    parser.add_argument("--kiosk", action="store_true", help=tr("自助机：全屏，没有人登录，市民自己取号、补打、填表"))
    parser.add_argument("--tour", type=Path, metavar="DIR", help=tr("自己走一遍来访，把图和小票留在 DIR"))
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help=tr("数据放在哪里"))
    parser.add_argument("--centre", default="", metavar="URL", help=tr("中心的地址"))
    parser.add_argument(
        "--setup", type=Path, metavar="FILE", help=tr("照中心发的装机文件装好这台电脑，再开窗口就能登录")
    )
    parser.add_argument(
        "--restore", type=Path, metavar="FILE", help=tr("从备份恢复；先关掉窗口，原来的数据改名留在旁边")
    )
    parser.add_argument("--older", action="store_true", help=tr("和 --restore 一起：确认用比现在旧的备份"))
    parser.add_argument(
        "--return", action="store_true", dest="go_back", help=tr("退回上一版程序；先关掉窗口，数据不丢")
    )
    parser.add_argument(
        "--lang", choices=LANGUAGES, default=CHINESE, help=tr("窗口说什么话：zh 中文，en 英文；打出来的纸总是中文")
    )
    parser.add_argument("--doctor", action="store_true", help=tr("体检：一行一项，要修的写着怎么修；什么都不动"))
    parser.add_argument("--json", action="store_true", help=tr("和 --doctor 一起：体检结果给脚本看"))
    parser.add_argument("--quit-when-ready", action="store_true", help=tr("登录页能用了就退出（量启动时间用）"))
    return parser.parse_args(argv)


def has_screen() -> bool:
    """Whether a window can be shown here."""
    if os.environ.get("QT_QPA_PLATFORM"):
        return os.environ["QT_QPA_PLATFORM"] not in ("offscreen", "minimal")
    if os.name == "posix" and sys.platform != "darwin":
        return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return True


def tour_folder(demo: bool, asked: Path | None) -> Path | None:
    """The folder of the tour: the asked one, or `tour` when a demonstration has no screen to be shown on (and says so)."""
    if asked is not None or not demo or has_screen():
        return asked
    print(tr("这里没有屏幕，改在后台走一遍导览，图留在 tour/。"), file=sys.stderr)  # noqa: T201
    return Path("tour")


def _without_chatter(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """Offscreen there is no window manager to tell sizes and places to; Qt says so for every window."""
    if not message.startswith("This plugin does not support"):
        log.warning("Qt: %s", message)


def make_application(*, screen: bool) -> QApplication:
    """The one application, dressed; without a screen it paints offscreen."""
    if not screen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        qInstallMessageHandler(_without_chatter)
    stay_small()
    theme.clear_foreign_looks()
    english = SPOKEN == ENGLISH
    QLocale.setDefault(
        QLocale(
            *(
                (QLocale.Language.English, QLocale.Country.UnitedKingdom)
                if english
                else (QLocale.Language.Chinese, QLocale.Country.China)
            )
        )
    )
    app = QApplication(sys.argv[:1])
    app.setApplicationName("counter-clerk")
    app.setApplicationDisplayName(tr("政务窗口"))
    theme.apply(app)
    spoken.install()
    words = QTranslator(app)
    if not english and words.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(words)
    return app
