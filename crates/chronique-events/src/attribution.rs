use chronique_syntax::{Deprel, Number, Upos, VerbForm, WordId};
use chronique_text::Span;

use crate::Attribution;
use crate::cues::Cue;
use crate::scene::Scene;

/// Over how many sentences a quotation is followed to the one that names its speaker, and a pronoun to who spoke last.
const QUOTED: usize = 3;

/// Who says something, and the word that says so.
#[derive(Clone, Copy)]
struct Voice {
    source: WordId,
    cue: WordId,
}

/// Who speaks in each sentence, and which sentences stand inside a quotation that another one opens.
pub(crate) struct Voices {
    /// By sentence: an inserted clause of speech, *a indiqué le ministère*.
    inserted: Vec<Option<Voice>>,
    /// By sentence: whether a quotation is open at its start, and at its end.
    quoted: Vec<(bool, bool)>,
    /// By sentence: the verb of speech that opens a quotation, *X a déclaré : « …*.
    opening: Vec<Option<Voice>>,
    /// What stands between quotation marks, in order.
    quotations: Vec<Span>,
    /// Those named in words who speak outside quotations, in order.
    named: Vec<Voice>,
}

impl Voices {
    pub(crate) fn new(scene: &Scene<'_>) -> Voices {
        let evidence = scene.evidence;
        let mut voices = Voices {
            inserted: Vec::new(),
            quoted: Vec::new(),
            opening: Vec::new(),
            quotations: Vec::new(),
            named: Vec::new(),
        };
        let mut open: Option<u32> = None;
        let mut block = None;
        for (words, sentence) in evidence.syntax.sentences().zip(evidence.tokens.sentences()) {
            // A quotation that a paragraph forgets to close ends with it.
            if block != Some(sentence.region) {
                (block, open) = (Some(sentence.region), None);
            }
            let at_start = open.is_some();
            for token in
                &evidence.tokens.as_slice()[sentence.tokens.start as usize..sentence.tokens.end as usize]
            {
                let (opens, closes) = match evidence.text.slice(token.span) {
                    "«" | "“" => (true, false),
                    "»" | "”" => (false, true),
                    "\"" => (open.is_none(), open.is_some()),
                    _ => continue,
                };
                if let Some(start) = open.filter(|_| closes) {
                    voices.quotations.push(Span::new(start, token.span.end()));
                }
                open = if opens { open.or(Some(token.span.start())) } else { None };
            }
            voices.quoted.push((at_start, open.is_some()));
            let words = || words.clone().map(WordId);
            voices.opening.push(words().find_map(|verb| opening_voice(scene, verb)));
            voices.inserted.push(words().find_map(|verb| inserted_voice(scene, verb)));
        }
        voices.named = voices.named_in_words(scene);
        voices
    }

    /// Those named in words who speak outside quotations.
    fn named_in_words(&self, scene: &Scene<'_>) -> Vec<Voice> {
        let words = (0..).map(WordId).take(scene.evidence.syntax.words().len());
        let said = words.filter_map(|cue| {
            let voice = if scene.gives(cue, Cue::According) {
                let source = scene.head(cue).filter(|&source| scene.is_nominal(source))?;
                Voice { source, cue }
            } else {
                let told = inserted_voice(scene, cue);
                told.or_else(|| source(scene, cue).filter(|_| scene.gives(cue, Cue::Speech)))?
            };
            let named = !is_pronoun(scene, voice.source) && speaks(scene, voice.source);
            (named && !self.is_quoted(scene.word(cue).span)).then_some(voice)
        });
        let mut named: Vec<Voice> = said.collect();
        named.sort_by_key(|voice| voice.source);
        named
    }

    /// Whether some words stand between quotation marks.
    fn is_quoted(&self, span: Span) -> bool {
        let after = self.quotations.partition_point(|quotation| quotation.end() < span.end());
        self.quotations.get(after).is_some_and(|quotation| quotation.start() <= span.start())
    }

