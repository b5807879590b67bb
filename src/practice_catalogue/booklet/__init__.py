"""Typesets booklets of fiches as PDF."""
