//! Decides which names found in a text are used as names of places.

use std::collections::HashSet;

use chronique_syntax::{Deprel, Syntax, Upos};
use chronique_tokens::{TokenId, TokenKind};

use crate::builder::flag;
use crate::matcher::{Candidate, Case, Finder, Match, case};
use crate::place::PlaceKind;
use crate::rules::{List, Wants, Word};

/// How sure it is that a name is a place's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Verdict {
    /// It is.
    Place,
    /// It is, if the text is about the country of one of its candidates.
    IfCountry,
    /// It is none.
    No,
}

/// What stands around a name.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Surroundings {
    /// A preposition of place stands before.
    pub(crate) locative: bool,
    /// The preposition or article asks for this.
    pub(crate) wants: Wants,
    /// It is *à*.
    pub(crate) at: bool,
    /// A noun before asks for this kind: *la province de*.
    pub(crate) noun: Option<Wants>,
    /// A noun before makes it a part of another name: *université de*.
    pub(crate) organisation: bool,
    /// A title or a first name stands before.
    pub(crate) person: bool,
    /// A capitalised word that is no place stands right before or after.
    pub(crate) inside_name: bool,
    /// A capitalised word that is no place stands right before.
    pub(crate) after_name: bool,
    /// A noun of buildings or streets stands right before: *boulevard Sébastopol*.
    building: bool,
    /// It opens its sentence.
    pub(crate) initial: bool,
    /// The line is in capitals.
    pub(crate) capitals: bool,
    /// A bracket opens right after: `X (Y)`.
    pub(crate) bracket: bool,
    /// It stands in brackets: `(Somme)`.
    bracketed: bool,
    /// The bracket holds an acronym, and a preposition binds the name to what stands before: *force en X (FOX)*.
    acronym: bool,
    /// The tagger takes the name for a proper noun.
    proper: bool,
    /// *de* or an article stands before.
    pub(crate) bound: bool,
    /// *du* or *au* stands before: what is named so is no city.
    pub(crate) contracted: bool,
    /// *de* stands before, without an article.
    pub(crate) plain_of: bool,
    /// It is a member of a list with a division: *l'Aube et la Haute-Marne*.
    among_divisions: bool,
    /// By the tree it is a subject: *Nice accueille*.
    subject: bool,
}

/// Words after names that are persons in this text: their later mentions need no first name.
pub(crate) fn surnames(finder: &Finder<'_>) -> HashSet<u64> {
    let mut surnames = HashSet::new();
    let tokens = finder.tokens.as_slice();
    for at in 1..tokens.len() {
        if tokens[at].kind != TokenKind::Word
            || case(finder.form(at)) == Case::Lower
            || !tokens[at - 1].space_after
        {
            continue;
        }
        let before = finder.folds.word(at - 1);
        let capital = case(finder.form(at - 1)) != Case::Lower;
        if (capital && before.is(List::FirstName))
            || (before.is(List::Title) && !capital)
            || is_initial(finder.form(at - 1))
        {
            surnames.insert(hash(finder.folds.get(at)));
        }
    }
    surnames
}

/// Whether the token is a title: *président*, *ex-président*.
fn is_title(finder: &Finder<'_>, at: usize) -> bool {
    let folded = finder.folds.get(at);
    let plain = folded.strip_prefix("ex-").or_else(|| folded.strip_prefix("vice-")).unwrap_or(folded);
    finder.gazetteer.rules.word(plain).is(List::Title)
}

/// Whether a word that stands here has a capital for its place: at the start of a sentence, of a quotation, after a colon.
fn opens(finder: &Finder<'_>, start: usize, at: usize) -> bool {
    let tokens = finder.tokens.as_slice();
    let mark = |at: usize| matches!(finder.form(at), "«" | "\"" | "“" | ":" | "–" | "—" | "-" | "…" | "•");
    at == start
        || (start..at).all(|at| tokens[at].kind != TokenKind::Word)
        || (tokens[at - 1].kind != TokenKind::Word && mark(at - 1))
}

fn is_initial(form: &str) -> bool {
    let mut chars = form.chars();
    matches!((chars.next(), chars.next(), chars.next()), (Some(c), Some('.'), None) if c.is_uppercase())
}

/// Whether the capitalised word ends the name of a person or of a building, which is somewhere: *l'aéroport Atatürk d'Istanbul*,
/// *J. Martin de la Maison-Blanche*.
fn is_other_name(finder: &Finder<'_>, start: usize, at: usize) -> bool {
    let capital = |at: usize| case(finder.form(at)) != Case::Lower;
    let mut first = at;
    while first > start && capital(first - 1) && at - first < 4 {
        first -= 1;
    }
    let person =
        (first..at).any(|at| is_initial(finder.form(at)) || finder.folds.word(at).is(List::FirstName));
    let building = first > start && {
        let word = finder.folds.word(first - 1);
        word.is(List::Facility) && !word.is(List::Organisation)
    };
    person || building
}

