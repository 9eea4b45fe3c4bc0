use std::collections::HashMap;

use chronique_actors::{ActorClass, ActorId};
use chronique_syntax::{Deprel, Number, Tense, Upos, WordId};
use chronique_text::BlockKind;
use chronique_times::{Date, TimeKind};

use crate::cues::Cue;
use crate::families::Families;
use crate::scene::Scene;
use crate::table::rows;
use crate::{EventMention, EventType, LexiconError, Participant, Status};

macro_rules! signs {
    ($($name:ident $code:literal,)*) => {
        /// What speaks for or against two mentions telling one happening.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub(crate) enum Sign { $($name,)* }

        impl Sign {
            pub(crate) const ALL: &'static [(Sign, &'static str)] = &[$((Sign::$name, $code),)*];
        }
    };
}

signs! {
    Base "base",
    SameWord "same word",
    Family "word of the same family",
    General "general word for it",
    Part "act under a general word",
    Effect "effect of the other",
    Content "governed by the other",
    SameActor "same actor",
    OtherActor "other actor",
    SameRecipient "same recipient",
    OtherRecipient "other recipient",
    Strangers "recipients that can't be one",
    SamePlace "same place",
    OtherPlace "other place",
    SameTime "same time",
    OtherTime "other time",
    OtherMode "other mode",
    OtherStatus "other status",
    Denied "one denied",
    Demonstrative "this",
    Definite "the",
    Indefinite "a",
    Plain "verb",
    Anew "another",
    Numbers "singular and plural",
    Announced "headline or lead",
    SameSentence "same sentence",
    NextSentence "next sentence",
    Far "far",
    Joined "joined by and",
    SameFigure "same figure",
    OtherFigure "other figure",
    Nouns "both nouns",
    Assault "violence",
    Again "the same word with the or this",
    Earlier "told as earlier",
    Lead "headline told in the lead",
    Toll "what it did to people",
    Tolls "killed and wounded",
}

/// The signs that hold between two mentions.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(crate) struct Signs(u64);

impl Signs {
    pub(crate) fn has(self, sign: Sign) -> bool {
        self.0 & (1 << sign as u64) != 0
    }

    /// These signs and one more.
    #[must_use]
    pub(crate) fn with(self, sign: Sign) -> Signs {
        Signs(self.0 | 1 << sign as u64)
    }

    /// The signs between a mention and a later one.
    pub(crate) fn between(
        scene: &Scene<'_>,
        families: &Families,
        a: &EventMention,
        b: &EventMention,
    ) -> Signs {
        let mut signs = Signs::default();
        let mut put = |sign: Sign, holds: bool| {
            if holds {
                signs = signs.with(sign);
            }
        };
        put(Sign::Base, true);
        let (one, other) = (scene.lemma(a.word), scene.lemma(b.word));
        let same = one == other;
        let family = !same && families.related(one, other);
        put(Sign::SameWord, same);
        put(Sign::Family, family);
        let general = !same && !family && families.takes_up(one, other, b.event_type);
        let later = families.is_general(other, b.event_type);
        put(Sign::General, general && later);
        put(Sign::Part, general && !later);
        let cause = is_cause(scene, a.word, b.word) || is_cause(scene, b.word, a.word);
        put(Sign::Effect, cause && b.event_type == EventType::Assault);
        put(Sign::Content, cause && b.event_type != EventType::Assault);
        put(Sign::SameActor, share(&a.actors, &b.actors));
        put(Sign::OtherActor, apart(&a.actors, &b.actors));
        put(Sign::SameRecipient, share(&a.recipients, &b.recipients));
        put(Sign::OtherRecipient, apart(&a.recipients, &b.recipients));
        put(Sign::Strangers, strangers(scene, &a.recipients, &b.recipients));
        put(Sign::SamePlace, share_place(scene, a, b));
        put(Sign::OtherPlace, other_place(scene, a, b));
        let times = days(scene, a).zip(days(scene, b));
        put(Sign::SameTime, times.is_some_and(|(a, b)| a.0 <= b.1 && b.0 <= a.1));
        put(Sign::OtherTime, times.is_some_and(|(a, b)| a.1 < b.0 || b.1 < a.0));
        put(Sign::OtherMode, a.mode.is_some() && b.mode.is_some() && a.mode != b.mode);
        put(Sign::OtherStatus, a.status != b.status);
        put(Sign::Denied, (a.status == Status::Negated) != (b.status == Status::Negated));
        let determiner = determiner(scene, b.word);
        let noun = scene.upos(b.word) == Upos::Noun;
        put(Sign::Demonstrative, determiner == Some(Determiner::This));
        put(Sign::Definite, noun && determiner == Some(Determiner::The));
        put(Sign::Indefinite, noun && determiner == Some(Determiner::A));
        put(Sign::Plain, !noun);
        put(Sign::Anew, is_new(scene, b.word));
        let plural = |word| scene.word(word).morph.number() == Some(Number::Plur);
        let nouns = noun && scene.upos(a.word) == Upos::Noun;
        put(Sign::Nouns, nouns);
        put(Sign::Numbers, nouns && !general && plural(a.word) != plural(b.word));
        put(Sign::Announced, is_announced(scene, a.word));
        let sentence = |word| scene.evidence.syntax.sentence_of(word);
        let distance = sentence(b.word) - sentence(a.word).min(sentence(b.word));
        put(Sign::SameSentence, distance == 0);
        put(Sign::NextSentence, distance == 1);
        put(Sign::Far, distance > 8);
        // *Quatre personnes sont mortes et neuf ont été blessées*: two figures of one attack.
        let (toll, later_toll) = (families.is_toll(one), families.is_toll(other));
        let tolls = toll && later_toll && !same && distance <= 1;
        put(Sign::Tolls, tolls);
        put(Sign::Toll, !toll && later_toll && b.actors.is_empty() && distance <= 2);
        let joined = is_joined(scene, a.word, b.word) || is_joined(scene, b.word, a.word);
        put(Sign::Joined, joined && !tolls);
        let figures = [(a.killed, b.killed), (a.wounded, b.wounded)];
        let both = || figures.iter().filter_map(|&(a, b)| a.zip(b));
        put(Sign::SameFigure, both().any(|(a, b)| a == b));
        put(Sign::OtherFigure, both().any(|(a, b)| a != b));
        put(Sign::Assault, b.event_type == EventType::Assault);
        let anaphor = noun && matches!(determiner, Some(Determiner::The | Determiner::This));
        put(Sign::Again, same && anaphor);
        put(Sign::Earlier, is_earlier(scene, b.word) && !is_earlier(scene, a.word));
        put(Sign::Lead, is_announced(scene, a.word) && is_announced(scene, b.word) && distance > 0);
        signs
    }
}

