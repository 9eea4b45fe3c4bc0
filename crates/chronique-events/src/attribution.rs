use chronique_syntax::{Deprel, Upos, WordId};
use chronique_text::Span;

use crate::Attribution;
use crate::cues::Cue;
use crate::scene::Scene;

/// Over how many sentences a quotation is followed to the one that names its speaker.
const QUOTED: usize = 3;

/// Who speaks in each sentence, and which sentences stand inside a quotation that another one opens.
pub(crate) struct Voices {
    /// By sentence: the verb of an inserted clause of speech, *a indiqué le ministère*, and its source.
    inserted: Vec<Option<(WordId, WordId)>>,
    /// By sentence: whether a quotation is open at its start, and at its end.
    quoted: Vec<(bool, bool)>,
    /// By sentence: the verb of speech that opens a quotation, *X a déclaré : « …*, and its source.
    opening: Vec<Option<(WordId, WordId)>>,
}

impl Voices {
    pub(crate) fn new(scene: &Scene<'_>) -> Voices {
        let evidence = scene.evidence;
        let mut inserted = Vec::new();
        let mut quoted = Vec::new();
        let mut opening = Vec::new();
        let mut open = false;
        let mut block = None;
        for (words, sentence) in evidence.syntax.sentences().zip(evidence.tokens.sentences()) {
            // A quotation that a paragraph forgets to close ends with it.
            if block != Some(sentence.region) {
                (block, open) = (Some(sentence.region), false);
            }
            let at_start = open;
            for token in
                &evidence.tokens.as_slice()[sentence.tokens.start as usize..sentence.tokens.end as usize]
            {
                match evidence.text.slice(token.span) {
                    "«" | "“" => open = true,
                    "»" | "”" => open = false,
                    "\"" => open = !open,
                    _ => {}
                }
            }
            quoted.push((at_start, open));
            opening
                .push(words.clone().map(WordId).find_map(|verb| Some((verb, opening_source(scene, verb)?))));
            inserted.push(words.map(WordId).find_map(|verb| Some((verb, inserted_source(scene, verb)?))));
        }
        Voices { inserted, quoted, opening }
    }

    /// The speaker of a clause with *comme*: *…, comme l'a annoncé le préfet*.
    fn like(scene: &Scene<'_>, anchor: WordId) -> Option<Attribution> {
        let verb = scene.evidence.syntax.ancestors(anchor).take(8).chain([anchor]).find_map(|above| {
            scene.children(above).find(|&child| {
                scene.deprel(child) == Deprel::Advcl
                    && scene.gives(child, Cue::Speech)
                    && behind_like(scene, child).is_some()
            })
        })?;
        if scene.evidence.syntax.subtree(verb).contains(&anchor.0) {
            return None;
        }
        let speaker = behind_like(scene, verb)?;
        Some(Attribution { span: scene.participant_span(speaker), cue: scene.word(verb).span })
    }

    /// Who reports an act: *selon l'armée*, *a indiqué le ministère*, *X affirme que…*, *accuse X d'avoir…*.
    pub(crate) fn attribution(&self, scene: &Scene<'_>, anchor: WordId) -> Option<Attribution> {
        according(scene, anchor)
            .or_else(|| claimed(scene, anchor))
            .or_else(|| speech(scene, anchor))
            .or_else(|| self.beside(scene, anchor))
            .or_else(|| Self::like(scene, anchor))
            .or_else(|| reported(scene, anchor))
            .or_else(|| source(scene, scene.speech_before(anchor)?))
            .or_else(|| self.opened(scene, anchor))
    }

    /// The speaker who opens the quotation that an act stands in.
    fn opened(&self, scene: &Scene<'_>, anchor: WordId) -> Option<Attribution> {
        let number = scene.evidence.syntax.sentence_of(anchor);
        let mut at = number;
        let mut found = self.opening[at].filter(|&(verb, _)| verb < anchor);
        while found.is_none() && self.quoted[at].0 && at > 0 && at + QUOTED > number {
            at -= 1;
            found = self.opening[at].filter(|_| self.quoted[at].1);
        }
        let (verb, source) = found?;
        Some(Attribution { span: scene.participant_span(source), cue: scene.word(verb).span })
    }

