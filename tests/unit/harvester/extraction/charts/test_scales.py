import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.vocabulary.documents import Box
from harvester.extraction.charts.scales import number_of, scales_of
from harvester.extraction.lines import Token, line_of


def down(*labels, right=100.0, step=25):
    """Labels one under another, set to the right."""
    return [
        line_of([Token(label, Box(right - 5 * len(label), 100 + step * n, right, 110 + step * n))])
        for n, label in enumerate(labels)
    ]


def across(*labels, step=50):
    return [
        line_of(
            [
                Token(label, Box(100 + step * n, 500, 100 + step * n + 5 * len(label), 510))
                for n, label in enumerate(labels)
            ]
        )
    ]


@pytest.mark.parametrize(
    "labels",
    [
        ("40", "30", "20", "10", "0"),
        ("100%", "75%", "50%", "25%"),
        ("10,000", "1,000", "100", "10"),
        ("0.15", "0.10", "0.05", "0", "-0.05"),
        ("£20k", "£15k", "£10k", "£5k"),
    ],
)
def test_an_upright_scale_rises_from_below(labels):
    assert any(scale.is_upright for scale in scales_of(down(*labels)))


def test_a_number_struck_twice_counts_once():
    lines = down("40", "30", "20", "10")

    assert scales_of([*lines, *lines])


@pytest.mark.parametrize(
    "labels", [("0", "10", "20", "30"), ("-4", "-2", "0", "2"), ("0%", "20%", "40%", "60%")]
)
def test_a_scale_that_lies(labels):
    assert [scale.is_upright for scale in scales_of(across(*labels))] == [False]


@pytest.mark.parametrize(
    "lines",
    [
        down("1", "2", "3", "4", "5"),  # items of a list
        down("41", "30", "22", "10"),  # values
        down("30", "20", "10"),  # too few
        across("2019", "2020", "2021", "2022"),  # heads of columns
        across("1", "2", "3", "4"),
        [*down("40", "30"), *down("20", "10", right=300)],
    ],
)
def test_other_numbers_are_none(lines):
    assert scales_of(lines) == []


@given(st.integers(-50, 50), st.integers(1, 40), st.integers(4, 9))
def test_any_even_steps_are_a_scale(lowest, step, count):
    labels = [str(lowest + step * n) for n in reversed(range(count))]

    (scale, *_) = [scale for scale in scales_of(down(*labels)) if scale.is_upright]

    assert (scale.box.top, scale.box.bottom) == (100, 110 + 25 * (count - 1))


@given(st.text(max_size=12))
def test_any_text_is_a_number_or_none(text):
    assert isinstance(number_of(text), float | None)
