"""Why a job did not run to its end."""

from __future__ import annotations

from django.db import InterfaceError, OperationalError

# Faults that pass by themselves: a locked or restarting database, a broken line.
TRANSIENT = (OperationalError, InterfaceError, ConnectionError, TimeoutError)


class JobRefused(Exception):
    """The job cannot be done as asked; the message says why and what to do. It is not tried again."""

    code = "job_refused"


class UnknownKind(JobRefused):
    code = "unknown_job_kind"


class UnknownJob(LookupError):
    code = "unknown_job"


class Cancelled(Exception):
    """The asker wants no more of it; the job's transaction is rolled back."""


class WorkerStopping(Exception):
    """The worker is asked to end; the job waits for the next one."""
