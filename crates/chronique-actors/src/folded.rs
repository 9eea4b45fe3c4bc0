//! Words and phrases of a list, found by their folded form.

use chronique_text::fold_into;

/// The forms of a list and what each means.
#[derive(Debug)]
pub(crate) struct Folded<T> {
    /// Sorted.
    meanings: Vec<(String, T)>,
}

impl<T: Copy> Folded<T> {
    pub(crate) fn new<'f>(forms: impl IntoIterator<Item = (&'f str, T)>) -> Folded<T> {
        let fold = |(form, meaning): (&str, T)| {
            let mut folded = String::new();
            fold_into(form, &mut folded);
            (folded, meaning)
        };
        let mut meanings: Vec<_> = forms.into_iter().map(fold).collect();
        meanings.sort_by(|a, b| a.0.cmp(&b.0));
        Folded { meanings }
    }

    /// What a form means that is folded already.
    pub(crate) fn get(&self, folded: &str) -> Option<T> {
        let at = self.meanings.binary_search_by(|(form, _)| form.as_str().cmp(folded)).ok()?;
        Some(self.meanings[at].1)
    }
}
