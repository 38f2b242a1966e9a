"""The only joint between words and numbers: (Intake, policy) → Problem and back.

Below this package there are arrays and ints; above it there are schools and tables.
"""

from matcher.encoding.assembly import encode
from matcher.encoding.data import Encoding, LinkTerm
from matcher.encoding.plans import decode, solution_from

__all__ = ["Encoding", "LinkTerm", "decode", "encode", "solution_from"]
