"""Settings of the portal, read from the environment; `docs/configuration.md` explains each."""

import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django_stubs_ext
import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

# So that Django's generic classes take their parameters at run time too, as in forms.ModelForm[Person].
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEBUG = env.bool("DEBUG", default=False)
# Tests, and the plugin of mypy, read these settings without an environment of their own.
TESTING = "pytest" in sys.modules or "mypy" in sys.modules


def required(name: str, *, debug_default: str) -> str:
    """Return the environment's ``name``; only with DEBUG may it be missing."""
    value: str = env.str(name, default="").strip()
    if value:
        return value
    if DEBUG or TESTING:
        return debug_default
    raise ImproperlyConfigured(f"{name} is not set. Without DEBUG the portal has no default for it.")


def number(name: str, *, default: int) -> int:
    """Return the environment's ``name`` as a whole number from 0 on."""
    value = env.str(name, default="").strip() or str(default)
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number from 0 on, not {value!r}.")
    return int(value)


def parsed(name: str, value: str, parse: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    """Return ``value`` as ``parse`` reads it; never shows the value, which may hold a password."""
    try:
        return parse(value)
    except (ValueError, ImproperlyConfigured):
        raise ImproperlyConfigured(f"{name} cannot be read; see docs/configuration.md.") from None


SECRET_KEY = required("SECRET_KEY", debug_default="only-for-debug-" + "x" * 50)
SECRET_KEY_FALLBACKS = [key for key in env.str("SECRET_KEY_FALLBACKS", default="").split(",") if key]
ALLOWED_HOSTS = [
    host
    for host in required("ALLOWED_HOSTS", debug_default="localhost,127.0.0.1,[::1],testserver").split(",")
    if host
]
SITE_URL = required("SITE_URL", debug_default=f"http://localhost:{env.str('PORT', default='8000')}").rstrip(
    "/"
)
STEMNET_DATA = Path(env.str("STEMNET_DATA", default="") or BASE_DIR / "var").resolve()
TRUSTED_PROXY_COUNT = number("TRUSTED_PROXY_COUNT", default=0)
SENTRY_DSN = env.str("SENTRY_DSN", default="")

# Numbers of the rule book and limits, all of them; those that the environment may change, by name.
HOLD_MINUTES = number("HOLD_MINUTES", default=30)
PARTY_DAYS = number("PARTY_DAYS", default=7)
PARTY_ASKED_A_DAY = number("PARTY_ASKED_A_DAY", default=30)
HOLDS_PER_CLIENT = number("HOLDS_PER_CLIENT", default=3)
HOLDS_PERCENT_OF_SEATS = number("HOLDS_PERCENT_OF_SEATS", default=10)
SESSION_SEATS_PER_CLIENT = number("SESSION_SEATS_PER_CLIENT", default=20)
SESSION_PERCENT_PER_CLIENT = number("SESSION_PERCENT_PER_CLIENT", default=25)
CODE_TRIES = 5
CODE_MINUTES = 15
CODE_RESEND_SECONDS = 30
CODES_PER_HOUR = 5  # to one address
CODES_PER_CLIENT_HOUR = number("CODES_PER_CLIENT_HOUR", default=300)
ROOM_CODE_MISSES_PER_CLIENT = number("ROOM_CODE_MISSES_PER_CLIENT", default=600)
CHECK_IN_OPENS_MINUTES = number("CHECK_IN_OPENS_MINUTES", default=60)
CHECK_IN_CLOSES_MINUTES = number("CHECK_IN_CLOSES_MINUTES", default=30)
VERIFY_TRIES_A_MINUTE = number("VERIFY_TRIES_A_MINUTE", default=30)
AUTOMATIC_SEATS_UNTIL_HOURS = number("AUTOMATIC_SEATS_UNTIL_HOURS", default=48)
DAY_BEGINS_AT, DAY_ENDS_AT = 7, 21  # local hours between which the clock mails people
PART_REMINDER_WEEKS = number("PART_REMINDER_WEEKS", default=8)
SIGNING_LINK_DAYS = number("SIGNING_LINK_DAYS", default=30)
OBJECTION_DAYS = number("OBJECTION_DAYS", default=14)
EVALUATION_MINIMUM_ANSWERS = 5
STALE_AFTER_DAYS = 21  # on an open stage of the way to partner
MERGE_UNDO_DAYS = 30
IMPORT_KEPT_DAYS = number("IMPORT_KEPT_DAYS", default=30)
KEPT_FORM_DAYS = number("KEPT_FORM_DAYS", default=30)
ANSWER_FILE_MB = number("ANSWER_FILE_MB", default=10)
FILE_BYTES = 50 * 1024 * 1024  # of one file that is shared
UPLOAD_DAYS = 2  # that what came of a file is kept for the rest of it
MAIL_KEPT_DAYS = number("MAIL_KEPT_DAYS", default=730)
MAIL_LEASE_SECONDS = number("MAIL_LEASE_SECONDS", default=300)
SWEEP_SECONDS = number("SWEEP_SECONDS", default=60)
MAIL_FAILURES_A_DAY = number("MAIL_FAILURES_A_DAY", default=3)
FREE_SPACE_MB = number("FREE_SPACE_MB", default=100)
# How long public pages, and what all pages say, are kept: together less than a second, in which all shows.
PUBLIC_PAGES_SECONDS, BRIEFLY_SECONDS = (0, 0) if TESTING else (0.45, 0.45)
# More than this is a job of its own, which says how far it is.
EXPORT_JOB_ROWS = 2_000
ISSUE_JOB_PEOPLE = 3  # two documents of one take up to half a second
IMPORT_JOB_ROWS = 200
REPORT_AT_ONCE_BYTES = 60_000  # of reports of meeting tools, some 600 visits

INSTALLED_APPS = [
    "registrations",
    "meetings",
    "partners",
    "stemnet",
    "stemnet.admin_config.WorkConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "simple_history",
]

MIDDLEWARE = [
    "stemnet.middleware.asking.ClientAddressMiddleware",
    "stemnet.middleware.answering.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "stemnet.middleware.headers.PermissionsPolicyMiddleware",
    "stemnet.middleware.answering.HealthMiddleware",
    "stemnet.middleware.answering.BusyDatabaseMiddleware",
    "stemnet.middleware.headers.TextGZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "stemnet.middleware.public_pages.PublicPagesMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "stemnet.middleware.headers.PrivatePagesMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "partners.people.middleware.SignInFirstMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "stemnet.middleware.asking.LastSeenMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "partners.people.middleware.PersonMiddleware",
    "partners.people.middleware.OldAddressMiddleware",
    "partners.people.middleware.SecondFactorMiddleware",
    "partners.people.middleware.KeptFormMiddleware",
]
if DEBUG:
    MIDDLEWARE.append("stemnet.middleware.answering.PlainNotFoundMiddleware")

ROOT_URLCONF = "stemnet.urls"
WSGI_APPLICATION = "stemnet.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "partners.people.context_processors.partnership",
            ],
        },
    },
]

