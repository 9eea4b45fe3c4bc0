import doctest
import inspect

import pytest

import chronique

# What users may do without: an example that imports one runs where it is installed.
OPTIONAL = ("duckdb", "pandas", "polars", "pyarrow")


def examples():
    classes = [one for name in chronique.__all__ if inspect.isclass(one := getattr(chronique, name))]
    documented = {"chronique": chronique} | {one.__name__: one for one in classes}
    for one in classes:
        documented |= {f"{one.__name__}.{name}": member for name, member in vars(one).items()}
    documented["extract_table"] = chronique.extract_table
    for name, item in documented.items():
        test = doctest.DocTestParser().get_doctest(item.__doc__ or "", {}, name, None, None)
        if test.examples:
            yield pytest.param(test, id=name)


@pytest.mark.parametrize("test", list(examples()))
def test_the_examples_run(test: doctest.DocTest):
    for package in OPTIONAL:
        if any(f"import {package}" in example.source for example in test.examples):
            pytest.importorskip(package)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    shown: list[str] = []
    runner.run(test, out=shown.append)
    assert runner.failures == 0, "".join(shown)


def public():
    """Every public name, and every public member of a class, with what it is called."""
    for name in sorted(set(chronique.__all__) - {"__version__"}):
        one = getattr(chronique, name)
        yield pytest.param(one, id=name)
        if inspect.isclass(one):
            for member, value in vars(one).items():
                if not member.startswith("_"):
                    yield pytest.param(value, id=f"{name}.{member}")


@pytest.mark.parametrize("one", list(public()))
def test_everything_public_is_documented(one: object):
    doc = inspect.getdoc(one) or ""
    first = doc.partition("\n\n")[0]
    assert first.rstrip()[-1:] in {".", ":"} or "``." in first, (
        f"the first sentence says what it is: {first!r}"
    )
    if callable(one):
        assert ">>>" in doc.partition("Examples\n--------")[2], "it has no example"


@pytest.mark.parametrize("one", list(public()))
def test_docstrings_have_the_sections_of_numpy(one: object):
    lines = (inspect.getdoc(one) or "").splitlines()
    known = ("Parameters", "Returns", "Yields", "Raises", "Attributes", "Notes", "Examples", "See Also")
    titles = [lines[at - 1] for at, line in enumerate(lines) if line and set(line) == {"-"}]
    assert set(titles) <= set(known), titles
    order = [known.index(title) for title in titles if title != "Attributes"]
    assert order == sorted(order), titles


def test_classes_say_where_they_are():
    for name in set(chronique.__all__) - {"__version__", "extract_table"}:
        assert getattr(chronique, name).__module__ == "chronique"
