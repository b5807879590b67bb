"""Documents that were handed in → drafts of fiches, and a report."""
