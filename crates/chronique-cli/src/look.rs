//! `chronique places` and `times`: one layer at a time.

use chronique::{Article, Pipeline, export};

use crate::args::{Places, Times};
use crate::{Fault, print};

pub(crate) fn places(options: &Places) -> Result<(), Fault> {
    let document = Pipeline::french().read(article(&options.text)?);
    print(&export::explain_places(&document, export::Style::Plain))
}

pub(crate) fn times(options: &Times) -> Result<(), Fault> {
    let document = Pipeline::french().read(article(&options.phrase)?.with_date(options.date));
    if document.times().is_empty() {
        return Err(Fault::Other(format!("no time expression in « {} »", options.phrase)));
    }
    print(&export::explain_times(&document, export::Style::Plain))
}

fn article(text: &str) -> Result<Article, Fault> {
    Article::new(text).map_err(|error| Fault::Other(error.to_string()))
}
