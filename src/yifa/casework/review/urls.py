"""Addresses of legality reviews, below `/desk/`."""

from django.urls import path

from yifa.casework.review import views

urlpatterns = [
    path("reviews/", views.reviews, name="reviews"),
    path("reviews/<str:no>/", views.review, name="review"),
    path("cases/<str:no>/review/", views.of_one_case, name="case-review"),
]
