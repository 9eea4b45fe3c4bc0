use std::ops::Range;

use chronique_text::{Span, Text};
use chronique_tokens::TokenId;

use crate::{Deprel, Morph, Upos};

/// The number of a syntactic word in its [`Syntax`], from 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct WordId(pub u32);

impl WordId {
    /// The number as an index into [`Syntax::words`].
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A syntactic word of Universal Dependencies: a token, or a part of a contraction (`du` = `de` + `le`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Word {
    /// The token that it is (a part of).
    pub token: TokenId,
    /// Where that token stands; the two words of a contraction share it.
    pub span: Span,
    /// The form of a part of a contraction, such as `"le"` in *du*; `None`: the token's own.
    pub part: Option<&'static str>,
    /// Its part of speech.
    pub upos: Upos,
    /// Its morphology.
    pub morph: Morph,
    /// Its head, within the same sentence; `None` for the root.
    pub head: Option<WordId>,
    /// Its relation to the head.
    pub deprel: Deprel,
}

/// The syntax of one text: words, lemmas, and one dependency tree for each sentence.
///
/// Sentences are those of the `Tokens` that it was made from, in the same order. The trees are
/// projective: a word and all that depends on it stand side by side.
#[derive(Clone, Default, Debug)]
pub struct Syntax {
    words: Vec<Word>,
    /// End of each word's lemma in `lemmas`.
    lemma_ends: Vec<u32>,
    lemmas: String,
    /// End of each sentence in `words`.
    sentence_ends: Vec<u32>,
    /// First and last word of each word's subtree.
    subtrees: Vec<(u32, u32)>,
    first_child: Vec<u32>,
    next_sibling: Vec<u32>,
}

const NONE: u32 = u32::MAX;

impl Syntax {
    /// Adds one sentence; heads are indices into `words` as given (from 0), `lemmas` runs parallel.
    pub(crate) fn push_sentence<'l>(&mut self, words: &[Word], lemmas: impl Iterator<Item = &'l str>) {
        let offset = self.words.len();
        let id = |at: usize| u32::try_from(at).expect("a text has at most u32::MAX words");
        self.words.extend_from_slice(words);
        for word in &mut self.words[offset..] {
            word.head = word.head.map(|head| WordId(head.0 + id(offset)));
        }
        for lemma in lemmas {
            self.lemmas.push_str(lemma);
            self.lemma_ends.push(id(self.lemmas.len()));
        }
        debug_assert_eq!(self.lemma_ends.len(), self.words.len());
        let end = self.words.len();
        self.sentence_ends.push(id(end));
        self.subtrees.extend((offset..end).map(|at| (id(at), id(at))));
        self.first_child.resize(end, NONE);
        self.next_sibling.resize(end, NONE);
        for at in (offset..end).rev() {
            if let Some(head) = self.words[at].head {
                self.next_sibling[at] = self.first_child[head.index()];
                self.first_child[head.index()] = id(at);
            }
        }
        self.close_subtrees(offset);
    }

    /// Widens the subtree of every word of the last sentence by those of its dependents, leaves first.
    fn close_subtrees(&mut self, offset: usize) {
        let mut order: Vec<usize> = Vec::with_capacity(self.words.len() - offset);
        order.extend((offset..self.words.len()).filter(|&at| self.words[at].head.is_none()));
        let mut next = 0;
        while next < order.len() {
            let mut child = self.first_child[order[next]];
            while child != NONE {
                order.push(child as usize);
                child = self.next_sibling[child as usize];
            }
            next += 1;
        }
        for &at in order.iter().rev() {
            if let Some(head) = self.words[at].head {
                let (from, to) = self.subtrees[at];
                let wide = &mut self.subtrees[head.index()];
                *wide = (wide.0.min(from), wide.1.max(to));
            }
        }
    }

    /// The words of the text in order.
    #[must_use]
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// One word.
    #[must_use]
    pub fn word(&self, id: WordId) -> &Word {
        &self.words[id.index()]
    }

    /// The words of each sentence, as ranges of indices into [`Syntax::words`].
    pub fn sentences(&self) -> impl ExactSizeIterator<Item = Range<u32>> + '_ {
        (0..self.sentence_ends.len()).map(|at| self.sentence(at))
    }

