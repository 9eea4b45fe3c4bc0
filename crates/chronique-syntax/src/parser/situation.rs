//! What a decision of the parser looks at: words, dependents and distances, and the features made of them.

use super::{Family, NONE, Node, ORPHAN, State};
use crate::hash::mix;

/// How many features each stage of a decision adds.
///
/// The most telling come first, found one by one on text held out: each is the one that, added to those before it, brings
/// the scores closest to the decision that all features together take. Most decisions need the first stages only.
pub const STAGES: [usize; 4] = [20, 20, 24, 54];

/// Number of features of one decision, all stages together.
pub const FEATURES: usize = {
    let [first, second, third, last] = STAGES;
    first + second + third + last
};

/// A feature before hashing: the number of its template, and up to three values.
///
/// The number stays with the template wherever it stands, since weights are found by it.
type Template = (u64, u64, u64, u64);

/// What the features of one decision are made of.
///
/// `s0`, `s1` and `s2` are the words on the stack, the top first, and `b0` to `b3` those of the buffer, the next first. Of
/// each: `w` lemma, `f` form, `t` tag, `wt` both, `m` marker, `c` numbers of dependents, `ls` and `rs` relations to the
/// left and right. Of its dependents, `l` the last to the left, `l2` the one before it, `r` and `r2` to the right: `t` tag, `w` lemma, `l`
/// relation.
#[derive(Clone, Copy, Debug)]
pub struct Situation {
    s0w: u64,
    s0f: u64,
    s0t: u64,
    s0wt: u64,
    s1w: u64,
    s1f: u64,
    s1t: u64,
    s1wt: u64,
    s2w: u64,
    s2t: u64,
    b0w: u64,
    b0f: u64,
    b0t: u64,
    b0wt: u64,
    b1w: u64,
    b1t: u64,
    b2w: u64,
    b2t: u64,
    b3t: u64,
    s0m: u64,
    s1m: u64,
    s2m: u64,
    b0m: u64,
    s0c: u64,
    s1c: u64,
    b0c: u64,
    s0ls: u64,
    s0rs: u64,
    s1ls: u64,
    s1rs: u64,
    b0ls: u64,
    s0lw: u64,
    s0lt: u64,
    s0ll: u64,
    s0l2t: u64,
    s0rt: u64,
    s0rl: u64,
    s0r2t: u64,
    s1lt: u64,
    s1ll: u64,
    s1rt: u64,
    s1rl: u64,
    s1r2t: u64,
    b0lw: u64,
    b0lt: u64,
    b0ll: u64,
    b0l2t: u64,
    near: u64,
    far: u64,
    gap: u64,
    low_gap: u64,
    fit: u64,
    low_fit: u64,
}

