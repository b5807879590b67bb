"""Data model: fiches, vocabularies and the Catalogue, with its queries and the formatting of values."""
