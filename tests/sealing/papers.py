"""A decision and a seal as the training hall has them; names with characters that break fonts."""

from __future__ import annotations

from datetime import date

from clerk_app.sealing.paper import DecisionPaper, SealFace

PAPER = DecisionPaper(
    title="准予登记通知书",
    document_no="（江）登字〔2026〕第000123号",
    addressee="江州市㛃䶮咖啡店（个体工商户）",
    paragraphs=(
        "经审查，你（单位）提交的个体工商户设立登记申请材料齐全，符合法定形式。根据《中华人民共和国行政许可法》第三十八条第一款、"
        "《中华人民共和国市场主体登记管理条例》第十九条的规定，本机关决定准予设立登记。",
        "登记事项如下：名称江州市㛃䶮咖啡店（个体工商户），统一社会信用代码92429900MA0000001X，经营者犇喆镕，"
        "经营场所江州市滨湖大道88号一层101室，经营范围：食品销售；餐饮服务。",
        "请凭本通知书和经营者有效身份证件到窗口领取营业执照。",
    ),
    notes=(
        "如不服本决定，可以自收到本通知书之日起六十日内向江州市人民政府申请行政复议，或者在六个月内依法向人民法院提起行政诉讼。",
    ),
    department="江州市市场监督管理局",
    day=date(2026, 11, 21),
    case_no="JZ01-20261121-00042-7",
    query="https://jz.example/verify?d=42&h=8d3f1a",
    training=True,
)
FACE = SealFace(name="江州市市场监督管理局行政审批专用章", code="4299000012345", mark="演练")
