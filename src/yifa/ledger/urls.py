"""Addresses below `/log/`."""

from django.urls import path

from yifa.ledger import views

urlpatterns = [
    path("yifa-verify.py", views.verifier, {"kind": "py"}, name="verifier-file"),
    path("yifa-verify.html", views.verifier, {"kind": "html"}, name="verifier-page"),
    path("case/checkpoint", views.checkpoint, {"tree": "sha256"}, name="log-checkpoint"),
    path("case/tile/<path:address>", views.tile, {"tree": "sha256"}, name="log-tile"),
    path("case/sm3/checkpoint", views.checkpoint, {"tree": "sm3"}, name="log-checkpoint-sm3"),
    path("case/sm3/tile/<path:address>", views.tile, {"tree": "sm3"}, name="log-tile-sm3"),
]
