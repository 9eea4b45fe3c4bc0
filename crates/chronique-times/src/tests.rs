use chronique_text::Text;
use chronique_tokens::{TokenId, Tokenizer, Tokens};
use proptest::prelude::*;

use crate::{Anchor, Direction, FRENCH_RULES, FRENCH_WORDS, Moment, TimeExpression, TimeGrammar};

thread_local! {
    static TOKENIZER: Tokenizer = Tokenizer::french();
    static GRAMMAR: TimeGrammar = TimeGrammar::french();
}

fn tokenize(text: &Text) -> Tokens {
    TOKENIZER.with(|tokenizer| tokenizer.tokenize(text, [text.span()]))
}

/// What the grammar reads in a text.
fn read(grammar: &TimeGrammar, text: &Text, anchor: &Anchor<'_>) -> Vec<TimeExpression> {
    grammar.times(text, &tokenize(text), anchor)
}

/// The values that the grammar reads in a phrase, written `value; value`.
fn values(grammar: &TimeGrammar, phrase: &str, anchor: &Anchor<'_>) -> String {
    let text = Text::new(phrase).unwrap();
    let times = read(grammar, &text, anchor);
    times.iter().map(|time| time.value.to_string()).collect::<Vec<_>>().join("; ")
}

fn published(date: &str) -> Anchor<'static> {
    Anchor::new(Some(date.parse().unwrap()))
}

