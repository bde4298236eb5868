"""Who works at the fictional commission: about thirty people, none of whom exists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

TERM_FROM, TERM_TO = date(2020, 7, 1), date(2031, 12, 31)
CERTIFIED_FROM, CERTIFIED_TO = date(2019, 3, 1), date(2035, 12, 31)


@dataclass(frozen=True)
class SamplePerson:
    """One row of 人员; `roles` are the labels of the workbook, joined by 、."""

    staff_no: str
    name: str
    unit: str
    post: str
    roles: str
    birth_on: date
    certified: bool = False
    qualified: bool = False
    counsel: bool = False

    def row(self) -> dict[str, object]:
        certificate = (
            (f"示例执{self.staff_no}", CERTIFIED_FROM, CERTIFIED_TO) if self.certified else (None, None, None)
        )
        term = (TERM_FROM, TERM_TO) if self.counsel else (None, None)
        return {
            "工号": self.staff_no,
            "姓名": self.name,
            "部门": self.unit,
            "职务": self.post,
            "角色": self.roles,
            "执法证号": certificate[0],
            "证件有效期起": certificate[1],
            "证件有效期止": certificate[2],
            "法律职业资格": "是" if self.qualified else "否",
            "出生日期": self.birth_on,
            "聘期起": term[0],
            "聘期止": term[1],
        }


DIRECTOR, DEPUTIES = "0001", ("0002", "0003", "0004")
HEADS = (DIRECTOR, *DEPUTIES)
REVIEWERS = ("0101", "0102")
PRESIDING = "0103"
OFFICE = "0105"
COMMITTEE = (*HEADS, "0104", "0105")
COUNSEL = ("0901", "0902")
PUBLIC_LAWYER = "0903"
HANDLERS = tuple(f"02{n:02d}" for n in range(1, 17))
PAIRS = tuple(zip(HANDLERS[::2], HANDLERS[1::2], strict=True))

_LEADERS = (
    ("0001", "温启明", "委领导", "主任", 1970),
    ("0002", "孟晓岚", "委领导", "副主任", 1973),
    ("0003", "郝建业", "委领导", "副主任", 1975),
    ("0004", "纪云舟", "委领导", "副主任", 1977),
)
_LEGAL = (
    ("0101", "宋知行", "法制科", "科长", "法制审核", 1982, True),
    ("0102", "方静怡", "法制科", "科员", "法制审核", 1990, True),
    ("0103", "罗思齐", "法制科", "副科长", "听证主持", 1985, True),
    ("0104", "常远航", "督察科", "科长", "案审委员", 1979, False),
    ("0105", "叶书宁", "办公室", "主任", "案审委员", 1981, False),
)
_OFFICERS = (
    "江海涛",
    "柳文博",
    "邵立群",
    "沈秋月",
    "贺志强",
    "庞晓东",
    "苗春雨",
    "尹长青",
    "鲁国栋",
    "康小满",
    "耿向阳",
    "谭玉洁",
    "裴振华",
    "房明远",
    "祁佳音",
    "管德胜",
)
_AUXILIARIES = ("麦小冬", "葛大伟", "童雪梅")


def _all() -> tuple[SamplePerson, ...]:
    leaders = [
        SamplePerson(no, name, unit, post, "负责人、案审委员", date(year, 4, 12))
        for no, name, unit, post, year in _LEADERS
    ]
    legal = [
        SamplePerson(no, name, unit, post, role, date(year, 9, 3), qualified=qualified)
        for no, name, unit, post, role, year, qualified in _LEGAL
    ]
    officers = [
        SamplePerson(
            no,
            name,
            f"综合执法支队{'一二三四'[index // 4]}中队",
            "中队长" if index % 4 == 0 else "执法队员",
            "承办",
            date(1968 + (index * 5) % 29, 1 + index % 12, 3 + index),
            certified=True,
            qualified=index in (3, 11),
        )
        for index, (no, name) in enumerate(zip(HANDLERS, _OFFICERS, strict=True))
    ]
    auxiliaries = [
        SamplePerson(f"08{n:02d}", name, "综合执法支队", "协管员", "协管", date(1990 + n, 6, 1))
        for n, name in enumerate(_AUXILIARIES, 1)
    ]
    counsel = [
        SamplePerson(
            "0901",
            "卫正则",
            "示例衡平律师事务所",
            "律师",
            "法律顾问",
            date(1978, 2, 8),
            qualified=True,
            counsel=True,
        ),
        SamplePerson(
            "0902",
            "舒婉清",
            "示例知源律师事务所",
            "律师",
            "法律顾问",
            date(1984, 11, 20),
            qualified=True,
            counsel=True,
        ),
        SamplePerson(
            "0903",
            "项承泽",
            "法制科",
            "公职律师",
            "公职律师",
            date(1987, 5, 16),
            qualified=True,
            counsel=True,
        ),
    ]
    return (*leaders, *legal, *officers, *auxiliaries, *counsel)


PEOPLE = _all()
