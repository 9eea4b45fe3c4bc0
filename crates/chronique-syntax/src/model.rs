use std::borrow::Cow;

use chronique_text::Text;
use chronique_tokens::{TokenId, Tokens};

use crate::contraction::{Contraction, contractions};
use crate::image::{self, Damage, ModelError, Section};
use crate::lexicon::Lexicon;
use crate::parser::{self, Choice, FEATURES, Node, STAGES, Situation, State, Step};
use crate::sentence::Sentence;
use crate::table::Weights;
use crate::{Deprel, Syntax, Upos, Word, WordId, morphology, tagger};

/// Room for the classes of the parser: SHIFT, and LEFT and RIGHT with each label.
pub const STEPS: usize = 128;

/// A trained model of French syntax: tagger, morphology, lemmatizer and parser.
///
/// ```
/// use chronique_syntax::{Deprel, Model};
/// use chronique_text::Text;
/// use chronique_tokens::Tokenizer;
///
/// let model = Model::from_bytes(chronique_model_fr::model())?;
/// let text = Text::new("Des manifestants ont défilé à Tunis.")?;
/// let tokens = Tokenizer::french().tokenize(&text, [text.span()]);
/// let syntax = model.analyze(&text, &tokens);
/// let root = syntax.root(0).expect("a sentence has a root");
/// assert_eq!(syntax.lemma(root), "défiler");
/// let subject = syntax.child(root, Deprel::Nsubj).expect("its subject");
/// assert_eq!(syntax.form(subject, &text), "manifestants");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Model {
    image: Cow<'static, [u8]>,
    lexicon: Lexicon,
    tagger: Weights<32>,
    morphology: Weights<64>,
    parser: Weights<STEPS>,
    /// The lead from which on the choice of a stage stands; that of the last is 0.
    leads: [u32; STAGES.len()],
    /// The relations of the parser's classes; that to the root is none of them.
    labels: Vec<Deprel>,
    contractions: Vec<Contraction>,
}

impl Model {
    /// Opens a model image.
    ///
    /// # Errors
    /// [`ModelError`] if the bytes are no model image, or one of another version, or damaged.
    pub fn from_bytes(image: impl Into<Cow<'static, [u8]>>) -> Result<Model, ModelError> {
        let image = image.into();
        image::check(&image)?;
        let mut section = Section::first(&image);
        let lexicon = Lexicon::read(&mut section)?;
        let count = section.u32()?;
        let mut labels = Vec::new();
        for _ in 0..count {
            let len = section.bytes(1)?[0];
            let code = std::str::from_utf8(section.bytes(usize::from(len))?).ok();
            labels.push(code.and_then(|code| code.parse().ok()).ok_or(Damage("a relation"))?);
        }
        if labels.is_empty() || labels.len() * 2 >= STEPS {
            return Err(Damage("the number of relations").into());
        }
        let tagger = Weights::read(&mut section, tagger::CLASSES)?;
        let morphology = Weights::read(&mut section, morphology::CLASSES)?;
        let parser = Weights::read(&mut section, 1 + 2 * labels.len())?;
        let mut leads = [0; STAGES.len()];
        for lead in &mut leads[..STAGES.len() - 1] {
            *lead = section.u32()?;
        }
        if !section.is_at_end() {
            return Err(Damage("the end").into());
        }
        Ok(Model { lexicon, tagger, morphology, parser, leads, labels, contractions: contractions(), image })
    }

    /// The syntax of every sentence of a text.
    ///
    /// It never fails, and takes time linear in the length of the text.
    #[must_use]
    pub fn analyze(&self, text: &Text, tokens: &Tokens) -> Syntax {
        let mut syntax = Syntax::default();
        let mut sentence = Sentence::default();
        let mut state = State::default();
        let mut words = Vec::new();
        for range in tokens.sentences() {
            let offset = range.tokens.start;
            let forms = || range.tokens.clone().map(|token| tokens.form(TokenId(token), text));
            self.read_sentence(forms, &mut sentence, &mut state);
            words.clear();
            for (at, (&(token, part), &(upos, morph))) in
                sentence.words.iter().zip(&sentence.word_tags).enumerate()
            {
                let token = TokenId(offset + token);
                let (head, label) = state.arc(at);
                let inside = (head as usize) < sentence.words.len();
                words.push(Word {
                    token,
                    span: tokens.token(token).span,
                    part,
                    upos,
                    morph,
                    head: inside.then_some(WordId(head)),
                    deprel: if inside { self.labels[usize::from(label)] } else { Deprel::Root },
                });
            }
            let starts = std::iter::once(0).chain(sentence.lemma_ends.iter().copied());
            let lemmas = starts.zip(&sentence.lemma_ends).map(|(start, &end)| &sentence.lemmas[start..end]);
            mend_insertions(&mut words, text);
            mend_second_subjects(&mut words);
            mark_expressions(&mut words);
            syntax.push_sentence(&words, lemmas);
        }
        syntax
    }

