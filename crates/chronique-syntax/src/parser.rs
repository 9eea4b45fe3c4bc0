//! The arc-hybrid transition system (Kuhlmann, Gómez-Rodríguez & Satta 2011) with its root at the end.
//!
//! A stack of words and a buffer of words to come, with the root behind the last one. SHIFT moves the
//! next word of the buffer to the stack, LEFT attaches the top of the stack to the next word, RIGHT
//! attaches it to the one below. Every sentence of n words takes exactly 2n steps; the tree is
//! projective, and exactly one word hangs from the root, because LEFT to the root waits until one
//! word is left.

mod situation;

pub use situation::{FEATURES, STAGES, Situation};

use crate::{Deprel, Morph, Upos};

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
}

/// A step with its label, and how far its score is ahead of every other that is allowed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Choice {
    /// The step.
    pub step: Step,
    /// The relation that it gives; 0 for SHIFT.
    pub label: u8,
    /// The distance to the next best score, 0 if the two are equal.
    pub lead: u32,
}

/// The best step that is allowed, and its label: class 0 is SHIFT, then come LEFT and RIGHT with each label.
///
/// Of equal scores, the first class wins. At least one step must be allowed.
#[must_use]
pub fn best<S: Copy + Ord + Into<i32>>(state: &State, labels: usize, scores: &[S]) -> Choice {
    let steps = [(Step::Shift, 0..1), (Step::Left, 1..1 + labels), (Step::Right, 1 + labels..1 + 2 * labels)];
    let highest = |scores: &[S]| scores.iter().copied().max();
    // The highest score first, which takes no branch, then where it stands.
    let mut best: Option<(S, Step, &[S])> = None;
    let mut second: Option<S> = None;
    for (step, classes) in steps {
        if state.allows(step) {
            let scores = &scores[classes];
            let score = scores.iter().copied().fold(scores[0], S::max);
            let beaten = best.map(|(best, ..)| best.min(score));
            second = second.max(beaten);
            if best.is_none_or(|(best, ..)| score > best) {
                best = Some((score, step, scores));
            }
        }
    }
    let (score, step, scores) = best.expect("at least one step is allowed");
    let label = scores.iter().position(|&other| other == score).unwrap_or_default();
    let second = second.max(highest(&scores[..label])).max(highest(&scores[label + 1..]));
    let lead = second.map_or(u32::MAX, |second| score.into().abs_diff(second.into()));
    Choice { step, label: label as u8, lead }
}

/// Whether a relation tells how its head is joined to the rest: a preposition or a subordinator.
#[must_use]
pub const fn is_marker(label: Deprel) -> bool {
    matches!(label, Deprel::Case | Deprel::Mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A state with some words on the stack and some in the buffer.
    fn state(on_stack: u32, ahead: u32) -> State {
        let mut state = State::default();
        state.begin((on_stack + ahead) as usize);
        (0..on_stack).for_each(|_| state.take(Step::Shift, 0, false, &[]));
        state
    }

    #[test]
    fn the_best_choice_and_its_lead() {
        use Step::{Left, Right, Shift};
        // SHIFT, then LEFT and RIGHT with two labels.
        for (on_stack, ahead, scores, expected) in [
            (2, 1, [9, 1, 2, 3, 4], (Shift, 0, 5)),
            (2, 1, [1, 2, 9, 3, 4], (Left, 1, 5)),
            (2, 1, [1, 8, 9, 3, 4], (Left, 1, 1)),
            (2, 1, [1, 2, 3, 9, 4], (Right, 0, 5)),
            (2, 1, [5, 5, 5, 5, 5], (Shift, 0, 0)),
            (2, 1, [1, 7, 7, 7, 7], (Left, 0, 0)),
            (2, 1, [-9, -2, -7, -6, -8], (Left, 0, 4)),
            // Without a second word on the stack RIGHT is not allowed, without a buffer RIGHT alone is.
            (1, 1, [1, 2, 4, 9, 9], (Left, 1, 2)),
            (2, 0, [9, 9, 9, 1, 4], (Right, 1, 3)),
        ] {
            let (step, label, lead) = expected;
            assert_eq!(best(&state(on_stack, ahead), 2, &scores), Choice { step, label, lead }, "{scores:?}");
        }
        // Nothing else is allowed.
        assert_eq!(best(&state(0, 1), 2, &[-3, 9, 9, 9, 9]).lead, u32::MAX);
    }
}
