"""Two papers as the hall prints them, used by many tests."""

from __future__ import annotations

from clerk_app.receipts.slip import Feed, Pair, Qr, Rule, Slip, Text

TICKET_URL = "https://hall.example.gov.cn/t/8f3kq2m9x7"
CASE_URL = "https://hall.example.gov.cn/c/9a7Q-2f0e-44bb-81d3-xk29"

TICKET = Slip(
    "ticket",
    "A001",
    (
        Text("临江市政务服务中心", align="center"),
        Text("企业开办与登记", size=2, align="center"),
        Feed(),
        Text("A001", size=3, bold=True, align="center"),
        Feed(),
        Text("前面还有 3 人", align="center"),
        Rule(),
        Pair("取号时间", "2026-11-21 09:05"),
        Qr(TICKET_URL, "扫码看排队进度"),
        Text("请留意叫号；过号可到原窗口报号重排。", align="center"),
    ),
)

RECEIPT = Slip(
    "receipt",
    "LJ-2026-000017",
    (
        Text("临江市政务服务中心", align="center"),
        Text("受理回执", size=2, bold=True, align="center"),
        Rule(),
        Pair("办件编号", "440105-SPZX-20261121-000017"),
        Pair("事项", "有限责任公司设立登记（含章程备案、印章刻制、社保登记一并办理）"),
        Pair("申请人", "张㛃䶮（3301**********1234）"),
        Pair("受理日期", "2026年11月21日"),
        Pair("承诺办结", "12月4日（星期五）前", bold=True),
        Pair("法定期限", "2027年1月4日前，共20个工作日，不含公示、听证、检测所需时间。"),
        Rule(),
        Text("已收材料", bold=True),
        Text("1. 公司登记（备案）申请书　原件1份"),
        Text("2. 住所使用证明（房屋租赁合同或不动产权证书复印件，加盖公章）　复印件2份"),
        Rule(),
        Pair("窗口", "2号窗口"),
        Pair("经办人", "李小燕"),
        Pair("咨询投诉电话", "12345"),
        Pair("应缴费用", "¥0.00"),
        Qr(CASE_URL, "扫码查办理进度"),
    ),
    copy_no=2,
    training=True,
    subject="cases:17",
)
