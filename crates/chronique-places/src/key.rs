//! The keys under which names are stored and looked up.

use std::collections::HashSet;
use std::sync::LazyLock;

use chronique_text::fold_into;

/// The key of a name: its folded words, joined by single spaces.
///
/// Case, accents, hyphens, apostrophes and points make no difference, and `St`, `Ste` before another
/// word are *saint*, *sainte*: `Saint-Denis`, `SAINT DENIS` and `St-Denis` share one key.
pub(crate) fn key(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    fold_into(name, &mut folded);
    let mut key = String::with_capacity(folded.len());
    push_words(&folded, &mut key);
    if let Some(rest) = abbreviated_saint(&key, true) {
        key = rest;
    }
    key
}

/// Appends the words of a folded token to a key, each after a space unless the key is empty.
pub(crate) fn push_words(folded: &str, key: &mut String) {
    let mut in_word = false;
    for c in folded.chars() {
        if c.is_alphanumeric() {
            if !in_word && !key.is_empty() {
                key.push(' ');
            }
            in_word = true;
            key.push(c);
        } else {
            in_word = false;
        }
    }
}

/// The words of a folded token as they stand in a key, with `st` spelled out. `room` holds them, if they are not the token.
pub(crate) fn words<'r>(folded: &'r str, room: &'r mut String) -> &'r str {
    if let Some(word) = one_word(folded) {
        return word;
    }
    room.clear();
    push_words(folded, room);
    if room.contains("st")
        && let Some(spelled) = abbreviated_saint(room, false)
    {
        *room = spelled;
    }
    room
}

/// The word that a folded token of letters and digits is, as most are.
#[inline]
pub(crate) fn one_word(folded: &str) -> Option<&str> {
    match folded {
        "st" => Some("saint"),
        "ste" => Some("sainte"),
        _ => folded.bytes().all(|byte| byte.is_ascii_alphanumeric()).then_some(folded),
    }
}

/// The first word of a key, and the second if there is one.
#[inline]
pub(crate) fn first_two(key: &str) -> (&str, Option<&str>) {
    // Words are short: a search made for long texts takes longer to begin than to go through one.
    let space = |key: &str| key.bytes().position(|byte| byte == b' ');
    let Some(end) = space(key) else { return (key, None) };
    let rest = &key[end + 1..];
    (&key[..end], Some(&rest[..space(rest).unwrap_or(rest.len())]))
}

/// The key with each `st` and `ste` spelled out; `None` if there is none.
///
/// `whole`: the key is complete, so that a last `st` has no word to belong to and stays.
pub(crate) fn abbreviated_saint(key: &str, whole: bool) -> Option<String> {
    if !key.split(' ').any(|word| word == "st" || word == "ste") {
        return None;
    }
    let words: Vec<&str> = key.split(' ').collect();
    let spelled = words.iter().enumerate().map(|(at, &word)| match word {
        _ if whole && at + 1 == words.len() => word,
        "st" => "saint",
        "ste" => "sainte",
        _ => word,
    });
    Some(spelled.collect::<Vec<_>>().join(" "))
}

/// Words that a name may hold in small letters: they say nothing against a proper name.
pub(crate) fn is_linking(folded: &str) -> bool {
    static LINKING: LazyLock<HashSet<&str>> =
        LazyLock::new(|| include_str!("../data/linking.tsv").lines().collect());
    let folded = folded.trim_end_matches('\'');
    // None is longer.
    folded.len() <= 4 && LINKING.contains(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys() {
        for (name, expected) in [
            ("Goma", "goma"),
            ("Haut-Karabakh", "haut karabakh"),
            ("Côte d’Ivoire", "cote d ivoire"),
            ("N'Djamena", "n djamena"),
            ("St-Denis", "saint denis"),
            ("Ste. Marie", "sainte marie"),
            ("St", "st"),
            ("Saint-Étienne", "saint etienne"),
            ("(  )", ""),
        ] {
            assert_eq!(key(name), expected, "{name}");
        }
    }

    #[test]
    fn first_words() {
        assert_eq!(first_two("goma"), ("goma", None));
        assert_eq!(first_two("le caire"), ("le", Some("caire")));
        assert_eq!(first_two("cote d ivoire"), ("cote", Some("d")));
    }

    #[test]
    fn linking() {
        assert!(is_linking("d'") && is_linking("ez"));
        assert!(!is_linking("occidentale") && !is_linking(""));
    }
}
