//! Patterns over the items of a sentence, and the search for the longest one that fits.

use crate::items::Item;
use crate::words::{Class, WordId, Words};

/// The most brackets that a pattern may have: *les 3, 4 et 5 mai* needs three.
pub(crate) const MAX_GROUPS: usize = 4;

/// One element of a pattern.
#[derive(Clone, Debug)]
pub(crate) struct Element {
    pub(crate) test: Test,
    pub(crate) words: Vec<WordId>,
    pub(crate) classes: u64,
    /// Classes of which only some words are meant.
    pub(crate) limited: Vec<(u64, Vec<WordId>)>,
    pub(crate) optional: bool,
    /// Whether what it takes says nothing: the second day of *dans la nuit de lundi à mardi*.
    pub(crate) silent: bool,
    /// The bracket that it stands in.
    pub(crate) group: Option<u8>,
}

/// A row of elements; those before the first bracket are its left context.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    pub(crate) elements: Vec<Element>,
    /// The number of the rule.
    pub(crate) rule: u16,
    /// The fewest and the most items that the left context takes.
    context: (usize, usize),
    /// What the elements that must take an item look for.
    needs: Box<[Held]>,
}

/// What some items are: classes, and words by the last bits of their numbers. A pattern that needs a month is not tried where
/// there is none.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct Held {
    classes: u64,
    words: u64,
}

impl Held {
    pub(crate) fn by(items: &[Item]) -> Held {
        items.iter().fold(Held::default(), |held, item| Held {
            classes: held.classes | item.classes,
            words: held.words | word_bit(item.word),
        })
    }

    fn meets(self, other: Held) -> bool {
        self.classes & other.classes | self.words & other.words != 0
    }
}

fn word_bit(word: WordId) -> u64 {
    1 << (word % 64)
}

impl Pattern {
    pub(crate) fn new(elements: Vec<Element>, rule: u16) -> Pattern {
        let left = elements.iter().take_while(|element| element.group.is_none());
        let context = left
            .filter(|element| element.test == Test::Take)
            .fold((0, 0), |(min, max), element| (min + usize::from(!element.optional), max + 1));
        let must = elements.iter().filter(|element| element.test == Test::Take && !element.optional);
        let needs = must.map(|element| Held {
            classes: element.limited.iter().fold(element.classes, |bits, (class, _)| bits | class),
            words: element.words.iter().fold(0, |bits, &word| bits | word_bit(word)),
        });
        let needs = needs.collect();
        Pattern { elements, rule, context, needs }
    }

    /// Whether each element that must take an item may find one among those that hold this.
    #[inline]
    pub(crate) fn may_fit(&self, held: Held) -> bool {
        self.needs.iter().all(|need| need.meets(held))
    }

    /// Whether the pattern fits so that its first bracket opens at `at`: the end of the match, and in
    /// `taken` what its elements take.
    pub(crate) fn fit(&self, items: &[Item], at: usize, taken: &mut Vec<Taken>) -> Option<usize> {
        let (min, max) = self.context;
        (min..=max.min(at)).find_map(|context| {
            taken.clear();
            let end = fit_from(&self.elements, 0, items, at - context, taken)?;
            let opens = taken.iter().find(|taken| self.elements[usize::from(taken.element)].group.is_some());
            (opens?.item as usize == at).then_some(end)
        })
    }
}

/// How an element looks at the items.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Test {
    /// It takes one item.
    Take,
    /// The next item is not one of these.
    NotNext,
    /// The previous item is not one of these.
    NotBefore,
    /// The next item is one of these, and is left.
    Next,
    /// The previous item is one of these.
    Before,
}

impl Element {
    pub(crate) fn fits(&self, item: &Item) -> bool {
        self.classes_of(item) != 0 || item.word != 0 && self.words.contains(&item.word)
    }

    /// The classes that the element finds in an item, as bits.
    pub(crate) fn classes_of(&self, item: &Item) -> u64 {
        let limited = self.limited.iter().filter(|(_, words)| words.contains(&item.word));
        limited.fold(self.classes, |bits, (class, _)| bits | class) & item.classes
    }
}

/// An item taken by an element of a pattern.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taken {
    pub(crate) element: u8,
    pub(crate) item: u32,
}

/// Whether and how the elements from `index` on fit the items from `at` on: appends what they take,
/// greedily, with backtracking over optional elements. A pattern has a dozen elements at most, so the
/// depth and the work are bounded. Gives the end of the match.
fn fit_from(
    elements: &[Element],
    index: usize,
    items: &[Item],
    at: usize,
    taken: &mut Vec<Taken>,
) -> Option<usize> {
    let Some(element) = elements.get(index) else { return Some(at) };
    let before = at.checked_sub(1).and_then(|before| items.get(before));
    let stop = element.classes & Class::Stop.bit() != 0;
    let next_fits = || items.get(at).map_or(stop, |item| element.fits(item));
    let before_fits = || before.map_or(stop, |item| element.fits(item));
    match element.test {
        Test::Take => {
            let mark = taken.len();
            if items.get(at).is_some_and(|item| element.fits(item)) {
                let (element, item) = (u8::try_from(index).ok()?, u32::try_from(at).ok()?);
                taken.push(Taken { element, item });
                if let Some(end) = fit_from(elements, index + 1, items, at + 1, taken) {
                    return Some(end);
                }
                taken.truncate(mark);
            }
            if element.optional { fit_from(elements, index + 1, items, at, taken) } else { None }
        }
        Test::NotNext if next_fits() => None,
        Test::Next if !next_fits() => None,
        Test::NotBefore if before_fits() => None,
        Test::Before if !before_fits() => None,
        _ => fit_from(elements, index + 1, items, at, taken),
    }
}

/// The rules that may start at an item, by its word and by its classes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Starts {
    by_word: Vec<Vec<u16>>,
    by_class: Vec<Vec<u16>>,
}

impl Starts {
    pub(crate) fn new<'e>(words: &Words, patterns: impl Iterator<Item = (u16, &'e [Element])>) -> Starts {
        let mut starts =
            Starts { by_word: vec![Vec::new(); words.len()], by_class: vec![Vec::new(); Class::ALL.len()] };
        for (number, elements) in patterns {
            let takes = |element: &&Element| element.test == Test::Take && element.group.is_some();
            for element in elements.iter().filter(takes) {
                let limited = element.limited.iter().flat_map(|(_, words)| words);
                for &word in element.words.iter().chain(limited) {
                    starts.by_word[usize::from(word)].push(number);
                }
                for class in Class::ALL.iter().filter(|class| element.classes & class.bit() != 0) {
                    starts.by_class[*class as usize].push(number);
                }
                if !element.optional {
                    break;
                }
            }
        }
        starts
    }

    /// The patterns that may start at an item, each perhaps more than once.
    pub(crate) fn candidates<'s>(&'s self, item: &Item) -> impl Iterator<Item = u16> + 's {
        let mut classes = item.classes;
        let by_class = std::iter::from_fn(move || {
            let class = (classes != 0).then(|| classes.trailing_zeros())?;
            classes &= classes - 1;
            Some(&self.by_class[class as usize])
        });
        self.by_word[usize::from(item.word)]
            .iter()
            .copied()
            .chain(by_class.flat_map(|patterns| patterns.iter().copied()))
    }
}
