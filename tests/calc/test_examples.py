"""Every example in the docstrings of calc gives what it says."""

import doctest
import importlib
import pkgutil

import pytest

from alongside import calc

MODULES = sorted(found.name for found in pkgutil.walk_packages(calc.__path__, "alongside.calc."))


@pytest.mark.parametrize("name", MODULES)
def test_docstring_examples(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
