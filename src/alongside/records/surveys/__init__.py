"""Surveys that a service makes for itself, their editions, and the rounds in which people answer them."""
