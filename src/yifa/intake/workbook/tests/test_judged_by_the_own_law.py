"""A history taken in is judged by the law its organ uses, as everywhere else."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import Any

import pytest

from yifa.intake.workbook.lawful import judge
from yifa.ledger.actions import Actor
from yifa.registry.laws.actions import decide_parameter
from yifa.registry.organs.models import Organ

