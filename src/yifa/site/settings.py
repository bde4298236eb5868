"""Settings from the environment (see .env.example); no secrets in the code."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.management.utils import get_random_secret_key

PACKAGE = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("YIFA_HOME", "var")).resolve()
KEYS = Path(os.environ.get("YIFA_KEYS", HOME / "keys"))
DEMO_KEYS = "YIFA_KEYS" not in os.environ
ORIGIN = os.environ.get("YIFA_ORIGIN") or "demo.invalid"


def secret_key() -> str:
    """The installation's own secret, made once; a file beside the database, readable by the owner only."""
    path = HOME / "secret-key"
    try:
        return path.read_text()
    except FileNotFoundError:
        HOME.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text()
        with os.fdopen(handle, "w") as file:
            file.write(get_random_secret_key())
        return path.read_text()


def database() -> dict:
    """SQLite under YIFA_HOME by default; PostgreSQL from DATABASE_URL."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOME / "yifa.sqlite3",
            # opening reads the schema, and closing the last connection copies the journal back: not once a request
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ValueError(f"DATABASE_URL: 只支持 postgresql://，不是 {parts.scheme!r}")
    options = dict(item.split("=", 1) for item in parts.query.split("&") if "=" in item)
    host = options.pop("host", parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(host),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        # a server that was restarted is found at the next request, not by an error in it
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


SECRET_KEY = secret_key()
DEBUG = False
ALLOWED_HOSTS = os.environ.get("YIFA_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

ROOMS = [
    "yifa.ledger",
    "yifa.registry.organs",
    "yifa.registry.people",
    "yifa.registry.laws",
    "yifa.jobs",
    "yifa.fieldwork.campaigns",
    "yifa.fieldwork.inspections",
    "yifa.fieldwork.draws",
    "yifa.fieldwork.recordings",
    "yifa.casework.cases",
    "yifa.casework.proposals",
    "yifa.casework.supervision",
    "yifa.casework.instruments",
    "yifa.casework.evidence",
    "yifa.casework.dossiers",
    "yifa.casework.hearings",
    "yifa.casework.review",
    "yifa.casework.committee",
    "yifa.casework.delivery",
    "yifa.casework.execution",
    "yifa.casework.measures",
    "yifa.casework.process_record",
    "yifa.casework.remedies",
    "yifa.openness.publicity",
    "yifa.openness.disclosure",
    "yifa.governance.leadership",
    "yifa.governance.counsel",
    "yifa.governance.training",
    "yifa.governance.outreach",
    "yifa.governance.norms",
    "yifa.reports.annual",
    "yifa.intake.workbook",
    "yifa.site.accounts",
    "yifa.site.jobs",
    "yifa.site.erasures",
    "yifa.site.access",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "yifa.listing",
    *ROOMS,
    "yifa.site",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "yifa.site.middleware.content_security_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "yifa.site.appearance.appearance",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "yifa.site.accounts.known.known",
    "yifa.site.accounts.idle.idle",
    "yifa.site.middleware.no_nul",
    "yifa.site.accounts.kept.KeepTyping",
    "yifa.site.access.recording.AccessLog",
    "yifa.site.accounts.gate.Gate",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "yifa.site.middleware.Refusals",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "yifa.site.urls"
WSGI_APPLICATION = "yifa.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "yifa.site.appearance.read_only",
            ],
        },
    }
]
AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "yifa.site.accounts.backends.AccountBackend",
]
# Five failures of one name from one address; each further round waits longer (accounts/lockout.py).
AXES_FAILURE_LIMIT = 5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_COOLOFF_TIME = "yifa.site.accounts.lockout.cool_off"
AXES_LOCKOUT_CALLABLE = "yifa.site.accounts.lockout.locked_out"
AXES_CLIENT_IP_CALLABLE = "yifa.site.accounts.lockout.client_address"
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
OTP_TOTP_ISSUER = "依法"
# required: staff must set up the second factor before anything else; offered: may; demo log-ins never.
SECOND_FACTOR = os.environ.get("YIFA_SECOND_FACTOR") or "offered"
# Django keeps a traceback to itself where DEBUG is off. Only the traceback: no form, no cookie; what is refused (4xx) is no error.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"dated": {"format": "{asctime} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "dated"}},
    "loggers": {"django.request": {"handlers": ["stderr"], "level": "ERROR"}},
}
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "workbench"
LOGOUT_REDIRECT_URL = "login"
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
LOCALE_PATHS = [PACKAGE / "site" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "yifa.site.assets.Versioned"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = "."
"""Every file, as a pattern of its address: pages name it with its version (assets.py)."""
# A form may carry 16 MiB, so that a page pasted in by mistake comes back with its field named; more gets a page of its own.
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_ENGINE = "yifa.site.accounts.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# YIFA_HTTPS=1 says that the site is served over https only, behind a proxy that sets X-Forwarded-Proto.
if os.environ.get("YIFA_HTTPS") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
