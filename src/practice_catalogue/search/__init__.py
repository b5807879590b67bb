"""A Catalogue → the search index, and the search in the browser."""
