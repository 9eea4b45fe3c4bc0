//! Places that the gazetteer does not hold, but whose noun says that they are places: *le quartier de
//! Mutakura*, *l'hôtel Dayah*, *l'autoroute A7*; or that the text puts into a named one: *à Bramans, en Savoie*. They stand where the place named nearest stands.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use chronique_tokens::{TokenId, TokenKind};

use crate::matcher::{Case, Finder, case};
use crate::mention::{PlaceRole, ResolvedPlace};
use crate::place::{NameStatus, PlaceKind};
use crate::reason::Reason;
use crate::recognize::{holder_points, is_surname};
use crate::rules::List;

/// The unlisted places of a text; `taken` are the resolved places, in order.
pub(crate) fn unlisted(
    finder: &Finder<'_>,
    taken: &[ResolvedPlace],
    surnames: &HashSet<u64>,
) -> Vec<ResolvedPlace> {
    let mut found: Vec<ResolvedPlace> = Vec::new();
    let roads = (0..finder.tokens.len()).any(|at| finder.folds.word(at).is(List::Road));
    let mut next = 0;
    for sentence in finder.tokens.sentences() {
        let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
        let mut at = range.start + 1;
        while at < range.end {
            while taken.get(next).is_some_and(|place| place.last.index() < at) {
                next += 1;
            }
            let barrier = taken.get(next).map_or(range.end, |place| place.first.index()).min(range.end);
            if at >= barrier {
                at = taken.get(next).map_or(range.end, |place| place.last.index() + 1);
                continue;
            }
            if let Some(end) = arrondissement(finder, at, barrier) {
                found.push(place(finder, at..end, PlaceKind::District, nearest(finder, at, taken, next)));
                at = end;
                continue;
            }
            let end = name_end(finder, at, barrier);
            if end == at {
                at += 1;
                continue;
            }
            let free =
                next.checked_sub(1).map_or(range.start, |n| taken[n].last.index() + 1).max(range.start);
            let held = || {
                let before = finder.folds.get(at - 1);
                // De Chamaloc (Drôme): a division in brackets holds what stands before, whatever its preposition.
                let bracketed = barrier == end + 1
                    && finder.form(end) == "("
                    && matches!(before, "de" | "d'" | "au" | "du" | "et" | ",")
                    && taken.get(next).is_some_and(|holder| holder.kind == PlaceKind::Admin)
                    && case(finder.form(at)) == Case::Capitalised;
                let named = (before == "a" || bracketed)
                    && end - at <= 2
                    && !finder.folds.word(at).is(List::FirstName)
                    && !(at..end).any(|at| is_surname(finder, at, surnames));
                let holder = taken.get(next).filter(|_| named && barrier < range.end)?;
                let holds = matches!(
                    holder.kind,
                    PlaceKind::Country | PlaceKind::Admin | PlaceKind::City | PlaceKind::Region
                );
                (holds && holder_points(finder, end..barrier)? >= 3.0).then_some(holder)
            };
            if let Some((start, kind)) = governed(finder, free, at, end, roads) {
                found.push(place(finder, start..end, kind, nearest(finder, at, taken, next)));
            } else if free < at && located(finder, free, at, end, surnames) {
                found.push(place(finder, at..end, PlaceKind::City, nearest(finder, at, taken, next)));
            } else if let Some(holder) = held() {
                found.push(place(finder, at..end, PlaceKind::City, Some(holder)));
            }
            at = end;
        }
    }
    found
}

/// The end of the run of capitalised words that begins with token `at`; `at` itself if none does.
fn name_end(finder: &Finder<'_>, at: usize, end: usize) -> usize {
    let tokens = finder.tokens.as_slice();
    let capital = |at: usize| tokens[at].kind == TokenKind::Word && case(finder.form(at)) != Case::Lower;
    let mut last = at;
    while last < end && capital(last) && (last == at || tokens[last - 1].space_after) {
        last += 1;
        // La mosquée Ammar ben Yasser.
        if last + 1 < end && matches!(finder.folds.get(last), "ben" | "ibn" | "bin") && capital(last + 1) {
            last += 1;
        }
    }
    last
}

