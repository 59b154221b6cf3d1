"""Practice as designed, seen: whether the work had what each programme is made of, beside what came of it."""
