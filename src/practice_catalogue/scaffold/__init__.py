"""A new catalogue, ready to publish: its files lie in `catalogue/`, links there lead to this repository's own."""