/// The end of the district that begins with the number at `at`: *13e arrondissement*, *XIXe arrondissement*.
fn arrondissement(finder: &Finder<'_>, at: usize, end: usize) -> Option<usize> {
    let is_ordinal = |form: &str| {
        let number = form.trim_end_matches(['e', 'è', 'm', 'r', 'ᵉ']);
        !number.is_empty()
            && number.len() <= 5
            && (number.bytes().all(|b| b.is_ascii_digit())
                || number.bytes().all(|b| matches!(b, b'I' | b'V' | b'X')))
    };
    if !is_ordinal(finder.form(at)) {
        return None;
    }
    let suffix = at + 1 < end && matches!(finder.folds.get(at + 1), "e" | "eme" | "er");
    let noun = at + 1 + usize::from(suffix);
    (noun < end && finder.folds.get(noun) == "arrondissement").then_some(noun + 1)
}

/// Whether the words before the name, or its shape, say that it is a place: *à dix kilomètres de X*, *né à X*, *à X-sur-Y*.
fn located(finder: &Finder<'_>, start: usize, name: usize, end: usize, surnames: &HashSet<u64>) -> bool {
    let folded = |at: usize| finder.folds.get(at);
    let acronym = end == name + 1 && case(finder.form(name)) == Case::Upper;
    let word = finder.folds.word(name);
    let within_name = (name..end).any(|at| finder.folds.word(at).is(List::Follower));
    if acronym
        || within_name
        || end - name > 3
        || word.is(List::FirstName)
        || word.is(List::NoName)
        || word.is(List::Title)
        || finder.form(name).chars().count() < 3
        || (name..end).any(|at| is_surname(finder, at, surnames))
    {
        return false;
    }
    let before = name - 1;
    let at_sign = folded(before) == "a";
    if !at_sign && !matches!(folded(before), "de" | "d'") {
        return false;
    }
    let governor = before.checked_sub(1).filter(|&at| at >= start);
    let is = |list: List| governor.is_some_and(|at| finder.folds.word(at).is(list));
    if is(List::Organisation) || is(List::Street) {
        return false;
    }
    if at_sign {
        return is(List::Scene) || (end == name + 1 && is_commune(folded(name)));
    }
    is(List::Near) || (end == name + 1 && is_commune(folded(name)) && governor.is_some())
}

/// Whether the name is built as those of French communes are: *Villeneuve-sur-Lot*, *Saint-Jean-du-Maroni*.
fn is_commune(folded: &str) -> bool {
    let mut parts = folded.split('-');
    let first = parts.next().unwrap_or("");
    let saint = matches!(first, "saint" | "sainte");
    let (mut link, mut count) = (false, 1);
    for part in parts {
        link |= matches!(part, "sur" | "sous" | "en" | "les" | "lez" | "du" | "la" | "aux" | "au");
        count += 1;
    }
    count >= 3 && link && (first.len() > 2 || saint)
}

