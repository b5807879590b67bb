"""Loads and validates the files of a catalogue: a Catalogue, and diagnostics with file, line, code and message."""
