//! The arc-hybrid transition system (Kuhlmann, Gómez-Rodríguez & Satta 2011) with its root at the end.
//!
//! A stack of words and a buffer of words to come, with the root behind the last one. SHIFT moves the
//! next word of the buffer to the stack, LEFT attaches the top of the stack to the next word, RIGHT
//! attaches it to the one below. Every sentence of n words takes exactly 2n steps; the tree is
//! projective, and exactly one word hangs from the root, because LEFT to the root waits until one
//! word is left.

use crate::hash::mix;
use crate::{Deprel, Morph, Upos};

/// Number of features of one decision.
pub const FEATURES: usize = 118;

/// What the parser knows of a word.
#[derive(Clone, Copy, Default, Debug)]
pub struct Node {
    /// Hash of its form.
    pub form: u64,
    /// Hash of its lemma.
    pub lemma: u64,
    /// Its tag, with the distinctions that matter to syntax.
    pub tag: u64,
    /// Its gender, number and person.
    pub agreement: u32,
    /// Commas, quotation marks and verbs up to this word.
    pub before: [u32; 3],
}

impl Node {
    /// A word; its counts are 0.
    #[must_use]
    pub fn new(form: u64, lemma: u64, upos: Upos, morph: Morph) -> Node {
        // The features that matter to syntax are in the lower half.
        let packed = morph.packed() as u32;
        // Mood, form of the verb; type of the pronoun; definiteness, reflexive, polarity.
        let detail = match upos {
            Upos::Verb | Upos::Aux => {
                let participle = packed >> 12 & 3 == 3;
                u64::from(packed >> 12 & 3) | u64::from(participle && packed >> 6 & 7 == 1) << 2
            }
            Upos::Pron => u64::from(packed >> 16 & 15) | u64::from(packed >> 25 & 1) << 4,
            Upos::Det => u64::from(packed >> 16 & 15),
            Upos::Adv => u64::from(packed >> 26 & 1) | u64::from(packed >> 16 & 15) << 1,
            Upos::Punct | Upos::Cconj | Upos::Sconj | Upos::Adp => form & 0xffff_ff00,
            _ => 0,
        };
        let tag = (upos as u64 + 1) << 32 | detail;
        Node { form, lemma, tag, agreement: packed & 0x3f, before: [0; 3] }
    }
}

const NONE: u32 = u32::MAX;

/// What a word has received so far.
#[derive(Clone, Copy, Debug)]
struct Family {
    /// Latest and earlier dependents: left, left, right, right.
    children: [u32; 4],
    counts: [u8; 2],
    /// Relations of the dependents, one bit each.
    labels: [u64; 2],
    /// Lemma of a preposition or subordinator among them.
    marker: u64,
    head: u32,
    label: u8,
}

const ORPHAN: Family =
    Family { children: [NONE; 4], counts: [0; 2], labels: [0; 2], marker: 0, head: NONE, label: u8::MAX };

/// One step of the parser.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// Moves the next word to the stack.
    Shift,
    /// Attaches the top of the stack to the next word, or the root.
    Left,
    /// Attaches the top of the stack to the word below.
    Right,
}

/// The state of the parser within a sentence; reused from one to the next.
#[derive(Clone, Default, Debug)]
pub struct State {
    stack: Vec<u32>,
    next: u32,
    len: u32,
    family: Vec<Family>,
}

impl State {
    /// Begins a sentence of `len` words.
    pub fn begin(&mut self, len: usize) {
        self.stack.clear();
        self.next = 0;
        self.len = u32::try_from(len).expect("a text has at most u32::MAX words");
        self.family.clear();
        self.family.resize(len, ORPHAN);
    }

