//! Arrow: articles from the columns of a table, events as the columns of another.
//!
//! [`Columns`] names the columns of the text, title, date and id; [`Columns::find`] looks them up in a
//! schema and [`Found::articles`] makes the articles of a record batch, each row by itself: a row that
//! can't be read is an error in its place, never the end of the batch. [`record_batch`] writes events
//! as one flat row each, with the columns of [`schema`].
//!
//! ```
//! use std::sync::Arc;
//!
//! use arrow_array::{ArrayRef, RecordBatch, StringArray};
//! use chronique::arrow::{Columns, record_batch};
//! use chronique::{Pipeline, export};
//!
//! let text: ArrayRef = Arc::new(StringArray::from(vec!["L’armée a bombardé Goma.", "Grève à Paris."]));
//! let table = RecordBatch::try_from_iter([("text", text)])?;
//! let chronique = Pipeline::french();
//! let articles = Columns::default().find(&table.schema())?.articles(&table, 0, |row| row.to_string());
//! let rows = articles.into_iter().flat_map(|article| match article {
//!     Ok(article) => export::rows(&chronique.read(article)).into_iter().map(Ok).collect(),
//!     Err(failure) => vec![Err(failure)],
//! });
//! let events = record_batch(&rows.collect::<Vec<_>>());
//! assert_eq!(events.column_by_name("doc_id").unwrap().len(), 2);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod articles;
mod events;

pub use articles::{Columns, Found, TableError};
pub use events::{SCHEMA_VERSION, record_batch, schema};
