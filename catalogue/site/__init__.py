"""Catalogue → the pages of the site, their search index, and the hook that hands them to MkDocs."""
