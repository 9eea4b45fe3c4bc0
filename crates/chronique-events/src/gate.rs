use std::collections::HashMap;

use chronique_actors::ActorClass;
use chronique_text::WordSet;

use crate::LexiconError;
use crate::table::{one_of, rows};
use crate::topic::Domains;

/// The named word lists that gates refer to with `@`.
#[derive(Clone, Debug)]
pub(crate) struct Lists(HashMap<Box<str>, Vec<Box<str>>>);

impl Lists {
    pub(crate) fn parse(name: &str, text: &str) -> Result<Lists, LexiconError> {
        let mut lists = HashMap::new();
        for row in rows(name, text) {
            let words: Vec<Box<str>> = row.cell(1).split_whitespace().map(Into::into).collect();
            if lists.insert(row.cell(0).into(), words).is_some() {
                return Err(row.error(0, format!("the list `{}` is here twice", row.cell(0))));
            }
        }
        Ok(Lists(lists))
    }

    fn unknown(&self, list: &str) -> String {
        let mut known: Vec<&str> = self.0.keys().map(|name| &**name).collect();
        known.sort_unstable();
        format!("no list is called `{list}`: write @ before {}, or the lemmas themselves", one_of(known))
    }
}

/// What a gate asks a word to be: one of these lemmas, or of these classes of actor; or absent.
#[derive(Clone, Default, Debug)]
pub(crate) struct Wanted {
    lemmas: WordSet,
    pub(crate) classes: Classes,
    pub(crate) or_absent: bool,
}

impl Wanted {
    fn parse(values: &str, lists: &Lists) -> Result<Wanted, String> {
        let mut wanted = Wanted::default();
        for value in values.split('|').filter(|value| !value.is_empty()) {
            if value == "-" {
                wanted.or_absent = true;
            } else if let Some(list) = value.strip_prefix('@') {
                let words = lists.0.get(list).ok_or_else(|| lists.unknown(list))?;
                wanted.lemmas.extend(words.iter().cloned());
            } else if let Some(class) = Classes::parse(value) {
                wanted.classes = wanted.classes.or(class);
            } else {
                wanted.lemmas.insert(value.into());
            }
        }
        Ok(wanted)
    }

    /// Whether a word with this lemma and these classes is wanted; a bare gate wants any.
    pub(crate) fn takes(&self, lemma: &str, classes: Classes) -> bool {
        self.is_bare() || self.lemmas.contains(lemma) || self.classes.meets(classes)
    }

    /// Whether a gate was written without `=`.
    pub(crate) fn is_bare(&self) -> bool {
        self.lemmas.is_empty() && self.classes == Classes::NONE
    }
}

/// A set of classes of actors.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct Classes(u8);

impl Classes {
    pub(crate) const NONE: Classes = Classes(0);
    pub(crate) const STATE: Classes = Classes(1);
    pub(crate) const INSTITUTION: Classes = Classes(2);
    pub(crate) const ARMED: Classes = Classes(4);
    pub(crate) const ORGANISATION: Classes = Classes(8);
    pub(crate) const PERSON: Classes = Classes(16);
    pub(crate) const PEOPLE: Classes = Classes(32);
    /// Those that can act with force or authority.
    pub(crate) const FORCES: Classes = Classes(1 | 2 | 4 | 8);
    /// A name that no lexicon knows: a person or an organisation.
    pub(crate) const NAMED: Classes = Classes(8 | 16);
    /// Somebody, no more is known: the antecedent of a pronoun.
    pub(crate) const SOMEBODY: Classes = Classes(63);

    fn parse(class: &str) -> Option<Classes> {
        Some(match class {
            "state" => Classes::STATE,
            "institution" => Classes::INSTITUTION,
            "armed" => Classes::ARMED,
            "organisation" => Classes::ORGANISATION,
            "person" => Classes::PERSON,
            "people" => Classes::PEOPLE,
            _ => return None,
        })
    }

    pub(crate) fn of(class: ActorClass) -> Classes {
        match class {
            ActorClass::State => Classes::STATE,
            ActorClass::Institution => Classes::INSTITUTION,
            ActorClass::Armed => Classes::ARMED,
            ActorClass::Organisation => Classes::ORGANISATION,
            ActorClass::Person => Classes::PERSON,
            ActorClass::People => Classes::PEOPLE,
            _ => Classes::NONE,
        }
    }

    pub(crate) fn or(self, other: Classes) -> Classes {
        Classes(self.0 | other.0)
    }

    pub(crate) fn meets(self, other: Classes) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) fn is_none(self) -> bool {
        self.0 == 0
    }
}

/// One thing that a gate tests.
#[derive(Clone, Debug)]
pub(crate) enum Test {
    Topic(Domains),
    Anywhere,
    Never,
    Firm,
    Actor(Wanted),
    Recipient(Wanted),
    Party(Wanted),
    Subj(Wanted),
    Obj(Wanted),
    De(Wanted),
    Mod(Wanted),
    With(Wanted),
    Under(Wanted),
    Prep(Wanted),
    Comp,
    Clause,
    Det,
    Plural,
    Passive,
    Active,
    Refl,
    Amod,
    Proper,
}

