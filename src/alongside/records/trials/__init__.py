"""Pilot trials: who could take part, who agreed to be allocated by chance, and what chance decided."""