#[test]
fn every_rule_reads_its_examples_and_leaves_its_near_misses() {
    let grammar = TimeGrammar::french();
    let anchor = published("2023-09-20");
    let assistant = anchor.at(8, 30).prefer(Direction::Future);
    let mut wrong = Vec::new();
    for rule in grammar.rules() {
        for example in &rule.examples {
            let given = values(&grammar, &example.phrase, if rule.eager { &assistant } else { &anchor });
            let expected = example.expected.as_deref().unwrap_or("");
            if given != expected {
                let (name, line, phrase) = (&rule.name, example.line, &example.phrase);
                wrong.push(format!("{name} (line {line}): {phrase:?} gives {given:?}, not {expected:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_has_a_pattern_and_an_example() {
    for rule in TimeGrammar::french().rules() {
        assert!(!rule.examples.is_empty(), "rule {} has no example", rule.name);
        assert!(!rule.patterns.is_empty(), "rule {} has no pattern", rule.name);
    }
}

#[test]
fn spans_leave_the_preposition_and_keep_what_fixes_the_value() {
    let grammar = TimeGrammar::french();
    for (phrase, spans) in [
        ("Depuis 2012, il attend.", "2012"),
        ("Elle est arrivée il y a trois jours.", "il y a trois jours"),
        ("dans la nuit de samedi à dimanche", "dans la nuit de samedi à dimanche"),
        ("D’ici fin 2019", "fin 2019"),
        ("publié le mercredi 13 novembre 2019 à 08h28", "mercredi 13 novembre 2019 à 08h28"),
        ("commencent ce mercredi à Washington", "ce mercredi"),
        ("entre 2006 et 2014", "2006|2014"),
        ("du 26 février au 7 mars", "26 février|7 mars"),
        ("(2006-2019)", "2006-2019"),
        ("vers 20H30 (18H30 GMT)", "20H30|18H30 GMT"),
        ("le 1 er février dernier", "1 er février dernier"),
        ("en plus de cinq décennies", "plus de cinq décennies"),
        ("L’E\u{301}TE\u{301} dernier, en fe\u{301}vrier", "L’E\u{301}TE\u{301} dernier|fe\u{301}vrier"),
    ] {
        let text = Text::new(phrase).unwrap();
        let times = read(&grammar, &text, &published("2023-09-20"));
        let found: Vec<&str> = times.iter().map(|time| text.slice(time.span)).collect();
        assert_eq!(found.join("|"), spans, "{phrase}");
    }
}

#[test]
fn the_tense_of_the_clause_decides_and_else_the_preference() {
    let grammar = TimeGrammar::french();
    let wednesday = published("2023-09-20");
    let (past, future) = (|_: TokenId| Some(Direction::Past), |_: TokenId| Some(Direction::Future));
    for (phrase, told_past, told_future, prefer_future, prefer_none) in [
        ("lundi", "2023-09-18", "2023-09-25", "2023-09-25", "XXXX-WXX-1"),
        ("mercredi", "2023-09-20", "2023-09-20", "2023-09-27", "XXXX-WXX-3"),
        ("en mai", "2023-05", "2024-05", "2024-05", "XXXX-05"),
        ("en octobre", "2022-10", "2023-10", "2023-10", "XXXX-10"),
        ("le 14 juillet", "2023-07-14", "2023-07-14", "2024-07-14", "XXXX-07-14"),
        ("le 12 novembre", "2023-11-12", "2023-11-12", "2023-11-12", "XXXX-11-12"),
        ("le 15 août", "2023-08-15", "2023-08-15", "2024-08-15", "XXXX-08-15"),
        ("mardi dernier", "2023-09-19", "2023-09-19", "2023-09-19", "2023-09-19"),
        ("cet été", "2023-SU", "2023-SU", "2023-SU", "XXXX-SU"),
    ] {
        let given = |anchor: Anchor<'_>| values(&grammar, phrase, &anchor);
        assert_eq!(given(wednesday.tense(&past)), told_past, "{phrase}");
        assert_eq!(given(wednesday.tense(&future)), told_future, "{phrase}");
        assert_eq!(given(wednesday.prefer(Direction::Future)), prefer_future, "{phrase}");
        assert_eq!(given(wednesday.prefer(Direction::None)), prefer_none, "{phrase}");
    }
}

#[test]
fn without_a_day_of_publication_nothing_is_guessed() {
    let grammar = TimeGrammar::french();
    for (phrase, expected) in [
        ("mardi", "XXXX-WXX-2"),
        ("en avril", "XXXX-04"),
        ("le 18 mai", "XXXX-05-18"),
        ("Le 29 février", "XXXX-02-29"),
        ("hier", "XXXX-XX-XX"),
        ("hier soir", "XXXX-XX-XXTEV"),
        ("la semaine dernière", "XXXX-WXX"),
        ("le mois dernier", "XXXX-XX"),
        ("l'an dernier", "XXXX"),
        ("à 10 heures", "XXXX-XX-XXT10:00"),
        ("il y a trois ans", "XXXX"),
        ("cet été", "XXXX-SU"),
        ("à Noël", "XXXX-12-25"),
        ("en 2015", "2015"),
        ("depuis deux mois", "P2M"),
        ("récemment", "PAST_REF"),
        // What the text itself dates may anchor what follows, and what it says of a weekday.
        ("Le 3 mai 2019, il part. Le lendemain, il revient.", "2019-05-03; 2019-05-04"),
        ("Le scrutin de dimanche. Le dimanche 18 mai, à 20 heures.", "XXXX-05-18; XXXX-05-18T20:00"),
        (
            "Dimanche soir. Le dimanche 18 mai puis le dimanche 25 mai.",
            "XXXX-WXX-7TEV; XXXX-05-18; XXXX-05-25",
        ),
        ("Le 28 février. Le lendemain", "XXXX-02-28; XXXX-03-01"),
    ] {
        assert_eq!(values(&grammar, phrase, &Anchor::new(None)), expected, "{phrase}");
    }
}

#[test]
fn clock_times_lie_on_the_day_that_the_text_reports() {
    let grammar = TimeGrammar::french();
    for (phrase, expected) in [
        ("Mardi, des tirs ont éclaté. Vers 14 h 30, le calme est revenu.", "2023-09-19; 2023-09-19T14:30"),
        ("Le vote est fixé au 8 octobre. Résultats à 15 heures.", "2023-10-08; 2023-09-20T15:00"),
        ("Le sommet s'ouvrira samedi 30 septembre. Vers 14 h, il a appelé.", "2023-09-30; 2023-09-20T14:00"),
        ("Hier matin. À 10 heures (8 heures GMT).", "2023-09-19TMO; 2023-09-19T10:00; 2023-09-19T08:00"),
    ] {
        assert_eq!(values(&grammar, phrase, &published("2023-09-20")), expected, "{phrase}");
    }
}

#[test]
fn ranges_and_intervals() {
    let grammar = TimeGrammar::french();
    for (phrase, expected) in [
        ("du 13 au 15 juillet", "2023-07-13 00:00.. 2023-07-15 00:00-2023-07-16 00:00"),
        ("les 13 et 14 juillet", "2023-07-13 00:00-2023-07-14 00:00 2023-07-14 00:00-2023-07-15 00:00"),
        ("entre le 13 et le 15 juillet", "2023-07-13 00:00.. 2023-07-15 00:00-2023-07-16 00:00"),
        ("13-15 juillet", "2023-07-13 00:00.. 2023-07-15 00:00-2023-07-16 00:00"),
        ("de 2015 à 2018", "2015-01-01 00:00.. 2018-01-01 00:00-2019-01-01 00:00"),
        ("de 14 heures à 16 heures", "2023-09-20 14:00.. 2023-09-20 16:00-2023-09-20 16:01"),
        ("fin 2019", "2019-11-01 00:00-2020-01-01 00:00"),
        ("mi-février 2023", "2023-02-11 00:00-2023-02-21 00:00"),
        ("mardi en fin d'après-midi", "2023-09-19 17:00-2023-09-19 19:00"),
        ("la nuit dernière", "2023-09-19 20:00-2023-09-20 06:00"),
        ("l'été 2011", "2011-06-21 00:00-2011-09-24 00:00"),
        ("au début de l'été 2011", "2011-06-21 00:00-2011-07-22 00:00"),
        ("depuis deux mois", ""),
    ] {
        let times = read(&grammar, &Text::new(phrase).unwrap(), &published("2023-09-20"));
        let shown: Vec<String> = times
            .iter()
            .filter_map(|time| {
                let (begin, end) = time.interval()?;
                let minute = |moment: Moment| moment.to_string().replace('T', " ")[..16].to_owned();
                let (begin, end) = (minute(begin), minute(end));
                Some(if time.opens_range { format!("{begin}..") } else { format!("{begin}-{end}") })
            })
            .collect();
        assert_eq!(shown.join(" "), expected, "{phrase}");
    }
}

#[test]
fn errors_say_where() {
    let cases: &[(&str, &str, &str)] = &[
        ("weekday\t1", "", "words:1:1: expected three columns separated by tabs: class, value, forms"),
        ("# list\nweekdy\t1\tlundi", "", "words:2:1: there is no class “weekdy”"),
        ("weekday\t8\tlundi", "", "words:1:9: “8” is no value of weekday"),
        ("feast\t02-30\tfête", "", "words:1:7: “02-30” is no value of feast"),
        ("", "= mardi", "rules:1:1: expected “rule” or “set” first"),
        ("", "rule a 9 date", "rules:1:6: “9” is no level from 1 to 4"),
        ("", "rule a 1 dates", "rules:1:6: there is no meaning “dates”"),
        ("", "rule a 1 date\n= le [ {weekda} ]", "rules:2:8: there is no class “weekda”"),
        ("", "rule a 1 date\n= le <days>", "rules:2:6: there is no set “days”"),
        ("", "rule a 1 date\n= le [ mardi", "rules:2:14: a bracket is open at the end"),
        ("", "rule a 1 date\n= le? mardi?", "rules:2:3: the pattern takes nothing"),
        ("", "rule a 1 date\n= le||la", "rules:2:3: an alternative is empty"),
        ("", "rule a 1 date\nmardi", "rules:2:1: expected “=”, “+”, “-”, “rule” or “set”"),
        ("", "set days lundi", "rules:1:1: expected “set NAME = word|word”"),
    ];
    for (words, rules, message) in cases {
        let error = TimeGrammar::new(("words", words), &[("rules", rules)]).unwrap_err();
        assert_eq!(error.to_string(), *message);
    }
}

#[test]
fn a_grammar_can_be_extended() {
    let extra =
        "rule harvest 2 yearly 09-08\n= [ fête des vendanges ]\n+ la fête des vendanges => 2023-09-08\n";
    let files: Vec<_> = FRENCH_RULES.iter().copied().chain([("mine.rules", extra)]).collect();
    let grammar = TimeGrammar::new(FRENCH_WORDS, &files).unwrap();
    assert_eq!(values(&grammar, "à la fête des vendanges", &published("2023-09-20")), "2023-09-08");
}

#[test]
fn public_types_can_cross_threads() {
    fn check<T: Send + Sync + std::fmt::Debug>() {}
    check::<TimeGrammar>();
    check::<TimeExpression>();
}

/// Pieces of which expressions are made, and some noise.
const PIECES: &[&str] = &[
    "mardi",
    "le",
    "12",
    "31",
    "février",
    "2019",
    "à",
    "8",
    "heures",
    "h",
    "30",
    "du",
    "matin",
    "il y a",
    "trois",
    "semaines",
    "plus tard",
    "dans la nuit de",
    "lundi",
    "l'",
    "an",
    "dernier",
    "prochain",
    ",",
    ".",
    "fin",
    "mi-mars",
    "2013-2014",
    "un",
    "million",
    "99999999",
    "0",
    "ans",
    "siècle",
    "XIXe",
    "(",
    ")",
    "vingt et un",
    "mille",
    "cent",
    "des",
    "dizaine de",
    "hier",
    "\n\n",
    "été",
    "Noël",
    "de",
    "et",
    "-",
    "/",
    "12/13/14",
    "29/02/2019",
    "la veille",
    "le lendemain",
    "seconde",
    "premier",
    "dernière",
    "9999",
];

proptest! {
    #[test]
    fn expressions_are_in_order_disjoint_and_lie_on_tokens(
        pieces in prop::collection::vec(0..PIECES.len(), 0..40),
        dated in any::<bool>(),
        prefer in 0..3,
    ) {
        let phrase: Vec<&str> = pieces.iter().map(|&at| PIECES[at]).collect();
        let text = Text::new(phrase.join(" ")).unwrap();
        check(&text, dated, prefer)?;
    }

    #[test]
    fn any_text_can_be_read(text in "\\PC{0,200}", dated in any::<bool>(), prefer in 0..3) {
        check(&Text::new(text).unwrap(), dated, prefer)?;
    }
}

fn check(text: &Text, dated: bool, prefer: i32) -> Result<(), TestCaseError> {
    let tokens = tokenize(text);
    let prefer = [Direction::Past, Direction::Future, Direction::None][prefer as usize];
    for date in ["0001-01-01", "2024-02-29", "9999-12-31"] {
        let anchor = Anchor::new(dated.then(|| date.parse().unwrap())).prefer(prefer).at(23, 59);
        let times = GRAMMAR.with(|grammar| grammar.times(text, &tokens, &anchor));
        let mut end = 0;
        for time in &times {
            prop_assert!(time.span.start() >= end && !time.span.is_empty());
            end = time.span.end();
            let cover = tokens.token(time.first).span.cover(tokens.token(time.last).span);
            prop_assert!(cover.contains(time.span));
            if let Some((first, last)) = time.value.days() {
                prop_assert!(first <= last, "{}", time.value);
            }
            if let Some((begin, end)) = time.interval() {
                prop_assert!(begin < end, "{}", time.value);
            }
        }
    }
    Ok(())
}
