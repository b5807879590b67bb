"""What has aged, links, git, and what GitHub shows."""
