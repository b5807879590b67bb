"""A Catalogue → a printed booklet, as PDF."""
