"""The ways to hand in a fiche without writing YAML: the model → forms, a filled form → a fiche."""
