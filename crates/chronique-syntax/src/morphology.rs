//! Morphology: of the readings that the lexicon has for a tagged word, the one that fits its context.

use crate::hash::mix;
use crate::tagger::Seen;
use crate::{Morph, Upos};

/// Number of features of one decision.
pub const FEATURES: usize = 22;

/// Number of classes: the values of gender, number, person, tense, mood, form, voice, emphasis and reflexivity.
pub const CLASSES: usize = 34;

/// Number of features that are decided.
pub const DECIDED: usize = 9;

/// First class and number of values of each feature that is decided here, in the order of the packed word.
const FIELDS: [(usize, u32, u32); DECIDED] = [
    (0, 0, 2),
    (3, 2, 2),
    (6, 4, 2),
    (10, 6, 3),
    (15, 9, 3),
    (20, 12, 2),
    (24, 14, 2),
    (28, 31, 2),
    (32, 25, 1),
];

/// The classes of a morphology: one for each of the features that are decided, absence included.
#[inline]
#[must_use]
pub fn classes(morph: Morph) -> [usize; DECIDED] {
    FIELDS.map(|(first, shift, bits)| {
        let value = ((morph.packed() >> shift) & ((1 << bits) - 1)) as usize;
        (first + value).min(CLASSES - 1)
    })
}

/// The score of a morphology.
#[inline]
#[must_use]
pub fn score<S: Copy + Into<i32>>(morph: Morph, scores: &[S]) -> i32 {
    classes(morph).iter().map(|&class| scores[class].into()).sum()
}

/// The candidate of the highest score; of equals, the first; the empty morphology if there is none.
#[must_use]
pub fn best<S: Copy + Into<i32>>(candidates: &[Morph], scores: &[S]) -> Morph {
    let mut best: Option<(i32, Morph)> = None;
    for &morph in candidates {
        let score = score(morph, scores);
        if best.is_none_or(|(highest, _)| score > highest) {
            best = Some((score, morph));
        }
    }
    best.map_or_else(Morph::default, |(_, morph)| morph)
}

/// The hashed features of the token at `at`, whose forerunners have morphologies, and all have tags.
pub fn features(tokens: &[Seen], at: usize, tags: &[Upos], morphs: &[Morph], out: &mut [u64; FEATURES]) {
    let form =
        |by: isize| at.checked_add_signed(by).and_then(|at| tokens.get(at)).map_or(1, |t| t.lexical.form);
    let tag = |by: isize| at.checked_add_signed(by).and_then(|at| tags.get(at)).map_or(99, |&t| t as u64 + 1);
    let packed = |morph: Morph| morph.packed() & 0xffff;
    let before = |back: usize| at.checked_sub(back).map_or(1 << 40, |at| packed(morphs[at]));
    let agreement = |morph: Morph| morph.packed() & 0x3f;
    // The nearest earlier auxiliary, and the nearest earlier noun, pronoun or determiner.
    let window = at.saturating_sub(6)..at;
    let auxiliary = window.clone().rev().find(|&at| tags[at] == Upos::Aux);
    let auxiliary = auxiliary.map_or(1, |at| tokens[at].lexical.form);
    let nominal = |tag: Upos| matches!(tag, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Det);
    let nominal = window.rev().find(|&at| nominal(tags[at]));
    let (nominal, nominal_tag) =
        nominal.map_or((1 << 41, 0), |at| (agreement(morphs[at]), tags[at] as u64 + 1));
    let now = &tokens[at].lexical;
    let t0 = tag(0);
    let [two, three, four] = now.suffixes;
    let values: [(u64, u64, u64); FEATURES] = [
        (t0, 0, 0),
        (t0, now.form, 0),
        (t0, two, 0),
        (t0, three, 0),
        (t0, four, 0),
        (t0, two, now.shape.into()),
        (t0, tag(-1), 0),
        (t0, form(-1), 0),
        (t0, form(-2), 0),
        (t0, form(1), 0),
        (t0, tag(1), 0),
        (t0, tag(-2), tag(-1)),
        (t0, tag(1), tag(2)),
        (t0, before(1), 0),
        (t0, before(2), before(1)),
        (t0, now.form, before(1)),
        (t0, now.form, form(-1)),
        (t0, nominal, nominal_tag),
        (t0, now.form, nominal),
        (t0, auxiliary, 0),
        (t0, two, auxiliary),
        (t0, auxiliary, nominal),
    ];
    for (number, (feature, (a, b, c))) in out.iter_mut().zip(values).enumerate() {
        *feature = mix(mix(mix(number as u64 * 0x7f4a_7c15, a), b), c);
    }
}