impl Situation {
    /// What the parser sees before its next step.
    pub fn new(state: &State, nodes: &[Node]) -> Situation {
        let top = |back: usize| state.stack.len().checked_sub(back + 1).map_or(NONE, |at| state.stack[at]);
        let ahead = |by: u32| state.next.saturating_add(by);
        let view = |at: u32, missing: u64| View::new(nodes, &state.family, at, missing);
        let (s0, s1, s2) = (view(top(0), 11), view(top(1), 12), view(top(2), 13));
        let b0 = view(ahead(0), 14);
        let (b1, b2, b3) = (bare(nodes, ahead(1), 15), bare(nodes, ahead(2), 16), bare(nodes, ahead(3), 17));
        let child = |view: &View<'_>, which: usize| {
            let at = view.family.children[which];
            let node = bare(nodes, at, 18 + which as u64);
            (node, state.family.get(at as usize).map_or(0, |family| u64::from(family.label) + 1))
        };
        let ((s0l, s0ll), (s0l2, _)) = (child(&s0, 0), child(&s0, 1));
        let ((s0r, s0rl), (s0r2, _)) = (child(&s0, 2), child(&s0, 3));
        let ((s1l, s1ll), (s1r, s1rl), (s1r2, _)) = (child(&s1, 0), child(&s1, 2), child(&s1, 3));
        let ((b0l, b0ll), (b0l2, _)) = (child(&b0, 0), child(&b0, 1));
        let counts =
            |view: &View<'_>| u64::from(view.family.counts[0]) << 8 | u64::from(view.family.counts[1]);
        let both = |node: &Node| mix(node.lemma, node.tag);
        let ([s0ls, s0rs], [s1ls, s1rs]) = (s0.family.labels, s1.family.labels);
        Situation {
            s0w: s0.node.lemma,
            s0f: s0.node.form,
            s0t: s0.node.tag,
            s0wt: both(s0.node),
            s1w: s1.node.lemma,
            s1f: s1.node.form,
            s1t: s1.node.tag,
            s1wt: both(s1.node),
            s2w: s2.node.lemma,
            s2t: s2.node.tag,
            b0w: b0.node.lemma,
            b0f: b0.node.form,
            b0t: b0.node.tag,
            b0wt: both(b0.node),
            b1w: b1.lemma,
            b1t: b1.tag,
            b2w: b2.lemma,
            b2t: b2.tag,
            b3t: b3.tag,
            s0m: s0.family.marker,
            s1m: s1.family.marker,
            s2m: s2.family.marker,
            b0m: b0.family.marker,
            s0c: counts(&s0),
            s1c: counts(&s1),
            b0c: counts(&b0),
            s0ls,
            s0rs,
            s1ls,
            s1rs,
            b0ls: b0.family.labels[0],
            s0lw: s0l.lemma,
            s0lt: s0l.tag,
            s0ll,
            s0l2t: s0l2.tag,
            s0rt: s0r.tag,
            s0rl,
            s0r2t: s0r2.tag,
            s1lt: s1l.tag,
            s1ll,
            s1rt: s1r.tag,
            s1rl,
            s1r2t: s1r2.tag,
            b0lw: b0l.lemma,
            b0lt: b0l.tag,
            b0ll,
            b0l2t: b0l2.tag,
            near: distance(top(0), state.next),
            far: distance(top(1), top(0)),
            gap: between(&s0, &b0),
            low_gap: between(&s1, &s0),
            fit: agree(s0.node, b0.node),
            low_fit: agree(s1.node, s0.node),
        }
    }

    /// The hashed features that a stage adds, at the head of `out`.
    pub fn features<'o>(&self, stage: usize, out: &'o mut [u64; FEATURES]) -> &'o [u64] {
        match stage {
            0 => hash(self.first(), out),
            1 => hash(self.second(), out),
            2 => hash(self.third(), out),
            _ => hash(self.last(), out),
        }
    }

    /// The hashed features of all stages.
    pub fn all(&self) -> [u64; FEATURES] {
        let (mut all, mut some, mut at) = ([0; FEATURES], [0; FEATURES], 0);
        for stage in 0..STAGES.len() {
            let features = self.features(stage, &mut some);
            all[at..at + features.len()].copy_from_slice(features);
            at += features.len();
        }
        all
    }

    fn first(&self) -> [Template; STAGES[0]] {
        [
            (92, self.near, self.b0w, 0),
            (68, self.s0t, self.s0rt, self.s0r2t),
            (113, self.s0t, self.b0m, self.b0t),
            (70, self.b0t, self.b0lt, self.b0l2t),
            (64, self.s1t, self.s0t, self.s0lw),
            (77, self.s0t, self.s0ls, self.b0t),
            (0, self.s0w, 0, 0),
            (10, self.b0w, 0, 0),
            (110, self.s1t, self.s0m, self.s0t),
            (9, self.s2w, self.s2t, 0),
            (87, self.b0t, self.b0ls, self.s0t),
            (33, self.s1t, self.b0t, 0),
            (105, self.fit, self.s0t, self.b0t),
            (28, self.s1t, self.s0t, 0),
            (73, self.s1wt, self.s1rt, 0),
            (56, self.s0t, self.s0lt, self.b0t),
            (8, self.s2t, 0, 0),
            (97, self.s0c, self.s0w, 0),
            (93, self.far, self.s1t, self.s0t),
            (76, self.b0wt, self.b0ll, 0),
        ]
    }

    fn second(&self) -> [Template; STAGES[1]] {
        [
            (25, self.s0t, self.b0t, 0),
            (38, self.b0t, self.b1t, 0),
            (74, self.s0wt, self.s0rl, self.s0ll),
            (107, self.low_fit, self.s1t, self.s0t),
            (14, self.b1t, 0, 0),
            (72, self.s0wt, self.s0lt, 0),
            (69, self.s1t, self.s1rt, self.s1r2t),
            (100, self.b0c, self.b0t, self.s0t),
            (71, self.s0wt, self.s0rt, 0),
            (114, self.s1m, self.s1t, mix(self.s0m, self.s0t)),
            (89, self.s0t, self.b0t, mix(self.s0ls, self.b0ls)),
            (4, self.s1w, 0, 0),
            (101, self.gap, self.s0t, self.b0t),
            (84, self.s1t, self.s1ls, self.s0t),
            (45, self.s0t, self.b1t, self.b2t),
            (47, self.s1t, self.s0t, self.b0t),
            (96, self.s0c, self.s0t, self.b0t),
            (88, self.b0wt, self.b0ls, 0),
            (52, self.s2t, self.s1t, self.s0t),
            (104, self.low_gap, self.s1t, mix(self.s0t, self.b0t)),
        ]
    }

    fn third(&self) -> [Template; STAGES[2]] {
        [
            (2, self.s0wt, 0, 0),
            (63, self.s1t, self.s0t, self.s0rt),
            (62, self.s1t, self.s0t, self.s0lt),
            (16, self.b2t, 0, 0),
            (37, self.s2t, self.b0t, 0),
            (46, self.s0t, self.b0t, self.b1w),
            (109, self.s1wt, self.s0m, self.s0t),
            (78, self.s0t, self.s0rs, self.b0t),
            (23, self.s0t, self.b0wt, 0),
            (75, self.s1wt, self.s1rl, self.s1ll),
            (80, self.s0wt, self.s0ls, self.b0t),
            (83, self.s1wt, self.s1rs, self.s0t),
            (13, self.b0f, self.b0t, 0),
            (57, self.s0t, self.b0t, self.b0lt),
            (82, self.s1t, self.s1rs, self.s0t),
            (61, self.s1t, self.s1lt, self.s0t),
            (36, self.s2t, self.s0t, 0),
            (116, self.s0m, self.s0t, self.b0wt),
            (34, self.s1wt, self.b0t, 0),
            (20, self.s0wt, self.b0w, 0),
            (81, self.s0wt, self.s0ls, self.s0rs),
            (5, self.s1t, 0, 0),
            (67, self.s0t, self.s0lt, self.s0l2t),
            (40, self.b0t, self.b1t, self.b2t),
        ]
    }

    fn last(&self) -> [Template; STAGES[3]] {
        [
            (1, self.s0t, 0, 0),
            (3, self.s0f, self.s0t, 0),
            (6, self.s1wt, 0, 0),
            (7, self.s1f, self.s1t, 0),
            (11, self.b0t, 0, 0),
            (12, self.b0wt, 0, 0),
            (15, self.b1w, self.b1t, 0),
            (17, self.b2w, self.b2t, 0),
            (18, self.b3t, self.b2t, self.b1t),
            (19, self.s0wt, self.b0wt, 0),
            (21, self.s0w, self.b0wt, 0),
            (22, self.s0wt, self.b0t, 0),
            (24, self.s0w, self.b0w, 0),
            (26, self.s0f, self.b0f, 0),
            (27, self.s1w, self.s0w, 0),
            (29, self.s1wt, self.s0t, 0),
            (30, self.s1t, self.s0wt, 0),
            (31, self.s1wt, self.s0wt, 0),
            (32, self.s1w, self.b0w, 0),
            (35, self.s1t, self.b0wt, 0),
            (39, self.b0wt, self.b1t, 0),
            (41, self.s0t, self.b0t, self.b1t),
            (42, self.s0wt, self.b0t, self.b1t),
            (43, self.s0t, self.b0wt, self.b1t),
            (44, self.s0t, self.b0t, mix(self.b1t, self.b2t)),
            (48, self.s1wt, self.s0t, self.b0t),
            (49, self.s1t, self.s0wt, self.b0t),
            (50, self.s1t, self.s0t, self.b0wt),
            (51, self.s1t, self.s0t, mix(self.b0t, self.b1t)),
            (53, self.s2t, self.s1t, mix(self.s0t, self.b0t)),
            (54, self.s2w, self.s0t, self.b0t),
            (55, self.s0t, self.s0rt, self.b0t),
            (58, self.s0wt, self.b0t, self.b0lw),
            (59, self.s0t, self.b0w, self.b0lw),
            (60, self.s1t, self.s1rt, self.s0t),
            (65, self.s1w, self.s0t, self.s0lw),
            (66, self.s1t, self.s0w, self.s0lw),
            (79, self.s0wt, self.s0rs, 0),
            (85, self.s1wt, self.s1ls, self.s1rs),
            (86, self.s1t, mix(self.s1ls, self.s1rs), mix(self.s0t, self.s0ls)),
            (90, self.near, self.s0t, self.b0t),
            (91, self.near, self.s0w, 0),
            (94, self.far, self.s1w, self.s0t),
            (95, self.far, self.s0w, self.s1t),
            (98, self.s1c, self.s1t, self.s0t),
            (99, self.s1c, self.s1w, self.s0t),
            (102, self.gap, self.s0t, mix(self.b0t, self.near)),
            (103, self.low_gap, self.s1t, self.s0t),
            (106, self.fit, mix(self.s0t, self.s1t), self.b0t),
            (108, self.low_fit, mix(self.s1t, self.s0t), self.b0t),
            (111, self.s1t, self.s0m, self.s0w),
            (112, self.s1t, self.s0m, mix(self.s0t, self.b0t)),
            (115, self.s2t, self.s1t, mix(self.s0m, self.s0t)),
            (117, mix(self.s2t, self.s2m), mix(self.s1t, self.s1m), mix(self.s0t, self.s0m)),
        ]
    }
}

