"""How a page names the controls of its forms: read from the page itself, so that no form has to say it twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

SKIPPED = {"hint", "visually-hidden"}


@dataclass
class Control:
    """All controls of one name: radio buttons and check boxes share the legend of their group."""

    label: str = ""
    hidden: bool = True
    options: dict[str, str] = field(default_factory=dict)


class Reader(HTMLParser):
    """Collects labels, legends and options as they come."""

    def __init__(self) -> None:
        super().__init__()
        self.controls: dict[str, Control] = {}
        self.texts: dict[str, str] = {}  # id of a control → its label
        self.ids: dict[str, str] = {}  # name → id
        self.open: list[tuple[str, list[str]]] = []  # label, legend, option and what is in them so far
        self.legend = ""
        self.chosen: tuple[str, str] | None = None  # name and value of the last choice, still without words
        self.select = ""
        self.aim = ""
        self.deaf = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "span" and (self.deaf or SKIPPED & set(told.get("class", "").split())):
            self.deaf += 1
        elif tag in ("label", "legend", "option"):
            self.open.append((tag, []))
            if tag == "label":
                self.aim, self.chosen = told.get("for", ""), None
            if tag == "option":
                self.chosen = (self.select, told.get("value", ""))
        elif tag == "fieldset":
            self.legend = ""
        elif tag in ("input", "select", "textarea") and told.get("name"):
            self.control(tag, told)

    def control(self, tag: str, told: dict[str, str]) -> None:
        name, kind = told["name"], told.get("type", "")
        found = self.controls.setdefault(name, Control())
        found.hidden = found.hidden and kind == "hidden"
        if kind in ("radio", "checkbox"):
            found.label = found.label or self.legend
            self.chosen = (name, told.get("value", "on"))
        self.ids.setdefault(name, told.get("id", ""))
        if tag == "select":
            self.select = name

    def handle_data(self, data: str) -> None:
        if self.open and not self.deaf:
            self.open[-1][1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "span" and self.deaf:
            self.deaf -= 1
        if tag == "fieldset":
            self.legend = ""
        if not self.open or self.open[-1][0] != tag:
            return
        words = " ".join("".join(self.open.pop()[1]).split())
        if tag == "legend":
            self.legend = words
        elif self.chosen and self.chosen[0] in self.controls:
            name, value = self.chosen
            self.controls[name].options[value] = words
        elif tag == "label" and self.aim:
            self.texts[self.aim] = words


def controls_of(page: str) -> dict[str, Control]:
    """Name → how the page calls it. A choice without a legend is called by its own words."""
    reader = Reader()
    reader.feed(page)
    for name, control in reader.controls.items():
        control.label = control.label or reader.texts.get(reader.ids[name], "")
    return reader.controls
