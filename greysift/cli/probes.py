"""What a probe found, for people."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from greysift.cli.output import say

if TYPE_CHECKING:
    from harvester.declarations import SourceDeclaration
    from harvester.spiders.probing.findings import Finding, ProbeReport


def show_report(declaration: "SourceDeclaration", report: "ProbeReport") -> None:
    """Print what the hosts offer, what they do not, which kind would fit, and what to do next."""
    from harvester.spiders.probing.readers import told

    by_host: dict[str, list[Finding]] = {}
    for finding in report.findings:
        address = urlsplit(finding.url)
        by_host.setdefault(f"{address.scheme}://{address.netloc}", []).append(finding)
    for host, findings in by_host.items():
        say(f"What {declaration.slug} offers at {host}:")
        for finding in findings:
            if finding.is_offered:
                say(f"  {finding.what}, {finding.url.removeprefix(host)}")
                for fact in filter(None, told(finding.facts).split("; ")):
                    say(f"      {fact}")
        if any(not finding.is_offered for finding in findings):
            say("Not there, or not to be seen:")
        for finding in findings:
            if not finding.is_offered:
                say(f"  {finding.url.removeprefix(host)} ({finding.reason})")
    say(_proposal(declaration, report))
    if not declaration.is_loopback:
        say(
            "Next: read the site's terms, and let the review's owner confirm them in the web app on the page “Sources”."
        )


def _proposal(declaration: "SourceDeclaration", report: "ProbeReport") -> str:
    if report.proposed_kind is None:
        return f"No kind can be proposed. {report.why}"
    if report.proposed_kind == declaration.kind:
        return f"Proposed kind: {report.proposed_kind}, as declared. {report.why}"
    return (
        f"Proposed kind: {report.proposed_kind}; declared is {declaration.kind}. {report.why} To follow it, write a "
        f"declaration of that kind, whose keys differ (docs/reference/declarations.md has an example); this probe changed "
        f"nothing."
    )
