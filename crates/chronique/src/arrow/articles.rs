use std::fmt;

use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Date64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType,
    UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{
    Array, BinaryArray, BinaryViewArray, LargeBinaryArray, LargeStringArray, RecordBatch, StringArray,
    StringViewArray, cast::AsArray,
};
use arrow_schema::{DataType, Schema, TimeUnit};
use chronique_times::Date;

use crate::Article;
use crate::export::Failure;

/// The names of the columns that hold articles.
///
/// The text must be there. The others need not be under their usual names; under another name they
/// must, because somebody meant them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Columns {
    /// Column of the text: strings.
    pub text: String,
    /// Column of the title: strings. The text read is then the title, a blank line and the text.
    pub title: Option<String>,
    /// Column of the day of publication: dates, timestamps, or strings that start with `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Column of the caller's key: strings or integers.
    pub id: Option<String>,
}

impl Default for Columns {
    /// `text`, `title`, `date` and `id`.
    fn default() -> Columns {
        let name = |name: &str| Some(name.to_owned());
        Columns { text: "text".to_owned(), title: name("title"), date: name("date"), id: name("id") }
    }
}

/// Where the columns of articles stand in a table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    text: usize,
    title: Option<usize>,
    date: Option<usize>,
    id: Option<usize>,
    names: Columns,
}

/// A table that holds no articles: a column is missing or of another type.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TableError(String);

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for TableError {}

impl Columns {
    /// Looks the columns up in the schema of a table.
    ///
    /// # Errors
    /// [`TableError`] if the text, or another column that was named, is missing or holds values that
    /// can't be read; the message names the column and those that are there.
    pub fn find(&self, schema: &Schema) -> Result<Found, TableError> {
        let usual = Columns::default();
        let other = |name: &Option<String>, usual: &Option<String>, fits: fn(&DataType) -> bool, what| {
            let Some(column) = name else { return Ok(None) };
            if name == usual && schema.index_of(column).is_err() {
                return Ok(None);
            }
            column_of(schema, column, fits, what).map(Some)
        };
        Ok(Found {
            text: column_of(schema, &self.text, is_string, "strings")?,
            title: other(&self.title, &usual.title, is_string, "strings")?,
            date: other(&self.date, &usual.date, is_date, "dates, timestamps or strings")?,
            id: other(&self.id, &usual.id, is_key, "strings or integers")?,
            names: self.clone(),
        })
    }
}

fn column_of(
    schema: &Schema,
    name: &str,
    fits: fn(&DataType) -> bool,
    what: &str,
) -> Result<usize, TableError> {
    let Ok(at) = schema.index_of(name) else {
        let there: Vec<_> = schema.fields().iter().map(|field| format!("\"{}\"", field.name())).collect();
        return Err(TableError(format!("no column \"{name}\"; columns are {}", there.join(", "))));
    };
    let kind = schema.field(at).data_type();
    if fits(kind) {
        return Ok(at);
    }
    Err(TableError(format!("column \"{name}\" has type {kind}: it must hold {what}; cast it first")))
}

fn is_string(kind: &DataType) -> bool {
    matches!(kind, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Null)
}

fn is_date(kind: &DataType) -> bool {
    is_string(kind) || matches!(kind, DataType::Date32 | DataType::Date64 | DataType::Timestamp(..))
}

fn is_key(kind: &DataType) -> bool {
    is_string(kind) || kind.is_integer()
}

impl Found {
    /// The articles of a record batch, each row by itself.
    ///
    /// `first` is the number of its first row in the whole table, counted from 0: messages name rows
    /// by it. `name` makes the id of a row that has none from its number.
    ///
    /// # Panics
    /// If the batch has another schema than the one that was searched.
    #[must_use]
    pub fn articles(
        &self,
        batch: &RecordBatch,
        first: usize,
        name: impl Fn(usize) -> String,
    ) -> Vec<Result<Article, Failure>> {
        let strings = |at: usize| Strings::new(batch.column(at));
        let text = strings(self.text);
        let title = self.title.map(strings);
        let date = self.date.map(|at| Days::new(batch.column(at)));
        let id = self.id.map(|at| Keys::new(batch.column(at)));
        let article = |row: usize| {
            let key = id.as_ref().map_or(Ok(None), |id| id.get(row));
            let doc_id = key.as_ref().ok().cloned().flatten().unwrap_or_else(|| name(first + row));
            let make = || -> Result<Article, String> {
                key.map_err(|error| told(self.names.id.as_deref(), error))?;
                let text = text.get(row).map_err(|error| told(Some(&self.names.text), error))?;
                let text = text.ok_or_else(|| told(Some(&self.names.text), "null"))?;
                let title = title.as_ref().map_or(Ok(None), |title| title.get(row));
                let title = title.map_err(|error| told(self.names.title.as_deref(), error))?;
                let date = date.as_ref().map_or(Ok(None), |date| date.get(row));
                let date = date.map_err(|error| told(self.names.date.as_deref(), error))?;
                let article = Article::titled(title.unwrap_or_default(), text);
                Ok(article.map_err(|error| error.to_string())?.with_date(date))
            };
            match make() {
                Ok(article) => Ok(article.with_id(doc_id)),
                Err(message) => {
                    Err(Failure { id: Some(doc_id), error: format!("row {}: {message}", first + row) })
                }
            }
        };
        (0..batch.num_rows()).map(article).collect()
    }
}

