"""What happens in the sample district: kinds of violation, each a real matter of the pack that is no draft."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Deed:
    """One kind of violation. `fines` in 元 lie inside the benchmark grade of `tier` for every party kind listed."""

    matter: str
    parties: tuple[str, ...]
    tier: str
    fines: tuple[int, ...]
    facts: tuple[str, str, str]
    trade: str = "商店"
    campaign: str | None = None
    months: tuple[int, ...] = tuple(range(1, 12))
    evening: bool = False
    correction_first: bool = False
    warning: bool = False
    heavy: str = ""

    @property
    def business(self) -> bool:
        return self.parties != ("citizen",)


WHO, WHERE = "行为人身份", "发生的时间和地点"
BLUE = "blue_sky"
_BARBECUE = (WHO, "露天烧烤食品", "位于划定的禁止区域和时段")
_TRADER, _CITIZEN, _FIRM = ("sole_trader",), ("citizen",), ("legal_person",)

# Number of cases of each kind in the year; together 79, of which 24 in the blue-sky campaign.
YEAR: tuple[tuple[int, Deed], ...] = (
    (
        7,
        Deed(
            "M046",
            _TRADER,
            "minor",
            (500, 600, 700, 800, 900),
            _BARBECUE,
            "烧烤店",
            BLUE,
            (5, 6, 7, 8, 9),
            True,
        ),
    ),
    (1, Deed("M046", _TRADER, "ordinary", (5000,), _BARBECUE, "烧烤店", BLUE, (8,), True, heavy="waived")),
    (
        2,
        Deed(
            "M047",
            _FIRM,
            "minor",
            (2000, 3000),
            (WHO, "为露天烧烤提供场地", WHERE),
            "商业管理有限公司",
            BLUE,
            (6, 7),
            True,
        ),
    ),
    (
        6,
        Deed(
            "M050",
            _CITIZEN,
            "minor",
            (500, 600, 700),
            (WHO, "露天焚烧落叶、枯草", WHERE),
            "",
            BLUE,
            (1, 2, 3, 10, 11),
        ),
    ),
    (
        5,
        Deed(
            "M036",
            _FIRM,
            "minor",
            (5000, 6000, 8000, 10000),
            (WHO, "运输途中遗撒建筑垃圾", WHERE),
            "运输有限公司",
            BLUE,
            (3, 4, 5, 9, 10),
            warning=True,
        ),
    ),
    (
        3,
        Deed(
            "M040",
            _FIRM,
            "minor",
            (5000, 7000, 9000),
            (WHO, "随意倾倒建筑垃圾", WHERE),
            "建筑装饰有限公司",
            BLUE,
            (2, 4, 10),
            warning=True,
        ),
    ),
    (7, Deed("M023", _CITIZEN, "ordinary", (200, 240, 280, 300), (WHO, "随意倾倒生活垃圾", WHERE))),
    (
        6,
        Deed(
            "M022",
            _CITIZEN,
            "minor",
            (100, 120, 150),
            (WHO, "未分类投放生活垃圾", "责令改正后仍不改正"),
            correction_first=True,
        ),
    ),
    (4, Deed("M024", _CITIZEN, "ordinary", (200, 250, 300), (WHO, "运输途中遗撒生活垃圾", WHERE))),
    (
        6,
        Deed(
            "M003",
            _TRADER,
            "ordinary",
            (500, 600, 800),
            (WHO, "在建筑物上张贴悬挂宣传品", "责令清除后拒不清除"),
            "便利店",
            correction_first=True,
        ),
    ),
    (
        5,
        Deed("M005", _FIRM, "minor", (200, 300, 400), (WHO, "未经许可悬挂宣传品", WHERE), "文化传播有限公司"),
    ),
    (
        4,
        Deed(
            "M006",
            _FIRM,
            "minor",
            (2000, 3000, 5000),
            (WHO, "擅自改变建筑物外檐", "逾期未改正"),
            "餐饮管理有限公司",
            correction_first=True,
        ),
    ),
    (
        3,
        Deed(
            "M007",
            _FIRM,
            "minor",
            (2000, 4000),
            (WHO, "在公共场地擅自搭建", "逾期未拆除"),
            "物流有限公司",
            correction_first=True,
        ),
    ),
    (
        4,
        Deed(
            "M030",
            _FIRM,
            "ordinary",
            (1000, 1200, 1500),
            (WHO, "将建筑垃圾混入生活垃圾", WHERE),
            "装饰工程有限公司",
            warning=True,
        ),
    ),
    (
        2,
        Deed(
            "M031",
            _FIRM,
            "minor",
            (5000, 6000),
            (WHO, "擅自设立弃置场受纳建筑垃圾", WHERE),
            "土石方工程有限公司",
            warning=True,
        ),
    ),
    (4, Deed("M066", _FIRM, "minor", (2000, 3000, 4000), (WHO, "擅自占用城市道路", WHERE), "建材有限公司")),
    (
        2,
        Deed(
            "M072", _FIRM, "minor", (1000, 2000), (WHO, "在路灯设施上擅自设置广告牌", WHERE), "广告有限公司"
        ),
    ),
    (
        2,
        Deed(
            "M078",
            _CITIZEN,
            "ordinary",
            (300, 400),
            (WHO, "擅自改装燃气设施", "逾期未改正"),
            correction_first=True,
        ),
    ),
    (
        2,
        Deed(
            "M081",
            _FIRM,
            "ordinary",
            (1500, 2000),
            (WHO, "擅自覆盖燃气设施安全警示标志", WHERE),
            "市政工程有限公司",
        ),
    ),
    (
        1,
        Deed(
            "M038",
            _FIRM,
            "ordinary",
            (35000,),
            (WHO, "未经核准擅自处置建筑垃圾", WHERE),
            "建筑工程有限公司",
            months=(3,),
            warning=True,
            heavy="statement",
        ),
    ),
    (
        1,
        Deed(
            "M023",
            _FIRM,
            "minor",
            (60000,),
            (WHO, "随意堆放生活垃圾", WHERE),
            "农贸市场管理有限公司",
            months=(8,),
            heavy="hearing",
        ),
    ),
    (
        1,
        Deed(
            "M034",
            _FIRM,
            "minor",
            (100000,),
            (WHO, "施工单位未编制建筑垃圾处理方案报备案", WHERE),
            "建设集团有限公司",
            months=(9,),
            heavy="lapsed",
        ),
    ),
    (
        1,
        Deed(
            "M039",
            _FIRM,
            "ordinary",
            (12000,),
            (WHO, "超出核准范围处置建筑垃圾", WHERE),
            "渣土运输有限公司",
            months=(5,),
            warning=True,
            heavy="complex",
        ),
    ),
)
# Summary penalties: (matter, fine in 元 with the text of 2017, with that of 2021, fact); 0: a warning alone.
ON_THE_SPOT = (
    ("M001", "citizen", 50, 50, "随地乱扔废弃物"),
    ("M001", "citizen", 50, 80, "随地吐痰"),
    ("M030", "legal_person", 0, 0, "将建筑垃圾混入生活垃圾"),
    ("M005", "sole_trader", 50, 150, "未经许可悬挂宣传品"),
    ("M030", "legal_person", 500, 600, "将建筑垃圾混入生活垃圾"),
    ("M002", "citizen", 0, 100, "随意张贴小广告"),
)
