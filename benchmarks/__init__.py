"""How fast it is, as ratios to named anchors that are measured in turn with it: ``python -m benchmarks``."""
