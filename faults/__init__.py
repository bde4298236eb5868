"""Faults put in on purpose: see README.md."""
