"""A whole draw for tests: lists frozen, values sealed and revealed, the transcript as it would be published."""

from __future__ import annotations

import hashlib
import json
import random
from typing import Any

from yifa.proof import draw
from yifa.proof.merkle import inclusion_proof, leaf_hash, root, sha256

Row = dict[str, Any]


def spelt(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def frozen(rows: list[Row], chance: random.Random) -> dict[str, Any]:
    """All rows opened; the test takes away what it does not want to publish."""
    salts = [chance.randbytes(32) for _ in rows]
    leaves = [leaf_hash(salt + spelt(row), sha256) for salt, row in zip(salts, rows, strict=True)]
    opened = [
        {"index": n, "salt": salts[n].hex(), "row": row, "proof": [step.hex() for step in inclusion_proof(leaves, n, sha256)]}
        for n, row in enumerate(rows)
    ]  # fmt: skip
    return {"root": root(leaves, sha256).hex(), "count": len(rows), "opened": opened}


def contribution(label: str, value: str, chance: random.Random) -> dict[str, str]:
    nonce = chance.randbytes(32)
    return {
        "label": label, "value": value, "nonce": nonce.hex(),
        "commit": hashlib.sha256(nonce + value.encode()).hexdigest(),
    }  # fmt: skip


def transcript(seed: int = 1, tiers: tuple[int, ...] = (10, 5), officers: int = 6) -> dict[str, Any]:
    chance = random.Random(seed)
    objects = [
        {"id": f"对象{tier}-{n:04d}", "tier": f"层{tier}", "weight": 1, "flags": []}
        for tier, count in enumerate(tiers) for n in range(count)
    ]  # fmt: skip
    people = [{"id": f"P{n:02d}"} for n in range(officers)]
    rules = {
        "algorithm": draw.ALGORITHM,
        "officers_per_object": 2,
        "rates": {f"层{tier}": "3/10" for tier in range(len(tiers))},
    }
    rules_hash = sha256(spelt(rules))
    lists = frozen(objects, chance), frozen(people, chance)
    public = {
        "source": "ssq",
        "issue": "2026-01-02",
        "value": "03,07+09",
        "fixed_at": "2026-01-02T21:30:00+08:00",
    }
    reveal = chance.randbytes(32)
    given = [
        contribution("观察员甲", "314159", chance),
        {"label": "观察员乙", "value": "ABSENT", "nonce": "", "commit": "00" * 32},
        {"label": "public", "value": "2026-01-02|ssq|03,07+09", "nonce": "", "commit": ""},
    ]
    commit = draw.commitment(bytes.fromhex(lists[0]["root"]), bytes.fromhex(lists[1]["root"]), rules_hash)
    key = draw.seed(
        "DRAW-1", commit, [("system", reveal.hex()), *((one["label"], one["value"]) for one in given)]
    )
    drawn = []
    for tier in range(len(tiers)):
        name = f"层{tier}"
        ids = [row["id"] for row in objects if row["tier"] == name]
        for chosen in draw.ordered(key, f"objects/{name}", ids)[: draw.number_to_draw("3/10", len(ids))]:
            first, *rest = draw.ordered(key, f"officers/{chosen}", [one["id"] for one in people])
            drawn.append({"tier": name, "object": chosen, "officers": rest[:2], "skipped": [{"officer": first, "code": "leave"}]})  # fmt: skip
    return {
        "format": "yifa-draw/1", "draw_id": "DRAW-1", "algorithm": draw.ALGORITHM, "rules": rules, "rules_hash": rules_hash.hex(),
        "objects": {**lists[0], "per_tier": {f"层{tier}": count for tier, count in enumerate(tiers)}}, "officers": lists[1],
        "system": {"commit": sha256(reveal).hex(), "reveal": reveal.hex()}, "contributions": given, "public": public,
        "K": key.hex(), "drawn": drawn, "substitutions": [], "times": {},
    }  # fmt: skip


def damages(whole: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The transcript changed in one place each."""
    found = {}
    for name in (
        "rules",
        "seal",
        "public",
        "K",
        "row",
        "object",
        "fewer",
        "officer",
        "skipped",
        "reveal",
        "count",
    ):
        one = json.loads(json.dumps(whole))
        first = one["drawn"][0]
        if name == "rules":
            one["rules"]["officers_per_object"] = 3
        elif name == "seal":
            one["contributions"][0]["value"] = "314158"
        elif name == "public":
            one["public"]["value"] = "03,08+09"
        elif name == "K":
            one["K"] = "00" * 32
        elif name == "row":
            one["objects"]["opened"][0]["row"]["id"] = "别处"
        elif name == "object":
            first["object"] = one["drawn"][1]["object"]
        elif name == "fewer":
            one["drawn"].pop()
        elif name == "officer":
            first["officers"].reverse()
        elif name == "skipped":
            first["skipped"] = []
        elif name == "reveal":
            one["system"]["reveal"] = "11" * 32
        else:
            one["objects"]["per_tier"]["层0"] += 1
        found[name] = one
    return found