DATABASE_URL = env.str("DATABASE_URL", default="") or f"sqlite:///{STEMNET_DATA / 'stemnet.sqlite3'}"
DATABASES = {"default": parsed("DATABASE_URL", DATABASE_URL, env.db_url_config)}
if not DATABASES["default"]["ENGINE"].endswith((".sqlite3", ".postgresql")):
    raise ImproperlyConfigured("DATABASE_URL must name SQLite (sqlite:///…) or PostgreSQL (postgres://…).")
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 10,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
    # Nobody waits for a lock longer than this; whoever would have to is told that the portal is busy.
    # Translating a question of a page to machine code (jit) takes longer than any answer.
    DATABASES["default"]["OPTIONS"].setdefault("options", "-c lock_timeout=30s -c jit=off")
    DATABASES["default"]["CONN_MAX_AGE"] = 600
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
CACHES = {
    "default": (
        {
            "BACKEND": "stemnet.shared_cache.SharedCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "stemnet-tests" if TESTING else "stemnet",
            "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
        }
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}

# Celery only wakes up whoever works on rows; the figures are for a worker that is killed on Redis.
CELERY_BROKER_URL = REDIS_URL if REDIS_URL and not TESTING else "memory://localhost/"
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {
        "visibility_timeout": 3600,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        "socket_connect_timeout": 3,
        "socket_timeout": 5,
        "global_keyprefix": "stemnet:",
    }
    if CELERY_BROKER_URL == REDIS_URL
    else {}
)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for a broker that is away, however long
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_POOL = "threads"  # as inside the web process; who needs more cores starts more workers
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"
CELERY_BEAT_MAX_LOOP_INTERVAL = 5
CELERY_BEAT_SCHEDULE = {
    "mail left behind": {"task": "stemnet.sweep_mail", "schedule": SWEEP_SECONDS},
    "mail that came back": {"task": "stemnet.sweep_bounces", "schedule": 5 * SWEEP_SECONDS},
    "jobs left behind": {"task": "stemnet.run_jobs", "schedule": SWEEP_SECONDS},
    "counts that are over": {"task": "stemnet.forget_counts", "schedule": 60 * SWEEP_SECONDS},
    "retention": {"task": "stemnet.sweep_retention", "schedule": 60 * SWEEP_SECONDS},
    "mail that does not go out": {"task": "partners.sweep_undelivered", "schedule": 15 * SWEEP_SECONDS},
    "parts of the memorandum": {"task": "partners.sweep_parts", "schedule": 15 * SWEEP_SECONDS},
    "terms of the memorandum": {"task": "partners.sweep_terms", "schedule": 15 * SWEEP_SECONDS},
    "likely duplicates": {"task": "partners.sweep_duplicates", "schedule": 15 * SWEEP_SECONDS},
    "matches": {"task": "partners.sweep_matches", "schedule": 15 * SWEEP_SECONDS},
    "action items": {"task": "meetings.sweep_action_items", "schedule": 15 * SWEEP_SECONDS},
    "invitations": {"task": "partners.sweep_invitations", "schedule": 15 * SWEEP_SECONDS},
    "reminders": {"task": "registrations.sweep_reminders", "schedule": SWEEP_SECONDS},
    "evaluations": {"task": "registrations.sweep_evaluations", "schedule": 5 * SWEEP_SECONDS},
    # Seldom and in batches: when this mail was queued must not tell when somebody answered an evaluation.
    "documents ready": {"task": "registrations.sweep_documents", "schedule": 15 * SWEEP_SECONDS},
    "messages": {"task": "registrations.sweep_messages", "schedule": SWEEP_SECONDS},
    "exports": {"task": "registrations.sweep_exports", "schedule": 5 * SWEEP_SECONDS},
    "waitlist": {"task": "registrations.sweep_waitlist", "schedule": SWEEP_SECONDS},
    "invitations to seats": {"task": "registrations.sweep_seat_invitations", "schedule": 5 * SWEEP_SECONDS},
    "reserved seats": {"task": "registrations.sweep_reservations", "schedule": 5 * SWEEP_SECONDS},
    "links of the library": {"task": "meetings.check_links", "schedule": 60 * SWEEP_SECONDS},
    "uploads left behind": {"task": "meetings.sweep_uploads", "schedule": 60 * SWEEP_SECONDS},
    "check-ins": {"task": "registrations.count_check_ins", "schedule": SWEEP_SECONDS},
    "missed meetings": {"task": "registrations.sweep_missed", "schedule": 15 * SWEEP_SECONDS},
    "old marks": {"task": "registrations.sweep_old_marks", "schedule": 60 * SWEEP_SECONDS},
    "terms over": {"task": "registrations.sweep_terms", "schedule": 60 * SWEEP_SECONDS},
    "questions": {"task": "registrations.sweep_questions", "schedule": 15 * SWEEP_SECONDS},
    "holds over": {"task": "registrations.sweep_holds", "schedule": 60 * SWEEP_SECONDS},
}

