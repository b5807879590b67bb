"""The catalogue of good practices: from YAML fiches to a site."""
