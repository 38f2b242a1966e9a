"""One module a solver; each has ``solve(loaded, limits) -> Answer`` and imports its library at the top.

A worker process imports exactly one of them, because some of the libraries cannot live in one process.
"""
