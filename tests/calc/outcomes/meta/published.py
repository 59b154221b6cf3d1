"""Published sets of studies. The numbers are facts; each names where it was printed."""

from alongside.calc.outcomes.meta.tables import Table

# Vaccination against tuberculosis, thirteen trials (Colditz and others 1994): ill and not, with and without.
BCG = [
    Table(*cells)
    for cells in (
        (4, 119, 11, 128),
        (6, 300, 29, 274),
        (3, 228, 11, 209),
        (62, 13536, 248, 12619),
        (33, 5036, 47, 5761),
        (180, 1361, 372, 1079),
        (8, 2537, 10, 619),
        (505, 87886, 499, 87892),
        (29, 7470, 45, 7232),
        (17, 1699, 65, 1600),
        (186, 50448, 141, 27197),
        (5, 2493, 3, 2338),
        (27, 16886, 29, 17825),
    )
]
# Length of stay after a stroke (Normand 1999): number, mean and deviation with specialist care, and with usual care.
STROKE = [
    (155, 55, 47, 156, 75, 64),
    (31, 27, 7, 32, 29, 4),
    (75, 64, 17, 71, 119, 29),
    (18, 66, 20, 18, 137, 48),
    (8, 14, 8, 13, 18, 11),
    (57, 19, 7, 52, 18, 4),
    (34, 52, 45, 33, 41, 34),
    (110, 21, 16, 183, 31, 27),
    (60, 30, 27, 52, 23, 20),
]
# Teachers' expectations (Raudenbush 1984; 1985): weeks of contact before, effect, variance.
EXPECTATIONS = [
    (2, 0.03, 0.0156),
    (21, 0.12, 0.0216),
    (19, -0.14, 0.0279),
    (0, 1.18, 0.1391),
    (0, 0.26, 0.1362),
    (3, -0.06, 0.0106),
    (17, -0.02, 0.0106),
    (24, -0.32, 0.0484),
    (0, 0.27, 0.0269),
    (1, 0.80, 0.0630),
    (0, 0.54, 0.0912),
    (0, 0.18, 0.0497),
    (1, -0.02, 0.0835),
    (2, 0.23, 0.0841),
    (17, -0.18, 0.0253),
    (5, -0.06, 0.0279),
    (1, 0.30, 0.0193),
    (2, 0.07, 0.0088),
    (7, -0.07, 0.0303),
]
# Third-wave therapies for stress in students (Harrer, Cuijpers, Furukawa and Ebert 2021): effect, its standard error,
# and whether the risk of bias was high.
THIRD_WAVE = [
    (0.7091362, 0.2608202, True),
    (0.3548641, 0.1963624, False),
    (1.7911700, 0.3455692, True),
    (0.1824552, 0.1177874, False),
    (0.4218509, 0.1448128, False),
    (0.6300000, 0.1960000, False),
    (0.7248838, 0.2246641, True),
    (0.5286638, 0.2104609, False),
    (0.2840000, 0.1680000, False),
    (1.2750682, 0.3371997, False),
    (0.1036082, 0.1947275, True),
    (0.3883906, 0.2307689, False),
    (0.5407398, 0.2443133, False),
    (0.4261593, 0.2579379, False),
    (0.5153969, 0.3512737, True),
    (1.4797260, 0.3152817, True),
    (0.6125782, 0.2266834, True),
    (0.6000000, 0.2490000, False),
]


def mean_differences() -> tuple[list[float], list[float]]:
    """Differences of means of the stroke trials, and their variances from the deviation of both groups together."""
    effects = [m1 - m0 for _, m1, _, _, m0, _ in STROKE]
    pooled = [((n1 - 1) * s1**2 + (n0 - 1) * s0**2) / (n1 + n0 - 2) for n1, _, s1, n0, _, s0 in STROKE]
    return effects, [both * (1 / n1 + 1 / n0) for both, (n1, _, _, n0, _, _) in zip(pooled, STROKE, strict=True)]
