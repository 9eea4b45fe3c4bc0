//! The lexicon of a model: which tags, morphologies and lemmas a form can have.

use crate::hash::mix;
use crate::image::{Damage, Section};
use crate::table::Fingerprints;
use crate::{Morph, Upos};

/// One reading of a form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Analysis {
    /// Its tag.
    pub upos: Upos,
    /// Its morphology.
    pub morph: Morph,
    /// The number of the rule that makes its lemma.
    pub rule: u16,
}

/// How a lemma is made from a normal form.
#[derive(Clone, Debug)]
struct LemmaRule {
    /// Characters to drop from the end; 255: all.
    drop: u8,
    /// What to put in their place.
    ending: Box<str>,
}

/// All readings of a form.
#[derive(Clone, Debug)]
struct Readings {
    /// Which tags the dictionary gives it, in bits: see `chronique-tools train`.
    class: u32,
    /// The tag that it always has.
    certain: Option<Upos>,
    /// Its readings, in [`Lexicon::analyses`].
    analyses: (u32, u32),
}

/// The lexicon of a model.
#[derive(Debug)]
pub struct Lexicon {
    forms: Fingerprints,
    readings: Vec<Readings>,
    analyses: Vec<Analysis>,
    rules: Vec<LemmaRule>,
    /// Lemma rules by tag and ending, for forms that the lexicon does not hold.
    endings: Fingerprints,
    /// The morphologies of each tag, for forms that the lexicon does not hold.
    open: Vec<Vec<Morph>>,
}

/// Longest ending, in characters, that chooses a lemma rule.
pub const LONGEST_ENDING: usize = 7;

/// The key of a lemma rule for forms that the lexicon does not hold.
pub fn ending_key(upos: Upos, ending: &str) -> u64 {
    mix(crate::hash::hash_bytes(ending.as_bytes()), upos as u64 + 1)
}

impl Lexicon {
    /// Reads the lexicon of an image.
    pub fn read(section: &mut Section<'_>) -> Result<Lexicon, Damage> {
        let upos = |code: u8| Upos::ALL.get(usize::from(code)).copied().ok_or(Damage("a part of speech"));
        let count = section.u32()?;
        let mut morphs = Vec::new();
        for _ in 0..count {
            let (low, high) = (section.u32()?, section.u32()?);
            morphs.push(Morph::from_packed(u64::from(high) << 32 | u64::from(low)));
        }
        let mut open = Vec::new();
        for _ in Upos::ALL {
            let count = section.bytes(1)?[0];
            let mut list = Vec::new();
            for id in section.bytes(usize::from(count) * 2)?.as_chunks::<2>().0 {
                let morph = morphs.get(usize::from(u16::from_le_bytes(*id)));
                list.push(*morph.ok_or(Damage("a morphology"))?);
            }
            open.push(list);
        }
        let count = section.u32()?;
        let mut rules = Vec::new();
        for _ in 0..count {
            let &[drop, len] = section.bytes(2)? else { return Err(Damage("a lemma rule")) };
            let ending = std::str::from_utf8(section.bytes(usize::from(len))?);
            let ending = ending.map_err(|_| Damage("a lemma rule"))?.into();
            rules.push(LemmaRule { drop, ending });
        }
        let count = section.u32()?;
        let (mut readings, mut analyses) = (Vec::new(), Vec::new());
        for _ in 0..count {
            let class = section.u32()?;
            let &[certain, len] = section.bytes(2)? else { return Err(Damage("a reading")) };
            let certain = if certain == u8::MAX { None } else { Some(upos(certain)?) };
            let start = analyses.len() as u32;
            for &[tag, m0, m1, r0, r1] in section.bytes(usize::from(len) * 5)?.as_chunks::<5>().0 {
                let (morph, rule) = (u16::from_le_bytes([m0, m1]), u16::from_le_bytes([r0, r1]));
                let morph = *morphs.get(usize::from(morph)).ok_or(Damage("a morphology"))?;
                if usize::from(rule) >= rules.len() {
                    return Err(Damage("a lemma rule"));
                }
                analyses.push(Analysis { upos: upos(tag)?, morph, rule });
            }
            readings.push(Readings { class, certain, analyses: (start, analyses.len() as u32) });
        }
        let forms = Fingerprints::read(section, readings.len())?;
        let endings = Fingerprints::read(section, rules.len())?;
        Ok(Lexicon { forms, readings, analyses, rules, endings, open })
    }

    /// The number of the readings of a form, by the hash of its normal form.
    #[inline]
    pub fn find(&self, image: &[u8], form: u64) -> Option<u16> {
        self.forms.find(image, form)
    }

    /// The tags of the dictionary, in bits; 0 for a form that it does not hold.
    #[inline]
    pub fn class(&self, readings: Option<u16>) -> u32 {
        readings.map_or(0, |at| self.readings[usize::from(at)].class)
    }

    /// The tag that the form always has.
    #[inline]
    pub fn certain(&self, readings: Option<u16>) -> Option<Upos> {
        readings.and_then(|at| self.readings[usize::from(at)].certain)
    }

    /// The readings themselves, the likeliest first.
    pub fn analyses(&self, readings: Option<u16>) -> &[Analysis] {
        readings.map_or(&[], |at| {
            let (start, end) = self.readings[usize::from(at)].analyses;
            &self.analyses[start as usize..end as usize]
        })
    }

    /// The morphologies of a form with this tag: those of its readings, or of any word of the tag.
    pub fn candidates(&self, readings: Option<u16>, upos: Upos, out: &mut Vec<Morph>) {
        out.clear();
        for reading in self.analyses(readings) {
            if reading.upos == upos && !out.contains(&reading.morph) {
                out.push(reading.morph);
            }
        }
        if out.is_empty() {
            out.extend_from_slice(&self.open[upos as usize]);
        }
    }

    /// Appends the lemma that a rule makes of a normal form.
    pub fn apply(&self, rule: u16, normal: &str, lemmas: &mut String) {
        let LemmaRule { drop, ending } = &self.rules[usize::from(rule)];
        if *drop < u8::MAX {
            let kept = match usize::from(*drop) {
                0 => normal.len(),
                drop => normal.char_indices().rev().nth(drop - 1).map_or(0, |(at, _)| at),
            };
            lemmas.push_str(&normal[..kept]);
        }
        lemmas.push_str(ending);
    }

    /// The lemma rule for an unknown form: that of its longest known ending.
    pub fn guess(&self, image: &[u8], upos: Upos, normal: &str) -> Option<u16> {
        let mut starts = [0; LONGEST_ENDING];
        let mut count = 0;
        for (start, (at, _)) in starts.iter_mut().zip(normal.char_indices().rev()) {
            *start = at;
            count += 1;
        }
        let endings = starts[..count].iter().rev().map(|&at| ending_key(upos, &normal[at..]));
        endings.into_iter().find_map(|key| self.endings.find(image, key))
    }
}
