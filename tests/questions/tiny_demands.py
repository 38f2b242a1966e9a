"""Problems so small that every plan can be tried, with everything that can be demanded of one."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from matcher.problem import Composition, Quota, QuotaKind, Row, make_problem
from matcher.questions.demands import Demands, PairBars, list_demands


@st.composite
def tiny_demands(draw: st.DrawFn) -> Demands:
    """Two to four mentees, one to three hosts, each demand drawn or not."""
    n, m = draw(st.integers(2, 4)), draw(st.integers(1, 3))
    mask = np.array(
        draw(st.lists(st.sampled_from([0, 0, 0, 1, 2, 3]), min_size=n * m, max_size=n * m)), np.uint16
    )
    bars = PairBars(("country", "travel"), mask.reshape(n, m), np.ones(n, np.int64))
    twos = st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda pair: pair[0] != pair[1])
    flags = st.lists(st.booleans(), min_size=n, max_size=n)
    everywhere = np.ones(m, np.bool_)
    composition = Composition(
        "composition[0]", np.array(draw(flags)), everywhere, draw(st.sampled_from([None, 1])), 1
    )
    quota = Quota(
        "quotas[0]",
        draw(st.sampled_from(list(QuotaKind))),
        np.array(draw(flags)),
        everywhere,
        draw(st.integers(0, 2)),
        None,
    )
    few = np.array(draw(st.lists(st.booleans(), min_size=m, max_size=m)))
    weight = np.broadcast_to(few, (n, m)).astype(np.int64)
    room = Row("reserve:HR", weight, np.zeros(m, np.int64), None, draw(st.integers(-1, 4)), None)
    rooms = draw(st.booleans())
    most = draw(st.lists(st.integers(0, 3), min_size=m, max_size=m))
    problem = make_problem(
        np.zeros((n, m), np.int64),
        eligible=bars.mask == 0,
        max_load=most,
        min_load=[draw(st.integers(0, top)) for top in most],
        must_open=draw(st.lists(st.booleans(), min_size=m, max_size=m)),
        may_stay=draw(flags),
        cannot_link=draw(st.lists(twos, max_size=4)),
        must_link=draw(st.lists(twos, max_size=3)),
        locked=draw(st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, m - 1)), max_size=1)),
        compositions=[composition] if draw(st.booleans()) else [],
        quotas=[quota] if draw(st.booleans()) else [],
        rows=[room] if rooms else [],
    )
    return list_demands(problem, bars, {room.key: few} if rooms else {})
