use chronique_syntax::WordId;
use chronique_text::WordMap;

use crate::LexiconError;
use crate::scene::Scene;
use crate::table::rows;
use crate::{EventType, Mode};

/// How far below a trigger its mode is looked for, in words: a longer subtree tells of other things.
const REACH: u32 = 12;

/// The words under a trigger that tell its mode.
#[derive(Clone, Debug)]
pub(crate) struct Modes {
    /// By lemma: type, number of the line, mode.
    of: WordMap<Vec<(EventType, u16, Mode)>>,
}

impl Modes {
    pub(crate) fn parse(name: &str, text: &str) -> Result<Modes, LexiconError> {
        let mut of: WordMap<Vec<_>> = WordMap::default();
        for (line, row) in (0..).zip(rows(name, text)) {
            let (code, mode) = (row.cell(0), row.cell(1));
            let event_type: EventType =
                code.parse().map_err(|()| row.error(0, format!("`{code}` is no type of PLOVER")))?;
            let mode: Mode = mode
                .parse()
                .ok()
                .filter(|mode| event_type.modes().contains(mode))
                .ok_or_else(|| row.error(1, format!("`{mode}` is no mode of {event_type}")))?;
            for lemma in row.cell(2).split_whitespace() {
                of.entry(lemma.into()).or_default().push((event_type, line, mode));
            }
        }
        Ok(Modes { of })
    }

    /// The mode that the words under a trigger tell; a line whose lemma is `*` fits any trigger of its type.
    pub(crate) fn of(&self, scene: &Scene<'_>, anchor: WordId, event_type: EventType) -> Option<Mode> {
        let below = scene.evidence.syntax.subtree(anchor);
        let near = below.start.max(anchor.0.saturating_sub(REACH / 2))..below.end.min(anchor.0 + REACH);
        near.map(WordId)
            .filter(|&word| word != anchor)
            .filter_map(|word| self.of.get(scene.lemma(word)))
            .chain(self.of.get("*"))
            .flatten()
            .filter(|&&(of, _, _)| of == event_type)
            .min_by_key(|&&(_, line, _)| line)
            .map(|&(_, _, mode)| mode)
    }
}

/// How specific a mode of ASSAULT is: *attaque de drone* says more than *raid aérien*.
fn rank(mode: Mode) -> u8 {
    match mode {
        Mode::SuicideAttack | Mode::Drone => 3,
        Mode::HeavyWeapons | Mode::CrowdControl | Mode::Unconventional => 2,
        Mode::Explosives | Mode::Aerial | Mode::Primitive => 1,
        _ => 0,
    }
}

/// Whether a mode tells with what an act is done.
pub(crate) fn is_means(mode: Mode) -> bool {
    rank(mode) > 0 || mode == Mode::Firearms
}

/// The more specific of two modes, the first if they are equals.
pub(crate) fn more_specific(one: Option<Mode>, other: Option<Mode>) -> Option<Mode> {
    match (one, other) {
        (Some(one), Some(other)) => Some(if rank(other) > rank(one) { other } else { one }),
        (one, other) => one.or(other),
    }
}
