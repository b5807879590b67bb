"""Files → a Catalogue, or diagnostics with file, line, code, message and hint."""
