//! Batches: many articles on the pipeline's threads, the documents in the order of the articles.

#[cfg(feature = "rayon")]
use rayon::prelude::*;

use crate::{Article, BuildError, Document, Pipeline};

/// How many articles an iterator holds at once for each thread.
const AHEAD: usize = 128;

/// Articles after which a chunk is closed however few they are, in bytes of text.
const CHUNK_BYTES: usize = 8 << 20;

/// The most that the short articles beside a long one may add up to, in bytes of text.
const COMPANY_BYTES: usize = 32 << 20;

impl Pipeline {
    /// Reads a batch: on several threads with the feature `rayon`, and always with the result of
    /// reading one by one. Documents come in the order of the articles.
    ///
    /// ```
    /// use chronique::{Article, Pipeline};
    ///
    /// let articles = ["Grève à Paris.", "Des combats à Goma."].map(|text| Article::new(text).unwrap());
    /// let documents = Pipeline::french().read_all(articles.to_vec());
    /// assert_eq!(documents[1].text().as_str(), "Des combats à Goma.");
    /// ```
    #[must_use]
    pub fn read_all(&self, articles: Vec<Article>) -> Vec<Document> {
        self.map_all(articles, |article| self.read(article))
    }

    /// Reads a stream of articles in bounded memory: it takes a chunk of articles, reads it on the
    /// pipeline's threads and gives out its documents, in the order of the articles.
    ///
    /// ```
    /// use chronique::{Article, Pipeline};
    ///
    /// let chronique = Pipeline::french();
    /// let articles = (0..1000).map(|day| Article::new(format!("Jour {day} du siège.")).unwrap());
    /// assert_eq!(chronique.read_iter(articles).count(), 1000);
    /// ```
    pub fn read_iter<I>(&self, articles: I) -> impl Iterator<Item = Document>
    where
        I: IntoIterator<Item = Article>,
    {
        let mut articles = articles.into_iter();
        std::iter::from_fn(move || {
            let chunk = self.chunk(&mut articles, |article| article.text().as_str().len());
            (!chunk.is_empty()).then(|| self.read_all(chunk))
        })
        .flatten()
    }

    /// What `make` makes of each item, on the pipeline's threads, in the order of the items: for
    /// callers that do more than read, such as writing each document down.
    #[must_use]
    pub fn map_all<T: Send, R: Send>(&self, items: Vec<T>, make: impl Fn(T) -> R + Sync) -> Vec<R> {
        self.threads.map_all(items, make)
    }

    /// The next items of a stream that together keep the threads busy, and no more: a chunk for
    /// [`Pipeline::map_all`]. `bytes` tells how long an item's text is.
    pub fn chunk<T>(&self, items: &mut impl Iterator<Item = T>, bytes: impl Fn(&T) -> usize) -> Vec<T> {
        chunk(items, self.jobs(), bytes)
    }

    /// The number of threads that batches run on.
    #[must_use]
    pub fn jobs(&self) -> usize {
        self.threads.count()
    }
}

fn chunk<T>(items: &mut impl Iterator<Item = T>, jobs: usize, bytes: impl Fn(&T) -> usize) -> Vec<T> {
    let (mut length, mut longest) = (0_usize, 0_usize);
    let mut chunk = Vec::new();
    // A chunk ends when its last article is read. While one thread reads a long one, the others need as
    // much to do each.
    let has_company = |length: usize, longest: usize| length >= (longest * jobs).min(COMPANY_BYTES);
    while chunk.len() < AHEAD * jobs && length < CHUNK_BYTES || !has_company(length, longest) {
        let Some(item) = items.next() else { break };
        let bytes = bytes(&item);
        (length, longest) = (length + bytes, longest.max(bytes));
        chunk.push(item);
    }
    chunk
}

/// The threads of a pipeline: its own, or those that the whole process shares.
#[derive(Debug)]
pub(crate) struct Threads {
    #[cfg(feature = "rayon")]
    own: Option<rayon::ThreadPool>,
}

#[cfg(feature = "rayon")]
impl Threads {
    pub(crate) fn new(jobs: Option<usize>) -> Result<Threads, BuildError> {
        let pool = |jobs| rayon::ThreadPoolBuilder::new().num_threads(jobs).build();
        let own = jobs.map(pool).transpose().map_err(|error| BuildError::threads(&error))?;
        Ok(Threads { own })
    }

    fn count(&self) -> usize {
        self.own.as_ref().map_or_else(rayon::current_num_threads, rayon::ThreadPool::current_num_threads)
    }

    fn map_all<T: Send, R: Send>(&self, items: Vec<T>, make: impl Fn(T) -> R + Sync) -> Vec<R> {
        // Articles differ in length a hundredfold: each is a task of its own, so that no thread is
        // left with a run of long ones.
        let all = || items.into_par_iter().with_max_len(1).map(&make).collect();
        match &self.own {
            Some(pool) => pool.install(all),
            None => all(),
        }
    }
}

#[cfg(not(feature = "rayon"))]
impl Threads {
    pub(crate) fn new(_jobs: Option<usize>) -> Result<Threads, BuildError> {
        Ok(Threads {})
    }

    fn count(&self) -> usize {
        1
    }

    fn map_all<T: Send, R: Send>(&self, items: Vec<T>, make: impl Fn(T) -> R + Sync) -> Vec<R> {
        items.into_iter().map(make).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lengths(items: &[usize], jobs: usize) -> Vec<usize> {
        let mut items = items.iter().copied();
        std::iter::from_fn(|| Some(chunk(&mut items, jobs, |&bytes| bytes)))
            .take_while(|chunk| !chunk.is_empty())
            .map(|chunk| chunk.len())
            .collect()
    }

    #[test]
    fn a_chunk_has_so_many_articles_for_each_thread() {
        assert_eq!(lengths(&[4_000; 600], 1), [128, 128, 128, 128, 88]);
        assert_eq!(lengths(&[4_000; 600], 2), [256, 256, 88]);
        assert_eq!(lengths(&[0; 200], 1), [128, 72]);
    }

    #[test]
    fn a_long_article_has_company_on_the_other_threads() {
        let mut articles = vec![4_000; 10_000];
        articles[100] = 5_000_000;
        // 5 MB on one thread, 1,250 articles of 4 kB on the other.
        assert_eq!(lengths(&articles, 2)[..2], [1_251, 256]);
        // One thread has no other to wait for.
        assert_eq!(lengths(&articles, 1)[..2], [128, 128]);
        // Long articles alone are closed by their bytes, however many threads there are.
        assert_eq!(lengths(&[5_000_000; 20], 2)[..2], [2, 2]);
        assert_eq!(lengths(&[5_000_000; 20], 64)[..2], [7, 7]);
    }
}
