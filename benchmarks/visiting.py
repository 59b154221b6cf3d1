"""Asking the program for pages as a web server does, in this process, signed in."""

import io
from collections.abc import Callable
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings

from alongside.config.wsgi import application
from alongside.core.agencies.models import User
from alongside.web.people.search import TYPED

NAIVE_MIDDLEWARE = [
    "benchmarks.naive.use_naive_urls",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


def program() -> WSGIHandler:
    """The program with everything that it does about a request."""
    return application


def naive_program() -> WSGIHandler:
    """The anchor: Django as `startproject` leaves it, with a session and a user."""
    with override_settings(MIDDLEWARE=NAIVE_MIDDLEWARE):
        return WSGIHandler()


def bare_program() -> WSGIHandler:
    """The anchor below it: a view and nothing around."""
    with override_settings(MIDDLEWARE=NAIVE_MIDDLEWARE[:1]):
        return WSGIHandler()


class Visitor:
    """Somebody who is signed in, past their second step."""

    def __init__(self, email: str) -> None:
        self.user = User.objects.get(email=email)
        session = SessionStore()
        session[SESSION_KEY] = str(self.user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = self.user.get_session_auth_hash()
        session["second_step"] = True
        session.save()
        self.session = session
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={session.session_key}"

    def searches(self, handler: WSGIHandler, typed: str) -> Callable[[], bytes]:
        """Give a way to see who may be meant by what was typed, which the session holds."""
        self.session[TYPED] = typed
        self.session.save()
        return self.asks(handler, "/people/")

    def asks(self, handler: WSGIHandler, address: str, **query: str) -> Callable[[], bytes]:
        """Give a way to ask for a page, again and again; anything but a page is a failure."""
        question = urlencode(query)

        def ask() -> bytes:
            status, body, _ = call(handler, self.environ("GET", address, question))
            assert status == 200, f"{address}?{question}: {status}"
            return body

        return ask

    def environ(self, method: str, address: str, question: str = "", body: bytes = b"") -> dict[str, Any]:
        """What a web server would say of this request."""
        return {
            "REQUEST_METHOD": method,
            "PATH_INFO": address,
            "QUERY_STRING": question,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "8000",
            "HTTP_HOST": "localhost:8000",
            "HTTP_USER_AGENT": "Mozilla/5.0",
            "HTTP_COOKIE": self.cookie,
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.version": (1, 0),
            "wsgi.multithread": False,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }


def call(handler: WSGIHandler, environ: dict[str, Any]) -> tuple[int, bytes, SimpleCookie]:
    """Call the program as a web server does."""
    told: list[Any] = []
    answer = handler(environ, lambda status, headers, *_: told.extend((status, headers)))
    body = b"".join(answer)
    answer.close()
    cookies: SimpleCookie = SimpleCookie()
    for name, value in told[1]:
        if name.lower() == "set-cookie":
            cookies.load(value)
    return int(told[0].split()[0]), body, cookies
