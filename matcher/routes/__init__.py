"""What can be done with a run that is there: explain, repair, rematch, score, letters. A file a route."""
