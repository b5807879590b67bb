"""The pages that lead from practices to policy: guide, orientations, analysis, figures."""
