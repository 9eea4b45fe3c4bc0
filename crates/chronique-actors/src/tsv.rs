//! Reading of the lists: tab-separated, `#` comments, a header line.

use std::fmt;

use chronique_text::Span;

/// The error of an actor lexicon that can't be read: which file, where, and what to do.
///
/// ```
/// use chronique_actors::ActorLexicon;
///
/// let error = ActorLexicon::builder()
///     .organisations("mine.tsv", "class\tcode\tsector\tforms\narmed\tMali\tREB\tMNLA\n")
///     .unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "mine.tsv:2:7: \"Mali\" is no country code: write three capitals, such as MLI, UNO or IMG, or -"
/// );
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ActorLexiconError {
    file: String,
    line: usize,
    column: usize,
    problem: String,
}

impl ActorLexiconError {
    /// The name of the file, as the caller gave it.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The line, from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// The column in code points, from 1.
    #[must_use]
    pub fn column(&self) -> usize {
        self.column
    }
}

impl fmt::Display for ActorLexiconError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.problem)
    }
}

impl std::error::Error for ActorLexiconError {}

/// A list under its name.
#[derive(Clone, Copy)]
pub(crate) struct Table<'a> {
    pub(crate) file: &'a str,
    pub(crate) source: &'a str,
}

/// A cell and where its text stands in the source.
#[derive(Clone, Copy)]
pub(crate) struct Cell<'a> {
    table: Table<'a>,
    pub(crate) text: &'a str,
    start: usize,
}

impl<'a> Table<'a> {
    /// The rows below the header, which must name these columns.
    pub(crate) fn rows<const N: usize>(
        self,
        header: [&str; N],
    ) -> Result<Vec<[Cell<'a>; N]>, ActorLexiconError> {
        if u32::try_from(self.source.len()).is_err() {
            return Err(self.error(0, "a list of more than 4 GiB: split it".to_owned()));
        }
        let mut rows = Vec::new();
        let mut headed = false;
        let mut start = 0;
        for full in self.source.split_inclusive('\n') {
            let line = full.trim_end_matches(['\n', '\r']);
            if !line.is_empty() && !line.starts_with('#') {
                if headed {
                    rows.push(self.cells(line, start)?);
                } else if line.split('\t').eq(header) {
                    headed = true;
                } else {
                    let problem = format!("the first line must name the columns: {}", header.join("\\t"));
                    return Err(self.error(start, problem));
                }
            }
            start += full.len();
        }
        Ok(rows)
    }

    fn cells<const N: usize>(self, line: &'a str, start: usize) -> Result<[Cell<'a>; N], ActorLexiconError> {
        let mut cells = [Cell { table: self, text: "", start: start + line.len() }; N];
        let mut at = start;
        let mut count = 0;
        for text in line.split('\t') {
            if let Some(cell) = cells.get_mut(count) {
                *cell = Cell { table: self, text, start: at };
            }
            at += text.len() + 1;
            count += 1;
        }
        if count == N {
            Ok(cells)
        } else {
            Err(self.error(start, format!("{count} columns, and there must be {N}: separate them by tabs")))
        }
    }

    fn error(self, at: usize, problem: String) -> ActorLexiconError {
        let before = &self.source[..at];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        ActorLexiconError {
            file: self.file.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            problem,
        }
    }
}

impl<'a> Cell<'a> {
    pub(crate) fn error(self, problem: impl Into<String>) -> ActorLexiconError {
        self.table.error(self.start, problem.into())
    }

    /// The text, or `None` for `-`.
    pub(crate) fn value(self) -> Option<&'a str> {
        (self.text != "-").then_some(self.text)
    }

    /// The parts between `|`, none of them empty.
    pub(crate) fn forms(self) -> Result<Vec<Cell<'a>>, ActorLexiconError> {
        let mut forms = Vec::new();
        let mut start = self.start;
        for text in self.text.split('|') {
            let form = Cell { table: self.table, text, start };
            if text.trim().is_empty() {
                return Err(form.error("an empty form: separate forms by one |"));
            }
            start += text.len() + 1;
            forms.push(form);
        }
        Ok(forms)
    }

    /// Where the cell stands in the list.
    pub(crate) fn span(self) -> Span {
        let offset = |at: usize| u32::try_from(at).expect("a list that a Text holds");
        Span::new(offset(self.start), offset(self.start + self.text.len()))
    }
}
