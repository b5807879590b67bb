"""The theme of the site for MkDocs: it extends Material, whose partials and styles it uses."""
