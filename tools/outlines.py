"""Make ``crates/chronique-draw/data/outlines.json`` of Natural Earth's countries.

``tools/outlines.py COUNTRIES.json NAMES.tsv ISO.tsv``: the countries at 1:50 million as TopoJSON (npm package
world-atlas 2.0.2), French names by ISO 3166-1 alpha-2 (CLDR), and a table with the columns ``iso`` and
``isonumeric`` (GeoNames). Arcs are thinned to 0.01 degrees and counted in 1/200 degrees; islets too small to
see on any map are left out. The same sources give the same bytes.
"""

import csv
import json
import math
import sys
from pathlib import Path
from typing import Any

UNITS = 200
THINNED = 0.01
# Square degrees, about 10 km². Tuvalu and Nauru are larger.
SMALLEST = 0.001
# Units of Natural Earth that have no code of ISO 3166-1.
NAMES = {
    "N. Cyprus": "Chypre du Nord",
    "Somaliland": "Somaliland",
    "Kosovo": "Kosovo",
    "Siachen Glacier": "glacier de Siachen",
    "Indian Ocean Ter.": "Territoires de l’océan Indien",
}

Point = tuple[float, float]


def read_arcs(topology: dict[str, Any]) -> list[list[Point]]:
    """Read the arcs, in degrees."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[list[Point]] = []
    for deltas in topology["arcs"]:
        x = y = 0
        arc: list[Point] = []
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            arc.append((x * sx + tx, y * sy + ty))
        arcs.append(arc)
    return arcs


def distance(point: Point, a: Point, b: Point) -> float:
    """Measure how far a point is from a segment."""
    (x, y), (ax, ay), (bx, by) = point, a, b
    length = (bx - ax) ** 2 + (by - ay) ** 2
    along = 0.0 if length == 0 else max(0.0, min(1.0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length))
    return math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay))


def thin(arc: list[Point]) -> list[Point]:
    """Leave out points by Douglas and Peucker; the ends stay, so that neighbours still meet."""
    keep = {0, len(arc) - 1}
    spans = [(0, len(arc) - 1)]
    while spans:
        first, last = spans.pop()
        inner = [(distance(arc[at], arc[first], arc[last]), at) for at in range(first + 1, last)]
        if inner and max(inner)[0] > THINNED:
            at = max(inner)[1]
            keep.add(at)
            spans += [(first, at), (at, last)]
    return [arc[at] for at in sorted(keep)]


def area(ring: list[int], arcs: list[list[Point]]) -> float:
    """Reckon the area of a ring in square degrees."""
    points = [point for at in ring for point in (arcs[at] if at >= 0 else arcs[~at][::-1])]
    turns = zip(points, points[1:] + points[:1], strict=True)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in turns)) / 2


def rings(geometry: dict[str, Any]) -> list[list[int]]:
    """List the rings of a geometry, outer and inner."""
    if geometry["type"] == "Polygon":
        return geometry["arcs"]
    return [ring for polygon in geometry["arcs"] for ring in polygon]


def main() -> None:
    """Read the three sources and write the outlines."""
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    french = dict(line.split("\t") for line in Path(sys.argv[2]).read_text(encoding="utf-8").splitlines())
    with Path(sys.argv[3]).open(encoding="utf-8", newline="") as file:
        alpha2 = {row["isonumeric"].zfill(3): row["iso"] for row in csv.DictReader(file, delimiter="\t")}
    arcs = read_arcs(topology)
    countries: list[dict[str, Any]] = []
    used: dict[int, int] = {}
    for geometry in sorted(
        topology["objects"]["countries"]["geometries"], key=lambda one: one["properties"]["name"]
    ):
        kept = [ring for ring in rings(geometry) if area(ring, arcs) >= SMALLEST]
        if not kept:
            continue
        code = alpha2.get(geometry.get("id", ""))
        name = french[code] if code in french else NAMES.get(geometry["properties"]["name"])
        new = [[at if at >= 0 else ~at for at in ring] for ring in kept]
        for at in (at for ring in new for at in ring):
            used.setdefault(at, len(used))
        renamed = [[used[at] if at >= 0 else ~used[~at] for at in ring] for ring in kept]
        countries.append({"code": code, "name": name, "rings": renamed})
    out: list[list[int]] = []
    for at in used:
        line: list[int] = []
        before = (0, 0)
        points = [(round(x * UNITS), round(y * UNITS)) for x, y in thin(arcs[at])]
        for number, (x, y) in enumerate(points):
            if number in (0, len(points) - 1) or (x, y) != before:
                line += [x - before[0], y - before[1]]
                before = (x, y)
        out.append(line)
    lines = {
        "countries": ",\n".join(
            json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in countries
        ),
        "arcs": ",\n".join(json.dumps(one, separators=(",", ":")) for one in out),
    }
    path = Path(__file__).resolve().parents[1] / "crates/chronique-draw/data/outlines.json"
    text = f'{{"units":{UNITS},\n"countries":[\n{lines["countries"]}],\n"arcs":[\n{lines["arcs"]}]}}\n'
    path.write_text(text, encoding="utf-8")
    print(f"{path}: {len(countries)} countries, {len(out)} arcs, {len(text):,} characters")


main()