    /// Who reports an act: *selon l'armée*, *a indiqué le ministère*, *X affirme que…*, *accuse X d'avoir…*.
    pub(crate) fn attribution(&self, scene: &Scene<'_>, anchor: WordId) -> Option<Attribution> {
        let found = claimed(scene, anchor).or_else(|| {
            let told = || {
                according(scene, anchor)
                    .or_else(|| speech(scene, anchor))
                    .or_else(|| self.beside(scene, anchor))
                    .or_else(|| like(scene, anchor))
                    .or_else(|| reported(scene, anchor))
                    .or_else(|| source(scene, scene.speech_before(anchor)?))
                    .or_else(|| self.opened(scene, anchor))
            };
            (!is_background(scene, anchor)).then(told).flatten()
        })?;
        let span = self.span(scene, found.source)?;
        Some(Attribution { span, cue: scene.word(found.cue).span })
    }

    /// The words of a source; for a pronoun, of whom it stands for. Nobody speaks of himself from within his quotation:
    /// *« Un rebelle a tiré », a-t-il dit* is whoever spoke last.
    fn span(&self, scene: &Scene<'_>, source: WordId) -> Option<Span> {
        if !is_pronoun(scene, source) {
            return Some(source_span(scene, source));
        }
        let full = scene.evidence.actors.headed_by(source).map(|mention| scene.full(mention));
        let outside = full.filter(|full| full.head != source && !self.is_quoted(full.span));
        outside
            .map(|_| scene.participant_span(source))
            .or_else(|| Some(source_span(scene, self.last_speaker(scene, source)?)))
    }

    /// Who of the same gender and number spoke last before a pronoun, not far back.
    fn last_speaker(&self, scene: &Scene<'_>, pronoun: WordId) -> Option<WordId> {
        let sentence = |word| scene.evidence.syntax.sentence_of(word);
        let here = sentence(pronoun);
        let plural = |word| scene.word(word).morph.number() == Some(Number::Plur);
        let gender = |word| scene.word(word).morph.gender();
        let agrees = |word| {
            plural(word) == plural(pronoun)
                && gender(word).zip(gender(pronoun)).is_none_or(|(one, other)| one == other)
        };
        let before = self.named.partition_point(|voice| voice.source < pronoun);
        let near = |voice: &&Voice| sentence(voice.source) + QUOTED >= here;
        let mut before = self.named[..before].iter().rev().take_while(near);
        before.find(|voice| sentence(voice.source) < here && agrees(voice.source)).map(|voice| voice.source)
    }

    /// The speaker who opens the quotation that an act stands in.
    fn opened(&self, scene: &Scene<'_>, anchor: WordId) -> Option<Voice> {
        let number = scene.evidence.syntax.sentence_of(anchor);
        let mut at = number;
        let mut found = self.opening[at].filter(|voice| voice.cue < anchor);
        while found.is_none() && self.quoted[at].0 && at > 0 && at + QUOTED > number {
            at -= 1;
            found = self.opening[at].filter(|_| self.quoted[at].1);
        }
        found
    }

    /// The speaker of a clause of speech inserted in the sentence, or in the one that ends its quotation.
    fn beside(&self, scene: &Scene<'_>, anchor: WordId) -> Option<Voice> {
        let number = scene.evidence.syntax.sentence_of(anchor);
        let here = self.inserted[number].filter(|&Voice { cue, .. }| {
            cue != anchor && !scene.evidence.syntax.subtree(anchor).contains(&cue.0) || anchor < cue
        });
        let found = here.or_else(|| {
            let mut at = number;
            while self.quoted[at].1 && at < number + QUOTED {
                at += 1;
                if let Some(&Some(found)) = self.inserted.get(at) {
                    return Some(found);
                }
                if at >= self.quoted.len() {
                    break;
                }
            }
            let mut at = number;
            while self.quoted[at].0 && at > 0 && at + QUOTED > number {
                at -= 1;
                if let Some(found) = self.inserted[at] {
                    return Some(found);
                }
            }
            // *« … », a affirmé le colonel. « L'ennemi a attaqué… »*: who spoke last goes on.
            let words = scene.evidence.syntax.sentence(number);
            let opens = matches!(scene.evidence.text.slice(scene.word(WordId(words.start)).span), "«" | "“");
            let closed = (words.start + 1..anchor.0)
                .map(WordId)
                .any(|word| matches!(scene.evidence.text.slice(scene.word(word).span), "»" | "”"));
            let last = number.checked_sub(1).filter(|_| opens && !closed)?;
            let near = scene.evidence.tokens.sentences();
            self.inserted[last].filter(|_| near[last].region == near[number].region)
        })?;
        (found.cue != anchor).then_some(found)
    }
}

