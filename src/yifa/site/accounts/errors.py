"""Why an account was not changed: a stable code and a sentence that says what to do."""

from __future__ import annotations


class AccountError(Exception):
    """Nothing was written."""

    code = "account_error"


class NotPermitted(AccountError):
    """This is another administrator's business, or one's own account."""

    code = "not_permitted"


class InvalidAccount(AccountError):
    """What was asked for cannot stand; `field` is the control it was typed in."""

    code = "invalid_account"

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        super().__init__(message)


class UnknownAccount(AccountError):
    code = "unknown_account"
