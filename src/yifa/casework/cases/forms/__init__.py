"""The form of an act, made from the keys of its kind: controls to show, values to read."""

from yifa.casework.cases.forms.controls import Control, controls, first_values
from yifa.casework.cases.forms.problems import from_record
from yifa.casework.cases.forms.reading import read_event

__all__ = ["Control", "controls", "first_values", "from_record", "read_event"]
