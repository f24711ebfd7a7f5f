"""How far a crawl is: lines in a log, a bar on a terminal, whatever is known of its end."""

import io

import pytest
from rich.console import Console

from greysift.cli.progress import crawl_progress


def shown(*, is_terminal: bool, steps, every: float = 0.0) -> str:
    out = io.StringIO()
    console = Console(file=out, force_terminal=is_terminal, width=80, color_system=None)
    with crawl_progress("local-[govuk]", console=console, every=every) as show:
        for got, expected in steps:
            show(got, expected)
    return out.getvalue()


def test_log_gets_plain_lines():
    said = shown(is_terminal=False, steps=[(1, None), (2, 9)])

    assert said.splitlines() == ["local-[govuk]: 1 records so far", "local-[govuk]: 2 of 9 records so far"]


def test_log_gets_no_more_than_a_line_each_minute():
    assert shown(is_terminal=False, steps=[(n, 500) for n in range(500)], every=60.0) == ""


@pytest.mark.parametrize(("got", "expected", "said"), [(3, None, "3/?"), (3, 9, "3/9"), (12, 9, "12/12")])
def test_terminal_gets_a_bar_with_the_name_of_the_source(got, expected, said):
    drawn = shown(is_terminal=True, steps=[(got, expected)])

    assert "local-[govuk]" in drawn
    assert said in drawn
    assert "records" in drawn


def test_bar_goes_when_the_crawl_has_ended():
    assert shown(is_terminal=True, steps=[(1, 2)]).endswith("\x1b[2K")
