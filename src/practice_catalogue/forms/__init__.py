"""The model → what a fiche is written with: schema, web form, Word form; a filled document → a draft."""
