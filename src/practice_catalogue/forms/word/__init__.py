"""The form for Word, and text as a word processor holds it."""
