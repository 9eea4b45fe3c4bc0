use chronique_actors::{ActorClass, Count};
use chronique_syntax::{Deprel, Number, Upos, WordId};
use chronique_text::WordMap;

use crate::LexiconError;
use crate::cues::Cue;
use crate::scene::Scene;
use crate::table::rows;

/// What a figure counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Harm {
    Killed,
    Wounded,
}

/// Where those who are hit stand, seen from the word that tells it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Who {
    Undergoer,
    Subject,
    To,
    Of,
    Itself,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Way {
    harm: Harm,
    /// The object that the verb needs: *vie* in *perdre la vie*.
    object: Option<Box<str>>,
    pos: Upos,
    who: Who,
}

/// The ways in which news tell that people are killed or wounded, by their first lemma.
#[derive(Clone, Debug)]
pub(crate) struct Casualties {
    of: WordMap<Vec<Way>>,
}

/// A number of killed or wounded, as a word of the text tells it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Figure {
    pub(crate) harm: Harm,
    pub(crate) value: u32,
    /// The word that tells the harm.
    pub(crate) word: WordId,
    /// Whether the text states a number, and does not only name one person.
    pub(crate) stated: bool,
}

impl Casualties {
    pub(crate) fn parse(name: &str, text: &str) -> Result<Casualties, LexiconError> {
        let mut of: WordMap<Vec<Way>> = WordMap::default();
        for row in rows(name, text) {
            let harm = match row.cell(0) {
                "killed" => Harm::Killed,
                "wounded" => Harm::Wounded,
                other => return Err(row.error(0, format!("`{other}` is no figure: write killed or wounded"))),
            };
            let (lemma, object) = match row.cell(1).split_once(' ') {
                Some((lemma, object)) => (lemma, Some(object.into())),
                None => (row.cell(1), None),
            };
            if lemma.is_empty() {
                return Err(row.error(1, "a row needs a lemma"));
            }
            let pos = match row.cell(2) {
                "V" => Upos::Verb,
                "N" => Upos::Noun,
                "A" => Upos::Adj,
                other => return Err(row.error(2, format!("`{other}` is no part of speech: write V, N or A"))),
            };
            let who = match row.cell(3) {
                "obj" => Who::Undergoer,
                "nsubj" => Who::Subject,
                "à" => Who::To,
                "de" => Who::Of,
                "self" => Who::Itself,
                other => {
                    return Err(row.error(3, format!("`{other}`: write obj, nsubj, à, de or self")));
                }
            };
            of.entry(lemma.into()).or_default().push(Way { harm, object, pos, who });
        }
        Ok(Casualties { of })
    }

    /// The figure that a word tells. `acts` says whether the word is itself an act of violence, whose
    /// victims need not be known as people.
    pub(crate) fn figure(&self, scene: &Scene<'_>, word: WordId, acts: bool) -> Option<Figure> {
        let pos = scene.upos(word);
        let ways = self.of.get(scene.lemma(word))?;
        ways.iter().filter(|way| way.pos == pos && way.has_object(scene, word)).find_map(|way| {
            let told = |value, stated| Figure { harm: way.harm, value, word, stated };
            if let Some(value) = beside(scene, word) {
                return Some(told(value, true));
            }
            let who = settled(scene, word, way.who(scene, word)?);
            let who = one_of_several(scene, who).unwrap_or(who);
            let known = pos == Upos::Verb && acts;
            // *dix avions abattus*: machines are no victims.
            let people = pos == Upos::Noun && way.who == Who::Itself || !scene.gives(who, Cue::Machine);
            match count(scene, who).filter(|_| people) {
                Some(value) => Some(told(value, true)),
                None => (way.who != Who::Itself && agrees(scene, word, who) && one(scene, who, known))
                    .then(|| told(1, false)),
            }
        })
    }
}

impl Way {
    fn has_object(&self, scene: &Scene<'_>, word: WordId) -> bool {
        let Some(object) = &self.object else { return true };
        scene.children(word).any(|child| {
            matches!(scene.deprel(child), Deprel::Obj | Deprel::ObjLvc | Deprel::OblArg | Deprel::OblMod)
                && scene.lemma(child) == &**object
        })
    }

    /// The word for those who are hit.
    fn who(&self, scene: &Scene<'_>, word: WordId) -> Option<WordId> {
        match self.who {
            Who::Itself if self.pos == Upos::Adj => scene.head(word).filter(|&head| scene.is_nominal(head)),
            Who::Itself => Some(word),
            Who::Subject => Some(scene.subject(word)?.filler.word),
            Who::Undergoer if scene.is_passive(word) => Some(scene.subject(word)?.filler.word),
            Who::Undergoer => scene.objects(word).map(|object| object.word).next(),
            Who::Of => scene.children(word).find(|&child| {
                matches!(scene.deprel(child).base(), Deprel::Nmod | Deprel::Obl)
                    && scene.preposition(child) == Some("de")
            }),
            // *a coûté la vie à 25 personnes*: the tree may hang them on the life.
            Who::To => {
                let life = scene.child(word, Deprel::Obj);
                let below =
                    scene.children(word).chain(life.into_iter().flat_map(|life| scene.children(life)));
                below
                    .filter(|&child| child > word)
                    .find(|&child| scene.preposition(child) == Some("à") && count(scene, child).is_some())
            }
        }
    }
}

