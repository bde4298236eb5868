"""Logging in and out, one's own account, and the accounts of the organ."""

from django.urls import path

from yifa.site.accounts import administration, kept_views, own
from yifa.site.accounts.views import login, logout, second

urlpatterns = [
    path("login/", login, name="login"),
    path("login/second/", second, name="login-second"),
    path("logout/", logout, name="logout"),
    path("desk/account/", own.me, name="account-own"),
    path("desk/account/password/", own.password, name="account-password"),
    path("desk/account/second-factor/", own.second_factor, name="account-second-factor"),
    path("desk/account/second-factor/qr.svg", own.qr, name="account-qr"),
    path("desk/account/kept/", kept_views.kept, name="account-kept"),
    path("desk/account/stay/", own.stay, name="account-stay"),
    path("desk/account/organ/", own.look_at, name="account-organ"),
    path("desk/accounts/", administration.accounts, name="accounts"),
    path("desk/accounts/new/", administration.new, name="account-new"),
    path("desk/accounts/<int:pk>/", administration.account, name="account"),
    path("desk/accounts/<int:pk>/suspend/", administration.suspend, name="account-suspend"),
    path("desk/accounts/<int:pk>/resume/", administration.resume, name="account-resume"),
    path("desk/accounts/<int:pk>/reset/", administration.reset, name="account-reset"),
    path("desk/accounts/<int:pk>/lift/", administration.lift, name="account-lift"),
    path("desk/accounts/<int:pk>/roles/", administration.roles, name="account-roles"),
    path("desk/accounts/<int:pk>/reach/", administration.reach, name="account-reach"),
]
