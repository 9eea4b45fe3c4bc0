//! `chronique explain`.

use chronique::{Article, export};

use crate::args::Explain;
use crate::{Fault, input, print, style};

pub(crate) fn run(options: &Explain) -> Result<(), Fault> {
    let text = input::text(&options.file).map_err(Fault::Other)?;
    let article = Article::new(text).map_err(|error| Fault::Other(error.to_string()))?;
    let document = options.data.pipeline()?.build()?.read(article.with_date(options.date));
    print(&export::explain(&document, style(options.color)))
}