/// Those who are hit, where the tree goes astray: *Ce samedi, deux policiers ont été tués* with the day for
/// subject; *hommage à six soldats tués* with the participle hung on the verb.
fn settled(scene: &Scene<'_>, word: WordId, who: WordId) -> WordId {
    let beside = WordId(word.0.saturating_sub(1));
    if !agrees(scene, word, who) && scene.is_bare_participle(word) && scene.is_nominal(beside) {
        return beside;
    }
    // *Trois rebelles, dont deux chefs, ont été tués*: the part is not the count.
    let part = scene.children(who).any(|child| child < who && scene.lemma(child) == "dont");
    if let Some(whole) = scene.head(who).filter(|&whole| part && whole < who && scene.is_nominal(whole)) {
        return whole;
    }
    if scene.time_at(who).is_some() {
        let joined = scene
            .children(who)
            .find(|&child| scene.deprel(child) == Deprel::Conj && child < word && scene.is_nominal(child));
        return joined.unwrap_or(who);
    }
    who
}

/// Whether a participle may be said of a noun: *tués* of no singular.
fn agrees(scene: &Scene<'_>, word: WordId, who: WordId) -> bool {
    let number = |id: WordId| scene.word(id).morph.number();
    number(word) != Some(Number::Plur) || !scene.is_verbal(word) || number(who) != Some(Number::Sing)
}

/// The numeral right before the word itself, wherever the tree hangs the two and whatever the tagger takes the
/// word for: *cinq tués et trente autres blessés*, *une dizaine d'autres blessés*.
fn beside(scene: &Scene<'_>, word: WordId) -> Option<u32> {
    if scene.is_verbal(word) && !scene.is_bare_participle(word) {
        return None;
    }
    let start = scene.sentence(word).start;
    let mut between = (start.max(word.0.saturating_sub(4))..word.0).rev().map(WordId);
    let counts = between.find(|&before| !matches!(scene.lemma(before), "de" | "autre"))?;
    match scene.upos(counts) {
        Upos::Num => count(scene, word),
        Upos::Noun if Count::is_quantity(scene.evidence.syntax, scene.evidence.text, counts) => {
            count(scene, counts)
        }
        _ => None,
    }
}

/// The figure that the text states for a noun phrase: *trois soldats*, *une dizaine de civils*, *un soldat*.
fn count(scene: &Scene<'_>, noun: WordId) -> Option<u32> {
    let evidence = scene.evidence;
    let noun = if scene.upos(noun) == Upos::Pron { noun } else { scene.counted(noun) };
    if scene.time_at(noun).is_some() || scene.gives(noun, Cue::Collective) {
        return None;
    }
    let known = evidence.actors.headed_by(noun).and_then(|mention| mention.count);
    let count = known.or_else(|| Count::of(evidence.syntax, evidence.text, noun));
    count.filter(|count| count.stated && count.value > 0).map(|count| count.value)
}

/// The pronoun over those of whom it takes one: *un de ses gardes*.
fn one_of_several(scene: &Scene<'_>, those: WordId) -> Option<WordId> {
    scene.head(those).filter(|&over| {
        scene.upos(over) == Upos::Pron && scene.lemma(over) == "un" && scene.counted(over) == those
    })
}

/// Whether the words name one person: by name, by what they are, or by a pronoun.
fn one(scene: &Scene<'_>, who: WordId, known: bool) -> bool {
    let morph = scene.word(who).morph;
    if morph.number() == Some(Number::Plur)
        || scene.gives(who, Cue::Collective)
        || scene.place_at(who).is_some()
        || scene.time_at(who).is_some()
        || scene.children(who).any(|child| scene.deprel(child) == Deprel::Conj)
    {
        return false;
    }
    match scene.upos(who) {
        Upos::Pron => known && morph.number() == Some(Number::Sing) && scene.gives(who, Cue::OnePronoun),
        Upos::Noun | Upos::Propn => {
            let plural = scene.children(who).any(|child| {
                scene.deprel(child) == Deprel::Det && scene.word(child).morph.number() == Some(Number::Plur)
            });
            if plural || scene.gives(who, Cue::Machine) {
                return false;
            }
            match scene.evidence.actors.headed_by(who).map(|mention| mention.class) {
                Some(ActorClass::Person | ActorClass::People) => true,
                Some(_) => scene.gives(who, Cue::Human),
                None => scene.gives(who, Cue::Human) || scene.is_named(who) || known,
            }
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_cells_are_named_by_line_and_column() {
        for (table, at) in [
            ("hurt\tblesser\tV\tobj\n", (1, 1)),
            ("# note\nwounded\t\tV\tobj\n", (2, 2)),
            ("wounded\tblesser\tX\tobj\n", (1, 3)),
            ("wounded\tblesser\tV\tsubject\n", (1, 4)),
        ] {
            let error = Casualties::parse("c.tsv", table).unwrap_err();
            assert_eq!((error.line(), error.column()), at, "{error}");
        }
    }
}
