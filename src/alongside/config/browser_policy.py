"""What a browser may do on our pages: nothing from elsewhere, no scripts but ours, no camera, no whereabouts."""

from collections.abc import Iterable
from typing import Any

from csp.constants import NONCE, NONE, SELF

PERMISSIONS: dict[str, list[str]] = {
    "camera": [],
    "geolocation": [],
    "microphone": [],
    "payment": [],
    "usb": [],
    "publickey-credentials-create": ["self"],
    "publickey-credentials-get": ["self"],
}


def content_security(sign_in_elsewhere: Iterable[str]) -> dict[str, Any]:
    """Give the policy; forms may also lead to where organisations sign in by themselves."""
    return {
        "DIRECTIVES": {
            "default-src": [NONE],
            "script-src": [SELF, NONCE],
            "style-src": [SELF],
            "img-src": [SELF, "data:"],
            "font-src": [SELF],
            "connect-src": [SELF],
            "manifest-src": [SELF],
            "form-action": [SELF, *sign_in_elsewhere],
            "frame-ancestors": [NONE],
            "base-uri": [NONE],
        }
    }
