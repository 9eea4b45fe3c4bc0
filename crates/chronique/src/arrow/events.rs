use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::{ArrayRef, Date32Array, Float64Array, Int64Array, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use chronique_times::Date;

use crate::export::{EventRow, Failure, Precision};

/// The version of the columns of [`schema`], under the key `chronique.schema` of its metadata. It
/// changes when a column changes its name, type or meaning.
pub const SCHEMA_VERSION: &str = "1";

/// One row of the table: an event, or an article that could not be read.
type Row = Result<EventRow, Failure>;

/// A column: its name, its type and what fills it.
struct Column {
    name: &'static str,
    kind: fn() -> DataType,
    make: fn(&[Row]) -> ArrayRef,
}

macro_rules! columns {
    ($($name:literal $maker:ident $cell:expr;)*) => {
        &[$(Column { name: $name, kind: $maker::kind, make: |rows| $maker::array(rows, $cell) }),*]
    };
}

/// The columns, as in CSV.
const COLUMNS: &[Column] = columns! {
    "doc_id" keys |row| row.doc_id.as_deref();
    "event_id" strings |row| Some(&*row.event_id);
    "type" strings |row| Some(row.event_type);
    "mode" strings |row| row.mode;
    "status" strings |row| Some(row.status);
    "quad" integers |row| Some(row.quad.into());
    "cameo" strings |row| Some(row.cameo);
    "actors" lists |row| row.actors.iter().map(|name| Some(&**name)).collect();
    "actor_codes" lists |row| row.actor_codes.iter().map(Option::as_deref).collect();
    "recipients" lists |row| row.recipients.iter().map(|name| Some(&**name)).collect();
    "recipient_codes" lists |row| row.recipient_codes.iter().map(Option::as_deref).collect();
    "place" strings |row| row.place.as_deref();
    "place_id" strings |row| row.place_id.as_deref();
    "place_kind" strings |row| row.place_kind;
    "country" strings |row| row.country.as_deref();
    "lat" floats |row| row.lat;
    "lon" floats |row| row.lon;
    "date_start" dates |row| row.date_start;
    "date_end" dates |row| row.date_end;
    "date_precision" strings |row| row.date_precision.map(Precision::as_str);
    "killed" integers |row| row.killed.map(Into::into);
    "wounded" integers |row| row.wounded.map(Into::into);
    "attribution" strings |row| row.attribution.as_deref();
    "trigger" strings |row| Some(&*row.trigger);
    "trigger_start" integers |row| Some(row.trigger_at.start.into());
    "trigger_end" integers |row| Some(row.trigger_at.end.into());
    "sentence" strings |row| Some(&*row.sentence);
    "sentence_start" integers |row| Some(row.sentence_at.start.into());
    "sentence_end" integers |row| Some(row.sentence_at.end.into());
    "rule" strings |row| Some(&*row.rule);
    "published" dates |row| row.published;
    "error" errors |error| error;
};

/// The columns of [`record_batch`]: those of the CSV, in its order.
///
/// Strings are `Utf8`, integers `Int64`, degrees `Float64`, days `Date32`, participants
/// `List<Utf8>`. All may be null: what is missing is null, never `0` or `""`.
#[must_use]
pub fn schema() -> SchemaRef {
    let fields: Vec<_> =
        COLUMNS.iter().map(|column| Field::new(column.name, (column.kind)(), true)).collect();
    let version = [("chronique.schema".to_owned(), SCHEMA_VERSION.to_owned())];
    Arc::new(Schema::new_with_metadata(fields, HashMap::from(version)))
}

/// Events as rows of a flat table, and articles that could not be read as rows that hold nothing but
/// `doc_id` and `error`.
#[must_use]
pub fn record_batch(rows: &[Row]) -> RecordBatch {
    let columns = COLUMNS.iter().map(|column| (column.make)(rows)).collect();
    RecordBatch::try_new(schema(), columns).expect("columns are as the schema says")
}

/// The cells of a column, null where there is no event.
fn cells<'r, T>(
    rows: &'r [Row],
    cell: impl Fn(&'r EventRow) -> Option<T>,
) -> impl Iterator<Item = Option<T>> {
    rows.iter().map(move |row| row.as_ref().ok().and_then(&cell))
}

macro_rules! maker {
    ($name:ident $cell:ty, $kind:expr, $rows:ident $fill:ident $make:expr) => {
        mod $name {
            use super::*;

            pub(super) fn kind() -> DataType {
                $kind
            }

            pub(super) fn array($rows: &[Row], $fill: fn(&EventRow) -> $cell) -> ArrayRef {
                $make
            }
        }
    };
}

maker!(strings Option<&str>, DataType::Utf8, rows cell Arc::new(cells(rows, cell).collect::<StringArray>()));
maker!(integers Option<i64>, DataType::Int64, rows cell Arc::new(cells(rows, cell).collect::<Int64Array>()));
maker!(floats Option<f64>, DataType::Float64, rows cell Arc::new(cells(rows, cell).collect::<Float64Array>()));
maker!(dates Option<Date>, DataType::Date32, rows cell {
    let epoch = Date::new(1970, 1, 1).expect("a day of the calendar");
    Arc::new(cells(rows, cell).map(|day| day.map(|day| day.days_since(epoch))).collect::<Date32Array>())
});
maker!(lists Vec<Option<&str>>, DataType::new_list(DataType::Utf8, true), rows cell {
    let mut lists = ListBuilder::new(StringBuilder::new());
    for row in rows {
        match row {
            Ok(row) => lists.append_value(cell(row)),
            Err(_) => lists.append_null(),
        }
    }
    Arc::new(lists.finish())
});
maker!(keys Option<&str>, DataType::Utf8, rows cell {
    let key = |row: &'_ Row| match row {
        Ok(row) => cell(row).map(str::to_owned),
        Err(failure) => failure.id.clone(),
    };
    Arc::new(rows.iter().map(key).collect::<StringArray>())
});

