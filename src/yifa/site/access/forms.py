"""What may be asked of the access log."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from yifa.site.access.names import TYPES


class Question(forms.Form):
    """All optional; `before` is the place to read on from."""

    case = forms.CharField(label=_("案件编号"), max_length=20, required=False)
    who = forms.CharField(label=_("登录名"), max_length=150, required=False)
    type = forms.ChoiceField(
        label=_("做了什么"), choices=[("", _("全部")), *((key, _(word)) for key, word in TYPES.items())], required=False,
    )  # fmt: skip
    before = forms.IntegerField(min_value=0, max_value=2**53, required=False)
