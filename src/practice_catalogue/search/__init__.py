"""Writes the search index; the search itself runs in the browser."""
