//! Place or metonym: *à Bamako*, but *Bamako accuse*.

use chronique_syntax::{Deprel, Syntax, Upos, WordId};
use chronique_text::{Span, fold_into};

use crate::matcher::{Finder, Match};
use crate::mention::{PlaceRole, ResolvedPlace};
use crate::place::{Feature, PlaceKind};
use crate::rules::List;

/// How a name is used: a country, a city or a palace stands for who governs it where it acts, is acted upon as one who answers
/// (*accuse la Russie*), or stands in a relation between states (*un accord avec Israël*, *le retrait des États-Unis*).
pub(crate) fn role(
    finder: &Finder<'_>,
    syntax: &Syntax,
    found: &Match,
    kind: PlaceKind,
    feature: Feature,
) -> PlaceRole {
    let governs = matches!(kind, PlaceKind::Country | PlaceKind::City | PlaceKind::Admin | PlaceKind::Region)
        || feature == Feature::Building;
    let start = finder.tokens.sentences()[found.sentence].tokens.start as usize;
    let opens_headline = finder.folds.get(found.last + 1) == ":" && found.first <= start + 1;
    if !governs || opens_headline {
        return PlaceRole::Location;
    }
    match before(finder, start, found.first, feature) {
        Some(role) => role,
        None if acts(finder, syntax, found) => PlaceRole::Metonym,
        // The palaces of power stand for who works in them: la porte-parole de l'Élysée.
        None if feature == Feature::Building => PlaceRole::Metonym,
        None => PlaceRole::Location,
    }
}

/// Gives the members of a list the role of its first: *envers le Portugal et l'Espagne*.
pub(crate) fn share_roles(finder: &Finder<'_>, places: &mut [ResolvedPlace]) {
    for at in 1..places.len() {
        let (first, next) = (&places[at - 1], &places[at]);
        let between = first.last.index() + 1..next.first.index();
        let same = first.role == PlaceRole::Metonym
            && first.kind == next.kind
            && !between.is_empty()
            && between.len() <= 3;
        let links = between
            .clone()
            .all(|token| matches!(finder.folds.get(token), "et" | "ou" | "," | "le" | "la" | "l'" | "les"));
        if same && links && matches!(finder.folds.get(between.start), "et" | "ou" | ",") {
            places[at].role = PlaceRole::Metonym;
        }
    }
}

/// What the words before the name say, if they decide.
fn before(finder: &Finder<'_>, start: usize, name: usize, feature: Feature) -> Option<PlaceRole> {
    let folded = |at: usize| finder.folds.get(at);
    let left = |at: usize| at.checked_sub(1).filter(|&at| at >= start);
    let mut at = left(name)?;
    let of = matches!(folded(at), "de" | "d'" | "du" | "des");
    let articled = matches!(folded(at), "le" | "la" | "l'" | "les");
    if articled {
        at = left(at)?;
    }
    if matches!(folded(at), "a" | "au" | "aux") && left(at).is_some_and(|at| folded(at) == "face") {
        return Some(PlaceRole::Metonym);
    }
    let country = feature == Feature::Country;
    if folded(at) == "a" && articled && country {
        // One is *en Birmanie*, but gives to la Birmanie: à la takes no country as a place, but for the ends of a way.
        let governor = left(at).map_or("", folded);
        let border = matches!(governor, "frontiere" | "retour" | "frontaliere" | "limitrophe" | "arrivee");
        return Some(if border { PlaceRole::Location } else { PlaceRole::Metonym });
    }
    if matches!(folded(at), "au" | "aux") && left(at).is_some_and(|at| finder.folds.word(at).is(List::Stance))
    {
        return Some(PlaceRole::Metonym);
    }
    if folded(at) == "avec" && country {
        let border = (start.max(at.saturating_sub(8))..at).any(|at| folded(at).starts_with("fronti"));
        return Some(if border { PlaceRole::Location } else { PlaceRole::Metonym });
    }
    if !articled && finder.folds.word(at).is(List::Locative) {
        return Some(PlaceRole::Location);
    }
    match folded(at) {
        "contre" | "envers" | "selon" => return Some(PlaceRole::Metonym),
        "par" => {
            let verb = left(at).map_or("", folded);
            let way = verb.starts_with("pass") || verb.starts_with("transit");
            return Some(if way { PlaceRole::Location } else { PlaceRole::Metonym });
        }
        "dans" | "vers" | "a" | "en" => return Some(PlaceRole::Location),
        "avec" | "entre" | "et" if related(finder, start, at) => return Some(PlaceRole::Metonym),
        _ => {}
    }
    if of || folded(at) == "de" {
        // Over at most two adjectives: les récentes décisions du Burundi.
        let noun = (1..=3).map_while(|back| at.checked_sub(back)).take_while(|&noun| noun >= start);
        let mut noun = noun.map(|noun| finder.folds.word(noun));
        return noun.next().filter(|word| word.is(List::Act)).map(|_| PlaceRole::Metonym);
    }
    None
}

/// Whether a noun of relations between states stands before *avec* or *entre*: un accord de normalisation avec…
fn related(finder: &Finder<'_>, start: usize, link: usize) -> bool {
    let mut between = finder.folds.get(link) != "et";
    for at in (start.max(link.saturating_sub(8))..link).rev() {
        between |= finder.folds.get(at) == "entre";
        if finder.folds.word(at).is(List::Relation) {
            return between;
        }
    }
    false
}

/// Whether the tree makes the name a subject that acts, an agent, or the object of a verb that takes one who answers.
fn acts(finder: &Finder<'_>, syntax: &Syntax, found: &Match) -> bool {
    let tokens = finder.tokens.as_slice();
    let span = Span::new(tokens[found.first].span.start(), tokens[found.last].span.end());
    let Some(mut word) = syntax.top(syntax.within(span)) else { return false };
    // A coordination plays the part of its first member: la Russie et l'Ukraine ont signé.
    while syntax.word(word).deprel == Deprel::Conj {
        match syntax.head(word) {
            Some(head) if syntax.word(head).upos != Upos::Verb => word = head,
            _ => return false,
        }
    }
    let Some(head) = syntax.head(word) else { return false };
    match syntax.word(word).deprel {
        Deprel::Nsubj | Deprel::NsubjCaus | Deprel::NsubjOuter => {
            (syntax.word(head).upos == Upos::Verb && !is_listed(finder, syntax, head, List::Stative))
                || is_listed(finder, syntax, head, List::Stance)
        }
        Deprel::OblAgent => true,
        Deprel::Obj => is_listed(finder, syntax, head, List::Target),
        _ => false,
    }
}

fn is_listed(finder: &Finder<'_>, syntax: &Syntax, word: WordId, list: List) -> bool {
    let mut folded = String::new();
    fold_into(syntax.lemma(word), &mut folded);
    finder.gazetteer.rules.word(&folded).is(list)
}
