use crate::LexiconError;

/// One row of a table of tab-separated columns, with where it stands.
pub(crate) struct Row<'t> {
    name: &'t str,
    line: usize,
    cells: Vec<&'t str>,
}

impl<'t> Row<'t> {
    /// The cell of a column; empty where the row ends before it.
    pub(crate) fn cell(&self, column: usize) -> &'t str {
        self.cells.get(column).copied().unwrap_or("").trim()
    }

    /// Its line, from 1.
    pub(crate) fn line(&self) -> usize {
        self.line
    }

    /// The number of its cells.
    pub(crate) fn cells(&self) -> usize {
        self.cells.len()
    }

    /// An error in one of its columns.
    pub(crate) fn error(&self, column: usize, message: impl Into<String>) -> LexiconError {
        LexiconError::new(self.name, self.line, column + 1, message)
    }
}

/// The rows of a table: `#` starts a comment line, empty lines count for nothing.
pub(crate) fn rows<'t>(name: &'t str, text: &'t str) -> impl Iterator<Item = Row<'t>> {
    text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#')).map(
        move |(at, line)| Row {
            name,
            line: at + 1,
            cells: line.trim_end_matches('\r').split('\t').collect(),
        },
    )
}

/// What may be written, for messages: `a, b or c`.
pub(crate) fn one_of<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let names: Vec<&str> = names.into_iter().collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}
