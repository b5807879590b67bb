"""A catalogue of good practices: from YAML fiches to a site, a booklet, forms and open data."""