    /// The speaker of a clause of speech inserted in the sentence, or in the one that ends its quotation.
    fn beside(&self, scene: &Scene<'_>, anchor: WordId) -> Option<Attribution> {
        let number = scene.evidence.syntax.sentence_of(anchor);
        let here = self.inserted[number].filter(|&(verb, _)| {
            verb != anchor && !scene.evidence.syntax.subtree(anchor).contains(&verb.0) || anchor < verb
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
        let (verb, source) = found;
        (verb != anchor)
            .then(|| Attribution { span: scene.participant_span(source), cue: scene.word(verb).span })
    }
}

/// The source of a clause of speech that follows what it reports: *…, a indiqué le ministère*, *… », a-t-il dit*.
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
    sources.find(|&source| speaks(scene, source))
}

/// The source of a verb of speech that a quotation follows: *X a déclaré : « …*.
fn opening_source(scene: &Scene<'_>, verb: WordId) -> Option<WordId> {
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
    (source < verb && speaks(scene, source)).then_some(source)
}

/// Whether a word can name a speaker.
fn speaks(scene: &Scene<'_>, word: WordId) -> bool {
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
fn according(scene: &Scene<'_>, anchor: WordId) -> Option<Attribution> {
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
        (covers || whole).then(|| Attribution { span: source_span(scene, source), cue: scene.word(at).span })
    })
}

/// *À en croire l'opposition*, *si l'on en croit l'ONU*, at the head of a sentence.
fn believed(scene: &Scene<'_>, anchor: WordId) -> Option<Attribution> {
    /// Nothing but *si l'on en* stands before.
    const OPENING: u32 = 6;
    let start = scene.sentence(anchor).start;
    let verb = (start + 1..anchor.0.min(start + OPENING)).map(WordId).find(|&verb| {
        scene.is_verbal(verb) && scene.lemma(verb) == "croire" && scene.lemma(WordId(verb.0 - 1)) == "en"
    })?;
    let source = scene.children(verb).find(|&child| child > verb && scene.is_nominal(child))?;
    speaks(scene, source)
        .then(|| Attribution { span: scene.participant_span(source), cue: scene.word(verb).span })
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
    if !scene.classes(source).is_none() || scene.upos(source) != Upos::Noun {
        return span;
    }
    let owner = scene.children(source).find(|&child| {
        scene.deprel(child) == Deprel::Nmod && scene.preposition(child) == Some("de") && speaks(scene, child)
    });
    owner.map_or(span, |owner| span.cover(scene.participant_span(owner)))
}

/// *un attentat revendiqué par X*: who claims an act reports it.
fn claimed(scene: &Scene<'_>, anchor: WordId) -> Option<Attribution> {
    let claims = |&child: &WordId| {
        scene.gives(child, Cue::Claim)
            && matches!(scene.deprel(child), Deprel::Acl | Deprel::Amod | Deprel::AclRelcl)
    };
    let verb = scene.children(anchor).find(claims).filter(|&verb| !scene.is_denied(verb))?;
    source(scene, verb)
}

/// A verb of speech, accusation or suspicion above the act.
fn speech(scene: &Scene<'_>, anchor: WordId) -> Option<Attribution> {
    let mut at = anchor;
    // *a déclaré dans un communiqué que…*: the tree may hang the clause on a word between.
    let mut carried = false;
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
                && matches!(
                    deprel,
                    Deprel::Ccomp | Deprel::Xcomp | Deprel::Advcl | Deprel::Obl | Deprel::OblArg
                );
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
        at = head;
    }
    None
}

/// *L'armée affirme dans un communiqué que…*: the verb of speech before a clause with *que*, wherever the tree hangs
/// what the clause says.
fn reported(scene: &Scene<'_>, anchor: WordId) -> Option<Attribution> {
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
fn source(scene: &Scene<'_>, verb: WordId) -> Option<Attribution> {
    let source = if scene.is_passive(verb) {
        scene.children(verb).find(|&child| {
            scene.deprel(child) == Deprel::OblAgent || scene.preposition(child) == Some("par")
        })?
    } else {
        scene.subject(verb)?.filler.word
    };
    speaks(scene, source)
        .then(|| Attribution { span: scene.participant_span(source), cue: scene.word(verb).span })
}