/// Whether the bracket that the name ends spells out an acronym: *la FOX (Force en X)*.
fn spells_out(finder: &Finder<'_>, start: usize, matches: &[Match], nth: usize) -> bool {
    let this = &matches[nth];
    if finder.folds.get(this.last + 1) != ")" {
        return false;
    }
    let Some(bracket) =
        (start.max(this.first.saturating_sub(9))..this.first).rev().find(|&at| finder.form(at) == "(")
    else {
        return false;
    };
    let before = matches[..nth].iter().rev().find(|before| before.last < bracket);
    bracket > start
        && this.first > bracket + 2
        && case(finder.form(bracket - 1)) != Case::Lower
        && before.is_none_or(|before| before.last + 1 != bracket)
        && case(finder.form(bracket + 1)) == Case::Capitalised
        && case(finder.form(bracket + 2)) == Case::Lower
}

/// Whether the name stands alone in guillemets after a word of naming: *baptisé « Europe »*.
fn is_given(finder: &Finder<'_>, start: usize, this: &Match) -> bool {
    let quoted = this.first >= start + 2
        && this.last + 1 < finder.tokens.len()
        && matches!(finder.form(this.first - 1), "«" | "\"" | "“")
        && matches!(finder.form(this.last + 1), "»" | "\"" | "”");
    quoted && finder.folds.word(this.first - 2).is(List::Naming)
}

/// The name as it counts among the [`surnames`].
pub(crate) fn surname(finder: &Finder<'_>, this: &Match) -> u64 {
    hash(finder.folds.get(this.last))
}

fn hash(word: &str) -> u64 {
    crate::image::checksum(word.as_bytes())
}

impl Surroundings {
    /// Looks around match number `nth`.
    pub(crate) fn of(
        finder: &Finder<'_>,
        syntax: &Syntax,
        (matches, pool): (&[Match], &[Candidate]),
        nth: usize,
    ) -> Surroundings {
        let this = &matches[nth];
        let sentence = &finder.tokens.sentences()[this.sentence];
        let start = sentence.tokens.start as usize;
        let end = sentence.tokens.end as usize;
        let tokens = finder.tokens.as_slice();
        let word = |at: usize| -> Word { finder.folds.word(at) };
        let is_word = |at: usize| tokens[at].kind == TokenKind::Word;
        let mut around = Surroundings {
            initial: opens(finder, start, this.first),
            capitals: is_in_capitals(finder, this, start, end),
            bracket: this.last + 1 < end && finder.form(this.last + 1) == "(",
            proper: syntax.words().is_empty() || is_tagged(syntax, this.first, Upos::Propn),
            subject: is_subject(syntax, this.first),
            ..Surroundings::default()
        };
        let in_match = |at: usize| {
            let before = nth.checked_sub(1).is_some_and(|n| matches[n].last == at && matches[n].strong);
            before || matches.get(nth + 1).is_some_and(|next| next.first == at && next.strong)
        };
        around.among_divisions = is_among_divisions(finder, (matches, pool), nth);
        around.organisation |= spells_out(finder, start, matches, nth);
        around.inside_name |= is_given(finder, start, this);
        // A name in a list of places: de Meaux et Fontainebleau.
        let listed = this.first > start + 1
            && matches!(finder.folds.get(this.first - 1), "et" | "ou" | ",")
            && in_match(this.first - 2);
        if this.last + 1 < end && tokens[this.last].space_after && !around.capitals {
            let after = this.last + 1;
            // La maire de Paris Anne Hidalgo, le Premier ministre de l'Inde Narendra Modi: the name goes on, but
            // with a person's.
            let left = if this.first > start { finder.folds.get(this.first - 1) } else { "" };
            let of = matches!(left, "de" | "d'" | "du" | "des");
            let the = matches!(left, "l'" | "la" | "du" | "des");
            let office =
                the && (2..=4).any(|back| this.first >= start + back && is_title(finder, this.first - back));
            let country = || finder.is_any(&pool[this.candidates.clone()], PlaceKind::Country);
            let person =
                this.strong && ((of && word(after).is(List::FirstName)) || (the && country()) || office);
            let name_goes_on =
                is_word(after) && case(finder.form(after)) != Case::Lower && !in_match(after) && !person;
            around.inside_name |= name_goes_on
                || word(after).is(List::Tail)
                || (word(after).is(List::Follower)
                    && case(finder.form(after)) != Case::Lower
                    && is_word(after))
                || (tokens[after].kind == TokenKind::Number
                    && word(after).is(List::Follower)
                    && finder.folds.get(this.first) == "france");
        }
        if this.first == start || !is_word(this.first - 1) {
            around.bracketed = this.first > start
                && finder.form(this.first - 1) == "("
                && (this.last + 1 >= end || !is_word(this.last + 1));
            around.bound = listed;
            return around;
        }
        let before = this.first - 1;
        let form = finder.form(before);
        let opens = opens(finder, start, before);
        if case(form) != Case::Lower && !around.capitals && !form.ends_with(['\'', '’']) {
            let proper = if opens {
                word(before).is(List::FirstName) || is_tagged(syntax, before, Upos::Propn)
            } else {
                true
            };
            let grammar = word(before).is(List::Locative) || word(before).is(List::Article);
            let plain = word(before).is(List::Direction) || (opens && grammar) || in_match(before);
            around.person |= word(before).is(List::FirstName) || is_initial(form);
            around.after_name = proper && !plain;
            around.inside_name |= around.after_name;
        }
        around.person |= is_title(finder, before);
        around.organisation |= word(before).is(List::Desk);
        around.look_left(finder, start, before);
        around.acronym = around.bracket
            && (around.bound || around.locative)
            && !around.at
            && this.last + 3 < end
            && is_word(this.last + 2)
            && finder.form(this.last + 3) == ")"
            && matches.get(nth + 1).is_none_or(|next| next.first != this.last + 2)
            && case(finder.form(this.last + 2)) != Case::Lower
            && finder.form(this.last + 2).chars().count() <= 10;
        around.bound |= listed;
        around
    }

