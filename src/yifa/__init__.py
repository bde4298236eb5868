"""Yifa (依法): lawful enforcement, provable to outsiders."""
