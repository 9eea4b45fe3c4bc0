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


def test_everything_public_is_documented():
    for name in set(chronique.__all__) - {"__version__"}:
        one = getattr(chronique, name)
        assert one.__doc__, name
        if not inspect.isclass(one):
            continue
        for member, value in vars(one).items():
            if not member.startswith("_") and member != "doc":
                assert value.__doc__, f"{name}.{member}"


def test_classes_say_where_they_are():
    for name in set(chronique.__all__) - {"__version__", "extract_table"}:
        assert getattr(chronique, name).__module__ == "chronique"
