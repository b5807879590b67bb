"""Generates the pages of the site and the files they need, independently of MkDocs."""