    /// Reads the preposition, the article and the governing noun to the left.
    fn look_left(&mut self, finder: &Finder<'_>, start: usize, mut at: usize) {
        let rules = &finder.gazetteer.rules;
        let folded = |at: usize| finder.folds.get(at);
        let word = finder.folds.word(at);
        if let Some(wants) = rules.trigger(folded(at)) {
            self.noun = Some(wants);
        }
        self.building = word.is(List::Facility) || word.is(List::Street);
        self.locative |= word.is(List::Locative);
        self.bound = word.is(List::Article) || matches!(folded(at), "de" | "d'");
        self.at |= folded(at) == "a";
        self.contracted = matches!(folded(at), "du" | "au");
        self.plain_of = matches!(folded(at), "de" | "d'");
        if word.is(List::Locative) || word.is(List::Article) {
            self.wants = word.wants;
        }
        let mut of = matches!(folded(at), "de" | "d'" | "du" | "des");
        if matches!(folded(at), "le" | "la" | "l'" | "les") && at > start {
            at -= 1;
            let word = finder.folds.word(at);
            self.locative |= word.is(List::Locative);
            of = folded(at) == "de";
        }
        if !of {
            return;
        }
        if let Some(noun) = at.checked_sub(1).filter(|&noun| noun >= start) {
            let word = finder.folds.word(noun);
            self.building |= word.is(List::Street);
            // A particle: Pierre de Villiers.
            self.person |=
                word.is(List::FirstName) && case(finder.form(noun)) == Case::Capitalised && noun > start;
        }
        // La Cour suprême, l'Assemblée nationale.
        let adjective = at > start && {
            let folded = folded(at - 1);
            let singular = folded.strip_suffix('s').unwrap_or(folded);
            rules.word(folded).is(List::Institution) || rules.word(singular).is(List::Institution)
        };
        // The governing noun, over at most two adjectives: la province congolaise de l'Ituri.
        for back in 1..=3 {
            let Some(noun) = at.checked_sub(back).filter(|&noun| noun >= start) else { break };
            if finder.tokens.as_slice()[noun].kind != TokenKind::Word {
                break;
            }
            let word = finder.folds.word(noun);
            let capital = case(finder.form(noun)) != Case::Lower;
            if word.is(List::Organisation) || (word.is(List::Club) && capital) {
                self.organisation |= back <= 2;
                break;
            }
            if let Some(wants) = rules.trigger(folded(noun)) {
                // La capitale du Québec is no Québec.
                let led = word.is(List::Seat) && self.wants == Wants::Area;
                self.noun = Some(if led { Wants::Any } else { wants });
                break;
            }
            if word.is(List::Link) || word.is(List::Article) || word.is(List::Locative) {
                // L'accord de paix d'Arusha, le service de police de Wasilla.
                let mut body = noun.checked_sub(1).filter(|&body| body >= start);
                // La Cour administrative d'appel de…
                if body.is_some_and(|body| finder.folds.word(body).is(List::Institution)) {
                    body = body.and_then(|body| body.checked_sub(1)).filter(|&body| body >= start);
                }
                let body = body.map(|body| finder.folds.word(body));
                // Of plurals, only those of names: la Chambre des représentants du Népal.
                let links = matches!(folded(noun), "de" | "d'")
                    || (folded(noun) == "des"
                        && noun > start
                        && case(finder.form(noun - 1)) == Case::Capitalised);
                self.organisation |= back >= 2
                    && links
                    && case(finder.form(noun + 1)) == Case::Lower
                    && body.is_some_and(|body| body.is(List::Organisation) || body.is(List::Body));
                break;
            }
            if noun > start
                && case(finder.form(noun)) == Case::Capitalised
                && !self.capitals
                && finder.folds.get(noun - 1) != "."
            {
                // A capitalised noun in mid-sentence heads the name of an institution: la Cour suprême de…
                // Le ministre de l'Intérieur du Gabon: a person's office.
                let office = noun >= start + 3 && folded(noun - 2) == "de" && is_title(finder, noun - 3);
                let opens = office
                    || opens(finder, start, noun)
                    || (!adjective && matches!(folded(noun - 1), "de" | "d'" | "du" | "des"));
                // Les Kurdes de Turquie: people are somewhere.
                let people = !adjective
                    && folded(noun).ends_with('s')
                    && matches!(folded(noun - 1), "les" | "des" | "aux" | "ces" | "d'" | "de");
                self.organisation |= !opens
                    && !people
                    && back == 1 + usize::from(adjective)
                    && !word.is(List::FirstName)
                    && !word.is(List::Direction)
                    && !is_title(finder, noun)
                    && !is_other_name(finder, start, noun);
            }
        }
    }

