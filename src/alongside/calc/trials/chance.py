"""Chance that can be repeated: from one seed, a source for each place at which a trial needs one."""

import hashlib

import numpy as np


def source(seed: int, *place: str | int) -> np.random.Generator:
    """Return the source of chance for one place of a trial, such as a stratum, or the number of a person.

    The same seed and place give the same chance, in whatever order places are asked for, and two places have nothing
    to do with one another (their names are hashed into the seed by SHA-256).

    >>> source(1, "SGO").integers(0, 100, 5).tolist()
    [60, 2, 96, 77, 63]
    """
    if seed < 0:
        raise ValueError("a seed is a whole number from 0")
    named = "\x00".join(f"{type(part).__name__}:{part}" for part in place)
    words = np.frombuffer(hashlib.sha256(named.encode()).digest(), dtype="<u4")
    return np.random.default_rng([seed, *words.tolist()])