/// Hashes templates into the head of `out`.
fn hash<const N: usize>(templates: [Template; N], out: &mut [u64; FEATURES]) -> &[u64] {
    for (feature, (number, a, b, c)) in out.iter_mut().zip(templates) {
        *feature = mix(mix(mix(number * 0x27d4_eb2f, a), b), c);
    }
    &out[..N]
}

/// A word of the stack or the buffer with what it has received.
struct View<'n> {
    node: &'n Node,
    family: &'n Family,
}

impl<'n> View<'n> {
    fn new(nodes: &'n [Node], family: &'n [Family], at: u32, missing: u64) -> View<'n> {
        View { node: bare(nodes, at, missing), family: family.get(at as usize).unwrap_or(&ORPHAN) }
    }
}

/// A word, or the mark of its absence.
fn bare(nodes: &[Node], at: u32, missing: u64) -> &Node {
    const fn mark(number: u64) -> Node {
        Node { form: number, lemma: number, tag: number, agreement: 0, before: [0; 3] }
    }
    static MISSING: [Node; 16] = {
        let mut all = [mark(0); 16];
        let mut at = 0;
        while at < 16 {
            all[at] = mark(at as u64 + 11);
            at += 1;
        }
        all
    };
    nodes.get(at as usize).unwrap_or(&MISSING[(missing - 11) as usize])
}

