"""The request as it is typed."""

from __future__ import annotations

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yifa.law.personal import GROUNDS, GROUNDS_ARTICLE
from yifa.site.erasures.subjects import SUBJECTS


class AskForm(forms.Form):
    """What, of which row, on what ground, and why in words."""

    subject = forms.ChoiceField(
        label=_("删除什么"),
        choices=[(name, one.words) for name, one in SUBJECTS.items()],
        widget=forms.Select(attrs={"lang": "zh-CN"}),
        error_messages={
            "required": _("请选择要删除的内容。"),
            "invalid_choice": _("请从列表中选择要删除的内容。"),
        },
    )
    number = forms.CharField(
        label=_("编号"), max_length=100,
        error_messages={"required": _("请填写编号。"), "max_length": _("编号太长，请核对。")},
    )  # fmt: skip
    ground = forms.ChoiceField(
        label=format_lazy("{}（{}）", _("理由"), GROUNDS_ARTICLE),
        choices=list(GROUNDS.items()),
        widget=forms.Select(attrs={"lang": "zh-CN"}),
        error_messages={"required": _("请选择理由。"), "invalid_choice": _("请从列表中选择理由。")},
    )
    words = forms.CharField(
        label=_("说明：谁要求删除，为什么"), max_length=1000,
        help_text=_("不要在这里重复要删除的内容。"), widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("请写明谁要求删除、为什么。"), "max_length": _("说明太长，最多 1000 个字。")},
    )  # fmt: skip

    def clean_number(self) -> str:
        return self.cleaned_data["number"].strip()
