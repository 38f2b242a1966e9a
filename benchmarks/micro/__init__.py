"""Parts of the library by themselves: pricing, presolve, flow, evaluation, encoding, the whole command.

Each module has ``PART``.
"""