    /// The words of sentence number `at`.
    #[must_use]
    pub fn sentence(&self, at: usize) -> Range<u32> {
        let start = if at == 0 { 0 } else { self.sentence_ends[at - 1] };
        start..self.sentence_ends[at]
    }

    /// The index of the sentence that holds the word.
    #[must_use]
    pub fn sentence_of(&self, id: WordId) -> usize {
        self.sentence_ends.partition_point(|&end| end <= id.0)
    }

    /// The root of sentence number `at`.
    #[must_use]
    pub fn root(&self, at: usize) -> Option<WordId> {
        self.sentence(at).map(WordId).find(|&id| self.word(id).head.is_none())
    }

    /// The lemma of a word.
    #[must_use]
    pub fn lemma(&self, id: WordId) -> &str {
        let start = if id.0 == 0 { 0 } else { self.lemma_ends[id.index() - 1] as usize };
        &self.lemmas[start..self.lemma_ends[id.index()] as usize]
    }

    /// The form of a word: its source, or its part of a contraction.
    #[must_use]
    pub fn form<'t>(&self, id: WordId, text: &'t Text) -> &'t str {
        let word = self.word(id);
        word.part.unwrap_or_else(|| text.slice(word.span))
    }

    /// The head of a word; `None` for a root.
    #[must_use]
    pub fn head(&self, id: WordId) -> Option<WordId> {
        self.word(id).head
    }

    /// The dependents of a word, from left to right.
    pub fn children(&self, id: WordId) -> impl Iterator<Item = WordId> + '_ {
        let some = |at: u32| (at != NONE).then_some(WordId(at));
        std::iter::successors(some(self.first_child[id.index()]), move |child| {
            some(self.next_sibling[child.index()])
        })
    }

    /// The first dependent with this very relation, subtype included.
    #[must_use]
    pub fn child(&self, id: WordId, deprel: Deprel) -> Option<WordId> {
        self.children(id).find(|&child| self.word(child).deprel == deprel)
    }

    /// The heads above a word, nearest first.
    pub fn ancestors(&self, id: WordId) -> impl Iterator<Item = WordId> + '_ {
        std::iter::successors(self.head(id), |&above| self.head(above))
    }

    /// The word and all that depends on it, as a range of indices.
    #[must_use]
    pub fn subtree(&self, id: WordId) -> Range<u32> {
        let (first, last) = self.subtrees[id.index()];
        first..last + 1
    }

    /// The source span of the word and all that depends on it.
    #[must_use]
    pub fn subtree_span(&self, id: WordId) -> Span {
        let (first, last) = self.subtrees[id.index()];
        self.words[first as usize].span.cover(self.words[last as usize].span)
    }

    /// The words of a token: one, or the parts of a contraction, as a range of indices.
    #[must_use]
    pub fn words_of(&self, token: TokenId) -> Range<u32> {
        let bound = |at: usize| u32::try_from(at).expect("a text has at most u32::MAX words");
        let start = self.words.partition_point(|word| word.token < token);
        let end = self.words.partition_point(|word| word.token <= token);
        bound(start)..bound(end)
    }

    /// The words whose tokens lie within a span, as a range of indices.
    #[must_use]
    pub fn within(&self, span: Span) -> Range<u32> {
        let bound = |at: usize| u32::try_from(at).expect("a text has at most u32::MAX words");
        let start = self.words.partition_point(|word| word.span.start() < span.start());
        let end = self.words.partition_point(|word| word.span.end() <= span.end());
        bound(start)..bound(end.max(start))
    }

    /// The highest word of a run of words: the first whose head lies outside the run.
    #[must_use]
    pub fn top(&self, words: Range<u32>) -> Option<WordId> {
        words.clone().map(WordId).find(|&id| self.head(id).is_none_or(|head| !words.contains(&head.0)))
    }
}