/// The number of words from one to the other, in eight steps.
fn distance(left: u32, right: u32) -> u64 {
    match right.wrapping_sub(left) {
        1 => 1,
        2 => 2,
        3 => 3,
        4 => 4,
        5..=6 => 5,
        7..=10 => 6,
        11..=20 => 7,
        _ => 8,
    }
}

/// Which of comma, quotation mark and verb stand between two words.
fn between(left: &View<'_>, right: &View<'_>) -> u64 {
    let mut bits = 8;
    for kind in 0..3 {
        let count = right.node.before[kind].saturating_sub(left.node.before[kind]);
        let some = if kind == 1 { count % 2 == 1 } else { count > 0 };
        bits |= u64::from(some) << kind;
    }
    bits
}

/// Whether gender and number, where both words have them, are the same.
fn agree(a: &Node, b: &Node) -> u64 {
    let field = |shift: u32| {
        let (x, y) = (a.agreement >> shift & 3, b.agreement >> shift & 3);
        if x == 0 || y == 0 { 0 } else { 1 + u64::from(x == y) }
    };
    field(0) << 2 | field(2) | 16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_stands_in_one_stage() {
        let situation = Situation::new(&State::default(), &[]);
        let stages: [&[Template]; 4] =
            [&situation.first(), &situation.second(), &situation.third(), &situation.last()];
        assert_eq!(stages.map(<[Template]>::len), STAGES);
        let mut numbers: Vec<u64> = stages.concat().iter().map(|&(number, ..)| number).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, (0..FEATURES as u64).collect::<Vec<_>>());
    }
}
