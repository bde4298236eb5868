"""Which controls stand for one key of an act: one for most types, several for a penalty or for points to decide."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext

from yifa.casework.cases.act_words import KEY_LABELS, MONITOR_LABELS, point_name
from yifa.casework.cases.doing import Doing
from yifa.casework.cases.forms.carried import carry_over
from yifa.casework.cases.permissions import handlers_of, in_charge
from yifa.law.events import Key
from yifa.law.labels import label, labels

OWN_LABELS = {"at": "办理时间", "by": "办理人"}
HINTS = {
    "at": "到秒；补录以前的事，填当时的时间，并在备注写明原因",
    "number": "决定书的文号",
    "late_reason": "只在超过期限时填写",
    "law_as_of": "不填为违法行为结束之日",
    "effective_on": "不填由系统按送达方式计算",
    "points": "当事人提了几点意见；内容写在备注中，之后逐点复核",
    "items": "一行一件",
    "retention": "天数，或者填“永久”",
    "days": "天数",
}
CHOOSE, NOTHING = "请选择", "不填"
Options = list[tuple[str, str]]


@dataclass(frozen=True)
class Control:
    """`kind`: text · textarea · date · datetime · money · number · select · radio · checks · fixed.

    `options`: (value, words); `more`: further options behind a summary; `values`: what is chosen or typed.
    """

    name: str
    label: str
    kind: str
    values: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    more: tuple[tuple[str, str], ...] = ()
    required: bool = False
    hint: str = ""
    error: str = ""

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""

    @property
    def more_open(self) -> bool:
        return any(value in self.values for value, _ in self.more)


def label_of(name: str) -> str:
    return gettext(OWN_LABELS.get(name) or KEY_LABELS[name])


def first_values(doing: Doing, asked: str = "") -> QueryDict:
    """What the form holds before anything was typed: now, who is logged in, what the record format presumes.

    `asked`: the measure the link was for.
    """
    values = QueryDict(mutable=True)
    values["at"] = doing.at.strftime("%Y-%m-%dT%H:%M:%S")
    if doing.person:
        values["by"] = doing.person["id"]
    for name, key in doing.keys.items():
        if key.type == "id":
            values[name] = next_id(doing, asked)
        elif not key.required and key.default is not None:
            values[name] = "no" if key.default is False else str(key.default)
    carry_over(doing, values)
    return values


def next_id(doing: Doing, asked: str = "") -> str:
    """A number of its own for something new; of what still stands, where the act ends or extends it, the one asked for
    or the first."""
    family = doing.kind.partition("_")[0]
    if doing.kind == "evidence_added":
        return f"证据{len(doing.acts_of('evidence_added')) + 1}"
    ordered = doing.acts_of(f"{family}_ordered")
    if doing.kind.endswith("_ordered"):
        return str(len(ordered) + 1)
    ended = {one.get("id") for one in doing.acts_of(f"{family}_lifted", f"{family}_disposed")}
    standing = [str(one.get("id") or "") for one in ordered if one.get("id") not in ended]
    return asked if asked in standing else next(iter(standing), "")


def controls(doing: Doing, typed: QueryDict, errors: Mapping[str, str]) -> list[Control]:
    """All controls of the form with what was typed and what is wrong."""
    found: list[Control] = []
    for name, key in doing.keys.items():
        if name in doing.fixed:
            if name in ("approved_by", "decided_by", "presided_by", "checked_by", "by") and doing.fixed[name]:
                found.append(Control(name, label_of(name), "fixed", (doing.person["name"],)))
            continue
        for made in MAKERS[key.type](name, key, doing):
            values = tuple(typed.getlist(made.name))
            found.append(replaced(made, values, errors.get(made.name, "")))
    return found


def replaced(made: Control, values: tuple[str, ...], error: str) -> Control:
    return Control(
        made.name, made.label, made.kind, values, made.options, made.more, made.required, made.hint, error
    )


def simple(kind: str) -> Callable[[str, Key, Doing], list[Control]]:
    def make(name: str, key: Key, _: Doing) -> list[Control]:
        return [Control(name, label_of(name), kind, required=key.required, hint=HINTS.get(name, ""))]

    return make


def text(name: str, key: Key, doing: Doing) -> list[Control]:
    return simple("textarea" if key.free_text else "text")(name, key, doing)


def amount(name: str, key: Key, doing: Doing) -> list[Control]:
    if name.endswith("_fen"):
        return [Control(name, label_of(name), "money", required=key.required, hint="元，可以写到分")]
    return simple("number")(name, key, doing)


def yes_no(name: str, key: Key, _: Doing) -> list[Control]:
    words = {True: label(name, True), False: label(name, False)} if name in ("corrected", "granted") else {
        True: "是", False: "否"
    }  # fmt: skip
    options = [("yes", words[True]), ("no", words[False])]
    if key.unknown:
        options.append(("", "不清楚"))
    return [Control(name, label_of(name), "radio", options=tuple(options), required=key.required)]


def one_of(name: str, key: Key, _: Doing) -> list[Control]:
    known = labels(key.enum or "")
    options = [(value, known[value]) for value in key.values]
    if len(options) <= 4 and key.required:
        return [Control(name, label_of(name), "radio", options=tuple(options), required=True)]
    first = [] if key.default is not None else [("", CHOOSE if key.required else NOTHING)]
    return [Control(name, label_of(name), "select", options=(*first, *options), required=key.required)]


def some_of(name: str, key: Key, _: Doing) -> list[Control]:
    known = labels(key.enum or "")
    options = tuple((one, known[one]) for one in key.values)
    return [Control(name, label_of(name), "checks", options=options, required=key.required)]


def named(doing: Doing, *, likely: bool) -> Options:
    """People to choose from: those of this case and who is logged in first, then the rest of the officers."""
    near = in_charge(doing.case, doing.acts) | handlers_of(doing.acts)
    near |= {doing.person["id"]} if doing.person else set()
    return [
        (key, f"{person['name']}（{key}）")
        for key, person in doing.staff.items()
        if (key in near) is likely and (likely or "auxiliary" not in person["roles"])
    ]


def people(name: str, key: Key, doing: Doing) -> list[Control]:
    return [
        Control(
            name, label_of(name), "checks", options=tuple(named(doing, likely=True)),
            more=tuple(named(doing, likely=False)), required=key.required, hint=HINTS.get(name, ""),
        )
    ]  # fmt: skip


def one_person(name: str, key: Key, doing: Doing) -> list[Control]:
    first = ("", CHOOSE if key.required else NOTHING)
    options = (first, *named(doing, likely=True), *named(doing, likely=False))
    return [Control(name, label_of(name), "select", options=options, required=key.required)]


def evidence(name: str, key: Key, doing: Doing) -> list[Control]:
    options = [
        (act.data["id"], f"{act.data['id']} {label('evidence_kind', act.data['evidence_kind'])}")
        for act in doing.acts_of("evidence_added")
    ]
    hint = "" if options else "本案还没有证据，请先办理“取证”"
    return [Control(name, label_of(name), "checks", options=tuple(options), required=key.required, hint=hint)]


def texts(name: str, key: Key, doing: Doing) -> list[Control]:
    facts = doing.case.violation.get("facts", [])
    if name == "proves" and facts:
        options = tuple((fact, fact) for fact in facts)
        return [Control(name, label_of(name), "checks", options=options, required=key.required)]
    return [Control(name, label_of(name), "textarea", required=key.required, hint="一行一项")]


def penalty(name: str, key: Key, _: Doing) -> list[Control]:
    kinds = tuple(labels("penalty_kind").items())
    title = label_of(name)
    return [
        Control(
            f"{name}.kinds",
            gettext("%(title)s种类") % {"title": title},
            "checks",
            options=kinds,
            required=key.required and name != "proposal",
        ),
        Control(
            f"{name}.fine",
            gettext("%(title)s：罚款金额") % {"title": title},
            "money",
            hint="元；没有罚款不填",
        ),
        Control(
            f"{name}.confiscation",
            gettext("%(title)s：没收金额") % {"title": title},
            "money",
            hint="元；没有没收不填",
        ),
    ]


def open_points(doing: Doing) -> list[str]:
    """Points of statements that nobody has re-examined yet."""
    settled = {one for act in doing.acts_of("statement_reexamined") for one in act.data.get("results", {})}
    return [p for act in doing.acts_of("statement_made") for p in act.data["points"] if p not in settled]


def told_in(doing: Doing, point: str) -> str:
    """The words of the statement a point belongs to: they stand in its note."""
    acts = doing.acts_of("statement_made")
    return next((str(act.get("note") or "") for act in acts if point in act.data["points"]), "")


def results(name: str, key: Key, doing: Doing) -> list[Control]:
    known = tuple((value, labels(key.enum or "")[value]) for value in key.values)
    return [
        Control(
            f"{name}.{point}",
            gettext("%(point)s意见的复核结果") % {"point": point_name(point)},
            "radio",
            options=known,
            required=True,
            hint=told_in(doing, point),
        )
        for point in open_points(doing)
    ]


def monitor(name: str, key: Key, _: Doing) -> list[Control]:
    options = (("device", "由监控设备收集"), *MONITOR_LABELS.items())
    return [Control(name, label_of(name), "checks", options=options, hint="不是监控设备收集的证据不勾选")]


def acted(name: str, key: Key, doing: Doing) -> list[Control]:
    done = [
        (
            str(act.seq),
            gettext("第 %(seq)s 条 %(label)s")
            % {"seq": act.seq, "label": gettext(label("event_kind", act.kind))},
        )
        for act in doing.acts
    ]
    return [Control(name, "关联到", "select", options=(("", CHOOSE), *done), required=True)]


def no_votes(name: str, key: Key, doing: Doing) -> list[Control]:
    """Votes are never typed by one person for others."""
    return []


MAKERS: dict[str, Callable[[str, Key, Doing], list[Control]]] = {
    "text": text, "date": simple("date"), "datetime": simple("datetime"), "int": amount, "bool": yes_no,
    "enum": one_of, "enums": some_of, "persons": people, "person": one_person, "evidence": evidence, "texts": texts,
    "id": simple("text"), "ids": simple("number"), "penalty": penalty, "results": results, "monitor": monitor,
    "retention": simple("text"), "event_index": acted, "votes": no_votes,
}  # fmt: skip
