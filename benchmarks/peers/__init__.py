"""Input for the peers: the same fiches in the format of each tool."""