/// Whether a known act only says when something else is: *selon l'armée, dix hommes sont morts depuis le début de la
/// guerre*; but not *dix hommes ont été blessés lors d'une émeute*.
fn is_background(scene: &Scene<'_>, anchor: WordId) -> bool {
    let mut at = anchor;
    for _ in 0..6 {
        if scene.is_verbal(at) {
            return false;
        }
        let known =
            scene.child(at, Deprel::Det).is_some_and(|det| matches!(scene.lemma(det), "le" | "son" | "leur"));
        let when = scene.children(at).any(|child| {
            child < at
                && matches!(scene.deprel(child), Deprel::Case | Deprel::Mark | Deprel::Advmod)
                && (scene.gives(child, Cue::OtherWhen) && !matches!(scene.lemma(child), "suite" | "avant")
                    || is_during(scene, child))
        });
        match scene.head(at) {
            Some(head) if !when => at = head,
            _ => return when && known,
        }
    }
    false
}

/// *lors de*, of which the tree may make one preposition or two words.
fn is_during(scene: &Scene<'_>, case: WordId) -> bool {
    let before = case.0.checked_sub(1).filter(|&before| before >= scene.sentence(case).start).map(WordId);
    scene.lemma(case).starts_with("lors") || before.is_some_and(|before| scene.lemma(before) == "lors")
}

/// The speaker of a clause with *comme*: *…, comme l'a annoncé le préfet*.
fn like(scene: &Scene<'_>, anchor: WordId) -> Option<Voice> {
    let cue = scene.evidence.syntax.ancestors(anchor).take(8).chain([anchor]).find_map(|above| {
        scene.children(above).find(|&child| {
            scene.deprel(child) == Deprel::Advcl
                && scene.gives(child, Cue::Speech)
                && behind_like(scene, child).is_some()
        })
    })?;
    if scene.evidence.syntax.subtree(cue).contains(&anchor.0) {
        return None;
    }
    Some(Voice { source: behind_like(scene, cue)?, cue })
}

/// The source of a clause of speech that follows what it reports: *…, a indiqué le ministère*, *… », a-t-il dit*.
fn inserted_voice(scene: &Scene<'_>, verb: WordId) -> Option<Voice> {
    Some(Voice { source: inserted_source(scene, verb)?, cue: verb })
}

fn inserted_source(scene: &Scene<'_>, verb: WordId) -> Option<WordId> {
    let speech = scene.gives(verb, Cue::Speech) || scene.gives(verb, Cue::Inserts);
    if !scene.is_verbal(verb) || !speech {
        return None;
    }
    let auxiliary =
        scene.children(verb).filter(|&child| child < verb && scene.deprel(child).base() == Deprel::Aux).min();
    let first = auxiliary.unwrap_or(verb);
    // *« … », s'interroge le maire*
    let clitic = WordId(first.0.saturating_sub(1));
    let reflexive = first.0 > scene.sentence(verb).start && scene.is_reflexive(clitic);
    let first = if reflexive { clitic } else { first };
    let before = WordId(first.0.checked_sub(1).filter(|&before| before >= scene.sentence(verb).start)?);
    let cut =
        matches!(scene.evidence.text.slice(scene.word(before).span), "," | "»" | "”" | "\"" | "—" | "–");
    if !cut || scene.children(verb).any(|child| child < first && scene.deprel(child).base() == Deprel::Nsubj)
    {
        return None;
    }
    // *a-t-on appris auprès de la police*, *a-t-on indiqué de source militaire*
    let impersonal = scene.children(verb).any(|child| scene.lemma(child) == "on");
    if impersonal {
        let near = (verb.0 + 1..scene.sentence(verb).end.min(verb.0 + 8)).map(WordId);
        return near.filter(|&word| scene.is_nominal(word)).find(|&word| speaks(scene, word));
    }
    let after = scene.children(verb).filter(|&child| child > first);
    let mut sources = after.filter(|&child| {
        matches!(scene.deprel(child).base(), Deprel::Nsubj | Deprel::Obj | Deprel::Xcomp | Deprel::Dep)
            && scene.is_nominal(child)
    });
    sources.find(|&source| speaks(scene, source)).or_else(|| behind_agency(scene, verb))
}