/// What is wrong with the cell of a column.
fn told(column: Option<&str>, wrong: impl fmt::Display) -> String {
    format!("\"{}\" is {wrong}", column.unwrap_or_default())
}

/// A column of strings. Its bytes are checked when they are read: a producer may not have done so.
enum Strings {
    Small(BinaryArray),
    Large(LargeBinaryArray),
    View(BinaryViewArray),
    Null,
}

impl Strings {
    fn new(column: &dyn Array) -> Strings {
        if let Some(strings) = column.as_any().downcast_ref::<StringArray>() {
            Strings::Small(strings.clone().into())
        } else if let Some(strings) = column.as_any().downcast_ref::<LargeStringArray>() {
            Strings::Large(strings.clone().into())
        } else if let Some(strings) = column.as_any().downcast_ref::<StringViewArray>() {
            Strings::View(strings.clone().to_binary_view())
        } else {
            Strings::Null
        }
    }

    fn get(&self, row: usize) -> Result<Option<&str>, &'static str> {
        let bytes = match self {
            Strings::Small(column) => column.is_valid(row).then(|| column.value(row)),
            Strings::Large(column) => column.is_valid(row).then(|| column.value(row)),
            Strings::View(column) => column.is_valid(row).then(|| column.value(row)),
            Strings::Null => None,
        };
        bytes.map(|bytes| std::str::from_utf8(bytes).map_err(|_| "not UTF-8")).transpose()
    }
}

/// A column of keys.
enum Keys<'b> {
    Strings(Strings),
    Integers(&'b dyn Array),
}

impl<'b> Keys<'b> {
    fn new(column: &'b dyn Array) -> Keys<'b> {
        if is_string(column.data_type()) {
            Keys::Strings(Strings::new(column))
        } else {
            Keys::Integers(column)
        }
    }

    fn get(&self, row: usize) -> Result<Option<String>, &'static str> {
        match self {
            Keys::Strings(column) => Ok(column.get(row)?.filter(|key| !key.is_empty()).map(str::to_owned)),
            Keys::Integers(column) if column.is_null(row) => Ok(None),
            Keys::Integers(column) => Ok(Some(integer(*column, row))),
        }
    }
}

fn integer(column: &dyn Array, row: usize) -> String {
    fn of<T: ArrowPrimitiveType<Native: fmt::Display>>(column: &dyn Array, row: usize) -> String {
        column.as_primitive::<T>().value(row).to_string()
    }
    match column.data_type() {
        DataType::Int8 => of::<Int8Type>(column, row),
        DataType::Int16 => of::<Int16Type>(column, row),
        DataType::Int32 => of::<Int32Type>(column, row),
        DataType::Int64 => of::<Int64Type>(column, row),
        DataType::UInt8 => of::<UInt8Type>(column, row),
        DataType::UInt16 => of::<UInt16Type>(column, row),
        DataType::UInt32 => of::<UInt32Type>(column, row),
        _ => of::<UInt64Type>(column, row),
    }
}

/// A column of days: dates and timestamps as days since 1970-01-01, or strings.
enum Days<'b> {
    Strings(Strings),
    Numbers(&'b dyn Array),
}

