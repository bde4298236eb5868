"""`/healthz`: can the installation work and prove its work? For monitors; no names, no paths."""

from __future__ import annotations

import shutil
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from yifa.jobs.health import worker_health
from yifa.ledger import clock, mode
from yifa.ledger.health import LogHealth, log_health
from yifa.ledger.succession import current

# percent used: from here on a warning, no new uploads, reading only
WATERMARKS = ((97, "read_only"), (92, "no_uploads"), (85, "warning"))
STALE = timedelta(hours=24)


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """JSON; 503 where the database does not answer, nothing can be signed, nothing may be written, or the disk is full."""
    problems: list[str] = []
    warnings: list[str] = []
    body: dict[str, Any] = {"ok": False, "database": {"ok": True, "engine": connection.vendor}}
    try:
        log, access = log_health(), log_health(current("access"))
        body["worker"] = worker(warnings)
    except DatabaseError:
        body["database"]["ok"] = False
        problems.append("数据库没有应答")
    else:
        body["head"] = head(log, problems, warnings)
        body["access"] = head(access, problems, warnings, "查阅记录的日志：")
        body["clock"] = clock_state(log, warnings)
        body["keys"] = {"demo": settings.DEMO_KEYS, "verifiers": list(log.verifiers)}
    body["mode"] = writing_mode(problems)
    body["disk"] = disk(problems, warnings)
    if settings.DEMO_KEYS:
        warnings.append("演示设置：签名私钥与数据库放在一起，正式使用请设 YIFA_KEYS")
    body.update(ok=not problems, problems=problems, warnings=warnings)
    answer = JsonResponse(
        body, status=503 if problems else 200, json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    answer["Cache-Control"] = "no-store"
    return answer


def head(log: LogHealth, problems: list[str], warnings: list[str], of: str = "") -> dict[str, Any]:
    """Size now and as signed, age of the signature in seconds; state current, grown, unsigned or refused."""
    age = clock.now() - log.signed.at if log.signed else None
    found = {
        "size": log.size,
        "signed_size": log.signed.size if log.signed else None,
        "signed_at": log.signed.signed_at if log.signed else None,
        "age_seconds": int(age.total_seconds()) if age is not None else None,
    }
    if log.problem:
        problems.append(of + log.problem)
        return {**found, "state": "refused"}
    if log.signed is None:
        return {**found, "state": "unsigned"}
    if log.size == log.signed.size:
        return {**found, "state": "current"}
    if age is not None and age > STALE:
        address = f"/log/{'access' if of else 'case'}/checkpoint"
        warnings.append(f"{of}日志有新记录，超过 24 小时没有签名：请让见证方或监控读取 {address}")
    return {**found, "state": "grown"}


def writing_mode(problems: list[str]) -> str:
    """`normal` or `read_only`; why is for those who log in."""
    if not mode.reason():
        return "normal"
    problems.append("只读：日志或记录核验不通过，暂停写入。原因见工作台")
    return "read_only"


def worker(warnings: list[str]) -> dict[str, Any]:
    """Sign of life of the worker: state running, stopped or never; jobs waiting, and failed in the last 24 hours."""
    found = worker_health()
    if found.state == "stopped":
        warnings.append(
            f"后台任务进程已停止：{(found.age_seconds or 0) // 60} 分钟没有动静。请重启 yifa serve 或 yifa work"
        )
    return asdict(found)


def clock_state(log: LogHealth, warnings: list[str]) -> dict[str, Any]:
    """The server's moment; `behind` where the log already holds a later one."""
    now = clock.now()
    behind = log.last_entry_at is not None and log.last_entry_at > now + clock.SLACK
    if behind:
        warnings.append("服务器时钟早于日志最后一条记录的时间：请核对时钟")
    return {"now": now.isoformat(timespec="seconds"), "fixed": clock.is_fixed(), "behind": behind}


def disk(problems: list[str], warnings: list[str]) -> dict[str, Any]:
    """Percent used of the disk that holds YIFA_HOME."""
    usage = shutil.disk_usage(settings.HOME)
    percent = 100 - usage.free * 100 // usage.total
    state = next((name for mark, name in WATERMARKS if percent >= mark), "ok")
    if state == "read_only":
        problems.append(f"磁盘已用 {percent}%")
    elif state != "ok":
        warnings.append(f"磁盘已用 {percent}%")
    return {"used_percent": percent, "state": state}
