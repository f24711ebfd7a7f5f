"""Serve a small Wagtail site by Django's development server: `python serve.py FOLDER`, in an environment with Wagtail.

The port is printed once the site answers. Documents lie in `FOLDER/media/documents`.
"""

import sys
from datetime import date
from pathlib import Path

import django
from django.conf import settings

REPORTS = 7

folder = Path(sys.argv[1])
apps = ["library", "wagtail.documents", "wagtail.images", "wagtail.users", "wagtail.admin", "wagtail.search"]
apps += ["wagtail.sites", "wagtail.contrib.sitemaps", "wagtail", "modelcluster", "taggit"]
apps += [
    "django.contrib.sitemaps",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
]
apps += ["django.contrib.staticfiles"]
settings.configure(
    SECRET_KEY="for this machine only",
    DEBUG=False,
    ALLOWED_HOSTS=["127.0.0.1"],
    INSTALLED_APPS=apps,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "site.sqlite3")}},
    MIGRATION_MODULES={name.rpartition(".")[2]: None for name in apps}
    | {f"wagtail{name}": None for name in ("core", "docs", "images", "users", "admin", "search", "sites")},
    ROOT_URLCONF="urls",
    MEDIA_ROOT=str(folder / "media"),
    MEDIA_URL="/media/",
    STATIC_URL="/static/",
    WAGTAIL_SITE_NAME="Library",
    WAGTAILADMIN_BASE_URL="http://127.0.0.1",
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    USE_TZ=True,
)
django.setup()

from django.core.files.base import ContentFile  # noqa: E402 - only after the setup
from django.core.management import call_command  # noqa: E402
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from library.models import ReportPage  # noqa: E402
from wagtail.documents.models import Document  # noqa: E402
from wagtail.models import Collection, Locale, Page, Site  # noqa: E402

server = ThreadedWSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
call_command("migrate", run_syncdb=True, verbosity=0)
Locale.objects.create(language_code="en")
Collection.add_root(name="Root")
home = Page.add_root(title="Root").add_child(instance=Page(title="Home", slug="home"))
Site.objects.create(hostname="127.0.0.1", port=server.server_address[1], root_page=home, is_default_site=True)
for number in range(1, REPORTS + 1):
    document = None
    if number < REPORTS:
        file = ContentFile(b"%PDF-1.4\n% report " + str(number).encode(), name=f"report-{number}.pdf")
        document = Document.objects.create(title=f"Report {number} (PDF)", file=file)
    page = home.add_child(
        instance=ReportPage(
            title=f"Report {number}",
            slug=f"report-{number}",
            published_on=date(2020, 1, number),
            introduction=f"What report {number} says.",
            document=document,
        )
    )
    page.save_revision().publish()
home.add_child(
    instance=ReportPage(
        title="Draft", slug="draft", published_on=date(2021, 1, 1), introduction="No.", live=False
    )
)
server.set_app(get_wsgi_application())
print(server.server_address[1], flush=True)  # noqa: T201 - whoever started this reads it
server.serve_forever()
