"""Rules that look at a whole organ and not at one case."""