    /// Reads one sentence, given as the forms of its tokens.
    #[doc(hidden)]
    pub fn read_sentence<'t, F>(&self, forms: impl Fn() -> F, sentence: &mut Sentence, state: &mut State)
    where
        F: Iterator<Item = &'t str>,
    {
        sentence.begin(forms(), &self.lexicon, &self.image);
        self.tag(sentence);
        self.inflect(sentence);
        sentence.split(forms(), &self.contractions, &self.lexicon, &self.image);
        self.parse(sentence, state);
    }

    /// The relations of the parser's classes.
    #[doc(hidden)]
    #[must_use]
    pub fn labels(&self) -> &[Deprel] {
        &self.labels
    }

    /// Tags the tokens from left to right.
    fn tag(&self, sentence: &mut Sentence) {
        sentence.tags.clear();
        let mut features = [0; tagger::FEATURES];
        for at in 0..sentence.seen.len() {
            let tag = self.lexicon.certain(sentence.readings[at]).unwrap_or_else(|| {
                tagger::features(&sentence.seen, at, &sentence.tags, &mut features);
                let scores = self.tagger.scores(&features);
                Upos::ALL[tagger::best(&scores[..tagger::CLASSES])]
            });
            sentence.tags.push(tag);
        }
    }

    /// Chooses the morphology of each token among those that its form and tag can have.
    fn inflect(&self, sentence: &mut Sentence) {
        sentence.morphs.clear();
        let mut features = [0; morphology::FEATURES];
        let mut candidates = Vec::new();
        for at in 0..sentence.seen.len() {
            self.lexicon.candidates(sentence.readings[at], sentence.tags[at], &mut candidates);
            let morph = if candidates.len() < 2 {
                candidates.first().copied().unwrap_or_default()
            } else {
                morphology::features(&sentence.seen, at, &sentence.tags, &sentence.morphs, &mut features);
                let scores = self.morphology.scores(&features);
                morphology::best(&candidates, &scores)
            };
            sentence.morphs.push(morph);
        }
    }

    /// Parses the words: each decision is that of the first stage whose lead is large enough.
    fn parse(&self, sentence: &Sentence, state: &mut State) {
        self.parse_by(&sentence.nodes, state, |state| {
            let mut stages = self.stages(&sentence.nodes, state).zip(self.leads);
            let enough = stages.find(|&(choice, least)| choice.lead >= least);
            enough.expect("the last stage takes any lead").0
        });
    }

    /// Parses words; `decide` chooses wherever more than one step can be taken.
    #[doc(hidden)]
    pub fn parse_by(&self, nodes: &[Node], state: &mut State, mut decide: impl FnMut(&State) -> Choice) {
        state.begin(nodes.len());
        while !state.is_done() {
            let (step, label) = if !state.allows(Step::Left) && !state.allows(Step::Right) {
                (Step::Shift, 0)
            } else if state.is_last() {
                (Step::Left, u8::MAX)
            } else {
                let Choice { step, label, .. } = decide(state);
                (step, label)
            };
            let marks = step != Step::Shift
                && self.labels.get(usize::from(label)).is_some_and(|label| parser::is_marker(*label));
            state.take(step, label, marks, nodes);
        }
    }

    /// What each stage of a decision chooses by the features up to it; a stage costs nothing until it is asked.
    #[doc(hidden)]
    pub fn stages(&self, nodes: &[Node], state: &State) -> impl Iterator<Item = Choice> {
        let situation = Situation::new(state, nodes);
        let (mut features, mut scores) = ([0; FEATURES], [0; STEPS]);
        (0..STAGES.len()).map(move |stage| {
            self.parser.add(situation.features(stage, &mut features), &mut scores);
            parser::best(state, self.labels.len(), &scores)
        })
    }
}

