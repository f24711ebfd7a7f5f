from classifier.text import RecordText, View, record_text


def test_full_view_joins_the_parts_that_are_there():
    whole = RecordText("T", publisher="P", summary="S")

    assert record_text(whole, title_weight=2) == "T\nT\nP\nS"
    assert record_text(RecordText("T", summary="S"), title_weight=1) == "T\nS"


def test_title_view_shows_the_title_alone():
    whole = RecordText("T", publisher="P", summary="S")

    assert record_text(whole, title_weight=1, view=View.TITLE) == "T"
    assert record_text(RecordText("T"), title_weight=1) == "T"