impl<'b> Days<'b> {
    fn new(column: &'b dyn Array) -> Days<'b> {
        if is_string(column.data_type()) {
            Days::Strings(Strings::new(column))
        } else {
            Days::Numbers(column)
        }
    }

    fn get(&self, row: usize) -> Result<Option<Date>, String> {
        match self {
            Days::Strings(column) => {
                let date = column.get(row)?.filter(|date| !date.is_empty());
                date.map(|date| {
                    let wrong = |_| {
                        format!("\"{date}\": write a day as YYYY-MM-DD, such as 2023-09-19, or leave it null")
                    };
                    Date::of_timestamp(date).map_err(wrong)
                })
                .transpose()
            }
            Days::Numbers(column) if column.is_null(row) => Ok(None),
            Days::Numbers(column) => {
                let days = days(*column, row);
                let epoch = Date::new(1970, 1, 1).expect("a day of the calendar");
                let day = i32::try_from(days).ok().and_then(|days| epoch.plus_days(days));
                day.map(Some)
                    .ok_or_else(|| format!("{days} days after 1970, which is no day of the calendar"))
            }
        }
    }
}

/// Whole days since 1970-01-01, by UTC.
fn days(column: &dyn Array, row: usize) -> i64 {
    const SECONDS: i64 = 86_400;
    match column.data_type() {
        DataType::Date32 => column.as_primitive::<Date32Type>().value(row).into(),
        DataType::Date64 => column.as_primitive::<Date64Type>().value(row).div_euclid(SECONDS * 1000),
        DataType::Timestamp(TimeUnit::Second, _) => {
            column.as_primitive::<TimestampSecondType>().value(row).div_euclid(SECONDS)
        }
        DataType::Timestamp(TimeUnit::Millisecond, _) => {
            column.as_primitive::<TimestampMillisecondType>().value(row).div_euclid(SECONDS * 1000)
        }
        DataType::Timestamp(TimeUnit::Microsecond, _) => {
            column.as_primitive::<TimestampMicrosecondType>().value(row).div_euclid(SECONDS * 1_000_000)
        }
        _ => column.as_primitive::<TimestampNanosecondType>().value(row).div_euclid(SECONDS * 1_000_000_000),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::{ArrayRef, Date32Array, Int64Array, NullArray, TimestampMillisecondArray};

    use super::*;

    fn read(columns: Vec<(&str, ArrayRef)>, names: &Columns) -> Vec<String> {
        let batch = RecordBatch::try_from_iter(columns).unwrap();
        let found = names.find(&batch.schema()).unwrap();
        let told = |row: Result<Article, Failure>| match row {
            Ok(article) => format!(
                "{} {} {}",
                article.id().unwrap(),
                article.date().map_or_else(|| "-".to_owned(), |date| date.to_string()),
                article.text().as_str().replace('\n', "|")
            ),
            Err(failure) => format!("{} !{}", failure.id.unwrap(), failure.error),
        };
        found.articles(&batch, 10, |row| row.to_string()).into_iter().map(told).collect()
    }

    #[test]
    fn a_row_is_read_by_itself() {
        let text: ArrayRef =
            Arc::new(StringArray::from(vec![Some("Un"), None, Some("Trois"), Some("Quatre")]));
        let date: ArrayRef = Arc::new(LargeStringArray::from(vec![
            Some("2024-02-07T10:00"),
            Some("2024-02-07"),
            Some("hier"),
            None,
        ]));
        let id: ArrayRef = Arc::new(Int64Array::from(vec![Some(7), Some(8), None, None]));
        let title: ArrayRef = Arc::new(StringViewArray::from(vec![Some("T"), None, None, Some("")]));
        let columns = vec![("text", text), ("date", date), ("id", id), ("title", title)];
        assert_eq!(
            read(columns, &Columns::default()),
            [
                "7 2024-02-07 T||Un",
                "8 !row 11: \"text\" is null",
                "12 !row 12: \"date\" is \"hier\": write a day as YYYY-MM-DD, such as 2023-09-19, or leave it null",
                "13 - Quatre",
            ]
        );
    }

    #[test]
    fn days_are_dates_of_all_kinds() {
        let text: ArrayRef = Arc::new(StringArray::from(vec!["a", "b", "c"]));
        let days: [ArrayRef; 3] = [
            Arc::new(Date32Array::from(vec![Some(19_760), None, Some(i32::MAX)])),
            Arc::new(TimestampMillisecondArray::from(vec![Some(1_707_300_000_000), None, Some(i64::MAX)])),
            Arc::new(NullArray::new(3)),
        ];
        let [dates, times, nulls] = days.map(|days| {
            let names = Columns { date: Some("jour".to_owned()), ..Columns::default() };
            read(vec![("text", text.clone()), ("jour", days)], &names)
        });
        assert_eq!(dates[0], "10 2024-02-07 a");
        assert_eq!((&dates[1], &times[..2]), (&"11 - b".to_owned(), &dates[..2]));
        assert!(dates[2].contains("no day of the calendar") && times[2].contains("no day"), "{dates:?}");
        assert_eq!(nulls[2], "12 - c");
    }

    #[test]
    fn a_wrong_table_names_its_columns() {
        let columns: Vec<(&str, ArrayRef)> =
            vec![("texte", Arc::new(NullArray::new(1))), ("n", Arc::new(Int64Array::from(vec![1])))];
        let schema = RecordBatch::try_from_iter(columns).unwrap().schema();
        let error = |names: Columns| names.find(&schema).unwrap_err().to_string();
        let named = |name: &str| Columns { text: name.to_owned(), ..Columns::default() };
        assert_eq!(error(Columns::default()), "no column \"text\"; columns are \"texte\", \"n\"");
        assert_eq!(error(named("n")), "column \"n\" has type Int64: it must hold strings; cast it first");
        let dated = Columns { date: Some("paru".to_owned()), ..named("texte") };
        assert!(error(dated).starts_with("no column \"paru\""));
        assert!(named("texte").find(&schema).is_ok());
    }

    #[test]
    fn bytes_that_are_no_text_are_an_error() {
        let bytes = BinaryArray::from(vec![b"Un".as_slice(), b"\xff\xfe"]);
        let data = bytes.to_data().into_builder().data_type(DataType::Utf8);
        // What an unchecked producer may hand over; `StringArray` itself would refuse it.
        let checked = data.build();
        assert!(checked.is_err());
        let strings = Strings::Small(bytes);
        assert_eq!((strings.get(0), strings.get(1)), (Ok(Some("Un")), Err("not UTF-8")));
    }
}
