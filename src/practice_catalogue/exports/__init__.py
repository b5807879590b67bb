"""Exports of a Catalogue: JSON, CSV, XLSX, Atom, JSON-LD and DCAT-AP."""
