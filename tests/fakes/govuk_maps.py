"""Sitemaps of the pretended GOV.UK: an index, and files of so many pages each."""

from tests.fakes.govuk_site import Site

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemaps_of(site: Site, url: str, *, most: int) -> dict[str, str]:
    """Return each sitemap by its path; pages that are gone or redirects are in none."""
    pages = [
        (path, str(item.get("public_updated_at") or ""))
        for path, item in sorted(site.items.items())
        if item["schema_name"] not in {"gone", "redirect"}
    ]
    parts = [pages[start : start + most] for start in range(0, len(pages), most)]
    names = [f"/sitemaps/sitemap_{number}.xml" for number in range(1, len(parts) + 1)]
    index = "".join(f"<sitemap><loc>{url}{name}</loc></sitemap>" for name in names)
    maps = {"/sitemap.xml": f'{_HEAD}<sitemapindex xmlns="{_SPACE}">{index}</sitemapindex>'}
    for name, part in zip(names, parts, strict=True):
        entries = "".join(f"<url><loc>{url}{path}</loc>{_lastmod(moment)}</url>" for path, moment in part)
        maps[name] = f'{_HEAD}<urlset xmlns="{_SPACE}">{entries}</urlset>'
    return maps


def _lastmod(moment: str) -> str:
    return f"<lastmod>{moment}</lastmod>" if moment else ""
