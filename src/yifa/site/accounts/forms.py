"""Forms of log-ins and accounts, with messages that say what to do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, UsernameField
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from yifa.registry.organs.models import Organ
from yifa.site.accounts.backends import real_organs_here
from yifa.site.accounts.models import User
from yifa.site.accounts.roles import REACHES, ROLES, keys_of

SUSPENDED = "这个账号已停用，不能登录。需要恢复请联系本机关的系统管理员。"
NO_ROLE_CHOSEN = "一个角色也没有选，没有更改。请至少选一个；确实要收回全部角色的，勾选“不授予任何角色”。"
ROLES_AND_NONE = "选了角色，又勾选了“不授予任何角色”。请只留一种。"
NOT_GRANTED = "这个账号还没有授权，不能登录。请联系本机关的安全管理员。"
NO_DEMO_HERE = (
    "演示账号已关闭：系统中已有正式机关的数据。请用本人的正式账号登录；还没有账号的请联系系统管理员。"
)


class LoginForm(AuthenticationForm):
    """User name and password; whether the name exists is never said, what is wrong with one's own account is."""

    error_messages = {
        "invalid_login": "登录名或密码不对。请核对大小写后再试；忘记密码请联系系统管理员。",
        "inactive": SUSPENDED,
    }
    username = UsernameField(
        label="登录名",
        max_length=150,
        error_messages={"required": "请填写登录名。", "max_length": "登录名太长，请核对。"},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label="密码",
        strip=False,
        error_messages={"required": "请填写密码。"},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def confirm_login_allowed(self, user: User) -> None:
        super().confirm_login_allowed(user)
        if not user.granted:
            raise ValidationError(NOT_GRANTED, code="not_granted")
        if user.demo and real_organs_here():
            raise ValidationError(NO_DEMO_HERE, code="demo_closed")


class OwnPasswordForm(forms.Form):
    """The old password and the new one twice."""

    current = forms.CharField(
        label="现在的密码",
        strip=False,
        error_messages={"required": "请填写现在的密码。"},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label="新密码",
        strip=False,
        help_text="至少 8 个字；不要与登录名相近，不要用常见密码。",
        error_messages={"required": "请填写新密码。"},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="再写一次新密码",
        strip=False,
        error_messages={"required": "请再写一次新密码。"},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_current(self) -> str:
        if not self.user.check_password(self.cleaned_data["current"]):
            raise ValidationError("现在的密码不对。忘记了请系统管理员重置。")
        return self.cleaned_data["current"]

    def clean_new(self) -> str:
        new = self.cleaned_data["new"]
        if self.user.check_password(new):
            raise ValidationError("新密码与现在的相同。请换一个。")
        validate_password(new, self.user)
        return new

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if "new" in found and "again" in found and found["new"] != found["again"]:
            self.add_error("again", "两次写的新密码不一样。请重新填写。")
        return found


class CodeForm(forms.Form):
    """A code of the authenticator, or a recovery code. Spaces are forgiven."""

    code = forms.CharField(
        label="验证码",
        max_length=40,
        error_messages={"required": "请填写验证码。", "max_length": "验证码太长，请核对。"},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "none"}),
    )

    def clean_code(self) -> str:
        return "".join(self.cleaned_data["code"].split()).lower()


def role_field() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label="角色",
        required=False,
        choices=list(ROLES.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("没有“%(value)s”这个角色。请从列表中选择。")},
    )


class NewAccountForm(forms.Form):
    username = forms.CharField(
        label="登录名", max_length=150, help_text="字母、数字和 @ . + - _", error_messages={"required": "请填写登录名。", "max_length": "登录名太长，最多 150 个字。"},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )  # fmt: skip
    staff_no = forms.CharField(
        label="工号（可不填）", required=False, max_length=40,
        help_text="人员名册中的工号；办案人员必须填写，名册中的角色自动具有", error_messages={"max_length": "工号太长，请核对。"},
    )  # fmt: skip
    roles = role_field()


class RolesForm(forms.Form):
    """Roles to grant. None at all is a decision of its own and has to be said: an empty form is a slip."""

    roles = role_field()
    none = forms.MultipleChoiceField(
        label="或者",
        required=False,
        choices=[("yes", "不授予任何角色，原有的全部收回")],
        error_messages={"invalid_choice": ROLES_AND_NONE},
        widget=forms.CheckboxSelectMultiple,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "roles" not in self.errors and not data.get("roles") and not data.get("none"):
            self.add_error("roles", NO_ROLE_CHOSEN)
        if data.get("roles") and data.get("none"):
            self.add_error("none", ROLES_AND_NONE)
        return data


class ReachForm(forms.Form):
    reach = forms.ChoiceField(
        label="可见范围", choices=list(REACHES.items()), widget=forms.RadioSelect,
        error_messages={"required": "请选择可见范围。", "invalid_choice": "没有这个范围。请从列表中选择。"},
    )  # fmt: skip
    organs = forms.MultipleChoiceField(
        label="监督可查看的其他机关（可不选）", required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "没有机关“%(value)s”。请从列表中选择。"},
    )  # fmt: skip

    def __init__(self, account: User, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"reach": account.reach, "organs": keys_of(account.seen_organs)})
        super().__init__(*args, **kwargs)
        others = Organ.objects.exclude(code=account.organ_id).order_by("code")
        self.fields["organs"].choices = [(organ.code, organ.name) for organ in others]
