//! A second look at words whose row has a gate that does not hold: weighed signs say whether they name an act after all.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chronique_syntax::{Deprel, Number, Upos, VerbForm, WordId};

use crate::EventType;
use crate::gate::{Classes, Gate, Test};
use crate::lexicon::{Lexicon, TriggerPos};
use crate::reading::is_ruled_out;
use crate::roles::Roles;
use crate::rule::{PassedOver, Why};
use crate::scene::{Filler, Scene};
use crate::topic::Topic;
use crate::trigger::{Candidate, matched};
use crate::weighing::{Sign, told};

/// How much must speak for a reading that a gate has held back: nearly as much as against it, since the gates are strict.
const ENOUGH: f32 = -0.12;

/// Among how many words for acts told before those of a family are looked up: an endless text has no end of them.
const LISTED: usize = 200;

/// The table whose gates a second look may pass over.
const TABLE: &str = "lexicon.tsv";

/// A reading that a gate holds back, and what speaks for and against it.
pub(crate) struct Doubtful<'l> {
    pub(crate) candidate: Candidate<'l>,
    pub(crate) signs: Vec<Sign>,
}

/// The acts that a second look finds among the words passed over, with the reason.
pub(crate) fn second_look<'l>(
    scene: &Scene<'_>,
    lexicon: &'l Lexicon,
    topic: Topic,
    found: &[Candidate<'l>],
    passed: &[PassedOver],
) -> Vec<Candidate<'l>> {
    let mut best: Vec<(f32, Candidate<'l>)> = Vec::new();
    for doubtful in doubtful(scene, lexicon, topic, found, passed) {
        let sum = lexicon.second_look.sum(&doubtful.signs);
        if sum <= ENOUGH {
            continue;
        }
        let mut candidate = doubtful.candidate;
        candidate.weighed = Some(told(&lexicon.second_look, &doubtful.signs));
        match best.last_mut().filter(|(_, last)| last.word == candidate.word) {
            Some(known) if sum > known.0 => *known = (sum, candidate),
            Some(_) => {}
            None => best.push((sum, candidate)),
        }
    }
    best.into_iter().map(|(_, candidate)| candidate).collect()
}

/// What the text tells by the readings whose gates hold.
struct Known<'s> {
    types: HashMap<EventType, u32>,
    lemmas: HashSet<&'s str>,
    /// The first of them, in order.
    told: Vec<&'s str>,
    /// The words of acts, in order.
    words: Vec<WordId>,
    density: &'static str,
}

/// The readings that a gate has held back, in order.
pub(crate) fn doubtful<'l>(
    scene: &Scene<'_>,
    lexicon: &'l Lexicon,
    topic: Topic,
    found: &[Candidate<'l>],
    passed: &[PassedOver],
) -> Vec<Doubtful<'l>> {
    let mut known = Known {
        types: HashMap::new(),
        lemmas: HashSet::new(),
        told: Vec::new(),
        words: found.iter().map(|candidate| candidate.word).collect(),
        density: "",
    };
    known.words.sort_unstable();
    for candidate in found {
        *known.types.entry(candidate.event_type()).or_default() += 1;
        let lemma = scene.lemma(candidate.word);
        if known.lemmas.insert(lemma) && known.told.len() < LISTED {
            known.told.push(lemma);
        }
    }
    let count = scene.evidence.syntax.words().len().max(1);
    known.density = match found.len() * 100 / count {
        0 => "0",
        1 => "1",
        2 => "2",
        3 => "3",
        4 => "4",
        5 => "5",
        _ => "more",
    };
    let mut out = Vec::new();
    for passed in passed {
        // The gates of a user's own rows are final.
        for rejection in passed.rejected.iter().filter(|rejection| rejection.rule.table() == TABLE) {
            let held = match &rejection.why {
                Why::Gate(number, _) => {
                    let gate = &rejection.rule.0.gates[*number];
                    // What a row names as a near-miss stays one.
                    if gate.negated || gate.any.iter().any(|test| matches!(test, Test::Never)) {
                        continue;
                    }
                    ("held back by what is not", gate.any[0].name())
                }
                Why::Name => ("held back by what is there", "name"),
                _ => continue,
            };
            let lemma = scene.lemma(passed.word);
            let surface = scene.evidence.text.slice(scene.word(passed.word).span);
            let lemma = if scene.upos(passed.word) == Upos::Adj { surface } else { lemma };
            let row = lexicon.starting_with(lemma).find(|entry| Arc::ptr_eq(entry, &rejection.rule.0));
            let Some(entry) = row.filter(|entry| !entry.gates.iter().any(Gate::is_firm)) else { continue };
            let Some(at) = matched(scene, passed.word, entry) else { continue };
            let roles = match entry.pos {
                TriggerPos::Verb => Roles::of_verb(scene, at.anchor, at.last_of_verb(), &entry.frame),
                TriggerPos::Noun => Roles::of_noun(scene, at.anchor, at.last, &entry.frame),
            };
            // What a row names as a near-miss stays one, whichever of its gates was tried first.
            if is_ruled_out(scene, topic, entry, at, &roles) {
                continue;
            }
            let candidate = Candidate {
                word: at.names,
                anchor: at.anchor,
                entry,
                roles,
                rejected: passed.rejected.clone(),
                again: false,
                weighed: None,
            };
            let mut signs = vec![("base", ""), held];
            known.signs(scene, lexicon, &candidate, &mut signs);
            out.push(Doubtful { candidate, signs });
        }
    }
    out
}

