//! Parts of speech: a greedy perceptron over the tokens of a sentence, from left to right.

use crate::Upos;
use crate::hash::mix;
use crate::lexical::Lexical;

/// Number of features of one decision.
pub const FEATURES: usize = 42;

/// Number of parts of speech.
pub const CLASSES: usize = Upos::ALL.len();

/// What the tagger knows of a token before it decides.
#[derive(Clone, Copy, Default, Debug)]
pub struct Seen {
    /// Its spelling.
    pub lexical: Lexical,
    /// The tags that the dictionary gives it.
    pub class: u32,
}

/// The hashed features of the token at `at`, whose forerunners have `tags`.
pub fn features(tokens: &[Seen], at: usize, tags: &[Upos], out: &mut [u64; FEATURES]) {
    const OUTSIDE: Seen =
        Seen { lexical: Lexical { form: 1, suffixes: [2; 3], prefix: 3, shape: 63 }, class: 1 << 31 };
    let token = |by: isize| at.checked_add_signed(by).and_then(|at| tokens.get(at)).unwrap_or(&OUTSIDE);
    let tag = |back: usize| at.checked_sub(back).map_or(99, |at| tags[at] as u64 + 1);
    let (now, before, after) = (token(0), token(-1), token(1));
    let (w0, p1, p2) = (&now.lexical, &before.lexical, &token(-2).lexical);
    let (n1, n2) = (&after.lexical, &token(2).lexical);
    let (t1, t2) = (tag(1), tag(2));
    let class = |seen: &Seen| u64::from(seen.class) << 8;
    let (c0, cp1, c1, c2) = (class(now), class(before), class(after), class(token(2)));
    let [two, three, four] = w0.suffixes;
    let (shape, pshape, nshape) = (u64::from(w0.shape), u64::from(p1.shape), u64::from(n1.shape));
    let values: [(u64, u64, u64); FEATURES] = [
        (w0.form, 0, 0),
        (two, 0, 0),
        (three, 0, 0),
        (four, 0, 0),
        (w0.prefix, 0, 0),
        (shape, 0, 0),
        (c0, 0, 0),
        (c0, shape, 0),
        (two, shape, 0),
        (t1, 0, 0),
        (t1, t2, 0),
        (t1, w0.form, 0),
        (t1, c0, 0),
        (t1, t2, c0),
        (t1, t2, w0.form),
        (p1.form, 0, 0),
        (p2.form, 0, 0),
        (n1.form, 0, 0),
        (n2.form, 0, 0),
        (p1.form, w0.form, 0),
        (w0.form, n1.form, 0),
        (p1.form, c0, 0),
        (c0, n1.form, 0),
        (cp1, c0, 0),
        (c0, c1, 0),
        (c0, c1, c2),
        (t1, c0, c1),
        (w0.form, c1, 0),
        (t1, three, 0),
        (n1.suffixes[1], 0, 0),
        (p1.suffixes[1], 0, 0),
        (t1, n1.form, 0),
        (t1, c1, 0),
        (shape, pshape, nshape),
        (t1, shape, 0),
        (c0, n1.suffixes[0], 0),
        (p1.form, n1.form, 0),
        (p2.form, p1.form, 0),
        (n1.form, n2.form, 0),
        (four, c1, t1),
        (tag(3), t2, t1),
        (c0, t1, n1.form),
    ];
    for (number, (feature, (a, b, c))) in out.iter_mut().zip(values).enumerate() {
        *feature = mix(mix(mix(number as u64 * 0x632b_e5ab, a), b), c);
    }
}

/// The class of the highest score; of equals, the first.
pub fn best<S: PartialOrd>(scores: &[S]) -> usize {
    let mut best = 0;
    for (class, score) in scores.iter().enumerate().skip(1) {
        if *score > scores[best] {
            best = class;
        }
    }
    best
}
