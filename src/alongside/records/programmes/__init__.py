"""Programmes, the contracts under which authorities buy them, and who is enrolled."""
