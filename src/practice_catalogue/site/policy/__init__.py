"""Pages that support local policy: guide, orientations, analysis, figures, glossary, data."""
