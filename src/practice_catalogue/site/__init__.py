"""A Catalogue → the pages of the site and the files they need; knows no publisher."""
