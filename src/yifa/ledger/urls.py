"""Addresses below `/log/`."""

from django.urls import path, register_converter

from yifa.ledger import views


class LogName:
    """`case` or `access`, or a successor of one."""

    regex = "(?:case|access)(?:-[2-9])?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(LogName, "log")

urlpatterns = [
    path("yifa-verify.py", views.verifier, {"kind": "py"}, name="verifier-file"),
    path("yifa-verify.html", views.verifier, {"kind": "html"}, name="verifier-page"),
    path("<log:log>/checkpoint", views.checkpoint, {"tree": "sha256"}, name="log-checkpoint"),
    path("<log:log>/tile/<path:address>", views.tile, {"tree": "sha256"}, name="log-tile"),
    path("<log:log>/rotations.json", views.changed_keys, name="log-rotations"),
    path("<log:log>/sm3/rotations.json", views.changed_keys, name="log-rotations-sm3"),
    path("<log:log>/anchors.json", views.public_values, name="log-anchors"),
    path("<log:log>/sm3/anchors.json", views.public_values, name="log-anchors-sm3"),
    path("<log:log>/sm3/checkpoint", views.checkpoint, {"tree": "sm3"}, name="log-checkpoint-sm3"),
    path("<log:log>/sm3/tile/<path:address>", views.tile, {"tree": "sm3"}, name="log-tile-sm3"),
]