/// Where the place's span starts, and its kind, if a noun before the name makes it a place.
fn governed(
    finder: &Finder<'_>,
    start: usize,
    name: usize,
    end: usize,
    roads: bool,
) -> Option<(usize, PlaceKind)> {
    let rules = &finder.gazetteer.rules;
    let folded = |at: usize| finder.folds.get(at);
    if name <= start || finder.folds.word(name).is(List::NoName) {
        return None;
    }
    let before = name - 1;
    if is_road(finder.form(name)) && end == name + 1 {
        let said = roads
            && (finder.folds.word(before).is(List::Road)
                || matches!(folded(before), "l'" | "la" | "les" | "et" | "," | ":" | "(" | "des" | "de"));
        return said.then_some((name, PlaceKind::Facility));
    }
    let acronym = end == name + 1 && case(finder.form(name)) == Case::Upper;
    // The noun itself: l'hôtel Dayah.
    if finder.folds.word(before).is(List::Facility) && case(finder.form(before)) != Case::Upper {
        return Some((before, PlaceKind::Facility));
    }
    if acronym {
        return None;
    }
    let first_name = finder.folds.word(name).is(List::FirstName);
    // La station Jacques Bonsergent: stations bear persons' names, towns do not.
    if let Some(kind) =
        rules.village(folded(before)).filter(|&kind| !first_name || kind == PlaceKind::Facility)
    {
        return Some((name, kind));
    }
    if first_name {
        return None;
    }
    // A noun, at most two adjectives, de: le quartier populaire de Mutakura.
    let mut at = before;
    if matches!(folded(at), "la" | "l'") && at > start {
        at -= 1;
        if folded(at) != "de" {
            return None;
        }
    } else if !matches!(folded(at), "de" | "d'" | "du" | "des") {
        return None;
    }
    for back in 1..=3 {
        let noun = at.checked_sub(back).filter(|&noun| noun >= start)?;
        if finder.tokens.as_slice()[noun].kind != TokenKind::Word {
            return None;
        }
        if let Some(kind) = rules.village(folded(noun)) {
            return Some((name, kind));
        }
        let word = finder.folds.word(noun);
        if word.is(List::Facility) && back == 1 {
            let before = noun.checked_sub(1).filter(|&before| before >= start);
            // La province centrale de Sulawesi: the adjective is no power station.
            if let Some(kind) = before.and_then(|before| rules.village(folded(before))) {
                return Some((name, kind));
            }
            // University College de Londres: the noun is within a name.
            let within = case(finder.form(noun)) != Case::Lower
                && before.is_some_and(|before| case(finder.form(before)) != Case::Lower);
            return (!within).then_some((noun, PlaceKind::Facility));
        }
        if word.is(List::Link)
            || word.is(List::Article)
            || word.is(List::Locative)
            || word.is(List::Organisation)
        {
            return None;
        }
    }
    None
}

/// `A7`, `E40`, `RN12`.
fn is_road(form: &str) -> bool {
    let digits = form.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let letters = &form[..form.len() - digits.len()];
    matches!(letters, "A" | "E" | "N" | "D" | "RN" | "RD")
        && (1..=4).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
}

fn is_small(place: &ResolvedPlace) -> bool {
    use PlaceKind::{Admin, City, District, Facility, Island};
    place.point.is_some() && matches!(place.kind, Admin | City | District | Facility | Island)
}

/// The place named nearest to token `at`: in its sentence if there is one, else before it.
fn nearest<'p>(
    finder: &Finder<'_>,
    at: usize,
    taken: &'p [ResolvedPlace],
    next: usize,
) -> Option<&'p ResolvedPlace> {
    let sentence = finder.tokens.sentence_of(token_id(at));
    let is_here = |place: &&ResolvedPlace| finder.tokens.sentence_of(place.first) == sentence;
    let small = |place: &&ResolvedPlace| is_small(place);
    // A town or a division beats a country; the sentence beats what stands before it; near beats far.
    let before = &taken[next.saturating_sub(16)..next];
    let after = &taken[next..taken.len().min(next + 8)];
    (after.iter().take_while(is_here).find(small))
        .or_else(|| before.iter().rev().take_while(is_here).find(small))
        .or_else(|| before.iter().rev().find(small))
        .or_else(|| after.iter().take_while(is_here).next())
        .or_else(|| before.last())
        .or_else(|| after.first())
}

fn token_id(at: usize) -> TokenId {
    TokenId(u32::try_from(at).expect("a text has at most u32::MAX tokens"))
}

/// The place, which stands where `holder` stands.
fn place(
    finder: &Finder<'_>,
    range: Range<usize>,
    kind: PlaceKind,
    holder: Option<&ResolvedPlace>,
) -> ResolvedPlace {
    let (first, last) = (token_id(range.start), token_id(range.end - 1));
    let span = finder.tokens.token(first).span.cover(finder.tokens.token(last).span);
    let text: Arc<str> = finder.text.slice(span).into();
    ResolvedPlace {
        span,
        first,
        last,
        role: PlaceRole::Location,
        id: format!("unlisted:{}", crate::key::key(&text).replace(' ', "-")).into(),
        name: text,
        kind,
        country: holder.and_then(|holder| holder.country),
        point: holder.filter(|holder| is_small(holder)).and_then(|holder| holder.point),
        within: holder.map_or_else(Vec::new, |holder| {
            std::iter::once(&holder.id).chain(&holder.within).cloned().collect()
        }),
        reason: Reason { name: NameStatus::Main, factors: [None; 3], runners_up: [None; 2], candidates: 0 },
    }
}
