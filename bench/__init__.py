"""`make bench`: the table of ratios. Not part of the product; see README.md beside this file."""