AUTH_USER_MODEL = "partners.User"
AUTHENTICATION_BACKENDS = ["partners.people.backends.AuthenticationBackend"]
PASSWORD_HASHERS = [f"django.contrib.auth.hashers.{'MD5' if TESTING else 'Argon2'}PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

STAFF_NEED_SECOND_FACTOR = not (DEBUG or TESTING)
# Where nobody needs one: signing in, and checking in on one's own phone, which leads to nothing else.
FREE_OF_SECOND_FACTOR = ("/accounts/", "/in/")

ACCOUNT_ADAPTER = "partners.people.adapters.AccountAdapter"
MFA_ADAPTER = "partners.people.adapters.MFAAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "request_login_code": "partners.people.forms.sign_in.RequestCodeForm",
    "confirm_login_code": "partners.people.forms.sign_in.ConfirmCodeForm",
    "reset_password": "partners.people.forms.sign_in.ResetPasswordForm",
    "confirm_password_reset_code": "partners.people.forms.sign_in.ConfirmResetCodeForm",
    "confirm_email_verification_code": "partners.people.forms.sign_in.ConfirmAddressCodeForm",
}
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = CODE_TRIES
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = CODE_TRIES
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = CODES_PER_HOUR
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = CODE_MINUTES * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_MAX_ATTEMPTS = CODE_TRIES
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = CODE_MINUTES * 60
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_RATE_LIMITS = {
    "login": f"{CODES_PER_CLIENT_HOUR}/h/ip",
    "login_failed": f"{CODES_PER_CLIENT_HOUR}/h/ip,5/5m/key",
    "request_login_code": f"{CODES_PER_CLIENT_HOUR}/h/ip",
    "reset_password": f"{CODES_PER_CLIENT_HOUR}/h/ip",
}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "add_webauthn": "partners.people.forms.passkey.AddPasskeyForm",
    "authenticate": "partners.people.forms.passkey.SecondStepForm",
}
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
USERSESSIONS_TRACK_ACTIVITY = False  # our LastSeenMiddleware does, without a write at each page

