//! Batches: many articles on the pipeline's threads, the documents in the order of the articles.

#[cfg(feature = "rayon")]
use rayon::prelude::*;

use crate::{Article, BuildError, Document, Pipeline};

/// How many articles an iterator holds at once for each thread.
const AHEAD: usize = 128;

/// Articles after which a chunk is closed however few they are, in bytes of text.
const CHUNK_BYTES: usize = 8 << 20;

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
        let (most, mut length) = (AHEAD * self.jobs(), 0);
        let mut chunk = Vec::new();
        while chunk.len() < most && length < CHUNK_BYTES {
            let Some(item) = items.next() else { break };
            length += bytes(&item);
            chunk.push(item);
        }
        chunk
    }

    /// The number of threads that batches run on.
    #[must_use]
    pub fn jobs(&self) -> usize {
        self.threads.count()
    }
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
