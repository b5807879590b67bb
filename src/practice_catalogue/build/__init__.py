"""The order of the work: load, render, publish; the MkDocs plugin and the preview."""
