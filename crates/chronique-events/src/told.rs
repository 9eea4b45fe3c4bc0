//! Gates in plain English.

/// What a gate asks, in plain English; with `holds` false, what is then the case instead.
pub(crate) fn gate_in_words(source: &str, holds: bool) -> String {
    let (negated, body) = match source.strip_prefix('!') {
        Some(body) => (true, body),
        None => (false, source),
    };
    let positive = negated != holds;
    let tests: Vec<String> = body.split('/').map(|test| test_in_words(test, positive)).collect();
    tests.join(if positive { " or " } else { " and " })
}

fn test_in_words(test: &str, positive: bool) -> String {
    let (name, values) = test.split_once('=').unwrap_or((test, ""));
    let wanted = Words::of(values);
    let is = if positive { "is" } else { "is not" };
    match name {
        "topic" if values.is_empty() => {
            format!("the article {is} about politics, conflict, protest or justice")
        }
        "topic" => format!("the article {is} about {}", values.replace('|', " or ")),
        "anywhere" => "articles on anything will do".to_owned(),
        "never" => "switched off".to_owned(),
        "firm" => "no second look when another gate does not hold".to_owned(),
        "actor" => wanted.role("who does it", "somebody does it", "nobody is said to do it", positive),
        "recipient" => wanted.role(
            "to whom it is done",
            "somebody is said to undergo it",
            "nobody is said to undergo it",
            positive,
        ),
        "party" if wanted.any.is_empty() => format!("the sentence {} somebody", names(positive)),
        "party" => format!("the sentence {} {}", names(positive), wanted.list()),
        "subj" => wanted.role("the subject", "there is a subject", "there is no subject", positive),
        "obj" => wanted.role("the object", "there is an object", "there is no object", positive),
        "de" => wanted.role(
            "the complement with de",
            "there is a complement with de",
            "there is no complement with de",
            positive,
        ),
        "mod" => wanted.there("right on the noun", "a word", positive),
        "with" => wanted.there("within fourteen words", "a word", positive),
        "under" => wanted.there("over it", "a word", positive),
        "prep" => wanted.there("before a complement of it", "a preposition", positive),
        "comp" if positive => "an infinitive or a clause depends on it".to_owned(),
        "comp" => "no infinitive and no clause depends on it".to_owned(),
        "clause" if positive => "a finite clause depends on it".to_owned(),
        "clause" => "no finite clause depends on it".to_owned(),
        "det" => format!("it {is} determined, counted or free of a preposition"),
        "plural" => format!("it {is} plural"),
        "passive" => format!("it {is} in the passive"),
        "active" => format!("it {is} in the active"),
        "refl" => format!("it {is} reflexive"),
        "amod" => format!("it {is} a participle on a noun"),
        "proper" if positive => "a proper name follows it".to_owned(),
        "proper" => "no proper name follows it".to_owned(),
        other => format!("{other} {}", if positive { "holds" } else { "does not hold" }),
    }
}

fn names(positive: bool) -> &'static str {
    if positive { "names" } else { "does not name" }
}

/// The values of a gate, in words.
struct Words {
    /// Empty for a gate written without values.
    any: Vec<String>,
    or_absent: bool,
}

impl Words {
    fn of(values: &str) -> Words {
        let known = |value: &str| match value {
            "state" => "a state".to_owned(),
            "institution" => "an institution".to_owned(),
            "armed" => "somebody armed".to_owned(),
            "organisation" => "an organisation".to_owned(),
            "person" => "a person".to_owned(),
            "people" => "people".to_owned(),
            word => word.to_owned(),
        };
        let values = values.split('|').filter(|value| !value.is_empty());
        let or_absent = values.clone().any(|value| value == "-");
        Words { any: values.filter(|&value| value != "-").map(known).collect(), or_absent }
    }

    fn list(&self) -> String {
        match self.any.as_slice() {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => format!("{} or {last}", first.join(", ")),
        }
    }

    fn role(&self, what: &str, some: &str, none: &str, positive: bool) -> String {
        match (self.any.is_empty(), positive) {
            (true, true) => if self.or_absent { none } else { some }.to_owned(),
            (true, false) => if self.or_absent { some } else { none }.to_owned(),
            (false, true) if self.or_absent => format!("{what} is {}, or {none}", self.list()),
            (false, true) => format!("{what} is {}", self.list()),
            (false, false) => format!("{what} is not {}", self.list()),
        }
    }

    fn there(&self, place: &str, some: &str, positive: bool) -> String {
        let what = if self.any.is_empty() { some.to_owned() } else { self.list() };
        match (positive, self.or_absent) {
            (true, true) => format!("{what} stands {place}, or nothing"),
            (true, false) => format!("{what} stands {place}"),
            (false, true) => format!("something else than {what} stands {place}"),
            (false, false) => format!("no {what} stands {place}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gates_are_told_in_english_held_or_not() {
        let cases = [
            ("topic=conflict|protest", true, "the article is about conflict or protest"),
            ("!with=gardien|but", true, "no gardien or but stands within fourteen words"),
            ("!with=gardien|but", false, "gardien or but stands within fourteen words"),
            (
                "actor=armed|state|-",
                true,
                "who does it is somebody armed or a state, or nobody is said to do it",
            ),
            ("actor", false, "nobody is said to do it"),
            ("recipient/obj=@target", true, "somebody is said to undergo it or the object is @target"),
            ("recipient/obj=@target", false, "nobody is said to undergo it and the object is not @target"),
            ("plural", false, "it is not plural"),
            ("party=state|armed", false, "the sentence does not name a state or somebody armed"),
            ("comp", false, "no infinitive and no clause depends on it"),
        ];
        for (gate, holds, told) in cases {
            assert_eq!(gate_in_words(gate, holds), told, "{gate} {holds}");
        }
    }

    #[test]
    fn every_gate_of_the_lexicon_has_words() {
        let lexicon = crate::Lexicon::french();
        for gate in lexicon.entries.iter().flat_map(|entry| &entry.gates) {
            assert!(!gate_in_words(&gate.source, true).contains(" holds"), "{}", gate.source);
        }
    }
}