impl Test {
    /// The name that a table writes it with.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Test::Topic(_) => "topic",
            Test::Anywhere => "anywhere",
            Test::Never => "never",
            Test::Firm => "firm",
            Test::Actor(_) => "actor",
            Test::Recipient(_) => "recipient",
            Test::Party(_) => "party",
            Test::Subj(_) => "subj",
            Test::Obj(_) => "obj",
            Test::De(_) => "de",
            Test::Mod(_) => "mod",
            Test::With(_) => "with",
            Test::Under(_) => "under",
            Test::Prep(_) => "prep",
            Test::Comp => "comp",
            Test::Clause => "clause",
            Test::Det => "det",
            Test::Plural => "plural",
            Test::Passive => "passive",
            Test::Active => "active",
            Test::Refl => "refl",
            Test::Amod => "amod",
            Test::Proper => "proper",
        }
    }
}

/// A condition on the reading of a trigger: one of its tests holds, or none if negated.
#[derive(Clone, Debug)]
pub(crate) struct Gate {
    /// As the lexicon writes it, for `explain`.
    pub(crate) source: Box<str>,
    pub(crate) negated: bool,
    pub(crate) any: Vec<Test>,
}

impl Gate {
    /// Reads one gate: `topic`, `!with=@sport`, `comp/prep=à|sur`.
    pub(crate) fn parse(source: &str, lists: &Lists) -> Result<Gate, String> {
        let (negated, body) = match source.strip_prefix('!') {
            Some(body) => (true, body),
            None => (false, source),
        };
        let any = body
            .split('/')
            .map(|test| {
                let (name, values) = test.split_once('=').unwrap_or((test, ""));
                read_test(name, values, lists)
            })
            .collect::<Result<_, _>>()?;
        Ok(Gate { source: source.into(), negated, any })
    }

    /// Whether the gate lets its row fire in articles on other subjects than politics and conflict.
    pub(crate) fn is_anywhere(&self) -> bool {
        self.any.iter().any(|test| matches!(test, Test::Anywhere))
    }

    /// Whether the gate says that what another gate of the row holds back gets no second look.
    pub(crate) fn is_firm(&self) -> bool {
        self.any.iter().any(|test| matches!(test, Test::Firm))
    }
}

const GATES: [&str; 23] = [
    "topic",
    "anywhere",
    "never",
    "firm",
    "actor",
    "recipient",
    "party",
    "subj",
    "obj",
    "de",
    "mod",
    "with",
    "under",
    "prep",
    "comp",
    "clause",
    "det",
    "plural",
    "passive",
    "active",
    "refl",
    "amod",
    "proper",
];

fn read_test(name: &str, values: &str, lists: &Lists) -> Result<Test, String> {
    let wanted = || Wanted::parse(values, lists);
    Ok(match name {
        "topic" => Test::Topic(Domains::parse(values)?),
        "anywhere" => Test::Anywhere,
        "never" => Test::Never,
        "firm" => Test::Firm,
        "actor" => Test::Actor(wanted()?),
        "recipient" => Test::Recipient(wanted()?),
        "party" => Test::Party(wanted()?),
        "subj" => Test::Subj(wanted()?),
        "obj" => Test::Obj(wanted()?),
        "de" => Test::De(wanted()?),
        "mod" => Test::Mod(wanted()?),
        "with" => Test::With(wanted()?),
        "under" => Test::Under(wanted()?),
        "prep" => Test::Prep(wanted()?),
        "comp" => Test::Comp,
        "clause" => Test::Clause,
        "det" => Test::Det,
        "plural" => Test::Plural,
        "passive" => Test::Passive,
        "active" => Test::Active,
        "refl" => Test::Refl,
        "amod" => Test::Amod,
        "proper" => Test::Proper,
        _ => return Err(format!("`{name}` is no gate: write {}", one_of(GATES))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_gate_that_messages_name_can_be_written() {
        let lists = Lists::parse("lists", "").unwrap();
        for name in GATES {
            assert!(read_test(name, "", &lists).is_ok(), "{name}");
        }
    }

    #[test]
    fn gates_read_as_written_or_say_what_is_wrong() {
        let lists = Lists::parse("lists", "sport\tmatch but\n").unwrap();
        let cases = [
            ("topic", Ok((false, 1))),
            ("!with=@sport|gardien", Ok((true, 1))),
            ("comp/obj=chef/prep=à|sur", Ok((false, 3))),
            ("actor=state|-", Ok((false, 1))),
            ("with=@sports", Err("no list is called `sports`")),
            ("weather=rain", Err("`weather` is no gate")),
            ("topic=opera", Err("`opera` is no domain")),
        ];
        for (source, expected) in cases {
            let gate = Gate::parse(source, &lists);
            match (gate, expected) {
                (Ok(gate), Ok((negated, tests))) => {
                    assert_eq!((gate.negated, gate.any.len()), (negated, tests), "{source}");
                }
                (Err(message), Err(expected)) => {
                    assert!(message.starts_with(expected), "{source}: {message}");
                }
                (gate, _) => panic!("{source}: {gate:?}"),
            }
        }
    }
}