/// The column of errors.
mod errors {
    use super::*;

    pub(super) fn kind() -> DataType {
        DataType::Utf8
    }

    pub(super) fn array(rows: &[Row], cell: fn(&str) -> &str) -> ArrayRef {
        let error = |row: &'_ Row| row.as_ref().err().map(|failure| cell(&failure.error).to_owned());
        Arc::new(rows.iter().map(error).collect::<StringArray>())
    }
}

#[cfg(test)]
mod tests {
    use arrow_array::Array;

    use super::*;
    use crate::{Article, Pipeline, export};

    #[test]
    fn the_columns_are_those_of_the_csv() {
        let names: Vec<_> = COLUMNS.iter().map(|column| column.name).collect();
        assert_eq!(names.join(",") + "\n", export::csv_header());
    }

    #[test]
    fn an_event_and_an_error_are_a_row_each() {
        let article = Article::new("L’armée a bombardé Goma mardi, tuant dix civils.").unwrap();
        let article = article.with_id("a").published("2024-02-07".parse().unwrap());
        let mut rows: Vec<Row> =
            export::rows(&Pipeline::french().read(article)).into_iter().map(Ok).collect();
        assert_eq!(rows.len(), 1);
        rows.push(Err(Failure { id: Some("b".to_owned()), error: "row 1: no".to_owned() }));
        let batch = record_batch(&rows);
        assert_eq!((batch.num_rows(), batch.num_columns()), (2, COLUMNS.len()));
        for (column, field) in batch.columns().iter().zip(schema().fields()) {
            let both = matches!(field.name().as_str(), "doc_id");
            assert!(column.is_valid(0) != (field.name() == "error") || column.is_null(0), "{}", field.name());
            assert_eq!(column.is_valid(1), both || field.name() == "error", "{}", field.name());
        }
        assert_eq!(record_batch(&[]).num_rows(), 0);
    }
}
