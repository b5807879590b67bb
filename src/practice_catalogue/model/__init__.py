"""What a fiche, a term and a Catalogue are: data, named queries, and how values are said."""
