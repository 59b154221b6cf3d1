"""The ways in which a journey is made.

Width and scripts go together and are not crossed: what is wrong at a width is wrong with scripts and without them.
"""

import pytest

AT_A_DESK = {"phone": False, "scripts": True}
ON_A_PHONE = {"phone": True, "scripts": True}
WAYS = [
    pytest.param(ON_A_PHONE, id="phone"),
    pytest.param({"phone": False, "scripts": False}, id="desktop, no scripts"),
]
# For pages that are made for a desk.
DESK_WAYS = [
    pytest.param(AT_A_DESK, id="desktop"),
    pytest.param({"phone": True, "scripts": False}, id="phone, no scripts"),
]
