"""School-to-mentor matching and cluster formation, with a proof and an explanation for each school."""
