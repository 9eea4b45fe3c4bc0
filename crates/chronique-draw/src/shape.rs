//! Lines and rings on a plane: clipping to a box, thinning, areas.

/// A point: x, y.
pub(crate) type Point = (f64, f64);

/// A box: left, top, right, bottom.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Frame {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

impl Frame {
    pub(crate) fn grown(self, by: f64) -> Frame {
        Frame { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }

    pub(crate) fn overlaps(self, other: Frame) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// The smallest box that holds some points; `None` if there are none.
    pub(crate) fn of(points: &[Point]) -> Option<Frame> {
        let &(x, y) = points.first()?;
        let first = Frame { left: x, top: y, right: x, bottom: y };
        Some(points.iter().fold(first, |frame, &(x, y)| Frame {
            left: frame.left.min(x),
            top: frame.top.min(y),
            right: frame.right.max(x),
            bottom: frame.bottom.max(y),
        }))
    }
}

/// A ring clipped to a box, by Sutherland and Hodgman: what lies outside runs along the box's edge.
pub(crate) fn clip_ring(ring: &[Point], frame: Frame) -> Vec<Point> {
    let Frame { left, top, right, bottom } = frame;
    let mut points = ring.to_vec();
    // For each edge: how far inside a point is.
    let edges: [&dyn Fn(Point) -> f64; 4] =
        [&|(x, _)| x - left, &|(x, _)| right - x, &|(_, y)| y - top, &|(_, y)| bottom - y];
    for inside in edges {
        let Some(&last) = points.last() else { break };
        let mut kept = Vec::with_capacity(points.len() + 4);
        let mut before = last;
        for &point in &points {
            let (from, to) = (inside(before), inside(point));
            if (from < 0.0) != (to < 0.0) {
                let along = from / (from - to);
                kept.push((before.0 + along * (point.0 - before.0), before.1 + along * (point.1 - before.1)));
            }
            if to >= 0.0 {
                kept.push(point);
            }
            before = point;
        }
        points = kept;
    }
    points
}

/// The pieces of a line that touch a box: whole segments, so that none is cut short of the edge.
pub(crate) fn clip_line(line: &[Point], frame: Frame) -> Vec<Vec<Point>> {
    let mut pieces: Vec<Vec<Point>> = Vec::new();
    let mut open = false;
    for pair in line.windows(2) {
        let within = Frame::of(pair).is_some_and(|one| {
            one.left <= frame.right
                && one.right >= frame.left
                && one.top <= frame.bottom
                && one.bottom >= frame.top
        });
        match (within, pieces.last_mut()) {
            (true, Some(last)) if open => last.push(pair[1]),
            (true, _) => pieces.push(pair.to_vec()),
            (false, _) => {}
        }
        open = within;
    }
    pieces
}

/// A line without the points that lie within `tolerance` of what is drawn without them, by Douglas and
/// Peucker; the ends stay.
pub(crate) fn thinned(line: &[Point], tolerance: f64) -> Vec<Point> {
    if line.len() < 3 {
        return line.to_vec();
    }
    let mut keep = vec![false; line.len()];
    (keep[0], keep[line.len() - 1]) = (true, true);
    let mut spans = vec![(0, line.len() - 1)];
    while let Some((first, last)) = spans.pop() {
        let far = (first + 1..last)
            .map(|at| (off(line[at], line[first], line[last]), at))
            .max_by(|one, two| one.0.total_cmp(&two.0));
        if let Some((distance, at)) = far.filter(|far| far.0 > tolerance) {
            debug_assert!(distance.is_finite());
            keep[at] = true;
            spans.extend([(first, at), (at, last)]);
        }
    }
    line.iter().zip(keep).filter(|(_, keep)| *keep).map(|(&point, _)| point).collect()
}

/// How far a point is from a segment.
fn off((x, y): Point, (ax, ay): Point, (bx, by): Point) -> f64 {
    let (dx, dy) = (bx - ax, by - ay);
    let length = dx * dx + dy * dy;
    let along = if length == 0.0 { 0.0 } else { (((x - ax) * dx + (y - ay) * dy) / length).clamp(0.0, 1.0) };
    (x - ax - along * dx).hypot(y - ay - along * dy)
}

/// The signed area of a ring, and its centre of mass.
pub(crate) fn area(ring: &[Point]) -> (f64, Point) {
    let (mut area, mut x, mut y) = (0.0, 0.0, 0.0);
    for (at, &(ax, ay)) in ring.iter().enumerate() {
        let (bx, by) = ring[(at + 1) % ring.len()];
        let cross = ax * by - bx * ay;
        area += cross;
        x += (ax + bx) * cross;
        y += (ay + by) * cross;
    }
    if area == 0.0 {
        return (0.0, ring.first().copied().unwrap_or_default());
    }
    (area / 2.0, (x / (3.0 * area), y / (3.0 * area)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Frame = Frame { left: 0.0, top: 0.0, right: 10.0, bottom: 10.0 };

    #[test]
    fn a_ring_is_cut_at_the_box() {
        let ring = [(-5.0, 2.0), (5.0, 2.0), (5.0, 8.0), (-5.0, 8.0)];
        let clipped = clip_ring(&ring, FRAME);
        assert_eq!(area(&clipped).0.abs(), 30.0);
        assert_eq!(area(&clipped).1, (2.5, 5.0));
    }

    #[test]
    fn a_ring_around_the_box_fills_it_and_one_beside_it_is_gone() {
        let around = [(-50.0, -50.0), (50.0, -50.0), (50.0, 50.0), (-50.0, 50.0)];
        assert_eq!(area(&clip_ring(&around, FRAME)).0.abs(), 100.0);
        let beside = [(20.0, 20.0), (30.0, 20.0), (30.0, 30.0)];
        assert!(clip_ring(&beside, FRAME).is_empty());
    }

    #[test]
    fn a_line_that_leaves_the_box_and_comes_back_is_two() {
        let line = [(1.0, 1.0), (2.0, 1.0), (20.0, 1.0), (20.0, 5.0), (20.0, 9.0), (3.0, 9.0)];
        assert_eq!(clip_line(&line, FRAME).len(), 2);
    }

    #[test]
    fn thinning_keeps_corners_and_ends() {
        let line = [(0.0, 0.0), (1.0, 0.01), (2.0, 0.0), (2.0, 5.0)];
        assert_eq!(thinned(&line, 0.1), [(0.0, 0.0), (2.0, 0.0), (2.0, 5.0)]);
        assert_eq!(thinned(&line, 0.001).len(), 4);
    }
}
