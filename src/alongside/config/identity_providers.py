"""Reading which organisations sign in through an identity provider of their own (OpenID Connect)."""

import json
import re
from typing import Any
from urllib.parse import urlsplit

WANTED = ("id", "name", "agency", "server_url", "client_id", "client_secret")


def read(text: str) -> list[dict[str, str]]:
    """Read the setting: a JSON list of objects, each with all of ``WANTED``; the agency is given by its code."""
    providers = json.loads(text or "[]")
    for provider in providers:
        missing = [part for part in WANTED if not provider.get(part)]
        if missing:
            raise ValueError(f"An entry of ALONGSIDE_IDENTITY_PROVIDERS lacks {', '.join(missing)}.")
        if not re.fullmatch(r"[a-z0-9-]+", provider["id"]):
            raise ValueError(f"The id {provider['id']!r} may hold small letters, numbers and hyphens only.")
    return list(providers)


def for_library(providers: list[dict[str, str]]) -> dict[str, Any]:
    """Put them as the sign-in library wants them, with a proof key on every exchange."""
    apps = [
        {
            "provider_id": provider["id"],
            "name": provider["name"],
            "client_id": provider["client_id"],
            "secret": provider["client_secret"],
            "settings": {"server_url": provider["server_url"], "oauth_pkce_enabled": True},
        }
        for provider in providers
    ]
    return {"openid_connect": {"APPS": apps}}


def origins(providers: list[dict[str, str]]) -> list[str]:
    """Give the origins to which a form may lead, since browsers also check where its answer leads on."""
    parts = [urlsplit(provider["server_url"]) for provider in providers]
    return sorted({f"{part.scheme}://{part.netloc}" for part in parts})
