"""Forms and schemas made from the model of a fiche, and the import of filled-in documents."""
