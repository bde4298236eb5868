"""The log in the database: one head per log and its events. Only this room touches these tables."""

from django.db import models


class Head(models.Model):
    """The growing end of one log: size and, per tree, the frontier (hex, largest perfect subtree first).

    `epoch` counts the changes of the signing key; a log with a `successor` is frozen, and what comes goes there.
    """

    log = models.CharField(max_length=10, primary_key=True)
    size = models.BigIntegerField(default=0)
    frontier_sha256 = models.JSONField(default=list)
    frontier_sm3 = models.JSONField(default=list)
    epoch = models.PositiveIntegerField(default=0)
    successor = models.CharField(max_length=10, blank=True, default="")


class Event(models.Model):
    """One leaf. `body` is canonical JSON as hashed; `columns` are the column digests kept beside it.

    `object` is `table:key` of what the entry is about. Triggers refuse UPDATE and DELETE (see protection.py).
    """

    log = models.CharField(max_length=10)
    idx = models.BigIntegerField()
    body = models.BinaryField()
    leaf_sha256 = models.BinaryField(max_length=32)
    leaf_sm3 = models.BinaryField(max_length=32)
    object = models.CharField(max_length=1000)
    columns = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["log", "idx"], name="event_contiguous")]
        indexes = [models.Index(fields=["log", "object", "idx"], name="event_object")]


class Subtree(models.Model):
    """The roots of one complete tile of 256 leaves of a log, by tree. Follows from the leaves; see subtrees.py."""

    log = models.CharField(max_length=10)
    number = models.BigIntegerField()
    sha256 = models.BinaryField(max_length=32)
    sm3 = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["log", "number"], name="subtree_once")]