    /// Whether the name is a place's.
    pub(crate) fn verdict(
        &self,
        finder: &Finder<'_>,
        this: &Match,
        candidates: &[Candidate],
        surnames: &HashSet<u64>,
    ) -> Verdict {
        let strong = this.strong;
        let plain_noun = matches!(self.noun, Some(Wants::Kind(_)));
        let any = |is: &dyn Fn(PlaceKind) -> bool| {
            candidates.iter().any(|c| finder.gazetteer.place(c.place).is_some_and(|place| is(place.kind())))
        };
        let is_area = |kind| !matches!(kind, PlaceKind::City | PlaceKind::District);
        if self.names_other() {
            return Verdict::No;
        }
        if self.inside_name && !(strong && self.locative && plain_noun) {
            return Verdict::No;
        }
        let single = this.first == this.last;
        // A country is not taken for a person once somebody bears its name.
        if single
            && surnames.contains(&hash(finder.folds.get(this.first)))
            && !(self.locative && strong)
            && !plain_noun
            && !finder.is_any(candidates, PlaceKind::Country)
        {
            return Verdict::No;
        }
        if single && case(finder.form(this.first)) == Case::Upper && !self.capitals {
            // An acronym, unless it opens a dateline or the name itself is written so.
            let written_so = candidates.iter().any(|c| c.flags & flag::CAPITALS != 0);
            let dateline = strong && self.initial && finder.folds.get(this.first).len() > 3;
            if !written_so && !dateline {
                return Verdict::No;
            }
        }
        if candidates.iter().all(|c| c.flags & flag::NOUN != 0) {
            let kind = self.noun_kind();
            let kin = any(&|place| Some(place) == kind)
                || (self.among_divisions && any(&|place| place == PlaceKind::Admin));
            return if kin || (self.bracketed && any(&is_area)) { Verdict::Place } else { Verdict::No };
        }
        if strong {
            return Verdict::Place;
        }
        let cue = candidates.iter().all(|c| c.flags & flag::CUE != 0);
        if cue {
            if plain_noun || self.bracket || (self.bracketed && any(&is_area)) {
                return Verdict::Place;
            }
            let known = candidates.iter().any(|c| c.flags & (flag::WEAK | flag::CUE) == flag::CUE);
            // After an article a city is no place: l'Union, la Victoire.
            let fits = self.wants != Wants::Area || any(&is_area);
            let said = !self.initial && fits && (self.locative || (self.bound && self.proper));
            return match (said, known) {
                (true, true) => Verdict::Place,
                (true, false) => Verdict::IfCountry,
                (false, _) if known && self.initial && self.proper && self.subject => Verdict::IfCountry,
                (false, _) => Verdict::No,
            };
        }
        if plain_noun {
            return Verdict::Place;
        }
        if self.initial && !self.bracket && single {
            return Verdict::No;
        }
        Verdict::IfCountry
    }

