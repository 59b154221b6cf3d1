"""Every setting of the program, read from the environment; the defaults run on one laptop with nothing else."""

import os
import sys
from pathlib import Path

import dj_database_url

from alongside.config import browser_policy, identity_providers

PACKAGE = Path(__file__).resolve().parent.parent


def flag(name: str, default: bool) -> bool:
    """Read a yes/no setting; anything but 1, true, yes or on is no."""
    return os.environ.get(name, str(default)).strip().lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    """Read a setting that is a list, parted by commas."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


TESTING = "pytest" in sys.modules
DEBUG = flag("ALONGSIDE_DEBUG", False)
VAR = Path(os.environ.get("ALONGSIDE_VAR", "var")).resolve()


def secret_key() -> str:
    """Take the key from the environment, or make one for this laptop and keep it readable to its owner only."""
    if given := os.environ.get("SECRET_KEY"):
        return given
    kept = VAR / "secret-key"
    if not kept.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(os.urandom(48).hex())
    return kept.read_text()


SECRET_KEY = secret_key()
SECRET_KEY_FALLBACKS = words("SECRET_KEY_FALLBACKS")
BASE_URL = os.environ.get("ALONGSIDE_URL", f"http://localhost:{os.environ.get('PORT', '8000')}").rstrip("/")
HTTPS = BASE_URL.startswith("https://")
ALLOWED_HOSTS = words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver")
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS", BASE_URL)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "alongside.core.audit",
    "alongside.core.agencies",
    "alongside.records.people",
    "alongside.records.referrals",
    "alongside.records.cases",
    "alongside.records.appointments",
    "alongside.records.measures",
    "alongside.records.surveys",
    "alongside.records.plans",
    "alongside.records.letters",
    "alongside.records.concerns",
    "alongside.records.programmes",
    "alongside.records.oversight",
    "alongside.records.trials",
    "alongside.insight.reports",
    "alongside.insight.evaluation",
    "alongside.insight.economics",
    "alongside.insight.watching",
    "alongside.stewardship.exchange",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "alongside.api.door.MachineDoor",
    "alongside.core.access.GateMiddleware",
]

ROOT_URLCONF = "alongside.config.urls"
WSGI_APPLICATION = "alongside.config.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "alongside.web.jinja.environment",
            "context_processors": ["alongside.web.rendering.frame_for_library"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# SQLite is opened as crash tests want it: a write-ahead log, writers that queue instead of failing, synced commits.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
        "PRAGMA cache_size=-65536;PRAGMA mmap_size=268435456;PRAGMA temp_store=MEMORY;"
    ),
}
DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{VAR / 'alongside.sqlite3'}", conn_max_age=600, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    VAR.mkdir(parents=True, exist_ok=True)
    DATABASES["default"].setdefault("OPTIONS", {}).update(SQLITE_OPTIONS)
    DATABASES["default"]["TEST"] = {"NAME": VAR / "test.sqlite3"}  # a file, as in life: races need real locks
if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # Queries here are short: compiling one, which PostgreSQL may choose to, takes it longer than running it.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# One cache in the database, so that limits on guessing hold over every process.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache_entries"},
}
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend" if TESTING else "django_tasks_db.DatabaseBackend"
    }
}

AUTH_USER_MODEL = "agencies.User"
AUTHENTICATION_BACKENDS = ["alongside.core.agencies.signed_in.Backend"]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if TESTING
    else [
        "django.contrib.auth.hashers.Argon2PasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24
ACCOUNT_ADAPTER = "alongside.core.agencies.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_REDIRECT_URL = "home:home"
ACCOUNT_FORMS = {
    "login": "alongside.web.settings.sign_in_forms.SignIn",
    "reset_password": "alongside.web.settings.sign_in_forms.ForgottenPassword",
    "reset_password_from_key": "alongside.web.settings.sign_in_forms.NewPassword",
    "change_password": "alongside.web.settings.sign_in_forms.ChangePassword",
    "reauthenticate": "alongside.web.settings.sign_in_forms.PasswordAgain",
}
# At most 90 guesses a day at one sign-in, and no more than 20 a minute from one place.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "20/m/ip,5/5m/key,90/d/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if flag("ALONGSIDE_BEHIND_PROXY", False) else 0
MFA_ADAPTER = "alongside.core.agencies.adapter.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the invitation came to that address
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_FORMS = {
    "authenticate": "alongside.web.settings.sign_in_forms.SecondStep",
    "reauthenticate": "alongside.web.settings.sign_in_forms.SecondStepAgain",
    "activate_totp": "alongside.web.settings.sign_in_forms.SetUpApp",
    "add_webauthn": "alongside.web.settings.sign_in_forms.SetUpPasskey",
}
IDENTITY_PROVIDERS = identity_providers.read(os.environ.get("ALONGSIDE_IDENTITY_PROVIDERS", ""))
SOCIALACCOUNT_ADAPTER = "alongside.core.agencies.identity.IdentityAdapter"
SOCIALACCOUNT_PROVIDERS = identity_providers.for_library(IDENTITY_PROVIDERS)
STAFF_NEED_SECOND_STEP = flag("ALONGSIDE_STAFF_NEED_SECOND_STEP", True)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:home"

SESSION_ENGINE = "alongside.core.agencies.signed_in"
SESSION_COOKIE_AGE = 60 * 60 * 10
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "alongside.web.errors.csrf_failed"
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("ALONGSIDE_BEHIND_PROXY", False) else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = browser_policy.content_security(identity_providers.origins(IDENTITY_PROVIDERS))
PERMISSIONS_POLICY = browser_policy.PERMISSIONS
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
WHITENOISE_USE_FINDERS = TESTING
WHITENOISE_AUTOREFRESH = TESTING
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR / "files"},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Mail goes to a folder until an SMTP server is named.
SMTP_HOST = os.environ.get("SMTP_HOST", "")
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if SMTP_HOST else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = VAR / "outbox"
EMAIL_HOST = SMTP_HOST
EMAIL_PORT = int(os.environ.get("SMTP_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("SMTP_PASSWORD", "")
EMAIL_USE_TLS = flag("SMTP_TLS", True)
DEFAULT_FROM_EMAIL = os.environ.get("ALONGSIDE_MAIL_FROM", "Alongside <alongside@localhost>")

# Where text messages go: into a folder until a function is named that hands one (number, words) to whoever sends them.
TEXT_SENDER = os.environ.get("ALONGSIDE_TEXT_SENDER", "alongside.core.base.texts.into_outbox")
TEXT_FILE_PATH = VAR / "outbox" / "texts"
# The places of video calls to which families may be led; anything below such a host counts too.
VIDEO_HOSTS = words("ALONGSIDE_VIDEO_HOSTS", "teams.microsoft.com,zoom.us,meet.google.com")

SERVICE_NAME = os.environ.get("ALONGSIDE_NAME", "Alongside")
# Where those who use this service over a network get its source: their right under the licence.
SOURCE_URL = os.environ.get("ALONGSIDE_SOURCE_URL", "")
HELP_PHONE = os.environ.get("ALONGSIDE_HELP_PHONE", "0808 157 0123")
HELP_HOURS = os.environ.get("ALONGSIDE_HELP_HOURS", "Monday to Friday, 9:30 to 2")
# When somebody is at work, on working days; and what carers and workers are told for all other times.
OFFICE_HOURS = os.environ.get("ALONGSIDE_OFFICE_HOURS", "09:00-17:00")
OUT_OF_HOURS = os.environ.get(
    "ALONGSIDE_OUT_OF_HOURS",
    "At night, at weekends and on bank holidays, call Samaritans free on 116 123, or NHS 111. They answer at any time.",
)
ON_CALL = os.environ.get("ALONGSIDE_ON_CALL", "call the manager on call on 01632 960123")
ON_CALL_EMAIL = os.environ.get("ALONGSIDE_ON_CALL_EMAIL", "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("ALONGSIDE_LOG_LEVEL", "WARNING")},
}
