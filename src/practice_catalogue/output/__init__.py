"""Output files, and the functions that write them to disk."""
