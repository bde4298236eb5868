"""Who may take in a bank file and give payments their case: about the person; the state is asked elsewhere."""

from __future__ import annotations

from collections.abc import Iterable

from yifa.casework.execution.errors import NotPermitted
from yifa.registry.people.reach import Reach

IMPORTERS = frozenset({"handler", "head", "office"})
ONLY = "银行缴款由承办人、负责人或者领导小组办公室导入和核对。请他们登录办理。"
WHOLE = "缴款文件是全机关的，您的账号只能看本部门或者本人有名的案件。请能看全机关的人员导入。"


def check_can_take_in(roles: Iterable[str], reach: Reach | None) -> None:
    """Raises NotPermitted."""
    if not IMPORTERS & set(roles):
        raise NotPermitted(ONLY)
    if reach is not None and not reach.whole_organ:
        raise NotPermitted(WHOLE)
