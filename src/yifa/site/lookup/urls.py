"""The address of the search, below `/desk/search/`."""

from django.urls import path

from yifa.site.lookup import views

urlpatterns = [path("", views.search, name="search")]
