"""The model → what a fiche is written with: the schema that editors read, and the forms."""
