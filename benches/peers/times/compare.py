"""Compare who finds time expressions and knows which time they mean, in one run.

usage: python3 benches/peers/times/compare.py [--rounds N] [--built] > record.md

README.md of the folder above says what is measured, and what the figures do not show.
"""

import datetime
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from common import (
    SHARED,
    SPEED,
    Reader,
    Row,
    Score,
    articles,
    built,
    check,
    given,
    install,
    on_news,
    options,
    ours,
    overlap,
    peer,
    skip_without,
    table,
    times,
)

READERS = (
    ours("read"),
    ours("times", rounds=20),
    peer("dateparser", share=0.01),
    peer("recognizers-text", share=0.005),
    peer("timexy", share=0.2),
)
# Overlap F1 on gold_dev that each reaches if all is well.
MINIMA = {"chronique read": 95, "chronique times": 95, "dateparser": 50, "recognizers-text": 40, "timexy": 5}
PACKAGES = ("dateparser", "recognizers-text-date-time", "timexy", "spacy")
GRAINS = {"Year": 1, "Month": 2, "Day": 3, "Week": 3, "Hour": 4, "Minute": 5}


def on_gold(reader: Reader, rows: list[Row]) -> tuple[Score, Score, Score]:
    """Score expressions that overlap, those with the same TIMEX3 value, and those on the right first day."""
    found_rows = reader.spans(given(rows))
    loose = same = day = golds = founds = 0
    for row, found_row in zip(rows, found_rows, strict=True):
        gold, found = row["times"], found_row["times"]
        pairs = overlap([(one["start"], one["end"]) for one in gold], [(one[0], one[1]) for one in found])
        loose += len(pairs)
        same += sum(gold[at]["value"] == found[other][2] for at, other in pairs)
        day += sum(on_day(gold[at]["value"], found[other]) for at, other in pairs)
        golds += len(gold)
        founds += len(found)
    return Score.of(loose, golds, founds), Score.of(same, golds, founds), Score.of(day, golds, founds)


def on_day(gold: str, found: list[Any]) -> bool:
    """Whether the day found lies in the time meant, or the value is the same where that is no day."""
    days = days_of(gold)
    begin = found[3] and found[3][:10]
    return gold == found[2] if days is None else bool(begin) and days[0] <= begin <= days[1]


def days_of(value: str) -> tuple[str, str] | None:
    """Give the first and the last day of a TIMEX3 value."""
    parts = value.split("T")[0].split("-")
    try:
        if len(parts) == 3 and parts[1][:1] != "W":
            return ("-".join(parts), "-".join(parts))
        if len(parts) >= 2 and parts[1][:1] == "W":
            monday = datetime.date.fromisocalendar(int(parts[0]), int(parts[1][1:]), 1)
            return (monday.isoformat(), (monday + datetime.timedelta(6)).isoformat())
        if len(parts) == 2 and parts[1].isdigit():
            return (f"{value[:7]}-01", f"{value[:7]}-31")
        return (f"{int(value):04}-01-01", f"{int(value):04}-12-31") if len(value) == 4 else None
    except ValueError:
        return None


def on_duckling(reader: Reader, cases: list[Row]) -> tuple[float, float]:
    """Score Duckling's phrases, which look ahead: percent of points and of intervals."""
    rows = [
        {"text": case["text"], "date": "2013-02-12", "hour": 4, "minute": 30, "prefer": "future"}
        for case in cases
    ]
    points: list[bool] = []
    intervals: list[bool] = []
    for case, row in zip(cases, reader.spans(rows), strict=True):
        gold = list(tuples(case["spec"]))
        found = [(fields(one[3]), fields(one[4])) for one in row["times"]]
        if any(one[2] == "PRESENT_REF" for one in row["times"]):
            found.append(([2013, 2, 12, 4, 30, 0], []))
        if case["kind"] == "datetime":
            known = GRAINS.get(case["spec"].rsplit(" ", 1)[-1], 6)
            points.append(any(begin[:known] == gold[0][:known] for begin, _ in found))
        elif case["kind"] == "datetimeOpenInterval":
            intervals.append(any(begin == gold[0] for begin, _ in found))
        else:
            intervals.append(any([begin, end] == gold[:2] for begin, end in found))
    return (100 * sum(points) / len(points), 100 * sum(intervals) / len(intervals))


def fields(moment: str | None) -> list[int]:
    """Give year to second of an ISO moment."""
    if not moment:
        return []
    date, _, clock = moment.partition("T")
    try:
        numbers = [int(part) for part in date.split("-")] + [int(part) for part in clock.split(":") if part]
    except ValueError:
        return []
    return (numbers + [0] * 6)[:6]


def tuples(spec: str) -> Iterator[list[int]]:
    """Give the moments in a specification such as `datetime (2013, 2, 12, 0, 0, 0) Day`."""
    for part in spec.split("(")[1:]:
        numbers = [number.strip() for number in part.split(")")[0].split(",")]
        if len(numbers) == 6 and all(number.lstrip("-").isdigit() for number in numbers):
            moment = [int(number) for number in numbers]
            yield [moment[0], max(1, moment[1]), max(1, moment[2]), *moment[3:]]


def main() -> int:
    """Check the answers, measure, print."""
    asked = options(__doc__)
    news = articles(SHARED / "gold/gold_dev.jsonl")
    skip_without(news, "gold_dev")
    phrases = SHARED / "data/times/duckling_fr.json"
    cases: list[Row] = json.loads(phrases.read_text(encoding="utf-8")) if phrases.exists() else []
    skip_without(cases, "Duckling's French corpus")
    install()
    built(asked.built)
    scores = {reader.name: on_gold(reader, news) for reader in READERS}
    for name, least in MINIMA.items():
        check(name, scores[name][0].f1, least, "overlap F1 on gold_dev")
    ahead = {reader.name: on_duckling(reader, cases) for reader in READERS if reader.name != "chronique read"}
    speeds = on_news(READERS, news, asked.rounds, PACKAGES)
    columns = ["reader", "overlap F1 (P / R)", "value F1 (P / R)", "day F1 (P / R)"]
    columns += ["Duckling points %", "intervals %", *SPEED, "× dateparser"]
    rows = (
        [
            reader.name,
            *map(str, scores[reader.name]),
            *(f"{figure:.1f}" for figure in ahead.get(reader.name, ())),
            *([""] * (0 if reader.name in ahead else 2)),
            *speeds[reader.name].cells(),
            times(speeds[reader.name].words / speeds["dateparser"].words),
        ]
        for reader in READERS
    )
    print(table(columns, rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
