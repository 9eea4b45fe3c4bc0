use chronique_actors::ActorClass;
use chronique_text::WordMap;

use crate::LexiconError;
use crate::table::rows;

/// A set of domains that an article can be about.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct Domains(u16);

const NAMES: [&str; 9] =
    ["conflict", "politics", "justice", "protest", "sport", "culture", "science", "economy", "disaster"];
/// conflict, politics, justice and protest: what events are made of.
const OWN: usize = 4;
const POLITICS: usize = 1;

impl Domains {
    const ALL_OWN: Domains = Domains(0b1111);

    /// Reads `conflict|politics`; nothing means any domain that speaks for political events.
    pub(crate) fn parse(names: &str) -> Result<Domains, String> {
        if names.is_empty() {
            return Ok(Domains::ALL_OWN);
        }
        names.split('|').try_fold(Domains(0), |set, name| {
            match NAMES.iter().position(|&known| known == name) {
                Some(at) => Ok(Domains(set.0 | 1 << at)),
                None => Err(format!("`{name}` is no domain: there are {}", NAMES.join(", "))),
            }
        })
    }
}

/// The words by which an article tells its domain.
#[derive(Clone, Debug)]
pub(crate) struct Topics(WordMap<u16>);

impl Topics {
    pub(crate) fn parse(name: &str, text: &str) -> Result<Topics, LexiconError> {
        let mut topics: WordMap<u16> = WordMap::default();
        for row in rows(name, text) {
            let domain = row.cell(0);
            let at = NAMES.iter().position(|&known| known == domain);
            let at = at.ok_or_else(|| row.error(0, format!("`{domain}` is no domain")))?;
            for lemma in row.cell(1).split_whitespace() {
                *topics.entry(lemma.into()).or_default() |= 1 << at;
            }
        }
        Ok(Topics(topics))
    }

    /// What an article with these lemmas is about.
    pub(crate) fn of<'l>(&self, lemmas: impl Iterator<Item = &'l str>) -> Topic {
        let mut counts = [0u32; NAMES.len()];
        for lemma in lemmas {
            if let Some(&domains) = self.0.get(lemma) {
                for (at, count) in counts.iter_mut().enumerate() {
                    *count += u32::from(domains >> at & 1);
                }
            }
        }
        Topic { counts, named: 0 }
    }
}

/// What one article is about: how often each domain speaks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Topic {
    counts: [u32; NAMES.len()],
    /// How often it names a state, an institution or an armed group.
    named: u32,
}

impl Topic {
    /// Counts an actor that the article names: states, institutions and armed groups outweigh foreign words,
    /// but don't say which of the own domains it is.
    pub(crate) fn name(&mut self, class: ActorClass) {
        self.named +=
            u32::from(matches!(class, ActorClass::State | ActorClass::Institution | ActorClass::Armed));
    }

    /// Whether the article is about one of the domains: each must hold its own against the sum of the others'.
    pub(crate) fn is(&self, domains: Domains) -> bool {
        let own: u32 = self.counts[..OWN].iter().sum();
        let foreign = self.counts[OWN..].iter().copied().max().unwrap_or(0);
        let asked: u32 =
            (0..NAMES.len()).filter(|at| domains.0 >> at & 1 == 1).map(|at| self.counts[at]).sum();
        // Who acts for a state is politics, whatever the words.
        let asked = asked + u32::from(domains.0 >> POLITICS & 1 == 1) * self.named;
        own + self.named > foreign && asked * 5 >= own && asked > 0
    }

    /// Whether the article is about politics, conflict or justice at all.
    pub(crate) fn is_political(&self) -> bool {
        self.is(Domains::ALL_OWN)
    }
}
