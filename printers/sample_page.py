"""测试页 a page that shows at a glance what a printer can do: width, Chinese, rare names, QR, the knife."""

from __future__ import annotations

from clerk_app.receipts.slip import Feed, Pair, Qr, Rule, Slip, Text


def sample_page(address: str, columns: int) -> Slip:
    """The test page of the printer at `address` with paper of so many columns."""
    ruler = ("1234567890" * 5)[:columns]
    return Slip(
        "test-page",
        address,
        (
            Text("打印测试页", size=2, bold=True, align="center"),
            Feed(),
            Text(f"标尺：{columns} 列，应正好满一行"),
            Text(ruler),
            Text("国" * (columns // 2)),
            Rule(),
            Text("标点：，。、；：？！（）《》【】“”‘’—…·×÷℃№①Ⅰ￥"),
            Text("放大二倍 A1", size=2),
            Text("放大三倍 A1", size=3),
            Text("加粗 居右", bold=True, align="right"),
            Rule(),
            Pair("常用字", "临江市政务服务中心"),
            Pair("四字节字", "㛃、㙓、䶮"),
            Pair("生僻姓名", "张㛃䶮、王𬭊"),
            Text("以上两行由图形打印，应与旁边的字一样大。"),
            Rule(),
            Qr(f"https://example.invalid/printer-test?to={address}", "扫一扫，应看到本机地址"),
            Pair("打印机地址", address),
            Pair("纸宽", f"{columns} 列"),
            Text("以下应当走纸并切断。", align="center"),
        ),
    )
