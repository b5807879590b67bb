"""Maintenance of a catalogue: stale information, dead links, pull requests, and texts for GitHub."""
