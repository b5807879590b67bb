"""Pages that set practices and communes side by side."""
