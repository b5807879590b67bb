"""The MkDocs theme of the site, which extends Material for MkDocs."""