impl Known<'_> {
    fn signs(&self, scene: &Scene<'_>, lexicon: &Lexicon, candidate: &Candidate<'_>, signs: &mut Vec<Sign>) {
        let event_type = candidate.event_type();
        let (word, anchor) = (candidate.word, candidate.anchor);
        let code = event_type.as_str();
        signs.push(("type", code));
        for (side, name) in [(&candidate.roles.actors, "actor"), (&candidate.roles.recipients, "recipient")] {
            for class in classes(scene, side) {
                signs.push((name, class));
            }
        }
        signs.push((
            "acts of the type",
            match self.types.get(&event_type) {
                None => "none",
                Some(1) => "one",
                Some(2) => "two",
                Some(_) => "more",
            },
        ));
        signs.push(("acts in a hundred words", self.density));
        let sentence = scene.sentence(word);
        let from = self.words.partition_point(|word| word.0 < sentence.start);
        let here = self.words[from..].iter().take(2).filter(|word| word.0 < sentence.end).count();
        signs.push(("acts in the sentence", ["none", "one", "more"][here]));
        if self.lemmas.contains(scene.lemma(word)) {
            signs.push(("word told before", "same"));
        } else if self.told.iter().any(|known| lexicon.families.related(known, scene.lemma(word))) {
            signs.push(("word told before", "family"));
        }
        let is_act = |word: WordId| self.words.binary_search(&word).is_ok();
        if scene.head(word).is_some_and(is_act) {
            signs.push(("under an act", ""));
        }
        if scene.children(word).any(is_act) {
            signs.push(("over an act", ""));
        }
        signs.push(("function", scene.deprel(word).base().as_str()));
        if candidate.entry.pos == TriggerPos::Noun {
            let det = scene
                .children(word)
                .find(|&child| scene.deprel(child).base() == Deprel::Det && child < word)
                .map_or("none", |det| match scene.lemma(det) {
                    "le" => "the",
                    "ce" => "this",
                    "un" => "a",
                    "son" | "leur" | "notre" => "own",
                    _ => "other",
                });
            signs.push(("article", det));
            if scene.word(word).morph.number() == Some(Number::Plur) {
                signs.push(("noun", "plural"));
            } else {
                signs.push(("noun", "singular"));
            }
            signs.push((
                "preposition",
                match scene.preposition(word) {
                    None => "none",
                    Some("de") => "de",
                    Some("à") => "à",
                    Some("pour") => "pour",
                    Some("dans" | "en") => "dans",
                    Some(_) => "other",
                },
            ));
        } else {
            signs.push(("verb", if scene.finite(anchor).is_some() { "finite" } else { "not finite" }));
            signs.push((
                "verb",
                match scene.word(anchor).morph.verb_form() {
                    Some(VerbForm::Inf) => "infinitive",
                    Some(VerbForm::Part) => "participle",
                    _ => "other form",
                },
            ));
            signs.push(("verb", if scene.is_passive(anchor) { "passive" } else { "active" }));
            signs.push((
                "subject",
                match scene.subject(anchor).map(|subject| subject.filler.word) {
                    None => "none",
                    Some(subject) if scene.classes(subject).is_none() => "thing",
                    Some(subject) if scene.upos(subject) == Upos::Pron => "pronoun",
                    Some(_) => "somebody",
                },
            ));
        }
        if scene.evidence.syntax.sentence_of(word) < 3 {
            signs.push(("headline or lead", ""));
        }
    }
}

fn classes(scene: &Scene<'_>, side: &[Filler]) -> Vec<&'static str> {
    if side.is_empty() {
        return vec!["none"];
    }
    let all = Roles::classes(scene, side);
    if all.is_none() {
        return vec!["nobody"];
    }
    let known = [
        (Classes::STATE, "state"),
        (Classes::INSTITUTION, "institution"),
        (Classes::ARMED, "armed"),
        (Classes::ORGANISATION, "organisation"),
        (Classes::PERSON, "person"),
        (Classes::PEOPLE, "people"),
    ];
    known.iter().filter(|(class, _)| all.meets(*class)).map(|&(_, name)| name).collect()
}

#[cfg(test)]
mod tests {
    use crate::learn::common::Reader;
    use crate::{Extractor, Lexicon};
    use chronique_text::Text;

    const WAR: &str = "L'armée a attaqué les rebelles. Les rebelles ont attaqué l'armée, puis un village. L'armée a bombardé \
                       le camp des rebelles et a tué dix civils. ";

    /// The words that an extractor takes for acts only at a second look.
    fn weighed(extractor: &Extractor, text: &str) -> Vec<String> {
        let text = Text::new(text).unwrap();
        Reader::new().with(&text, None, |evidence| {
            let events = extractor.events(evidence);
            let mentions = events.iter().flat_map(|event| &event.mentions);
            let weighed = mentions.filter(|mention| mention.weighed.is_some());
            weighed.map(|mention| evidence.text.slice(mention.trigger).to_owned()).collect()
        })
    }

    #[test]
    fn what_a_gate_holds_back_is_an_act_where_the_text_tells_many_of_its_type() {
        let held = "ASSAULT/brûler/V\tbrûler\tV\tASSAULT\tdestroy\ttr\tactor=armed recipient=armed";
        let french = Extractor::new(Lexicon::french());
        assert_eq!(weighed(&french, &format!("{WAR}Trois maisons ont été brûlées.")), ["brûlées"]);
        assert!(weighed(&french, "Trois maisons ont été brûlées. Le maire est triste.").is_empty());
        // Its row says `firm`.
        assert!(weighed(&french, &format!("{WAR}Trois témoins ont pris peur.")).is_empty());
        let mut own = Lexicon::french();
        own.extend("own.tsv", held).unwrap();
        assert!(weighed(&Extractor::new(own), &format!("{WAR}Trois maisons ont été brûlées.")).is_empty());
    }
}
