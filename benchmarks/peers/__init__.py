"""Other tools, each with the same fiches in its own form."""
