"""Creates new catalogues from the files in `catalogue/`, some of which are links to files of this repository."""
