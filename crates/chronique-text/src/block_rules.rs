use std::fmt;

use memchr::memmem::Finder;

use crate::BlockKind;
use crate::pattern::{Pattern, Vocabulary};

/// Where the pattern of a rule must stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Position {
    Line,
    Start,
    Stop,
    List,
    Head,
    Lead,
    Tail,
    Within,
}

#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub(crate) kind: BlockKind,
    pub(crate) position: Position,
    pub(crate) pattern: Pattern,
    /// What to search for, when the pattern may stand anywhere.
    pub(crate) needle: String,
    pub(crate) most: usize,
}

/// The greatest length of a line or block that a rule without a figure looks at, in characters.
const MOST: usize = 160;

/// The rules that tell the blocks of a page apart.
///
/// ```
/// use chronique_text::{BlockKind, BlockRules, Text};
///
/// let text = Text::new("Trêve à Goma\n\nLes armes se taisent. Photo : AFP\n\nPublicité\n\nL’ONU salue l’accord.\n")?;
/// let blocks = BlockRules::french().blocks(&text);
/// let found: Vec<_> = blocks.iter().map(|block| (block.kind, text.slice(block.span))).collect();
/// assert_eq!(found, [
///     (BlockKind::Title, "Trêve à Goma"),
///     (BlockKind::Caption, "Les armes se taisent."),
///     (BlockKind::Credit, "Photo : AFP"),
///     (BlockKind::Ad, "Publicité"),
///     (BlockKind::Body, "L’ONU salue l’accord."),
/// ]);
/// # Ok::<(), chronique_text::TextTooLong>(())
/// ```
#[derive(Clone, Debug)]
pub struct BlockRules {
    /// Those of whole lines…
    pub(crate) rules: Vec<Rule>,
    /// …of the starts of lines and of what stands anywhere in them, with what searches for their needles…
    pub(crate) parts: Vec<(Rule, Finder<'static>)>,
    /// …and of their ends.
    pub(crate) tails: Vec<Rule>,
    pub(crate) vocabulary: Vocabulary,
    /// The longest line that a rule for whole lines looks at.
    pub(crate) longest: usize,
}

const FRENCH: &str = include_str!("../data/blocks_fr.tsv");

impl BlockRules {
    /// The rules for French news pages.
    #[must_use]
    pub fn french() -> BlockRules {
        BlockRules::from_tsv(FRENCH).expect("the embedded rules are tested")
    }

    /// Rules of your own: lines of kind, position, pattern and greatest length, separated by tabs.
    ///
    /// The header of the crate's `data/blocks_fr.tsv` says what they mean. The first rule that fits a
    /// line decides. Patterns are written without capitals and accents.
    ///
    /// # Errors
    /// [`BlockRulesError`] names the line and column of what can't be read.
    ///
    /// ```
    /// use chronique_text::BlockRules;
    ///
    /// let error = BlockRules::from_tsv("ad\tline\tpublicité\n").unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "block rules, line 1, column 3: patterns have no capitals and accents: write `publicite`"
    /// );
    /// ```
    pub fn from_tsv(source: &str) -> Result<BlockRules, BlockRulesError> {
        let (mut rules, mut parts, mut tails) = (Vec::new(), Vec::new(), Vec::new());
        let mut vocabulary = Vocabulary::default();
        for (number, line) in source.lines().enumerate() {
            let line = line.trim_end_matches('\r');
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let error = |column, what| BlockRulesError { line: number + 1, column, what };
            let mut fields = line.split('\t');
            let kind = fields.next().unwrap_or_default();
            let position = fields.next().unwrap_or_default();
            let pattern = fields.next().unwrap_or_default();
            let most = fields.next();
            if pattern.is_empty() {
                return Err(error(3, "the pattern is missing".to_owned()));
            }
            let mut plain = String::new();
            crate::fold_into(pattern, &mut plain);
            if plain != pattern {
                return Err(error(3, format!("patterns have no capitals and accents: write `{plain}`")));
            }
            match kind {
                "month" => vocabulary.months.push(plain),
                "weekday" => vocabulary.weekdays.push(plain),
                "particle" => vocabulary.particles.push(plain),
                _ => {
                    let kind = debris(kind).ok_or_else(|| {
                        let kinds = "one of ad, related, caption, credit, share, newsletter, byline, other";
                        error(1, format!("the kind `{kind}` is not {kinds}, month, weekday, particle"))
                    })?;
                    let position = self::position(position).ok_or_else(|| {
                        let positions = "one of line, start, stop, list, head, lead, tail, within";
                        error(2, format!("the position `{position}` is not {positions}"))
                    })?;
                    let most = match most {
                        None => MOST,
                        Some(most) => most
                            .parse()
                            .map_err(|_| error(4, format!("the greatest length `{most}` is not a number")))?,
                    };
                    let pattern = Pattern::parse(pattern).map_err(|word| {
                        let words = "<date>, <time>, <number>, <name>";
                        error(3, format!("`{word}` is no wildcard: there are {words} and *"))
                    })?;
                    let rule = Rule { kind, position, needle: pattern.needle(), pattern, most };
                    match position {
                        Position::Lead | Position::Within => {
                            let finder = Finder::new(&rule.needle).into_owned();
                            parts.push((rule, finder));
                        }
                        Position::Tail => tails.push(rule),
                        _ => rules.push(rule),
                    }
                }
            }
        }
        let all = rules.iter().chain(&tails).chain(parts.iter().map(|(rule, _)| rule));
        let longest = all.map(|rule| rule.most).max().unwrap_or(0);
        Ok(BlockRules { rules, parts, tails, vocabulary, longest })
    }
}

fn debris(name: &str) -> Option<BlockKind> {
    let kinds = [
        BlockKind::Ad,
        BlockKind::Related,
        BlockKind::Caption,
        BlockKind::Credit,
        BlockKind::Share,
        BlockKind::Newsletter,
        BlockKind::Byline,
        BlockKind::Other,
    ];
    kinds.into_iter().find(|kind| kind.as_str() == name)
}

fn position(name: &str) -> Option<Position> {
    Some(match name {
        "line" => Position::Line,
        "start" => Position::Start,
        "stop" => Position::Stop,
        "list" => Position::List,
        "head" => Position::Head,
        "lead" => Position::Lead,
        "tail" => Position::Tail,
        "within" => Position::Within,
        _ => return None,
    })
}

/// The error of a list of debris patterns that can't be read.
///
/// It names the line and the column of the TSV text, from 1.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BlockRulesError {
    line: usize,
    column: usize,
    what: String,
}

impl BlockRulesError {
    /// The line, from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// The column (tab-separated field), from 1.
    #[must_use]
    pub fn column(&self) -> usize {
        self.column
    }
}

impl fmt::Display for BlockRulesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "block rules, line {}, column {}: {}", self.line, self.column, self.what)
    }
}

impl std::error::Error for BlockRulesError {}
