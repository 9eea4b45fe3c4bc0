"""Count instructions on texts made to be slow, and see that they grow with the length alone.

usage: python tools/linear.py [--binary target/release/chronique] [--kib 64] [--shape NAME ...]

Each shape is repeated to n, 2n and 4n bytes after as much plain news, so that the language check
lets it pass, and read under valgrind, which counts the instructions: a busy machine changes
nothing. From n to 2n the count grows by a, from 2n to 4n by b: b is 2a if time is linear in the
length, 4a if it is quadratic. Exits with 1 if b is over 2.4a anywhere. Skips without valgrind.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MOST = 2.4

PROSE = (
    "Le gouvernement a annoncé mardi que les écoles de la région rouvriront dans deux semaines. "
    "Selon la préfecture, les pluies de la nuit ont coupé plusieurs routes près de la côte. "
    "Des habitants ont manifesté devant la mairie, où le conseil était réuni depuis le matin. "
)

# What is repeated, and what stands before and after it.
SHAPES: dict[str, tuple[str, str, str]] = {
    "plain news": ("", PROSE, ""),
    "no space": ("", "a", ""),
    "no space, accents": ("", "é", ""),
    "capitals": ("", "GOMA ", ""),
    "one capitalised word": ("", "Paris ", ""),
    "a sentence without end": ("Le maire a vu ", "la ville et la route et ", "la mer."),
    "de de de": ("", "de ", ""),
    "l'l'l'": ("", "l'", ""),
    "hyphens": ("", "Saint-", ""),
    "participles": ("", "tué ", ""),
    "relative clauses": ("", "le soldat qui a tué ", ""),
    "subordinate clauses": ("", "il a dit que ", ""),
    "lists of victims": ("Ont été tués : ", "Jean Martin, ", ""),
    "actors and": ("", "l'armée et ", ""),
    "killings": ("", "L'armée a tué trois civils. ", ""),
    "killings in one sentence": ("", "l'armée a tué trois civils, ", ""),
    "numbers": ("", "1 500 ", ""),
    "digits": ("", "7", ""),
    "numbers in words": ("", "vingt-deux mille ", ""),
    "dates": ("", "mardi 3 mars 2020, ", ""),
    "bare days": ("", "mardi ", ""),
    "place lists": ("", "Paris, ", ""),
    "places in places": ("", "Paris (France), ", ""),
    "place types": ("", "la ville de ", ""),
    "prepositions": ("", "près de Paris au nord de ", ""),
    "nested guillemets": ("", "« ", ""),
    "closed guillemets": ("", "« oui » ", ""),
    "nested parentheses": ("", "(", ""),
    "closed parentheses": ("", "(oui) ", ""),
    "straight quotes": ("", '" ', ""),
    "colons": ("", "il dit : ", ""),
    "commas": ("", ", ", ""),
    "dots": ("", ".", ""),
    "spaced dots": ("", ". ", ""),
    "dashes": ("", "– ", ""),
    "blank lines": ("", "\n", ""),
    "headings": ("", "Le bilan\n\n", ""),
    "the same line": ("", "L'armée a attaqué Goma.\n", ""),
    "sources": ("", "selon l'ONU, ", ""),
    "negations": ("", "il n'a pas ", ""),
    "pronouns": ("", "Il les a tués. ", ""),
    "initials": ("", "J. ", ""),
    "abbreviations": ("", "M. ", ""),
    "web addresses": ("", "http://a.fr/", ""),
    "mail": ("", "a@", ""),
    "hashtags": ("", "#a", ""),
    "combining marks": ("e", "\u0301", ""),
    "joiners": ("", "\u200d", ""),
    "emoji": ("", "🇫🇷", ""),
    "zero bytes": ("", "\0", ""),
    "another script": ("", "سلام ", ""),
}


def text(shape: tuple[str, str, str], size: int) -> str:
    """As much news as shape, `size` bytes each."""
    before, part, after = shape
    prose = PROSE * (size // len(PROSE.encode()))
    return f"{prose}\n\n{before}{part * (size // len(part.encode()))}{after}\n"


def instructions(binary: Path, article: str, folder: Path) -> int:
    """Count the instructions that reading an article takes."""
    path = folder / "article.txt"
    path.write_text(article, encoding="utf-8", newline="")
    valgrind = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]
    read = [binary, "read", "--quiet", "--jobs", "1", "--date", "2020-03-06", path]
    done = subprocess.run([*valgrind, *read], capture_output=True, text=True, check=False)
    found = re.search(r"I\s+refs:\s+([\d,]+)", done.stderr)
    if done.returncode != 0 or found is None:
        sys.exit(f"linear: exit status {done.returncode}\n{done.stderr}")
    return int(found[1].replace(",", ""))


def main() -> int:
    """Measure each shape at three sizes."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--binary", type=Path, default=ROOT / "target/release/chronique")
    arguments.add_argument("--kib", type=int, default=64)
    arguments.add_argument("--shape", nargs="*", choices=SHAPES, default=list(SHAPES))
    given = arguments.parse_args()
    if shutil.which("valgrind") is None:
        print("linear: skipped, because valgrind is not installed")
        return 0
    if not given.binary.exists():
        sys.exit(f"linear: no {given.binary}: build it with `cargo build --release -p chronique-cli`")
    size = given.kib << 10
    print(f"{'shape':26}  {'instructions a byte, n to 2n':>28}  {'2n to 4n':>9}  {'ratio':>6}")
    slow = 0
    with tempfile.TemporaryDirectory() as temporary:
        for name in given.shape:
            counts = [
                instructions(given.binary, text(SHAPES[name], size * times), Path(temporary))
                for times in (1, 2, 4)
            ]
            first, second = counts[1] - counts[0], counts[2] - counts[1]
            ratio = second / first
            slow += ratio > MOST
            verdict = "" if ratio <= MOST else "  SUPERLINEAR"
            row = f"{name:26}  {first / size / 2:28.0f}  {second / size / 4:9.0f}  {ratio:6.2f}{verdict}"
            print(row, flush=True)
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