    /// Whether the words around say that it names something else.
    pub(crate) fn names_other(&self) -> bool {
        self.organisation || self.person || self.acronym || self.building
    }

    /// Whether a preposition or an article stands right before.
    pub(crate) fn is_led(&self) -> bool {
        self.locative || self.bound
    }

    /// The kind that the noun before asks for.
    pub(crate) fn noun_kind(&self) -> Option<PlaceKind> {
        match self.noun {
            Some(Wants::Kind(kind)) => Some(kind),
            _ => None,
        }
    }
}

/// How strongly the words between two names say that the second holds the first: `Valence (Drôme)`, `à Beni,
/// dans le Nord-Kivu`; `None` if they do not.
pub(crate) fn holder_points(finder: &Finder<'_>, between: std::ops::Range<usize>) -> Option<f32> {
    if between.len() > 7 || between.is_empty() {
        return None;
    }
    let opens = finder.form(between.start);
    if opens == "(" {
        return (between.len() <= 2).then_some(4.0);
    }
    let fits = between.clone().all(|token| {
        let folded = finder.folds.get(token);
        let word = finder.folds.word(token);
        folded == ","
            || folded == "-"
            || word.is(List::Article)
            || word.is(List::Link)
            || word.is(List::Trigger)
            || (word.is(List::Locative) && folded != "a" && folded != "vers")
    });
    let comma = between.len() == 1 && opens == ",";
    let into = between.clone().any(|token| finder.folds.word(token).is(List::Locative));
    (fits && (comma || into)).then_some(if comma { 1.5 } else { 3.0 })
}

/// Whether the word is one of the [`surnames`].
pub(crate) fn is_surname(finder: &Finder<'_>, at: usize, surnames: &HashSet<u64>) -> bool {
    surnames.contains(&hash(finder.folds.get(at)))
}

fn is_tagged(syntax: &Syntax, token: usize, upos: Upos) -> bool {
    let Ok(token) = u32::try_from(token) else { return false };
    let words = syntax.words_of(TokenId(token));
    syntax
        .words()
        .get(words.start as usize..words.end as usize)
        .is_some_and(|words| words.iter().any(|word| word.upos == upos))
}

/// Whether the name is linked to the name of a division, article for article: *l'Aube et la Haute-Marne*, *du Pas-de-Calais, du Nord*.
fn is_among_divisions(finder: &Finder<'_>, (matches, pool): (&[Match], &[Candidate]), nth: usize) -> bool {
    let this = &matches[nth];
    let article = |at: usize| {
        matches!(finder.folds.get(at), "le" | "la" | "l'" | "les" | "du" | "de" | "des" | "dans" | "en")
    };
    let linked = |before: &Match, after: &Match| {
        let between = before.last + 1..after.first;
        (2..=4).contains(&between.len())
            && before.sentence == after.sentence
            && matches!(finder.folds.get(between.start), "et" | "ou" | ",")
            && (between.start + 1..between.end).all(article)
    };
    let before = nth.checked_sub(1).map(|nth| &matches[nth]).filter(|before| linked(before, this));
    let after = matches.get(nth + 1).filter(|after| linked(this, after));
    this.first > 0
        && article(this.first - 1)
        && before.into_iter().chain(after).any(|other| finder.is_division(&pool[other.candidates.clone()]))
}

/// Whether the token is a proper noun and the subject of a verb.
fn is_subject(syntax: &Syntax, token: usize) -> bool {
    let Ok(token) = u32::try_from(token) else { return false };
    let words = syntax.words_of(TokenId(token));
    syntax.words().get(words.start as usize..words.end as usize).is_some_and(|words| {
        words.iter().any(|word| word.upos == Upos::Propn && word.deprel == Deprel::Nsubj)
    })
}

/// Whether the name stands in a line of capitals, where they say nothing.
fn is_in_capitals(finder: &Finder<'_>, this: &Match, start: usize, end: usize) -> bool {
    let upper = |at: usize| {
        let form = finder.form(at);
        case(form) == Case::Upper && form.chars().count() > 1
    };
    if !(this.first..=this.last).any(upper) {
        return false;
    }
    let near = |mut range: std::ops::Range<usize>| range.any(&upper);
    near(this.first.saturating_sub(2).max(start)..this.first) || near(this.last + 1..(this.last + 3).min(end))
}
