"""One file a rule about a pair of schools: which pairs break it, and why in words."""
