from greysift.bench.robustness.mutants import mutants_of, smallest


def write_documents(folder):
    for number in range(12):
        (folder / f"{number:02}.pdf").write_bytes(b"%PDF-1.4 " + b"x" * (400 + number))
    return smallest(folder)


def test_the_ten_smallest_are_damaged(tmp_path):
    assert [path.name for path in write_documents(tmp_path)] == [f"{number:02}.pdf" for number in range(10)]


def test_the_same_seed_damages_alike_and_another_otherwise(tmp_path):
    documents = write_documents(tmp_path)

    first = list(mutants_of(documents, most=40, seed=1))

    assert first == list(mutants_of(documents, most=40, seed=1))
    assert first != list(mutants_of(documents, most=40, seed=2))
    assert len({mutant.data for mutant in first}) == 40


def test_each_document_is_cut_as_often_as_turned(tmp_path):
    documents = write_documents(tmp_path)

    mutants = list(mutants_of(documents, most=40, seed=1))

    for path in documents:
        lengths = [len(mutant.data) for mutant in mutants if mutant.name == path.name]
        whole = path.stat().st_size
        assert sorted(length == whole for length in lengths) == [False, False, True, True]
    assert all(mutant.data != (tmp_path / mutant.name).read_bytes() for mutant in mutants)


def test_of_nothing_nothing_comes():
    assert list(mutants_of([], most=5, seed=1)) == []
