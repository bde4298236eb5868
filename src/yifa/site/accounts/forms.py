"""The log-in form, with messages that say what to do."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm


class LoginForm(AuthenticationForm):
    """User name and password; whether the name exists is never said."""

    error_messages = {
        "invalid_login": "登录名或密码不对。请核对大小写后再试；忘记密码请联系系统管理员。",
        "inactive": "这个账号已停用。请联系系统管理员。",
    }
    username = forms.CharField(
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
