"""Addresses of the site."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as document_urls

urlpatterns = [
    path("sitemap.xml", sitemap),
    path("documents/", include(document_urls)),
    path("", include(wagtail_urls)),
]
