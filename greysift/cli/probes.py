"""What a probe found, for people."""

from typing import TYPE_CHECKING

from greysift.cli.output import say, table

if TYPE_CHECKING:
    from harvester.declarations import SourceDeclaration
    from harvester.spiders.probing.findings import ProbeReport


def show_report(declaration: "SourceDeclaration", report: "ProbeReport") -> None:
    """Print what the hosts offer, what they do not, which kind would fit, and what to do next."""
    from harvester.spiders.probing.readers import told

    table(
        f"What {declaration.slug} offers",
        ["what", "where", "found"],
        [
            (finding.what, finding.url, told(finding.facts))
            for finding in report.findings
            if finding.is_offered
        ],
    )
    absent = [f"{finding.url} ({finding.reason})" for finding in report.findings if not finding.is_offered]
    if absent:
        say("Not there: " + "; ".join(absent) + ".")
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
        f"declaration of that kind; this probe changed nothing."
    )
