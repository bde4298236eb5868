"""Addresses of the case review committee, below `/desk/committee/`."""

from django.urls import path

from yifa.casework.committee import calling_views, pack_views, views

urlpatterns = [
    path("committee/", calling_views.meetings, name="committee"),
    path("committee/new/", calling_views.new, name="committee-new"),
    path("committee/<str:no>/", views.meeting, name="committee-meeting"),
    path("committee/<str:no>/pack/<str:case>/", pack_views.pack, name="committee-pack"),
]
