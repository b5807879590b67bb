"""Builds the site: loading, rendering, publishing, the MkDocs plugin and the preview."""
