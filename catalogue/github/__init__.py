"""What GitHub shows: the summary of a pull request, and the issue of a review."""
