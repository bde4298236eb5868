"""What the tests need beyond the Python index; see README.md beside this file."""
