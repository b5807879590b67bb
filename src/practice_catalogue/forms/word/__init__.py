"""The Word form, and formatted text as data."""
