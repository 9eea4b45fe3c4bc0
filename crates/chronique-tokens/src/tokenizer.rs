use std::sync::{Arc, LazyLock};

use chronique_text::{Span, Text};

use crate::cues::View;
use crate::model::SentenceModel;
use crate::rules::Rules;
use crate::scan::Scanner;
use crate::sentences::Splitter;
use crate::{TokenizerError, Tokens};

const FRENCH: &str = include_str!("../data/fr.tsv");

/// The embedded weights of where sentences end: eleven thousand lines, read once for all tokenizers.
static SENTENCES: LazyLock<Arc<SentenceModel>> = LazyLock::new(|| {
    let model = SentenceModel::parse(include_str!("../data/sentences_fr.tsv"));
    Arc::new(model.expect("the embedded weights are tested"))
});

/// A tokenizer and sentence splitter.
///
/// Tokens follow Universal Dependencies for French: elided words and clitics are cut off, contracted
/// articles (`du`) are not. The scanner reads each byte once, whatever the text is.
///
/// ```
/// use chronique_text::Text;
/// use chronique_tokens::{TokenId, Tokenizer};
///
/// let text = Text::new("L’armée a-t-elle bombardé le Haut-Karabakh aujourd'hui ?")?;
/// let tokens = Tokenizer::french().tokenize(&text, [text.span()]);
/// let forms: Vec<&str> = (0..tokens.len()).map(|id| tokens.form(TokenId(id as u32), &text)).collect();
/// assert_eq!(forms, ["L’", "armée", "a", "-t-elle", "bombardé", "le", "Haut-Karabakh", "aujourd'hui", "?"]);
/// # Ok::<(), chronique_text::TextTooLong>(())
/// ```
#[derive(Clone, Debug)]
pub struct Tokenizer {
    rules: Rules,
    model: Arc<SentenceModel>,
}

impl Tokenizer {
    /// The tokenizer of French.
    #[must_use]
    pub fn french() -> Tokenizer {
        Tokenizer::from_tsv(FRENCH).expect("the embedded rules are tested")
    }

    /// A tokenizer with word lists of your own.
    ///
    /// Each line is a kind, a form and for an abbreviation a condition, separated by tabs; the header
    /// of the crate's `data/fr.tsv` says what they mean. Lines that start with `#` are comments.
    ///
    /// # Errors
    /// [`TokenizerError`] names the line and column of what can't be read.
    ///
    /// ```
    /// use chronique_tokens::Tokenizer;
    ///
    /// let error = Tokenizer::from_tsv("elision\tl\nclitique\til\n").unwrap_err();
    /// assert_eq!((error.line(), error.column()), (2, 1));
    /// ```
    pub fn from_tsv(rules: &str) -> Result<Tokenizer, TokenizerError> {
        Ok(Tokenizer { rules: Rules::parse(rules)?, model: SENTENCES.clone() })
    }

    /// The same tokenizer with weights of your own for where sentences end, as
    /// [`Tokenizer::train_sentences`] learns them.
    ///
    /// # Errors
    /// [`TokenizerError`] names the line and column of what can't be read.
    pub fn with_sentence_weights(self, weights: &str) -> Result<Tokenizer, TokenizerError> {
        Ok(Tokenizer { model: Arc::new(SentenceModel::parse(weights)?), ..self })
    }

    /// The tokens and sentences of the given regions of a text, which are disjoint and in order.
    ///
    /// No token and no sentence leaves its region. White space, control characters and invisible
    /// marks that stand alone belong to no token.
    ///
    /// # Panics
    /// If a region was made for another text: it ends outside this one or inside a `char`.
    #[must_use]
    pub fn tokenize(&self, text: &Text, regions: impl IntoIterator<Item = Span>) -> Tokens {
        let source = text.as_str();
        let mut tokens = Vec::with_capacity(source.len() / 5);
        let mut sentences = Vec::with_capacity(source.len() / 100);
        let mut gaps = Vec::new();
        for (number, region) in (0..).zip(regions) {
            let first = tokens.len();
            gaps.clear();
            for scanned in Scanner::new(source, region, &self.rules) {
                tokens.push(scanned.token);
                gaps.push(scanned.gap);
            }
            let index = u32::try_from(first).expect("a text has at most u32::MAX tokens");
            let view = View { text: source, tokens: &tokens[first..] };
            Splitter { view, gaps: &gaps, model: &self.model }.split(index, number, &mut sentences);
        }
        Tokens { tokens, sentences }
    }

    pub(crate) fn rules(&self) -> &Rules {
        &self.rules
    }
}