LANGUAGE_CODE = "en-us"
LANGUAGES = [("en", _("English"))]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = STEMNET_DATA / "files"
# The seal of issued documents: a key with its certificate (PKCS #12); without a file they carry none.
SEAL_FILE = env.str("SEAL_FILE", default="").strip()
SEAL_PASSWORD = env.str("SEAL_PASSWORD", default="")
if SEAL_FILE and find_spec("pyhanko") is None:
    raise ImproperlyConfigured("SEAL_FILE is set, but requirements-seal.txt is not installed.")
FILES_BUCKET = env.str("FILES_BUCKET", default="").strip()
if FILES_BUCKET and find_spec("storages") is None:
    raise ImproperlyConfigured("FILES_BUCKET is set, but requirements-s3.txt is not installed.")
STORAGES = {
    "default": {
        "BACKEND": "stemnet.object_files.ObjectFiles",
        "OPTIONS": {
            "bucket_name": FILES_BUCKET,
            "endpoint_url": env.str("FILES_ENDPOINT", default="").strip() or None,
            "region_name": env.str("FILES_REGION", default="").strip() or None,
            "access_key": env.str("FILES_ACCESS_KEY", default="").strip() or None,
            "secret_key": env.str("FILES_SECRET_KEY", default="").strip() or None,
        },
    }
    if FILES_BUCKET
    else {
        "BACKEND": "stemnet.files.PrivateFiles",
        "OPTIONS": {"location": str(MEDIA_ROOT)},
    },
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG or TESTING
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG or TESTING
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o640, 0o750
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024

EMAIL_URL = required("EMAIL_URL", debug_default=f"filemail:///{STEMNET_DATA / 'mail'}")
_mail = parsed("EMAIL_URL", EMAIL_URL, env.email_url_config)
EMAIL_BACKEND = {"django.core.mail.backends.smtp.EmailBackend": "stemnet.outbox.smtp.EmailBackend"}.get(
    _mail["EMAIL_BACKEND"], _mail["EMAIL_BACKEND"]
)
EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_HOST"], _mail["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"], _mail["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.get("EMAIL_USE_TLS", False), _mail.get("EMAIL_USE_SSL", False)
EMAIL_FILE_PATH = _mail["EMAIL_FILE_PATH"]
EMAIL_TIMEOUT = 20
# A mailbox into which mail comes back, read by the clock; without a host none is.
BOUNCE_IMAP_HOST = env.str("BOUNCE_IMAP_HOST", default="").strip()
BOUNCE_IMAP_PORT = number("BOUNCE_IMAP_PORT", default=993)
BOUNCE_IMAP_TLS = env.bool("BOUNCE_IMAP_TLS", default=True)
BOUNCE_IMAP_USER = env.str("BOUNCE_IMAP_USER", default="")
BOUNCE_IMAP_PASSWORD = env.str("BOUNCE_IMAP_PASSWORD", default="")
BOUNCE_IMAP_FOLDER = env.str("BOUNCE_IMAP_FOLDER", default="") or "INBOX"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="") or f"network@{urlsplit(SITE_URL).hostname}"
SERVER_EMAIL = DEFAULT_FROM_EMAIL

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
_UNUSED = (
    "accelerometer camera display-capture geolocation gyroscope magnetometer microphone midi payment usb"
)
PERMISSIONS_POLICY = ", ".join(
    [
        *(f"{name}=()" for name in _UNUSED.split()),
        *(f"publickey-credentials-{act}=(self)" for act in ("create", "get")),
    ]
)
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_ENGINE = "stemnet.sessions"
SESSION_COOKIE_HTTPONLY = True
HTTPS = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS and not TESTING
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# Other names under this one belong to others, who may not have HTTPS; whoever has them all says so.
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS and env.bool("HSTS_SUBDOMAINS", default=False)
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # the line above is meant
SECURE_REDIRECT_EXEMPT = [r"^health/$", r"^ready/$"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "partners.people.views.kept_forms.csrf_failure"
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
if TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "faults": {"()": "stemnet.observing.log.FaultNumbers"},
        "unseen": {"()": "stemnet.observing.log.EvaluationsUnseen"},
        "paths": {"()": "stemnet.observing.log.PathsUnseen"},
    },
    "formatters": {"json": {"()": "stemnet.observing.log.json_formatter"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "filters": ["faults", "unseen", "paths"],
        },
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "propagate": True, "level": "INFO"},
        "django.server": {"handlers": ["nowhere"], "propagate": False},
        "celery": {"level": "WARNING"},
        "kombu": {"level": "WARNING"},
    },
}