/// *… », a expliqué à l'AFP Jeanne Dupont*: the tree takes the speaker for a part of the agency's name.
fn behind_agency(scene: &Scene<'_>, verb: WordId) -> Option<WordId> {
    let agency = scene.children(verb).find(|&child| {
        let text = scene.evidence.text.slice(scene.word(child).span);
        child > verb
            && scene.preposition(child) == Some("à")
            && text.len() > 1
            && text.chars().all(char::is_uppercase)
    })?;
    let name = WordId(agency.0 + 1);
    let behind = scene.children(agency).any(|child| child == name);
    (behind && scene.upos(name) == Upos::Propn).then_some(name)
}

/// The source of a verb of speech that a quotation follows: *X a déclaré : « …*.
fn opening_voice(scene: &Scene<'_>, verb: WordId) -> Option<Voice> {
    if !scene.is_verbal(verb) || !scene.gives(verb, Cue::Speech) {
        return None;
    }
    let text = |word: WordId| scene.evidence.text.slice(scene.word(word).span);
    // *X lance une « opération »* opens no speech: the mark follows the verb or a colon.
    let mut near = (verb.0 + 1..scene.sentence(verb).end.min(verb.0 + 16)).map(WordId);
    near.find(|&word| {
        matches!(text(word), "«" | "“" | "\"") && (word.0 == verb.0 + 1 || text(WordId(word.0 - 1)) == ":")
    })?;
    let source = scene.subject(verb).filter(|subject| !subject.undergoes)?.filler.word;
    (source < verb && speaks(scene, source)).then_some(Voice { source, cue: verb })
}

/// Whether a word stands for somebody named before: *il*, *elles*, *ces derniers*.
fn is_pronoun(scene: &Scene<'_>, word: WordId) -> bool {
    match scene.upos(word) {
        Upos::Pron => matches!(scene.lemma(word), "il" | "elle" | "ils" | "elles" | "lui" | "eux"),
        _ => {
            scene.lemma(word) == "dernier"
                && scene.child(word, Deprel::Det).is_some_and(|det| scene.lemma(det) == "ce")
        }
    }
}

/// Whether a word can name a speaker.
fn speaks(scene: &Scene<'_>, word: WordId) -> bool {
    if is_pronoun(scene, word) {
        return true;
    }
    if scene.upos(word) == Upos::Pron {
        return scene.evidence.actors.headed_by(word).is_some();
    }
    // A noun without article is a name that the tagger does not know.
    let bare = scene.upos(word) == Upos::Noun && scene.child(word, Deprel::Det).is_none();
    let capital = scene.evidence.text.slice(scene.word(word).span).starts_with(char::is_uppercase);
    !scene.classes(word).is_none()
        || scene.gives(word, Cue::Source)
        || scene.upos(word) == Upos::Propn
        || bare && capital && scene.time_at(word).is_none()
}

