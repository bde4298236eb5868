"""A job as people see it, and when each schedule ran last. Neither is of legal effect, so neither is bound to the log."""

from __future__ import annotations

from enum import StrEnum

from django.db import models

from yifa.registry.organs.models import Organ


class State(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


OPEN = (State.WAITING, State.RUNNING)


class Job(models.Model):
    """Something to be done behind the scenes (后台任务).

    `asked_by` is a log-in name, empty for a schedule; `key` makes asking twice ask once; `run_after` is real time,
    also where `YIFA_TODAY` fixes the date. `failures` are the items that did not work: `{"item", "reason"}`.
    """

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    asked_by = models.CharField(max_length=150, blank=True)
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    arguments = models.JSONField(default=dict)
    key = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=10, default=State.WAITING.value)
    attempts = models.PositiveIntegerField(default=0)
    run_after = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    words = models.TextField(blank=True)
    link = models.CharField(max_length=300, blank=True)
    reference = models.CharField(max_length=16, blank=True)
    failures = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "key"], condition=~models.Q(key=""), name="job_asked_once"
            ),
        ]
        indexes = [
            models.Index(fields=["organ", "asked_by", "-asked_at"], name="job_of_asker"),
            models.Index(fields=["state"], name="job_state"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class ScheduleRun(models.Model):
    """When a schedule was taken last, real time. Whoever moves the moment forward runs it."""

    name = models.CharField(max_length=60, primary_key=True)
    taken_at = models.DateTimeField()
