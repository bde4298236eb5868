"""Numbers that look right and cannot belong to anyone: identity numbers (GB 11643) and credit codes (GB 32100)."""

from __future__ import annotations

from datetime import date

TERRITORY = "120199"
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORGANISATION = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def identity_number(born: date) -> str:
    """18 characters with the right check digit; sequence 000 is never issued, and 120199 is no district."""
    body = f"{TERRITORY}{born:%Y%m%d}000"
    total = sum(int(digit) * (2 ** (17 - index) % 11) for index, digit in enumerate(body))
    return body + "10X98765432"[total % 11]


def organisation_code(serial: int) -> str:
    """9 characters (GB 11714): letters XX are not given out, the last is the check character."""
    body = f"XX{serial:06d}"
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    rest = (
        11 - sum(_ORGANISATION.index(char) * weight for char, weight in zip(body, weights, strict=True)) % 11
    )
    return body + {10: "X", 11: "0"}.get(rest, str(rest))


def credit_code(serial: int, *, sole_trader: bool = False) -> str:
    """18-character unified social credit code with the right check character, over a code nobody has."""
    body = f"{'92' if sole_trader else '91'}{TERRITORY}{organisation_code(serial)}"
    total = sum(_ALPHABET.index(char) * (3**index % 31) for index, char in enumerate(body))
    return body + _ALPHABET[(31 - total % 31) % 31]
