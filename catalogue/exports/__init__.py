"""The catalogue for machines and spreadsheets: pure functions, Catalogue → text and bytes."""
