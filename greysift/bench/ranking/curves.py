"""Recall curves as a drawing: one panel a set, one line a ranker. SVG that prints without colour, too."""

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

_ACROSS = 3
_SIDE = 200
_GAP_X, _GAP_Y = 56, 64
_TOP = 48
# dark enough on white for text of any size, and told apart by the dashes where colours are not
_STROKES = (
    ("#1b1b1b", ""),
    ("#0b5cad", "7 3"),
    ("#a8320a", "2 3"),
    ("#3d6b21", "9 3 2 3"),
    ("#6a3d9a", "1 3"),
)

Curves = Mapping[str, Mapping[str, Sequence[float]]]


def draw_curves(curves: Curves) -> str:
    """Draw share found (upwards) by share read (rightwards) for each set and ranker."""
    rankers = list(dict.fromkeys(name for lines in curves.values() for name in lines))
    strokes = {name: _STROKES[number % len(_STROKES)] for number, name in enumerate(rankers)}
    down = -(-len(curves) // _ACROSS)
    width, height = _ACROSS * (_SIDE + _GAP_X) + _GAP_X, _TOP + down * (_SIDE + _GAP_Y)
    panels = [
        _panel(
            title,
            lines,
            strokes=strokes,
            at=(_GAP_X + column * (_SIDE + _GAP_X), _TOP + row * (_SIDE + _GAP_Y)),
        )
        for number, (title, lines) in enumerate(curves.items())
        for row, column in [divmod(number, _ACROSS)]
    ]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        'font-family="sans-serif" font-size="11" fill="#1b1b1b">'
    )
    title = "<title>Share of the includes found, by share of the records read</title>"
    ground = f'<rect width="{width}" height="{height}" fill="#fff"/>'
    return "\n".join([head, title, ground, *_legend(strokes), *panels, "</svg>\n"])


def _legend(strokes: Mapping[str, tuple[str, str]]) -> list[str]:
    parts = []
    for number, (name, stroke) in enumerate(strokes.items()):
        x = _GAP_X + number * 130
        parts += [
            f'<line x1="{x}" x2="{x + 30}" y1="16" y2="16" {_stroke(stroke)}/>',
            f'<text x="{x + 36}" y="20">{escape(name)}</text>',
        ]
    return parts


def _panel(
    title: str,
    lines: Mapping[str, Sequence[float]],
    *,
    strokes: Mapping[str, tuple[str, str]],
    at: tuple[int, int],
) -> str:
    parts = [
        f'<g transform="translate({at[0]} {at[1]})">',
        f'<text y="-6" font-weight="bold">{escape(title)}</text>',
        f'<rect width="{_SIDE}" height="{_SIDE}" fill="none" stroke="#767676"/>',
        f'<line y1="{_SIDE}" x2="{_SIDE}" y2="0" stroke="#767676" stroke-width=".5"/>',
    ]
    for share in (0, 50, 100):
        along = _SIDE * share / 100
        anchor = {0: "start", 50: "middle", 100: "end"}[share]
        parts += [
            f'<text x="{along:g}" y="{_SIDE + 14}" text-anchor="{anchor}">{share} %</text>',
            f'<text x="-4" y="{_SIDE - along + 4:g}" text-anchor="end">{share} %</text>',
        ]
    for name, recalls in lines.items():
        step = _SIDE / (len(recalls) - 1)
        points = " ".join(f"{i * step:.1f},{_SIDE * (1 - r):.1f}" for i, r in enumerate(recalls))
        parts.append(f'<polyline points="{points}" fill="none" {_stroke(strokes[name])}/>')
    return "\n".join([*parts, "</g>"])


def _stroke(stroke: tuple[str, str]) -> str:
    colour, dashes = stroke
    return f'stroke="{colour}" stroke-width="1.6"' + (f' stroke-dasharray="{dashes}"' if dashes else "")