    /// Whether every word has its head.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.next == self.len && self.stack.is_empty()
    }

    /// Whether one word is left, whose head can only be the root.
    #[must_use]
    pub fn is_last(&self) -> bool {
        self.next == self.len && self.stack.len() == 1
    }

    /// Whether the step may be taken.
    #[must_use]
    pub fn allows(&self, step: Step) -> bool {
        match step {
            Step::Shift => self.next < self.len,
            Step::Left => !self.stack.is_empty() && (self.next < self.len || self.stack.len() == 1),
            Step::Right => self.stack.len() >= 2,
        }
    }

    /// The words on the stack, the top last.
    #[must_use]
    pub fn stack(&self) -> &[u32] {
        &self.stack
    }

    /// The next word of the buffer; the number of words, if only the root is left.
    #[must_use]
    pub fn next(&self) -> u32 {
        self.next
    }

    /// Head and relation of a word; the root is the number of words.
    #[must_use]
    pub fn arc(&self, word: usize) -> (u32, u8) {
        (self.family[word].head, self.family[word].label)
    }

    /// Takes a step that is allowed; `marks` says whether the relation is that of a marker.
    pub fn take(&mut self, step: Step, label: u8, marks: bool, nodes: &[Node]) {
        match step {
            Step::Shift => {
                self.stack.push(self.next);
                self.next += 1;
            }
            Step::Left => {
                let word = self.stack.pop().expect("LEFT needs a word on the stack");
                self.attach(word, self.next, label, marks, 0, nodes);
            }
            Step::Right => {
                let word = self.stack.pop().expect("RIGHT needs two words on the stack");
                let head = *self.stack.last().expect("RIGHT needs two words on the stack");
                self.attach(word, head, label, marks, 1, nodes);
            }
        }
    }

    fn attach(&mut self, word: u32, head: u32, label: u8, marks: bool, side: usize, nodes: &[Node]) {
        let dependent = &mut self.family[word as usize];
        (dependent.head, dependent.label) = (head, label);
        if let Some(family) = self.family.get_mut(head as usize) {
            family.children[side * 2 + 1] = family.children[side * 2];
            family.children[side * 2] = word;
            family.counts[side] = family.counts[side].saturating_add(1).min(5);
            family.labels[side] |= 1u64.wrapping_shl(u32::from(label));
            if marks {
                family.marker = nodes[word as usize].lemma;
            }
        }
    }

    /// The hashed features of the next decision.
    pub fn features(&self, nodes: &[Node], out: &mut [u64; FEATURES]) {
        let top = |back: usize| self.stack.len().checked_sub(back + 1).map_or(NONE, |at| self.stack[at]);
        let ahead = |by: u32| self.next.saturating_add(by);
        let view = |at: u32, missing: u64| View::new(nodes, &self.family, at, missing);
        let (s0, s1, s2) = (view(top(0), 11), view(top(1), 12), view(top(2), 13));
        let b0 = view(ahead(0), 14);
        let (b1, b2, b3) = (bare(nodes, ahead(1), 15), bare(nodes, ahead(2), 16), bare(nodes, ahead(3), 17));
        let child = |view: &View<'_>, which: usize| {
            let at = view.family.children[which];
            let node = bare(nodes, at, 18 + which as u64);
            (node, self.family.get(at as usize).map_or(0, |family| u64::from(family.label) + 1))
        };
        let ((s0l, s0ll), (s0l2, _)) = (child(&s0, 0), child(&s0, 1));
        let ((s0r, s0rl), (s0r2, _)) = (child(&s0, 2), child(&s0, 3));
        let ((s1l, s1ll), _) = (child(&s1, 0), ());
        let ((s1r, s1rl), (s1r2, _)) = (child(&s1, 2), child(&s1, 3));
        let ((b0l, b0ll), (b0l2, _)) = (child(&b0, 0), child(&b0, 1));
        let near = distance(top(0), self.next);
        let far = distance(top(1), top(0));
        let gap = between(&s0, &b0);
        let low_gap = between(&s1, &s0);
        let fit = agree(s0.node, b0.node);
        let low_fit = agree(s1.node, s0.node);
        let (s0t, s1t, s2t, b0t) = (s0.node.tag, s1.node.tag, s2.node.tag, b0.node.tag);
        let (b1t, b2t, b3t) = (b1.tag, b2.tag, b3.tag);
        let (s0w, s1w, s2w, b0w) = (s0.node.lemma, s1.node.lemma, s2.node.lemma, b0.node.lemma);
        let (b1w, b2w) = (b1.lemma, b2.lemma);
        let s0wt = mix(s0w, s0t);
        let s1wt = mix(s1w, s1t);
        let b0wt = mix(b0w, b0t);
        let (s0m, s1m, b0m) = (s0.family.marker, s1.family.marker, b0.family.marker);
        let counts =
            |view: &View<'_>| u64::from(view.family.counts[0]) << 8 | u64::from(view.family.counts[1]);
        let [s0ls, s0rs] = s0.family.labels;
        let [s1ls, s1rs] = s1.family.labels;
        let b0ls = b0.family.labels[0];
        let values: [(u64, u64, u64); FEATURES] = [
            (s0w, 0, 0),
            (s0t, 0, 0),
            (s0wt, 0, 0),
            (s0.node.form, s0t, 0),
            (s1w, 0, 0),
            (s1t, 0, 0),
            (s1wt, 0, 0),
            (s1.node.form, s1t, 0),
            (s2t, 0, 0),
            (s2w, s2t, 0),
            (b0w, 0, 0),
            (b0t, 0, 0),
            (b0wt, 0, 0),
            (b0.node.form, b0t, 0),
            (b1t, 0, 0),
            (b1w, b1t, 0),
            (b2t, 0, 0),
            (b2w, b2t, 0),
            (b3t, b2t, b1t),
            (s0wt, b0wt, 0),
            (s0wt, b0w, 0),
            (s0w, b0wt, 0),
            (s0wt, b0t, 0),
            (s0t, b0wt, 0),
            (s0w, b0w, 0),
            (s0t, b0t, 0),
            (s0.node.form, b0.node.form, 0),
            (s1w, s0w, 0),
            (s1t, s0t, 0),
            (s1wt, s0t, 0),
            (s1t, s0wt, 0),
            (s1wt, s0wt, 0),
            (s1w, b0w, 0),
            (s1t, b0t, 0),
            (s1wt, b0t, 0),
            (s1t, b0wt, 0),
            (s2t, s0t, 0),
            (s2t, b0t, 0),
            (b0t, b1t, 0),
            (b0wt, b1t, 0),
            (b0t, b1t, b2t),
            (s0t, b0t, b1t),
            (s0wt, b0t, b1t),
            (s0t, b0wt, b1t),
            (s0t, b0t, mix(b1t, b2t)),
            (s0t, b1t, b2t),
            (s0t, b0t, b1w),
            (s1t, s0t, b0t),
            (s1wt, s0t, b0t),
            (s1t, s0wt, b0t),
            (s1t, s0t, b0wt),
            (s1t, s0t, mix(b0t, b1t)),
            (s2t, s1t, s0t),
            (s2t, s1t, mix(s0t, b0t)),
            (s2w, s0t, b0t),
            (s0t, s0r.tag, b0t),
            (s0t, s0l.tag, b0t),
            (s0t, b0t, b0l.tag),
            (s0wt, b0t, b0l.lemma),
            (s0t, b0w, b0l.lemma),
            (s1t, s1r.tag, s0t),
            (s1t, s1l.tag, s0t),
            (s1t, s0t, s0l.tag),
            (s1t, s0t, s0r.tag),
            (s1t, s0t, s0l.lemma),
            (s1w, s0t, s0l.lemma),
            (s1t, s0w, s0l.lemma),
            (s0t, s0l.tag, s0l2.tag),
            (s0t, s0r.tag, s0r2.tag),
            (s1t, s1r.tag, s1r2.tag),
            (b0t, b0l.tag, b0l2.tag),
            (s0wt, s0r.tag, 0),
            (s0wt, s0l.tag, 0),
            (s1wt, s1r.tag, 0),
            (s0wt, s0rl, s0ll),
            (s1wt, s1rl, s1ll),
            (b0wt, b0ll, 0),
            (s0t, s0ls, b0t),
            (s0t, s0rs, b0t),
            (s0wt, s0rs, 0),
            (s0wt, s0ls, b0t),
            (s0wt, s0ls, s0rs),
            (s1t, s1rs, s0t),
            (s1wt, s1rs, s0t),
            (s1t, s1ls, s0t),
            (s1wt, s1ls, s1rs),
            (s1t, mix(s1ls, s1rs), mix(s0t, s0ls)),
            (b0t, b0ls, s0t),
            (b0wt, b0ls, 0),
            (s0t, b0t, mix(s0ls, b0ls)),
            (near, s0t, b0t),
            (near, s0w, 0),
            (near, b0w, 0),
            (far, s1t, s0t),
            (far, s1w, s0t),
            (far, s0w, s1t),
            (counts(&s0), s0t, b0t),
            (counts(&s0), s0w, 0),
            (counts(&s1), s1t, s0t),
            (counts(&s1), s1w, s0t),
            (counts(&b0), b0t, s0t),
            (gap, s0t, b0t),
            (gap, s0t, mix(b0t, near)),
            (low_gap, s1t, s0t),
            (low_gap, s1t, mix(s0t, b0t)),
            (fit, s0t, b0t),
            (fit, mix(s0t, s1t), b0t),
            (low_fit, s1t, s0t),
            (low_fit, mix(s1t, s0t), b0t),
            (s1wt, s0m, s0t),
            (s1t, s0m, s0t),
            (s1t, s0m, s0w),
            (s1t, s0m, mix(s0t, b0t)),
            (s0t, b0m, b0t),
            (s1m, s1t, mix(s0m, s0t)),
            (s2t, s1t, mix(s0m, s0t)),
            (s0m, s0t, b0wt),
            (mix(s2t, s2.family.marker), mix(s1t, s1m), mix(s0t, s0m)),
        ];
        for (number, (feature, (a, b, c))) in out.iter_mut().zip(values).enumerate() {
            *feature = mix(mix(mix(number as u64 * 0x27d4_eb2f, a), b), c);
        }
    }
}

/// The best step that is allowed, and its label: class 0 is SHIFT, then come LEFT and RIGHT with each label.
///
/// Of equal scores, the first class wins. At least one step must be allowed.
#[must_use]
pub fn best<S: Copy + Ord>(state: &State, labels: usize, scores: &[S]) -> (Step, u8) {
    let steps = [(Step::Shift, 0..1), (Step::Left, 1..1 + labels), (Step::Right, 1 + labels..1 + 2 * labels)];
    // The highest score first, which takes no branch, then where it stands.
    let mut best: Option<(S, Step, &[S])> = None;
    for (step, classes) in steps {
        if state.allows(step) {
            let scores = &scores[classes];
            let highest = scores.iter().copied().fold(scores[0], S::max);
            if best.is_none_or(|(score, ..)| highest > score) {
                best = Some((highest, step, scores));
            }
        }
    }
    let (score, step, scores) = best.expect("at least one step is allowed");
    let label = scores.iter().position(|&other| other == score).unwrap_or_default();
    (step, label as u8)
}

/// Whether a relation tells how its head is joined to the rest: a preposition or a subordinator.
#[must_use]
pub const fn is_marker(label: Deprel) -> bool {
    matches!(label, Deprel::Case | Deprel::Mark)
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
