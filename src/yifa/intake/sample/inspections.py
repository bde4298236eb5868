"""Inspections of the sample year, by campaign and by random draw (双随机), with the counts the report states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from yifa.intake.sample.cases.parties import shop_name, town_name
from yifa.intake.sample.days import working_day, working_days
from yifa.intake.sample.people import HANDLERS, PAIRS

CAMPAIGNS: tuple[tuple[str, str, date, date, str, str | None], ...] = (
    ("waste_sorting", "生活垃圾分类执法检查", date(2021, 3, 1), date(2021, 12, 20), "生活垃圾", None),
    ("under_bridge", "城区桥下空间环境卫生整治", date(2021, 4, 1), date(2021, 11, 30), "市容环境卫生", None),
    ("open_air_barbecue", "露天烧烤规范检查", date(2021, 5, 1), date(2021, 9, 30), "大气污染防治", None),
    ("blue_sky", "蓝天保卫战执法行动", date(2021, 1, 1), date(2021, 12, 31), "大气污染防治", None),
    (
        "food_safety",
        "食品安全整治百日行动",
        date(2021, 9, 1),
        date(2021, 12, 10),
        "校园周边食品安全",
        "示例区市场监督管理局",
    ),
)
BARBECUE_PREMISES = 363
DRAWS = (
    ("SJ2021-01", "建筑垃圾处置单位检查", date(2021, 3, 16), 86, 6),
    ("SJ2021-02", "户外广告设施检查", date(2021, 5, 18), 142, 8),
    ("SJ2021-03", "餐饮企业厨余垃圾检查", date(2021, 8, 17), 233, 10),
    ("SJ2021-04", "燃气用户安全检查", date(2021, 10, 19), 178, 8),
)
_PLACES = ("小区垃圾收集点", "农贸市场垃圾房", "学校垃圾收集点", "写字楼垃圾收集点")
_BRIDGES = (
    "北环桥下",
    "南环桥下",
    "东环桥下",
    "西环桥下",
    "中心桥下",
    "引河桥下",
    "铁路桥下",
    "潮安桥下",
    "开源桥下",
    "长虹桥下",
    "广济桥下",
    "新安桥下",
)


@dataclass(frozen=True)
class Inspection:
    """One row of 检查."""

    number: str
    on: date
    campaign: str | None
    draw: str | None
    town: str
    target: str
    officers: tuple[str, ...]
    result: str

    def row(self) -> dict[str, object]:
        return {
            "编号": self.number,
            "日期": self.on,
            "专项行动": self.campaign,
            "双随机任务": self.draw,
            "镇街": self.town,
            "对象": self.target,
            "检查人员": "、".join(self.officers),
            "结果": self.result,
            "公示日期": working_day(self.on, 5) if self.draw else None,
        }


def campaign_rows() -> list[dict[str, object]]:
    return [
        {"代码": code, "名称": name, "开始日期": first, "结束日期": last, "领域": field, "接收部门": receiver}
        for code, name, first, last, field, receiver in CAMPAIGNS
    ]


def draw_rows() -> list[dict[str, object]]:
    """Draws; the published day is two working days after all drawn inspections were over."""
    return [
        {
            "任务编号": number,
            "事项": matter,
            "抽取日期": on,
            "对象总数": pool,
            "抽取对象数": drawn,
            "人员总数": len(HANDLERS),
            "抽取人员数": 4,
            "公示日期": working_day(on, 12),
        }
        for number, matter, on, pool, drawn in DRAWS
    ]


def handover_rows() -> list[dict[str, object]]:
    return [
        {
            "编号": f"YJ2021-{n:02d}",
            "日期": on,
            "专项行动": "food_safety",
            "材料": material,
            "接收部门": "示例区市场监督管理局",
            "回执号": f"示例市监收〔2021〕{n:02d}",
        }
        for n, (on, material) in enumerate(
            ((date(2021, 12, 3), "风险排查清单"), (date(2021, 12, 9), "工作报表")), 1
        )
    ]


def all_inspections() -> list[Inspection]:
    """Every inspection of the year, ordered and numbered by day."""
    rng = Random(721)
    found = [
        *_waste_sorting(rng),
        *_under_bridge(rng),
        *_barbecue(rng),
        *_blue_sky(rng),
        *_drawn(),
        *_schools(rng),
    ]
    found.sort(key=lambda row: (row[0], row[4]))
    return [Inspection(f"JC2021-{serial:04d}", *row) for serial, row in enumerate(found, 1)]


Row = tuple[date, str | None, str | None, str, str, tuple[str, ...], str]


def _result(rng: Random) -> str:
    return rng.choices(("正常", "当场改正", "责令改正"), (70, 22, 8))[0]


def _row(
    day: date, campaign: str | None, town: int, target: str, officers: tuple[str, ...], result: str
) -> Row:
    return day, campaign, None, town_name(town), target, officers, result


def _waste_sorting(rng: Random) -> list[Row]:
    """40 visits by two officers: 80 人次."""
    days = working_days(date(2021, 3, 1), date(2021, 12, 17))
    return [
        _row(
            days[n * len(days) // 40],
            "waste_sorting",
            n,
            f"{town_name(n)}{_PLACES[n % 4]}{n // 24 + 1}号",
            PAIRS[n % 8],
            _result(rng),
        )
        for n in range(40)
    ]


def _under_bridge(rng: Random) -> list[Row]:
    """12 visits, one of them by three officers: 25 人次."""
    days = working_days(date(2021, 4, 1), date(2021, 11, 26))
    return [
        _row(
            days[n * len(days) // 12],
            "under_bridge",
            n % 3,
            bridge,
            (*PAIRS[n % 8], HANDLERS[(2 * n + 2) % 16]) if n == 5 else PAIRS[n % 8],
            _result(rng),
        )
        for n, bridge in enumerate(_BRIDGES)
    ]


def _barbecue(rng: Random) -> list[Row]:
    """363 premises in 24 towns, each seen once on a summer evening."""
    first = date(2021, 5, 6)
    return [
        _row(
            first + timedelta(days=n * 140 // BARBECUE_PREMISES),
            "open_air_barbecue",
            n % 24,
            shop_name(n % 24, n // 24, "烧烤店"),
            PAIRS[(n // 3) % 8],
            _result(rng),
        )
        for n in range(BARBECUE_PREMISES)
    ]


def _blue_sky(rng: Random) -> list[Row]:
    days = working_days(date(2021, 1, 5), date(2021, 12, 28))
    return [
        _row(
            days[n * len(days) // 36],
            "blue_sky",
            n * 5 % 24,
            f"{town_name(n * 5 % 24)}在建工地{n + 1}号",
            PAIRS[(n * 3) % 8],
            _result(rng),
        )
        for n in range(36)
    ]


def _schools(rng: Random) -> list[Row]:
    days = working_days(date(2021, 9, 1), date(2021, 12, 1))
    return [
        _row(
            days[n * len(days) // 24],
            "food_safety",
            n,
            f"{town_name(n)}中心小学周边",
            PAIRS[(n + 4) % 8],
            _result(rng),
        )
        for n in range(24)
    ]


def _drawn() -> list[Row]:
    """Objects drawn are seen within ten working days by the two pairs drawn."""
    return [
        (
            working_day(on, 1 + n),
            None,
            number,
            town_name(n * 7 + task),
            f"示例{matter[:4]}第{task + 1}批{n + 1:02d}号单位",
            PAIRS[(task * 2 + n % 2) % 8],
            "当场改正" if n % 4 == 3 else "正常",
        )
        for task, (number, matter, on, _, drawn) in enumerate(DRAWS)
        for n in range(drawn)
    ]
