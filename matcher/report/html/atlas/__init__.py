"""Maps of the report: outlines, projection, the overview and the sketch of each cluster."""
