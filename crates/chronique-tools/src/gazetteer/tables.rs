//! Tab-separated tables with a header, plain or `.xz`; errors name file and line.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use anyhow::{Context as _, anyhow};

pub(super) struct Table {
    path: PathBuf,
    columns: Vec<String>,
    text: String,
}

pub(super) struct Row<'t> {
    table: &'t Table,
    line: usize,
    fields: Vec<&'t str>,
}

/// Reads a table; lines that begin with `#` are comments, the first other line is the header.
pub(super) fn read(path: &Path) -> anyhow::Result<Table> {
    let text = read_text(path)?;
    let header = text.lines().find(|line| !line.starts_with('#'));
    let header = header.ok_or_else(|| anyhow!("{}: no header line", path.display()))?;
    Ok(Table { path: path.to_owned(), columns: header.split('\t').map(str::to_owned).collect(), text })
}

/// Reads a table without a header.
pub(super) fn read_plain(path: &Path, columns: &[&str]) -> anyhow::Result<Table> {
    let text = format!("{}\n{}", columns.join("\t"), read_text(path)?);
    Ok(Table { path: path.to_owned(), columns: columns.iter().map(|&c| c.to_owned()).collect(), text })
}

fn read_text(path: &Path) -> anyhow::Result<String> {
    let bytes = std::fs::read(path).with_context(|| format!("can't read {}", path.display()))?;
    let bytes = if path.extension().is_some_and(|extension| extension == "xz") {
        let mut plain = Vec::new();
        lzma_rs::xz_decompress(&mut bytes.as_slice(), &mut plain)
            .map_err(|error| anyhow!("can't decompress {}: {error:?}", path.display()))?;
        plain
    } else {
        bytes
    };
    String::from_utf8(bytes).with_context(|| format!("{} is not UTF-8", path.display()))
}

impl Table {
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.starts_with('#') && !line.is_empty())
            .skip(1)
            .map(|(at, line)| Row { table: self, line: at + 1, fields: line.split('\t').collect() })
    }
}

impl<'t> Row<'t> {
    /// A field by its column's name; an absent last field is empty.
    pub(super) fn field(&self, column: &str) -> anyhow::Result<&'t str> {
        let at = self.table.columns.iter().position(|name| name == column);
        let at = at.ok_or_else(|| anyhow!("{}: no column {column}", self.table.path.display()))?;
        Ok(self.fields.get(at).copied().unwrap_or(""))
    }

    /// A field that may be empty or `-`, else is read as `T`.
    pub(super) fn optional<T: FromStr>(&self, column: &str) -> anyhow::Result<Option<T>> {
        match self.field(column)? {
            "" | "-" => Ok(None),
            field => match field.parse() {
                Ok(value) => Ok(Some(value)),
                Err(_) => Err(anyhow!("{}: {column} {field:?} can't be read", self.place())),
            },
        }
    }

    /// A field that must be there and be read as `T`.
    pub(super) fn required<T: FromStr>(&self, column: &str) -> anyhow::Result<T> {
        self.optional(column)?.ok_or_else(|| anyhow!("{}: {column} is empty", self.place()))
    }

    /// Where the row stands, for errors.
    pub(super) fn place(&self) -> impl fmt::Display + use<'t> {
        format!("{}:{}", self.table.path.display(), self.line)
    }
}
