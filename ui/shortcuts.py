"""键位 the one table of keys: every binding with its page and its words; doubles and forbidden keys fail a test."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from ui.language import tr


class Key(StrEnum):
    """键位 the keys of the desk, as they are printed on buttons and bound."""

    KEYS = "F1"
    CALL_NEXT = "F2"
    RECALL = "F3"
    SKIP = "F4"
    LISTS = "F5"
    HOLD = "F6"
    FORWARD = "F7"
    FINISH = "F8"
    PAUSE = "F9"
    UNDO = "F10"
    FULL_SCREEN = "F11"
    NEXT_STEP = "Ctrl+Enter"
    FIND = "Ctrl+K"
    FIND_HERE = "Ctrl+F"
    NOTICE = "Ctrl+G"
    ROOTS = "Ctrl+G"  # 根: on 验章, the trusted root certificates
    READ_CARD = "Ctrl+D"
    PRINT_ONE = "Ctrl+D"  # 单: on the result, one department's part
    REVOKED = "Ctrl+D"  # 吊: on 验章, the list of stopped certificates
    ADD_ROW = "Ctrl+J"
    NEXT_FINDING = "Ctrl+H"
    QUESTION = "Ctrl+Q"
    CITIZEN = "Ctrl+Q"  # 群: on the form, what the citizen sees
    SEND_BACK = "Ctrl+B"
    COMPARE = "Ctrl+B"  # 比: on the form, the record and the application side by side
    SCAN = "Ctrl+M"
    PAPERS = "Ctrl+M"  # 材: what came from outside, what lies in a case
    TRY_OUT = "Ctrl+D"  # 试: in 管理, a training hall over the coming catalogue
    SEVERAL = "Ctrl+J"  # 件: on the sealing page, the marked pages one after another
    SEALED_PAPER = "Ctrl+M"  # 文: in the register, the sealed paper out of the printer once more
    RUBBER = "Ctrl+G"  # 盖: on the sealing page, the seal of rubber instead of the electronic one
    POINT = "Ctrl+M"  # on the form: a point to be mended at the field under the hand
    PRINT = "Ctrl+P"
    NEW = "Ctrl+N"
    TAKE_TICKET = "Ctrl+T"
    SLIP = "Ctrl+H"  # 号: on the counter, a slip that is shown
    VERSION_BACK = "Ctrl+B"  # 版: in 设置, the program before this one
    PUT_BACK = "Ctrl+B"  # 退: on the counter, back into the line
    ALARM = "Ctrl+F11"  # far from F8: nobody rings for help who only wanted to finish
    LEAVE = "Ctrl+L"
    LOCK = "Ctrl+O"
    CONSENT = "Ctrl+I"
    NOD = "Ctrl+Y"
    REVEAL = "Ctrl+R"
    SAVED = "Ctrl+S"
    FEES = "Ctrl+S"  # 收: on the counter, the fees of who stands there
    CARD = "Ctrl+W"
    PAGE_1 = "Alt+1"
    PAGE_2 = "Alt+2"
    PAGE_3 = "Alt+3"
    PAGE_4 = "Alt+4"
    PAGE_5 = "Alt+5"
    PAGE_6 = "Alt+6"
    PAGE_7 = "Alt+7"
    PAGE_8 = "Alt+8"
    PAGE_9 = "Alt+9"
    PAGE_WATCH = "Alt+J"
    PAGE_TODAY = "Alt+0"
    PAGE_REGISTER = "Alt+Y"
    PAGE_HALL = "Alt+U"
    PAGE_FEES = "Alt+F"
    PAGE_HANDING = "Alt+C"  # 出
    PAGE_SETTINGS = "Alt+S"  # 设
    PAGE_MANAGING = "Alt+G"  # 管
    PAGE_BACK_ENTRY = "Alt+B"  # 补
    PAGE_INBOX = "Alt+W"  # 网
    GLOBAL_KEYS = "Alt+K"
    DELIVERY = "Alt+L"  # 领: on the counter, how the result is fetched
    BACK = "Alt+Left"
    RECORD_UP = "Ctrl+Up"
    RECORD_DOWN = "Ctrl+Down"
    STEP_UP = "Ctrl+PgUp"
    STEP_DOWN = "Ctrl+PgDown"
    LARGER = "Ctrl++"
    SMALLER = "Ctrl+-"
    USUAL_SIZE = "Ctrl+0"


PAGES = (Key.PAGE_1, Key.PAGE_2, Key.PAGE_3, Key.PAGE_4, Key.PAGE_5, Key.PAGE_6, Key.PAGE_7, Key.PAGE_8, Key.PAGE_9)
ANYWHERE = ""


@dataclass(frozen=True)
class Binding:
    """键位 one key on one page (`ANYWHERE` for all), in the words F1 shows."""

    key: str
    words: str
    page: str = ANYWHERE
    built: bool = True


BINDINGS: tuple[Binding, ...] = (
    Binding(Key.KEYS, tr("这一页的按键")),
    Binding(Key.UNDO, tr("撤销刚才（10 秒内）")),
    Binding(Key.ALARM, tr("呼叫值班长：屏幕上没有动静")),
    Binding(Key.FULL_SCREEN, tr("全屏")),
    Binding(Key.LEAVE, tr("暂离：暂停并锁屏")),
    Binding(Key.CONSENT, tr("带教：请带教人看；带教人同意")),
    Binding(Key.LOCK, tr("锁屏：盖住屏幕，登录还在")),
    Binding(Key.NOD, tr("交接：点头")),
    Binding(Key.NEW, tr("换人登录"), "lock"),
    Binding(Key.NEW, tr("换人登录"), "away"),
    Binding(Key.BACK, tr("回到上一页")),
    Binding(Key.LARGER, tr("字大一些")),
    Binding(Key.SMALLER, tr("字小一些")),
    Binding(Key.USUAL_SIZE, tr("字回到原来大小")),
    *(Binding(key, tr("左边第 {place} 页", place=place)) for place, key in enumerate(PAGES, 1)),
    Binding(Key.PAGE_WATCH, tr("监察")),
    Binding(Key.PAGE_TODAY, tr("今天")),
    Binding(Key.PAGE_REGISTER, tr("用印登记、印章、验章")),
    Binding(Key.PAGE_HALL, tr("大厅：窗口、各队、统计、叫号记录")),
    Binding(Key.PAGE_FEES, tr("收费：收款、更正、退付、日结")),
    Binding(Key.PAGE_HANDING, tr("出件：领件、收进来、在架、邮寄")),
    Binding(Key.PAGE_BACK_ENTRY, tr("补录：照纸录入、核对、纸质备用件")),
    Binding(Key.PAGE_INBOX, tr("收件箱：网上申请、预约、预审")),
    Binding(Key.PAGE_MANAGING, tr("管理：目录变动、事项、变动记录、放假安排、电脑")),
    Binding(Key.PAGE_SETTINGS, tr("设置：体检、这台机器、日志、备份、更新")),
    Binding(Key.CALL_NEXT, tr("叫下一位；叫了以后：来了"), "counter"),
    Binding(Key.RECALL, tr("重呼"), "counter"),
    Binding(Key.SKIP, tr("过号"), "counter"),
    Binding(Key.LISTS, tr("名单：等候、挂起、过号"), "counter"),
    Binding(Key.HOLD, tr("挂起：先去做别的，回来接着办"), "counter"),
    Binding(Key.PUT_BACK, tr("退回队里"), "counter"),
    Binding(Key.FEES, tr("定收费：开缴款单，打缴款通知"), "counter"),
    Binding(Key.DELIVERY, tr("领取方式：自己来领、邮寄"), "counter"),
    Binding(Key.GLOBAL_KEYS, tr("在别的程序上也能用的按键：看、改"), "counter"),
    Binding(Key.SLIP, tr("收号票：扫票，或输号码和校验码"), "counter"),
    Binding(Key.FORWARD, tr("转移：带到别的队"), "counter"),
    Binding(Key.FINISH, tr("办结本号"), "counter"),
    Binding(Key.PAUSE, tr("暂停、恢复叫号"), "counter"),
    Binding(Key.NEXT_STEP, tr("下一步"), "counter"),
    Binding(Key.TAKE_TICKET, tr("替人取号"), "counter"),
    Binding(Key.QUESTION, tr("这个问题：按类别记下，办结本号"), "counter"),
    Binding(Key.NOTICE, tr("不受理怎么答：告知、更正、不予受理、不需办理"), "counter"),
    Binding(Key.SCAN, tr("扫描材料"), "counter"),
    Binding(Key.CARD, tr("事项卡：公开的八项，怎么说"), "counter"),
    Binding(Key.PRINT, tr("事项卡存成 A4 指南"), "counter"),
    Binding(Key.REVEAL, tr("显示或遮住证件号（有记录）"), "counter"),
    Binding(Key.FIND_HERE, tr("在本页找"), "cases"),
    Binding(Key.SCAN, tr("加附件"), "cases"),
    Binding(Key.NEXT_STEP, tr("下一步"), "cases", built=False),
    Binding(Key.PRINT, tr("打印"), "cases", built=False),
    Binding(Key.NEXT_STEP, tr("下一步"), "printing", built=False),
    Binding(Key.SEND_BACK, tr("没出来（推定已出的）"), "printing"),
    Binding(Key.PRINT, tr("补打，先写为什么"), "printing"),
    Binding(Key.SCAN, tr("换到另一台打印机"), "printing"),
    Binding(Key.CITIZEN, tr("给他看屏幕，不打了"), "printing"),
    Binding(Key.ADD_ROW, tr("打隔夜剩下的"), "printing"),
    Binding(Key.PRINT_ONE, tr("月单存成表格"), "printing"),
    Binding(Key.NEXT_STEP, tr("打测试页"), "printers"),
    Binding(Key.ADD_ROW, tr("换了纸卷"), "printers"),
    Binding(Key.FIND_HERE, tr("找打印机；停"), "printers"),
    Binding(Key.FIND_HERE, tr("扫缴款通知，或写单号"), "till"),
    Binding(Key.NEXT_STEP, tr("收款；记票据号；办手上这一步"), "till"),
    Binding(Key.READ_CARD, tr("刷卡收款"), "till"),
    Binding(Key.ADD_ROW, tr("收现金"), "till"),
    Binding(Key.PRINT, tr("补打缴费凭条"), "till"),
    Binding(Key.SEND_BACK, tr("当日更正；申请退付；财政不同意"), "till"),
    Binding(Key.NEXT_STEP, tr("日结；复核；记交存"), "money_day"),
    Binding(Key.SEND_BACK, tr("请再点一遍"), "money_day"),
    Binding(Key.ADD_ROW, tr("交存现金"), "money_day"),
    Binding(Key.FIND_HERE, tr("扫回执、文书、运单，或写编号、证件号、姓名"), "hand_pick"),
    Binding(Key.NEXT_STEP, tr("交给他；交了以后：打送达回证、扫回回证"), "hand_pick"),
    Binding(Key.ADD_ROW, tr("请他在手写屏上签"), "hand_pick"),
    Binding(Key.FIND_HERE, tr("扫文书上的码，收进架"), "hand_taking"),
    Binding(Key.NEXT_STEP, tr("打交接单"), "hand_taking"),
    Binding(Key.NEW, tr("换一次交接"), "hand_taking"),
    Binding(Key.FIND_HERE, tr("挑看哪些"), "hand_shelves"),
    Binding(Key.NEXT_STEP, tr("记催领；办打开的这一步"), "hand_shelves"),
    Binding(Key.REVEAL, tr("显示或遮住电话（有记录）"), "hand_shelves"),
    Binding(Key.ADD_ROW, tr("改领取方式"), "hand_shelves"),
    Binding(Key.SEND_BACK, tr("退回窗口"), "hand_shelves"),
    Binding(Key.FIND_HERE, tr("扫运单；填这一步要填的"), "hand_post"),
    Binding(Key.NEXT_STEP, tr("交寄；记签收；记退回"), "hand_post"),
    Binding(Key.SEND_BACK, tr("邮件退回来了"), "hand_post"),
    Binding(Key.PRINT, tr("打今天的清单"), "hand_post"),
    Binding(Key.NEXT_STEP, tr("下一步"), "sync", built=False),
    Binding(Key.NEXT_STEP, tr("再查一遍"), "checkup"),
    Binding(Key.PRINT, tr("体检单存成文件"), "checkup"),
    Binding(Key.FIND_HERE, tr("按字挑日志"), "log"),
    Binding(Key.NEXT_STEP, tr("再读一遍"), "log"),
    Binding(Key.PRINT, tr("日志存成文件"), "log"),
    Binding(Key.NEXT_STEP, tr("现在备份"), "backup"),
    Binding(Key.NEXT_STEP, tr("问中心有没有更新；停下不取"), "update"),
    Binding(Key.VERSION_BACK, tr("退回上一版"), "update"),
    Binding(Key.FIND, tr("找页面、办件、号票")),
    Binding(Key.READ_CARD, tr("读身份证"), "form", built=False),
    Binding(Key.NEXT_STEP, tr("下一步；最后一步：自检并确认"), "form"),
    Binding(Key.ADD_ROW, tr("加一行"), "form"),
    Binding(Key.ADD_ROW, tr("接号：扫别的窗口的交号单"), "counter"),
    Binding(Key.NEXT_FINDING, tr("下一处要改的"), "form"),
    Binding(Key.CITIZEN, tr("给申请人看这一步"), "form"),
    Binding(Key.COMPARE, tr("和登记档案对照，再按回表里"), "form"),
    Binding(Key.FIND_HERE, tr("取档：找公司"), "form"),
    Binding(Key.NEW, tr("导入一份申请，也可拖进来"), "form"),
    Binding(Key.PRINT, tr("打印登记表的文书；抄到别的系统"), "form"),
    Binding(Key.TAKE_TICKET, tr("申请人自填的：本步核对过"), "form"),
    Binding(Key.REVEAL, tr("显示或遮住证件号（有记录）"), "form"),
    Binding(Key.SAVED, tr("什么时候自动存的"), "form"),
    Binding(Key.RECORD_UP, tr("上一条"), "form"),
    Binding(Key.RECORD_DOWN, tr("下一条"), "form"),
    Binding(Key.STEP_UP, tr("上一步"), "form"),
    Binding(Key.STEP_DOWN, tr("下一步"), "form"),
    Binding(Key.POINT, tr("在这一栏提补正点，再按记下"), "form"),
    Binding(Key.NEXT_STEP, tr("录代码并归档；送下一家"), "result"),
    Binding(Key.PRINT, tr("打印结果单"), "result"),
    Binding(Key.PRINT_ONE, tr("打挑中的部门的一份"), "result"),
    Binding(Key.NEXT_STEP, tr("授权并用印；用印后：回到叫号"), "sealing"),
    Binding(Key.SEND_BACK, tr("写不予理由；再按：改回准予"), "sealing"),
    Binding(Key.SEVERAL, tr("批量：勾选的一页一页看，一次授权"), "sealing"),
    Binding(Key.RUBBER, tr("盖实体章；再按：用电子印章"), "sealing"),
    Binding(Key.PRINT, tr("再打一份授权的那页，去盖实体章"), "sealing"),
    Binding(Key.PAPERS, tr("看这件的附件"), "sealing"),
    Binding(Key.NEW, tr("选一份盖过章的 PDF，也可拖进来"), "verifying"),
    Binding(Key.FIND_HERE, tr("扫码、写文号或办件编号"), "verifying"),
    Binding(Key.NEXT_STEP, tr("打印一章一查"), "verifying"),
    Binding(Key.PRINT, tr("一章一查存成 A4"), "verifying"),
    Binding(Key.ROOTS, tr("选根证书；用回本机的"), "verifying"),
    Binding(Key.REVOKED, tr("选吊销名单；去掉"), "verifying"),
    Binding(Key.NEXT_STEP, tr("存成 A4 登记簿"), "register"),
    Binding(Key.PRINT, tr("导出表格"), "register"),
    Binding(Key.FIND_HERE, tr("挑哪枚印章"), "register"),
    Binding(Key.STEP_UP, tr("往前几天"), "register"),
    Binding(Key.STEP_DOWN, tr("往后几天"), "register"),
    Binding(Key.ADD_ROW, tr("再取一些"), "register"),
    Binding(Key.NEW, tr("打开办件；去这件重新用印"), "register"),
    Binding(Key.SEND_BACK, tr("没有盖成，记下"), "register"),
    Binding(Key.PRINT_ONE, tr("一章一查"), "register"),
    Binding(Key.SEALED_PAPER, tr("再打一份盖好的文书"), "register"),
    Binding(Key.NEXT_STEP, tr("确认；请恢复、同意恢复"), "seals"),
    Binding(Key.SEND_BACK, tr("停用；停了以后：销毁"), "seals"),
    Binding(Key.ADD_ROW, tr("挂失"), "seals"),
    Binding(Key.NEW, tr("交接；再请一次恢复"), "seals"),
    Binding(Key.PRINT, tr("挂失报告存成 A4"), "seals"),
    Binding(Key.NEXT_STEP, tr("登记；复核"), "letters"),
    Binding(Key.ADD_ROW, tr("登记收到的授权书"), "letters"),
    Binding(Key.READ_CARD, tr("带班授权，只管今天"), "letters"),
    Binding(Key.SCAN, tr("选扫描件；打开扫描件"), "letters"),
    Binding(Key.SEND_BACK, tr("停用"), "letters"),
    Binding(Key.NEXT_STEP, tr("给群众看（全屏）"), "public"),
    Binding(Key.PRINT, tr("存成 A4，打印贴出"), "public"),
    Binding(Key.NEXT_STEP, tr("提这一份；确认整份"), "roster"),
    Binding(Key.NEW, tr("新的变动"), "roster"),
    Binding(Key.ADD_ROW, tr("加这一行"), "roster"),
    Binding(Key.SEND_BACK, tr("去掉这一行；撤回"), "roster"),
    Binding(Key.FIND_HERE, tr("扫备用件，或写编号"), "back_entry"),
    Binding(Key.NEXT_STEP, tr("补录；改好；核对一致；扫这份纸"), "back_entry"),
    Binding(Key.SEND_BACK, tr("不一样，退回；这份写坏了"), "back_entry"),
    Binding(Key.ADD_ROW, tr("改录好的"), "back_entry"),
    Binding(Key.SCAN, tr("扫这份纸"), "back_entry"),
    Binding(Key.PRINT_ONE, tr("选扫描件"), "back_entry"),
    Binding(Key.TAKE_TICKET, tr("录重了，作废这件"), "back_entry"),
    Binding(Key.REVEAL, tr("显示或遮住证件号（有记录）"), "back_entry"),
    *(
        binding
        for view, step in (
            ("inbox", tr("收件；接着收件；打开办件")),
            ("inbox_bookings", tr("按预约取号")),
            ("inbox_prechecks", tr("接着收件；打开办件")),
        )
        for binding in (
            Binding(Key.FIND_HERE, tr("找：姓名、编号、手机末四位"), view),
            Binding(Key.NEXT_STEP, step, view),
            Binding(Key.SEND_BACK, tr("不收，一次性告知；取消预约；放回"), view),
        )
    ),
    *(
        binding
        for view in ("inbox", "inbox_prechecks")
        for binding in (
            Binding(Key.PAPERS, tr("看原件；在单子上按 Enter 也行"), view),
            Binding(Key.STEP_UP, tr("原件往前一页、一份"), view),
        )
    ),
    Binding(Key.NEXT_STEP, tr("印一套；记领用；交回"), "paper_kits"),
    Binding(Key.NEW, tr("再印一套"), "paper_kits"),
    Binding(Key.SEND_BACK, tr("收回没发出去的"), "paper_kits"),
    Binding(Key.PRINT, tr("没打出来的存成文件"), "paper_kits"),
    Binding(Key.NEXT_STEP, tr("提这一份；确认整份"), "catalogue"),
    Binding(Key.NEW, tr("新的变动"), "catalogue"),
    Binding(Key.ADD_ROW, tr("加这一行"), "catalogue"),
    Binding(Key.SEND_BACK, tr("去掉这一行；撤回"), "catalogue"),
    Binding(Key.SCAN, tr("从文件导入事项"), "catalogue"),
    Binding(Key.TRY_OUT, tr("开试办大厅"), "catalogue"),
    Binding(Key.NEXT_STEP, tr("改这一项"), "managed_items"),
    Binding(Key.PRINT, tr("办事指南存成 A4"), "managed_items"),
    Binding(Key.NEXT_STEP, tr("变动记录存成 A4"), "catalogue_record"),
    Binding(Key.NEXT_STEP, tr("提放假安排"), "years"),
    Binding(Key.NEXT_STEP, tr("发入列码；换机；报失；撤回"), "machines"),
    Binding(Key.NEW, tr("入列一台新电脑"), "machines"),
    Binding(Key.SEND_BACK, tr("报失"), "machines"),
    Binding(Key.NEXT_STEP, tr("再送这一条"), "outside"),
    Binding(Key.SEND_BACK, tr("这一条不送了"), "outside"),
    Binding(Key.NEXT_STEP, tr("登记、下一步"), "asked"),
    Binding(Key.NEW, tr("登记首问"), "asked"),
    Binding(Key.ADD_ROW, tr("带到"), "asked"),
    Binding(Key.REVEAL, tr("显示留的电话（有记录）"), "asked"),
    Binding(Key.NEXT_STEP, tr("登记、下一步"), "complaints"),
    Binding(Key.NEW, tr("登记投诉"), "complaints"),
    Binding(Key.REVEAL, tr("显示留的电话（有记录）"), "complaints"),
    Binding(Key.NEXT_STEP, tr("下一步"), "follow_ups"),
    Binding(Key.NEXT_STEP, tr("办这一步"), "whole"),
    Binding(Key.PAPERS, tr("看附件；在附件上按 Enter 也行"), "whole"),
    Binding(Key.NEXT_STEP, tr("申辩；了结；打开办件"), "cards"),
    Binding(Key.ADD_ROW, tr("同一原因的一起申辩；维持；发黄牌"), "cards"),
    Binding(Key.SEND_BACK, tr("撤销；不发了"), "cards"),
    Binding(Key.NEW, tr("发牌"), "cards"),
    Binding(Key.STEP_UP, tr("往前一天、一个月"), "report"),
    Binding(Key.STEP_DOWN, tr("往后一天、一个月"), "report"),
    Binding(Key.NEXT_STEP, tr("导出表格"), "report"),
    Binding(Key.PRINT, tr("存成 A4"), "report"),
    Binding(Key.NEXT_STEP, tr("到窗口看过，销掉呼叫；当日收尾"), "hall_now"),
    Binding(Key.PRINT, tr("打印各窗口最后的等候名单"), "hall_now"),
    Binding(Key.NEXT_STEP, tr("提前；确认这一步"), "hall_order"),
    Binding(Key.SEND_BACK, tr("止号；恢复发号"), "hall_order"),
    Binding(Key.ADD_ROW, tr("窗口改队"), "hall_order"),
    Binding(Key.NEW, tr("放开断线窗口名下的号"), "hall_order"),
    Binding(Key.STEP_UP, tr("往前一天、一周"), "hall_stats"),
    Binding(Key.STEP_DOWN, tr("往后一天、一周"), "hall_stats"),
    Binding(Key.NEXT_STEP, tr("导出表格"), "hall_stats"),
    Binding(Key.PRINT, tr("存成 A4"), "hall_stats"),
    Binding(Key.FIND_HERE, tr("写号码查"), "hall_log"),
    Binding(Key.STEP_UP, tr("前一天"), "hall_log"),
    Binding(Key.STEP_DOWN, tr("后一天"), "hall_log"),
    Binding(Key.NEXT_STEP, tr("比对；停；存成表格"), "calendar"),
    Binding(Key.ADD_ROW, tr("重新比对"), "calendar"),
    Binding(Key.ADD_ROW, tr("记下空号说明"), "sync"),
    Binding(Key.FIND_HERE, tr("按编号或号票查"), "audit"),
    Binding(Key.STEP_UP, tr("往前几天"), "audit"),
    Binding(Key.STEP_DOWN, tr("往后几天"), "audit"),
    Binding(Key.ADD_ROW, tr("再取一些"), "audit"),
    Binding(Key.PRINT, tr("导出"), "audit"),
    Binding(Key.NEW, tr("新的请假或离岗"), "board"),
    Binding(Key.NEXT_STEP, tr("下一步：请人顶岗、报上去、批准、排好这一周"), "board"),
    Binding(Key.SEND_BACK, tr("不准、撤回、不报了"), "board"),
)

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# Input methods, desktops, Windows and QLineEdit hold these (desk.md §6), and any Ctrl+Shift, Ctrl+Alt and Super.
NEVER = frozenset(
    (
        "Shift",
        "Ctrl+Space",
        "Shift+Space",
        "Ctrl+;",
        "Ctrl+.",
        "Ctrl+7",
        "F12",
        "Alt+A",
        "Alt+Space",
        "Alt+Down",
        "Ctrl+E",
        "Ctrl+U",
        "Ctrl+A",
        "Ctrl+C",
        "Ctrl+V",
        "Ctrl+X",
        "Ctrl+Z",
        *(f"Alt+F{number}" for number in (1, 2, 4, 5, 6, 10)),
        *_LETTERS,
    )
)
NEVER_BEGINNINGS = ("Ctrl+Alt+", "Ctrl+Shift+", "Super+", "Meta+", "Win+", "Shift+Ctrl+", "Alt+Ctrl+")


def forbidden(key: str) -> bool:
    """Whether a key belongs to somebody else."""
    return key in NEVER or key.startswith(NEVER_BEGINNINGS)


def of_page(page: str) -> tuple[Binding, ...]:
    """What F1 lists: the page's own keys first, then those that work anywhere, the pages' numbers as one."""
    own = tuple(binding for binding in BINDINGS if binding.page == page and page and binding.built)
    anywhere = tuple(binding for binding in BINDINGS if binding.page == ANYWHERE and binding.built)
    in_one = (*PAGES, Key.PAGE_SETTINGS, Key.PAGE_MANAGING, Key.PAGE_BACK_ENTRY, Key.PAGE_INBOX)
    return (
        *own,
        *(one for one in anywhere if one.key not in in_one),
        Binding("Alt+1–9", tr("左边的页；B 补录，G 管理，S 设置，W 收件箱")),
    )


def doubles() -> list[tuple[str, str]]:
    """Keys bound twice on one page, or on a page and anywhere."""
    count = Counter((binding.key, binding.page) for binding in BINDINGS)
    found = [pair for pair, times in count.items() if times > 1]
    anywhere = {binding.key for binding in BINDINGS if binding.page == ANYWHERE}
    return found + [(binding.key, binding.page) for binding in BINDINGS if binding.page and binding.key in anywhere]
