//! Training of the tagger, the morphology and the parser.

use chronique_syntax::parser::{self, Node, Situation, State, Step};
use chronique_syntax::training::{Contraction, Lexicon, STEPS, Sentence};
use chronique_syntax::{Deprel, Morph, Upos, morphology, tagger};

use super::conllu::GoldSentence;
use super::perceptron::Perceptron;

/// Slots of each table, as a power of two.
const TAGGER_BITS: u32 = 21;
const MORPHOLOGY_BITS: u32 = 19;
const PARSER_BITS: u32 = 22;

/// How many updates must ask for a feature of the parser; two come with each mistake.
const PARSER_THRESHOLD: u8 = 4;

/// A generator of pseudo-random numbers (xorshift64), the same on every machine.
#[derive(Clone, Debug)]
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Random {
        Random(seed | 1)
    }

    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 33) as usize) % limit
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.below(at + 1));
        }
    }
}

/// A sentence under training: its tokens with their gold tags and morphologies, and its gold tree.
#[derive(Clone, Debug)]
pub(super) struct Example<'a> {
    pub(super) gold: &'a GoldSentence,
    /// As the reader sees it.
    pub(super) sentence: Sentence,
    /// Gold tag of each token; a contraction has that of its first word.
    pub(super) tags: Vec<Upos>,
    pub(super) morphs: Vec<Morph>,
    /// Whether its morphology is annotated in full.
    pub(super) inflected: bool,
    /// The fold that it is tagged in.
    pub(super) fold: usize,
}

impl<'a> Example<'a> {
    pub(super) fn new(
        gold: &'a GoldSentence,
        inflected: bool,
        fold: usize,
        contractions: &[Contraction],
        lexicon: &Lexicon,
        image: &[u8],
    ) -> Example<'a> {
        let mut sentence = Sentence::default();
        sentence.begin(gold.tokens.iter().map(|token| token.form.as_str()), lexicon, image);
        let (mut tags, mut morphs) = (Vec::new(), Vec::new());
        for (at, token) in gold.tokens.iter().enumerate() {
            let word = &gold.words[token.word];
            let end = gold.tokens.get(at + 1).map_or(gold.words.len(), |next| next.word);
            let contracted = contractions.iter().any(|c| c.form == sentence.seen[at].lexical.form);
            tags.push(if contracted && end - token.word == 1 && word.upos == Upos::Adp {
                Upos::Det
            } else {
                word.upos
            });
            morphs.push(word.morph);
        }
        Example { gold, sentence, tags, morphs, inflected, fold }
    }

    /// Makes words of the tokens as the model would, but splits `des` and `du` as the treebank does.
    ///
    /// Returns whether the words are those of the treebank: it may hold a broken-off *au* that is one word.
    pub(super) fn split(&mut self, contractions: &[Contraction], lexicon: &Lexicon, image: &[u8]) -> bool {
        for at in 0..self.tags.len() {
            let contracted = contractions.iter().any(|c| c.form == self.sentence.seen[at].lexical.form);
            if contracted && (self.tags[at] == Upos::Adp) != (self.sentence.tags[at] == Upos::Adp) {
                self.sentence.tags[at] = self.tags[at];
                self.sentence.morphs[at] = self.morphs[at];
            }
        }
        let forms = self.gold.tokens.iter().map(|token| token.form.as_str());
        self.sentence.split(forms, contractions, lexicon, image);
        self.sentence.nodes.len() == self.gold.words.len()
    }
}