/// What each sign weighs: the rows of `merging.tsv`.
#[derive(Clone, Debug)]
pub(crate) struct Weights {
    of: Vec<f32>,
}

impl Weights {
    pub(crate) fn parse(name: &str, text: &str) -> Result<Weights, LexiconError> {
        let mut of: HashMap<&str, f32> = HashMap::new();
        for row in rows(name, text) {
            let code = row.cell(0);
            let Some(&(_, code)) = Sign::ALL.iter().find(|(_, known)| *known == code) else {
                return Err(row.error(0, format!("`{code}` is no sign")));
            };
            let weight = row
                .cell(1)
                .parse()
                .ok()
                .filter(|weight: &f32| weight.is_finite())
                .ok_or_else(|| row.error(1, "no number"))?;
            of.insert(code, weight);
        }
        Ok(Weights { of: Sign::ALL.iter().map(|(_, code)| of.get(code).copied().unwrap_or(0.0)).collect() })
    }

    /// How much speaks for one happening: above 0, more than against it.
    pub(crate) fn sum(&self, signs: Signs) -> f32 {
        Sign::ALL.iter().filter(|(sign, _)| signs.has(*sign)).map(|&(sign, _)| self.of[sign as usize]).sum()
    }

    /// The signs that hold and weigh, the heaviest first, for readers.
    pub(crate) fn told(&self, signs: Signs) -> String {
        let mut held: Vec<(f32, &str)> = Sign::ALL
            .iter()
            .filter(|(sign, _)| signs.has(*sign) && *sign != Sign::Base)
            .map(|&(sign, code)| (self.of[sign as usize], code))
            .filter(|(weight, _)| *weight != 0.0)
            .collect();
        held.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
        held.iter().map(|(weight, code)| format!("{code} {weight:+.1}")).collect::<Vec<_>>().join(", ")
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Determiner {
    This,
    The,
    A,
}

fn determiner(scene: &Scene<'_>, word: WordId) -> Option<Determiner> {
    let det = scene
        .children(word)
        .find(|&child| child < word && matches!(scene.deprel(child), Deprel::Det | Deprel::Nummod))?;
    Some(match scene.lemma(det) {
        "ce" => Determiner::This,
        "le" | "son" | "leur" => Determiner::The,
        _ => Determiner::A,
    })
}

/// Whether a verb tells what was before the rest: *avait déjà attaqué*.
fn is_earlier(scene: &Scene<'_>, word: WordId) -> bool {
    scene.children(word).any(|child| {
        scene.lemma(child) == "déjà"
            || scene.deprel(child) == Deprel::AuxTense && scene.word(child).morph.tense() == Some(Tense::Imp)
    })
}

fn is_joined(scene: &Scene<'_>, first: WordId, second: WordId) -> bool {
    scene.deprel(second) == Deprel::Conj && scene.head(second) == Some(first)
}

/// Whether a noun is told apart from the acts before it: *d'autres combats*, *un deuxième attentat*.
fn is_new(scene: &Scene<'_>, word: WordId) -> bool {
    scene.upos(word) == Upos::Noun
        && scene
            .children(word)
            .any(|child| scene.deprel(child) == Deprel::Amod && scene.gives(child, Cue::Anew))
}

/// Whether a word stands in a headline, a caption or the lead, which announce what the article tells.
fn is_announced(scene: &Scene<'_>, word: WordId) -> bool {
    let sentence = scene.evidence.syntax.sentence_of(word);
    let region = scene.evidence.tokens.sentences()[sentence].region;
    let kind = scene.evidence.blocks.get(region as usize).map(|block| block.kind);
    sentence <= 3 || matches!(kind, Some(BlockKind::Title | BlockKind::Caption | BlockKind::Repeat))
}

/// *l'attaque a tué dix personnes*: the noun is the subject of the verb, or the verb's cause.
fn is_cause(scene: &Scene<'_>, noun: WordId, verb: WordId) -> bool {
    scene.head(noun) == Some(verb)
        && matches!(
            scene.deprel(noun),
            Deprel::Nsubj | Deprel::OblMod | Deprel::Obl | Deprel::OblAgent | Deprel::OblArg
        )
        || scene.head(verb) == Some(noun) && matches!(scene.deprel(verb), Deprel::Acl | Deprel::AclRelcl)
}

fn ids(side: &[Participant]) -> impl Iterator<Item = u32> + '_ {
    side.iter().filter_map(|participant| participant.actor.map(|actor| actor.0))
}

fn share(a: &[Participant], b: &[Participant]) -> bool {
    ids(a).any(|actor| ids(b).any(|other| actor == other))
}

/// Whether both sides are known and have nobody in common.
fn apart(a: &[Participant], b: &[Participant]) -> bool {
    ids(a).next().is_some() && ids(b).next().is_some() && !share(a, b)
}

/// Whether those that undergo two acts can't be the same: of different countries, or persons of different names.
///
/// *Une attaque sur la MINUSMA*, *un Casque bleu a été tué*: who is hit first in general, then one by one.
fn strangers(scene: &Scene<'_>, a: &[Participant], b: &[Participant]) -> bool {
    let actors = scene.evidence.actors;
    let known = |side: &[Participant]| ids(side).next().is_some();
    known(a)
        && known(b)
        && ids(a).all(|one| {
            ids(b).all(|other| {
                let (one_actor, other_actor) = (actors.actor(ActorId(one)), actors.actor(ActorId(other)));
                let persons = [one_actor, other_actor].iter().all(|actor| {
                    actor
                        .mentions
                        .first()
                        .is_some_and(|&at| actors.mentions()[at as usize].class == ActorClass::Person)
                });
                let countries = one_actor.country.zip(other_actor.country);
                one != other && (persons || countries.is_some_and(|(one, other)| one != other))
            })
        })
}

fn share_place(scene: &Scene<'_>, a: &EventMention, b: &EventMention) -> bool {
    a.places
        .iter()
        .any(|one| b.places.iter().any(|other| scene.place(one.place).id == scene.place(other.place).id))
}

/// Whether both places are known and neither holds the other.
fn other_place(scene: &Scene<'_>, a: &EventMention, b: &EventMention) -> bool {
    if a.places.is_empty() || b.places.is_empty() {
        return false;
    }
    let fits = a.places.iter().any(|one| {
        let one = scene.place(one.place);
        b.places.iter().any(|other| {
            let other = scene.place(other.place);
            one.id == other.id
                || one.within.contains(&other.id)
                || other.within.contains(&one.id)
                || one.within.is_empty() && one.country == other.country
                || other.within.is_empty() && one.country == other.country
        })
    });
    !fits
}

/// The days of a mention's time, if it is a date.
fn days(scene: &Scene<'_>, mention: &EventMention) -> Option<(Date, Date)> {
    let time = &scene.evidence.times[mention.time.as_ref()?.time as usize];
    if time.kind == TimeKind::Duration { None } else { time.value.days() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_sum_up_and_are_told_the_heaviest_first() {
        let weights = Weights::parse("m.tsv", "base\t-1\nsame word\t0.5\nother time\t-3\n").unwrap();
        let signs = Signs::default().with(Sign::Base).with(Sign::SameWord).with(Sign::OtherTime);
        assert!((weights.sum(signs) + 3.5).abs() < 1e-6);
        assert_eq!(weights.told(signs), "other time -3.0, same word +0.5");
    }

    #[test]
    fn wrong_cells_are_named_by_line_and_column() {
        for (table, at) in
            [("base\t-1\nsame verb\t1\n", (2, 1)), ("base\tmuch\n", (1, 2)), ("base\tinf\n", (1, 2))]
        {
            let error = Weights::parse("m.tsv", table).unwrap_err();
            assert_eq!((error.line(), error.column()), at, "{error}");
        }
    }

    #[test]
    fn every_sign_has_a_weight() {
        let table = include_str!("../data/merging.tsv");
        let missing: Vec<&str> = Sign::ALL
            .iter()
            .map(|&(_, code)| code)
            .filter(|code| !table.lines().any(|line| line.split('\t').next() == Some(code)))
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