/// *selon X*, *d'après X*, *de source Y* in the clauses above the act.
fn according(scene: &Scene<'_>, anchor: WordId) -> Option<Voice> {
    let sentence = scene.sentence(anchor);
    if let Some(found) = believed(scene, anchor) {
        return Some(found);
    }
    sentence.clone().map(WordId).find_map(|at| {
        let lemma = scene.lemma(at);
        let cue = scene.cues.gives(lemma, Cue::According)
            || lemma == "après"
                && at.0 > sentence.start
                && matches!(scene.lemma(WordId(at.0 - 1)), "de" | "d'");
        if !cue {
            return None;
        }
        // In *d'après X* the tree hangs *après* on *d'*.
        let over = scene.head(at)?;
        let source =
            if scene.is_nominal(over) { over } else { scene.head(over).filter(|_| lemma == "après")? };
        if !scene.is_nominal(source) || source == anchor {
            return None;
        }
        // *selon l'annonce du gouvernement*: who announces is the source.
        let source = if speaks(scene, source) {
            source
        } else {
            // *selon l'annonce faite par la présidence*
            let made = scene.children(source).filter(|&child| scene.deprel(child).base() == Deprel::Acl);
            let by = made.filter_map(|made| scene.child(made, Deprel::OblAgent));
            let of = scene.children(source).filter(|&child| scene.deprel(child) == Deprel::Nmod);
            of.chain(by).find(|&word| speaks(scene, word))?
        };
        // It speaks for the clause that it hangs on and all below.
        let scope = scene.evidence.syntax.ancestors(source).find(|&above| scene.is_verbal(above));
        let covers = scope.is_none_or(|scope| scene.evidence.syntax.subtree(scope).contains(&anchor.0));
        // At the head or the end of a sentence it speaks for all of it.
        let last = scene.evidence.syntax.subtree(source).end;
        let whole = at.0 <= sentence.start + 1 || last + 1 >= sentence.end;
        (covers || whole).then_some(Voice { source, cue: at })
    })
}

/// *À en croire l'opposition*, *si l'on en croit l'ONU*, at the head of a sentence.
fn believed(scene: &Scene<'_>, anchor: WordId) -> Option<Voice> {
    /// Nothing but *si l'on en* stands before.
    const OPENING: u32 = 6;
    let start = scene.sentence(anchor).start;
    let verb = (start + 1..anchor.0.min(start + OPENING)).map(WordId).find(|&verb| {
        scene.is_verbal(verb) && scene.lemma(verb) == "croire" && scene.lemma(WordId(verb.0 - 1)) == "en"
    })?;
    let source = scene.children(verb).find(|&child| child > verb && scene.is_nominal(child))?;
    speaks(scene, source).then_some(Voice { source, cue: verb })
}

/// Who speaks in a clause with *comme*, behind its verb; the tree may take *l'* for the subject and the speaker for the object.
fn behind_like(scene: &Scene<'_>, verb: WordId) -> Option<WordId> {
    let like = || scene.child(verb, Deprel::Mark).is_some_and(|mark| scene.lemma(mark) == "comme");
    let elided = || {
        let subject = scene.child(verb, Deprel::Nsubj)?;
        matches!(scene.evidence.text.slice(scene.word(subject).span), "l'" | "l’").then_some(())
    };
    let object = || {
        let mut objects = scene.objects(verb).map(|object| object.word);
        objects.find(|&word| word > verb && !scene.classes(word).is_none())
    };
    scene.inverted(verb).or_else(|| (like() && elided().is_some()).then(object).flatten())
}

/// The words of a source; of a document or a figure with whose it is: *selon les chiffres du ministère de la Défense*.
fn source_span(scene: &Scene<'_>, source: WordId) -> Span {
    let span = scene.participant_span(source);
    // *à l'AFP Jeanne Dupont*, hung on the agency word by word
    if scene.deprel(source).base() == Deprel::Flat && scene.mention_at(source).is_none() {
        let rest = (source.0 + 1..scene.sentence(source).end).map(WordId);
        let name = rest.take_while(|&word| {
            scene.head(word) == scene.head(source) && scene.deprel(word).base() == Deprel::Flat
        });
        return name.fold(span, |span, word| span.cover(scene.word(word).span));
    }
    if !scene.classes(source).is_none() || scene.upos(source) != Upos::Noun {
        return span;
    }
    let owner = scene.children(source).find(|&child| {
        scene.deprel(child) == Deprel::Nmod && scene.preposition(child) == Some("de") && speaks(scene, child)
    });
    owner.map_or(span, |owner| span.cover(scene.participant_span(owner)))
}

