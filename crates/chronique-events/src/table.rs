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