/// Trains a tagger on some examples.
pub(super) fn tagger(
    examples: &[Example<'_>],
    train: &[usize],
    epochs: usize,
    lexicon: &Lexicon,
) -> Perceptron {
    let mut weights = Perceptron::new(TAGGER_BITS, 1);
    let mut random = Random::new(0x1789);
    let mut order = train.to_vec();
    let mut tags = Vec::new();
    let mut features = [0; tagger::FEATURES];
    for _ in 0..epochs {
        random.shuffle(&mut order);
        for &number in &order {
            let example = &examples[number];
            tags.clear();
            for (at, &gold) in example.tags.iter().enumerate() {
                if let Some(tag) = lexicon.certain(example.sentence.readings[at]) {
                    tags.push(tag);
                    continue;
                }
                weights.tick();
                let mut scores = [0; tagger::CLASSES];
                tagger::features(&example.sentence.seen, at, &tags, &mut features);
                weights.add(&features, &mut scores);
                let best = tagger::best(&scores);
                if best != gold as usize {
                    weights.update(&features, gold as usize, 1);
                    weights.update(&features, best, -1);
                }
                tags.push(Upos::ALL[best]);
            }
        }
    }
    weights.average();
    weights
}

/// Tags the tokens of an example with averaged weights.
pub(super) fn tag(example: &mut Example<'_>, weights: &Perceptron, lexicon: &Lexicon) {
    let Sentence { seen, readings, tags, .. } = &mut example.sentence;
    tags.clear();
    let mut features = [0; tagger::FEATURES];
    for (at, &reading) in readings.iter().enumerate() {
        let tag = lexicon.certain(reading).unwrap_or_else(|| {
            let mut scores = [0; tagger::CLASSES];
            tagger::features(seen, at, tags, &mut features);
            weights.add(&features, &mut scores);
            Upos::ALL[tagger::best(&scores)]
        });
        tags.push(tag);
    }
}

/// Trains the morphology on the gold tags of the examples that have one.
pub(super) fn morphology(examples: &[Example<'_>], epochs: usize, lexicon: &Lexicon) -> Perceptron {
    let mut weights = Perceptron::new(MORPHOLOGY_BITS, 1);
    let mut random = Random::new(0x1804);
    let mut order: Vec<usize> = (0..examples.len()).filter(|&at| examples[at].inflected).collect();
    let mut candidates = Vec::new();
    let mut morphs = Vec::new();
    let mut features = [0; morphology::FEATURES];
    for _ in 0..epochs {
        random.shuffle(&mut order);
        for &number in &order {
            let example = &examples[number];
            let Sentence { seen, readings, .. } = &example.sentence;
            morphs.clear();
            for (at, &gold) in example.morphs.iter().enumerate() {
                lexicon.candidates(readings[at], example.tags[at], &mut candidates);
                let best = if candidates.len() < 2 {
                    candidates.first().copied().unwrap_or_default()
                } else {
                    weights.tick();
                    let mut scores = [0; morphology::CLASSES];
                    morphology::features(seen, at, &example.tags, &morphs, &mut features);
                    weights.add(&features, &mut scores);
                    let best = morphology::best(&candidates, &scores);
                    for (right, wrong) in morphology::classes(gold).into_iter().zip(morphology::classes(best))
                    {
                        if right != wrong && candidates.contains(&gold) {
                            weights.update(&features, right, 1);
                            weights.update(&features, wrong, -1);
                        }
                    }
                    best
                };
                morphs.push(best);
            }
        }
    }
    weights.average();
    weights
}

/// Sets the morphology of the tokens of an example, as they are tagged.
pub(super) fn inflect(example: &mut Example<'_>, weights: &Perceptron, lexicon: &Lexicon) {
    let Sentence { seen, readings, tags, morphs, .. } = &mut example.sentence;
    morphs.clear();
    let mut features = [0; morphology::FEATURES];
    let mut candidates = Vec::new();
    for at in 0..seen.len() {
        lexicon.candidates(readings[at], tags[at], &mut candidates);
        let mut scores = [0; morphology::CLASSES];
        if candidates.len() > 1 {
            morphology::features(seen, at, tags, morphs, &mut features);
            weights.add(&features, &mut scores);
        }
        morphs.push(morphology::best(&candidates, &scores));
    }
}

/// The relations of the examples but that to the root, in the order of their codes.
pub(super) fn labels(examples: &[Example<'_>]) -> Vec<Deprel> {
    let all = examples.iter().flat_map(|example| &example.gold.words).map(|word| word.deprel);
    let set: std::collections::BTreeSet<Deprel> = all.filter(|&deprel| deprel != Deprel::Root).collect();
    set.into_iter().collect()
}

/// The gold tree of a sentence, as the oracle asks for it.
struct Oracle {
    heads: Vec<u32>,
    labels: Vec<u8>,
    children: Vec<Vec<u32>>,
}

impl Oracle {
    fn new(gold: &GoldSentence, labels: &[Deprel]) -> Oracle {
        let mut children = vec![Vec::new(); gold.words.len() + 1];
        for (at, word) in (0..).zip(&gold.words) {
            children[word.head as usize].push(at);
        }
        let label = |deprel| labels.iter().position(|&label| label == deprel).map_or(u8::MAX, |at| at as u8);
        Oracle {
            heads: gold.words.iter().map(|word| word.head).collect(),
            labels: gold.words.iter().map(|word| label(word.deprel)).collect(),
            children,
        }
    }

    /// The number of gold arcs that a step puts out of reach (Goldberg & Nivre 2013).
    fn cost(&self, state: &State, step: Step) -> u32 {
        let next = state.next();
        let (top, below) =
            state.stack().split_last().map_or((None, &[][..]), |(top, below)| (Some(*top), below));
        let on_stack = |word: u32| word < next && state.arc(word as usize).0 == u32::MAX;
        let count = |flags: &[bool]| flags.iter().map(|&flag| u32::from(flag)).sum::<u32>();
        match (step, top) {
            (Step::Shift, _) => {
                let head = self.heads[next as usize];
                let children = self.children[next as usize].iter().filter(|&&child| on_stack(child)).count();
                count(&[on_stack(head) && Some(head) != top]) + children as u32
            }
            (_, None) => 0,
            (Step::Left, Some(top)) => {
                let head = self.heads[top as usize];
                let children = self.children[top as usize].iter().filter(|&&child| child >= next).count();
                count(&[head > next || below.last() == Some(&head)]) + children as u32
            }
            (Step::Right, Some(top)) => {
                let head = self.heads[top as usize];
                let children = self.children[top as usize].iter().filter(|&&child| child >= next).count();
                count(&[head >= next]) + children as u32
            }
        }
    }

    /// The best scored of the steps that lose least.
    fn best(&self, state: &State, labels: usize, scores: &[i32]) -> (Step, u8) {
        let steps = [Step::Shift, Step::Left, Step::Right].into_iter().filter(|&step| state.allows(step));
        let costs: Vec<(Step, u32)> = steps.map(|step| (step, self.cost(state, step))).collect();
        let least = costs.iter().map(|&(_, cost)| cost).min().expect("some step is allowed");
        let mut best: Option<(i32, Step, u8)> = None;
        for (step, _) in costs.into_iter().filter(|&(_, cost)| cost == least) {
            for label in self.allowed_labels(state, step, labels) {
                let score = scores[class(step, label, labels)];
                if best.is_none_or(|(highest, ..)| score > highest) {
                    best = Some((score, step, label));
                }
            }
        }
        best.map(|(_, step, label)| (step, label)).expect("some step is allowed")
    }

    /// The gold label of a gold arc; any label for another arc.
    fn allowed_labels(&self, state: &State, step: Step, labels: usize) -> std::ops::Range<u8> {
        let (Some(&top), false) = (state.stack().last(), step == Step::Shift) else { return 0..1 };
        let head = match step {
            Step::Left => state.next(),
            _ => state.stack()[state.stack().len() - 2],
        };
        let label = self.labels[top as usize];
        if self.heads[top as usize] == head && label != u8::MAX { label..label + 1 } else { 0..labels as u8 }
    }
}

fn class(step: Step, label: u8, labels: usize) -> usize {
    match step {
        Step::Shift => 0,
        Step::Left => 1 + usize::from(label),
        Step::Right => 1 + labels + usize::from(label),
    }
}

/// Trains the parser on words as the model would tag them, following its own mistakes, in the order that a seed gives.
///
/// Each stage learns from the mistakes that it would make if it were the last (Strubell, Vilnis, Silverstein & McCallum 2015), so that
/// the first ones suffice for most decisions.
pub(super) fn parser(examples: &[Example<'_>], epochs: usize, labels: &[Deprel], seed: u64) -> Perceptron {
    let mut weights = Perceptron::new(PARSER_BITS, PARSER_THRESHOLD);
    let mut random = Random::new(seed);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let oracles: Vec<Oracle> = examples.iter().map(|example| Oracle::new(example.gold, labels)).collect();
    let mut state = State::default();
    let mut mistakes = Vec::new();
    for epoch in 0..epochs {
        random.shuffle(&mut order);
        for &number in &order {
            let (nodes, oracle): (&[Node], _) = (&examples[number].sentence.nodes, &oracles[number]);
            state.begin(nodes.len());
            while !state.is_done() {
                if !state.allows(Step::Left) && !state.allows(Step::Right) {
                    state.take(Step::Shift, 0, false, nodes);
                    continue;
                }
                if state.is_last() {
                    state.take(Step::Left, u8::MAX, false, nodes);
                    continue;
                }
                weights.tick();
                let mut scores = [0; STEPS];
                let features = Situation::new(&state, nodes).all();
                let (mut best, mut gold, mut end) = ((Step::Shift, 0), (Step::Shift, 0), 0);
                mistakes.clear();
                for len in parser::STAGES {
                    weights.add(&features[end..end + len], &mut scores);
                    end += len;
                    let choice = parser::best(&state, labels.len(), &scores);
                    best = (choice.step, choice.label);
                    gold = oracle.best(&state, labels.len(), &scores);
                    if best != gold {
                        mistakes.push((end, gold, best));
                    }
                }
                for &(end, gold, best) in &mistakes {
                    weights.update(&features[..end], class(gold.0, gold.1, labels.len()), 1);
                    weights.update(&features[..end], class(best.0, best.1, labels.len()), -1);
                }
                let (step, label) = if epoch > 0 && random.below(10) < 9 { best } else { gold };
                let marks = step != Step::Shift && parser::is_marker(labels[usize::from(label)]);
                state.take(step, label, marks, nodes);
            }
        }
    }
    weights.average();
    weights
}
