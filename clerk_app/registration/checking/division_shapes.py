"""区划的写法 every way a company's name may say where its domicile is (名称规定 7)."""

from __future__ import annotations

import re
from functools import lru_cache

_REGIONS = {
    "内蒙古自治区": "内蒙古",
    "广西壮族自治区": "广西",
    "西藏自治区": "西藏",
    "宁夏回族自治区": "宁夏",
    "新疆维吾尔自治区": "新疆",
}
_PEOPLES = (
    "达斡尔|鄂温克|鄂伦春|柯尔克孜|维吾尔|哈萨克|塔吉克|蒙古|朝鲜|土家|布依|哈尼|傈僳|拉祜|东乡|纳西|景颇|仫佬|布朗|撒拉|毛南|仡佬|锡伯"
    "|保安|裕固|独龙|高山|壮|回|藏|苗|彝|满|侗|瑶|白|傣|黎|佤|畲|水|土|羌|怒|各"
)
_autonomous = re.compile(f"(.{{2,}}?)(?:(?:{_PEOPLES})族?)*族?自治([州县旗])")
_ENDINGS = ("特别行政区", "地区", "林区", "特区", "新区", "省", "市", "县", "区", "旗", "盟", "州")
_ON_PAPER_ONLY = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")
_ALONE = ("林区", "特区")
"""区 that are no districts of a city."""


def division_shapes(province: str, city: str, county: str) -> dict[str, None]:
    """Province, city, city with county, and the county alone unless it is a city's district; the usual first."""
    shapes = dict.fromkeys(_written(city))
    counties = _written(county)
    shapes |= {first + second: None for first in _written(city) for second in counties}
    if not county.endswith("区") or county.endswith(_ALONE):
        shapes |= dict.fromkeys(counties)
    return shapes | dict.fromkeys(_written(province))


@lru_cache(maxsize=256)
def _written(name: str) -> tuple[str, ...]:
    """With and without its ending: 浙江省, 浙江; 恩施土家族苗族自治州, 恩施州, 恩施."""
    if not name or name in _ON_PAPER_ONLY:
        return ()
    if name in _REGIONS:
        return (name, _REGIONS[name], f"{_REGIONS[name]}自治区")
    if found := _autonomous.fullmatch(name):
        short = found[1]
        return (name, short, short + found[2])
    shorter = tuple(name.removesuffix(ending) for ending in _ENDINGS if name.endswith(ending) and name != ending)
    return (name, *shorter)