/// *un attentat revendiqué par X*: who claims an act reports it.
fn claimed(scene: &Scene<'_>, anchor: WordId) -> Option<Voice> {
    let claims = |&child: &WordId| {
        scene.gives(child, Cue::Claim)
            && matches!(scene.deprel(child), Deprel::Acl | Deprel::Amod | Deprel::AclRelcl)
    };
    let verb = scene.children(anchor).find(claims).filter(|&verb| !scene.is_denied(verb))?;
    source(scene, verb)
}

/// A verb of speech, accusation or suspicion above the act.
fn speech(scene: &Scene<'_>, anchor: WordId) -> Option<Voice> {
    let mut at = anchor;
    // *a déclaré dans un communiqué que…*: the tree may hang the clause on a word between.
    let mut carried = false;
    // *accuse le régime d'être à l'origine de*: it may hang the infinitive on who is accused.
    let mut infinitive = false;
    for _ in 0..12 {
        let head = scene.head(at)?;
        if scene.is_verbal(head) {
            let deprel = scene.deprel(at);
            let clause = scene.is_verbal(at)
                && matches!(deprel, Deprel::Ccomp | Deprel::Xcomp | Deprel::Parataxis)
                && scene.gives(head, Cue::Speech);
            // *a parlé d'une attaque*
            let spoken_of =
                matches!(deprel, Deprel::Obl | Deprel::OblArg) && scene.preposition(at) == Some("de");
            let told = (matches!(deprel, Deprel::Obj | Deprel::NsubjPass) || spoken_of)
                && scene.gives(head, Cue::Tells)
                && !scene.is_denied(head);
            let charged = scene.gives(head, Cue::Charges)
                && (infinitive && deprel == Deprel::Obj
                    || matches!(
                        deprel,
                        Deprel::Ccomp | Deprel::Xcomp | Deprel::Advcl | Deprel::Obl | Deprel::OblArg
                    ));
            // *fait état de dix morts*, *a fait savoir que*
            let lets_know = at > head
                && scene.lemma(head) == "faire"
                && !scene.is_denied(head)
                && scene.children(head).any(|child| {
                    (head < child && child < anchor)
                        && matches!(scene.lemma(child), "état" | "savoir" | "part")
                });
            if lets_know || clause || told || charged || carried && scene.gives(head, Cue::Speech) {
                return source(scene, head);
            }
        }
        carried = scene.deprel(at) == Deprel::Ccomp && scene.finite(at).is_some()
            || carried && !scene.is_verbal(head);
        infinitive = scene.deprel(at) == Deprel::Acl
            && scene.word(at).morph.verb_form() == Some(VerbForm::Inf)
            && scene.is_nominal(head);
        at = head;
    }
    None
}

/// *L'armée affirme dans un communiqué que…*: the verb of speech before a clause with *que*, wherever the tree hangs
/// what the clause says.
fn reported(scene: &Scene<'_>, anchor: WordId) -> Option<Voice> {
    /// Between the verb and *que* stand a time, a place, to whom it is said.
    const BETWEEN: u32 = 12;
    let start = scene.sentence(anchor).start;
    let is_que = |word: WordId| scene.upos(word) == Upos::Sconj && scene.lemma(word) == "que";
    let verb = (start..anchor.0).rev().map(WordId).find(|&verb| {
        scene.is_verbal(verb)
            && scene.gives(verb, Cue::Speech)
            && scene.finite(verb).is_some()
            && (verb.0 + 1..anchor.0.min(verb.0 + BETWEEN)).map(WordId).any(is_que)
    })?;
    let between = (verb.0 + 1..anchor.0).map(WordId);
    let over =
        between.clone().any(|word| matches!(scene.evidence.text.slice(scene.word(word).span), "»" | ";"));
    if over { None } else { source(scene, verb) }
}

/// The source that a verb of speech names: its subject, or the agent of a passive.
fn source(scene: &Scene<'_>, verb: WordId) -> Option<Voice> {
    let source = if scene.is_passive(verb) {
        scene.children(verb).find(|&child| {
            scene.deprel(child) == Deprel::OblAgent || scene.preposition(child) == Some("par")
        })?
    } else {
        scene.subject(verb)?.filler.word
    };
    speaks(scene, source).then_some(Voice { source, cue: verb })
}