/// Mends inserted clauses of speech: *« … », a déclaré le maire*; *…, a-t-on appris*.
///
/// A verb with an inverted clitic outside a question is inserted, not coordinated, unless a conjunction says so.
/// The object of an inserted verb without a subject is its subject: what is said is the object, and stands outside;
/// the parser labels the noun before it sees that the clause is inserted.
fn mend_insertions(words: &mut [Word], text: &Text) {
    let form = |word: &Word| text.slice(word.span);
    if !words.iter().any(|word| word.upos == Upos::Punct && form(word) == "?") {
        for at in 0..words.len() {
            let clitic = words[at].upos == Upos::Pron && form(&words[at]).starts_with('-');
            let Some(head) = words[at].head.map(WordId::index).filter(|_| clitic) else { continue };
            let of_head = |word: &&Word| word.head.map(WordId::index) == Some(head);
            let verb = words[head].upos == Upos::Verb && words[head].deprel == Deprel::Conj;
            let near = &words[at.saturating_sub(4)..at];
            if verb
                && words[at].deprel.base() == Deprel::Nsubj
                && !near.iter().filter(of_head).any(|w| w.deprel == Deprel::Cc)
            {
                words[head].deprel = Deprel::ParataxisInsert;
            }
        }
    }
    let inserted = |word: &Word| word.deprel == Deprel::ParataxisInsert && word.upos == Upos::Verb;
    if !words.iter().any(inserted) {
        return;
    }
    let is_subject = |word: &Word| matches!(word.deprel.base(), Deprel::Nsubj | Deprel::Csubj | Deprel::Expl);
    let mut has_subject = vec![false; words.len()];
    for word in words.iter().filter(|word| is_subject(word)) {
        if let Some(head) = word.head {
            has_subject[head.index()] = true;
        }
    }
    for at in 0..words.len() {
        let Some(head) = words[at].head.map(WordId::index) else { continue };
        if head < at && words[at].deprel == Deprel::Obj && inserted(&words[head]) && !has_subject[head] {
            words[at].deprel = Deprel::Nsubj;
            has_subject[head] = true;
        }
    }
}

/// A noun after its verb is the object, if the verb has its subject before it: *l'armée a bombardé Goma*.
///
/// A pronoun may well repeat the subject: *le maire a-t-il signé ?*
fn mend_second_subjects(words: &mut [Word]) {
    let mut has_subject = vec![false; words.len()];
    for at in 0..words.len() {
        let Some(head) = words[at].head.map(WordId::index) else { continue };
        if words[at].deprel != Deprel::Nsubj {
            continue;
        }
        if at < head {
            has_subject[head] = true;
        } else if has_subject[head]
            && matches!(words[at].upos, Upos::Noun | Upos::Propn)
            && words[head].upos == Upos::Verb
        {
            words[at].deprel = Deprel::Obj;
        }
    }
}

/// Sets what only the tree can tell of the morphology: the part of speech of a whole expression, and foreign words.
fn mark_expressions(words: &mut [Word]) {
    for at in 0..words.len() {
        let Word { upos, deprel, head, .. } = words[at];
        if upos == Upos::X && matches!(deprel, Deprel::FlatForeign | Deprel::Root) {
            words[at].morph.set_foreign();
        }
        // An adverb in the place of a noun heads a phrase such as *plus de dix personnes*.
        if upos == Upos::Adv
            && matches!(deprel.base(), Deprel::Obj | Deprel::Obl | Deprel::Nmod | Deprel::Nsubj)
        {
            words[at].morph.set_ext_pos(Upos::Pron);
        }
        let (Deprel::Fixed, Some(head)) = (deprel, head) else { continue };
        let head = &mut words[head.index()];
        head.morph.set_ext_pos(match head.deprel.base() {
            Deprel::Case => Upos::Adp,
            Deprel::Mark => Upos::Sconj,
            Deprel::Cc => Upos::Cconj,
            Deprel::Det => Upos::Det,
            Deprel::Amod => Upos::Adj,
            Deprel::Obj | Deprel::Nsubj => Upos::Pron,
            _ => Upos::Adv,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Scores that come in stages are those of all features at once.
    #[test]
    fn the_last_stage_sees_all_features() {
        let model = Model::from_bytes(chronique_model_fr::model()).expect("the committed model opens");
        let (mut sentence, mut state) = (Sentence::default(), State::default());
        let forms = || "Les députés qui ont voté la loi manifestent à Lyon .".split(' ');
        model.read_sentence(forms, &mut sentence, &mut state);
        let mut decisions = 0;
        model.parse_by(&sentence.nodes, &mut state, |state| {
            let last = model.stages(&sentence.nodes, state).last().expect("some stage");
            let features = Situation::new(state, &sentence.nodes).all();
            assert_eq!(last, parser::best(state, model.labels.len(), &model.parser.scores(&features)));
            decisions += 1;
            last
        });
        assert!(decisions >= 10);
    }
}
