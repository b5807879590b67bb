"""Imports submitted documents as drafts of fiches, with a report."""
