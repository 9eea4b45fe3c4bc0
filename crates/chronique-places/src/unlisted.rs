//! Places that the gazetteer does not hold, but whose noun says that they are places: *le quartier de
//! Mutakura*, *l'hôtel Dayah*, *l'autoroute A7*; or that the text puts into a named one: *à Bramans, en Savoie*. They stand where the place named nearest stands.

use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use chronique_tokens::{TokenId, TokenKind};

use crate::matcher::{Case, Finder, case};
use crate::mention::{PlaceRole, ResolvedPlace};
use crate::place::PlaceKind;
use crate::reason::{Reason, Unlisted};
use crate::recognize::{holder_points, is_surname};
use crate::resolve::kilometres;
use crate::rules::List;

/// A lake that is further than this from the town of its name is another's, in km.
const FAR: f64 = 300.0;

/// So many places around one are looked at for the nearest.
const COMPARED: usize = 48;

/// The unlisted places of a text; `taken` are the resolved places, in order.
pub(crate) fn unlisted(
    finder: &Finder<'_>,
    taken: &[ResolvedPlace],
    surnames: &HashSet<u64>,
) -> Vec<ResolvedPlace> {
    let mut found: Vec<ResolvedPlace> = Vec::new();
    let roads = LazyCell::new(|| (0..finder.tokens.len()).any(|at| finder.folds.word(at).is(List::Road)));
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
            if let Some(end) =
                arrondissement(finder, at, barrier).or_else(|| numbered(finder, range.start, at, barrier))
            {
                let is_road = finder.tokens.as_slice()[end - 1].kind == TokenKind::Number;
                let kind = if is_road { PlaceKind::Facility } else { PlaceKind::District };
                found.push(place(finder, at..end, kind, Unlisted::Noun, nearest(finder, at, taken, next)));
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
            if let Some((start, kind)) = governed(finder, free, at, end, || *roads) {
                let end = building_end(finder, at, end, barrier);
                let members = more(finder, start, end, barrier);
                // Les cols de X et de Y: the noun belongs to both.
                let start = if members.is_empty() { start } else { at };
                for member in std::iter::once(start..end).chain(members) {
                    at = member.end;
                    found.push(place(finder, member, kind, Unlisted::Noun, nearest(finder, at, taken, next)));
                }
                continue;
            }
            let setting = free < at && located(finder, free, at, end, surnames);
            let why = if setting {
                Some((Unlisted::Setting, nearest(finder, at, taken, next)))
            } else if is_listed(finder, at..end, taken, next, found.last(), surnames) {
                Some((Unlisted::List, nearest(finder, at, taken, next)))
            } else {
                held().map(|holder| (Unlisted::Holder, Some(holder)))
            };
            if let Some((why, near)) = why {
                found.push(place(finder, at..end, PlaceKind::City, why, near));
            }
            at = end;
        }
    }
    settle(&mut found, taken);
    found
}

/// Lets towns grow into the lakes, passes and bays that bear their names: *le lac du Bourget* is no town.
pub(crate) fn grow(finder: &Finder<'_>, places: &mut [ResolvedPlace]) {
    for nth in 0..places.len() {
        let town = &places[nth];
        let start = finder.tokens.sentences()[finder.tokens.sentence_of(town.first)].tokens.start as usize;
        let start = nth.checked_sub(1).map_or(start, |before| start.max(places[before].last.index() + 1));
        let Some((noun, kind)) = physical(finder, start, town.first.index()) else { continue };
        if town.kind != PlaceKind::City {
            continue;
        }
        let (first, last) = (token_id(noun), town.last);
        let others = places[..nth].iter().rev().take(COMPARED).chain(places[nth + 1..].iter().take(COMPARED));
        let other = others
            .filter(|other| is_small(other) && other.id != town.id)
            .find_map(|other| other.point.map(|point| (other, point)));
        // A lake is often far from the town that is called as it is.
        let far = other.filter(|(_, point)| town.point.is_none_or(|town| kilometres(town, *point) > FAR));
        let (point, holder) = far.map_or((town.point, town), |(other, point)| (Some(point), other));
        let (country, within) = (holder.country, holders(holder));
        let span = finder.tokens.token(first).span.cover(finder.tokens.token(last).span);
        let name: Arc<str> = finder.text.slice(span).into();
        let id = format!("unlisted:{}", crate::key::key(&name).replace(' ', "-")).into();
        let reason = Reason::unlisted(Unlisted::Noun);
        let role = PlaceRole::Location;
        places[nth] =
            ResolvedPlace { span, first, last, role, name, id, kind, country, point, within, reason };
    }
}

/// The noun of a lake, a pass, a bay… that the name at `name` completes, and its kind.
fn physical(finder: &Finder<'_>, start: usize, name: usize) -> Option<(usize, PlaceKind)> {
    let left = |at: usize| at.checked_sub(1).filter(|&at| at >= start);
    let mut at = left(name)?;
    if matches!(finder.folds.get(at), "la" | "l'") {
        at = left(at)?;
    }
    if !matches!(finder.folds.get(at), "de" | "d'" | "du" | "des") {
        return None;
    }
    let noun = left(at)?;
    let kind = finder.gazetteer.rules.facility(finder.folds.get(noun))?;
    (kind != PlaceKind::Facility).then_some((noun, kind))
}

/// Gives those that nothing near helps the point of their namesake in the text, or of the nearest town of their country.
fn settle(found: &mut [ResolvedPlace], taken: &[ResolvedPlace]) {
    let last = |place: &ResolvedPlace| (place.kind, place.id.rsplit('-').next().map(str::to_owned));
    let mut namesakes = HashMap::new();
    for (nth, place) in found.iter().enumerate().filter(|(_, place)| place.point.is_some()) {
        namesakes.entry(last(place)).or_insert(nth);
    }
    for nth in 0..found.len() {
        let this = &found[nth];
        if this.point.is_some() {
            continue;
        }
        let namesake = namesakes.get(&last(this)).map(|&nth| &found[nth]);
        let near = || {
            let at = taken.partition_point(|place| place.first < this.first);
            let window = &taken[at.saturating_sub(COMPARED)..taken.len().min(at + COMPARED)];
            let distance = |place: &&ResolvedPlace| place.first.index().abs_diff(this.first.index());
            let same = |place: &&ResolvedPlace| {
                is_small(place) && (this.country.is_none() || place.country == this.country)
            };
            window.iter().filter(same).min_by_key(distance)
        };
        if let Some(from) = namesake.or_else(near) {
            let (point, country) = (from.point, from.country);
            let within = if namesake.is_some() { from.within.clone() } else { holders(from) };
            let this = &mut found[nth];
            (this.point, this.country, this.within) = (point, country, within);
        }
    }
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

/// The end of the road that begins at `at`, of a noun or a letter and a number: *la route nationale 7*, *la RN 113*, *l'A 39*.
fn numbered(finder: &Finder<'_>, start: usize, at: usize, end: usize) -> Option<usize> {
    let word = finder.folds.word(at);
    let noun = word.is(List::RoadNoun);
    let mut number = at + 1;
    while noun && number < end && finder.folds.word(number).is(List::RoadNoun) {
        number += 1;
    }
    let numeral = |at: usize| at < end && finder.tokens.as_slice()[at].kind == TokenKind::Number;
    let short =
        |at: usize| finder.form(at).len() <= 4 && finder.form(at).bytes().all(|byte| byte.is_ascii_digit());
    if at <= start || !numeral(number) || !short(number) {
        return None;
    }
    let articled = matches!(finder.folds.get(at - 1), "la" | "l'" | "le" | "les" | "des" | "du");
    let letter = matches!(finder.form(at), "A" | "N" | "D" | "RN" | "RD" | "CD" | "M");
    ((noun || letter) && articled).then_some(number + 1)
}

/// The end of a building's name that goes on after *de*: *le dépôt [Porte de l'Ouest]*.
fn building_end(finder: &Finder<'_>, at: usize, end: usize, barrier: usize) -> usize {
    if end != at + 1 || !finder.folds.word(at).is(List::Facility) {
        return end;
    }
    let mut next = end;
    while next < barrier && next < end + 2 && finder.folds.word(next).is(List::Link) {
        next += 1;
    }
    if next == end { end } else { name_end(finder, next, barrier).max(end) }
}

/// The further members of a list that a plural noun opens: *les cols de X et de Y*, *les stations X et Y*.
fn more(finder: &Finder<'_>, start: usize, end: usize, barrier: usize) -> Vec<Range<usize>> {
    let mut members = Vec::new();
    let plural = (start.saturating_sub(3)..=start)
        .any(|at| finder.folds.get(at).ends_with('s') && is_noun(finder, at));
    let mut from = end;
    while plural && from + 1 < barrier && matches!(finder.folds.get(from), "et" | "ou" | ",") {
        let mut name = from + 1;
        while name < barrier && name < from + 3 && finder.folds.word(name).is(List::Link) {
            name += 1;
        }
        let end = name_end(finder, name, barrier);
        if end == name || finder.folds.word(name).is(List::FirstName) {
            break;
        }
        members.push(name..end);
        from = end;
    }
    members
}

fn is_noun(finder: &Finder<'_>, at: usize) -> bool {
    finder.folds.word(at).is(List::Facility) || finder.gazetteer.rules.village(finder.folds.get(at)).is_some()
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
    // The noun follows the last of a list: les 16e, 7e et 1er arrondissements.
    let (mut number, mut first) = (at, None);
    for _ in 0..8 {
        if number >= end || !is_ordinal(finder.form(number)) {
            return None;
        }
        let suffix = number + 1 < end && matches!(finder.folds.get(number + 1), "e" | "eme" | "er");
        let next = number + 1 + usize::from(suffix);
        if next < end && matches!(finder.folds.get(next), "arrondissement" | "arrondissements") {
            // Les 20 arrondissements: how many there are.
            let count = next == number + 1 && finder.form(number).bytes().all(|b| b.is_ascii_digit());
            let plural = finder.folds.get(next).ends_with('s');
            return first.or((!plural || !count).then_some(next + 1));
        }
        if next >= end || !matches!(finder.folds.get(next), "et" | "ou" | ",") {
            return None;
        }
        first.get_or_insert(next);
        number = next + 1;
    }
    None
}

/// Whether the name stands in a list of towns, two of which are known, or one if it is built as those of communes are: *à Saint-Lô, X et Caen*.
fn is_listed(
    finder: &Finder<'_>,
    name: Range<usize>,
    taken: &[ResolvedPlace],
    next: usize,
    found: Option<&ResolvedPlace>,
    surnames: &HashSet<u64>,
) -> bool {
    if !may_be_town(finder, name.start, name.end, surnames) {
        return false;
    }
    let separates = |at: usize| matches!(finder.folds.get(at), "," | "et" | "ou");
    let is_town = |place: &&ResolvedPlace| {
        matches!(place.kind, PlaceKind::City | PlaceKind::District) && place.role == PlaceRole::Location
    };
    let (mut known, mut first, mut nth) = (0, name.start, next);
    while first >= 2 && separates(first - 1) && known < 2 {
        let ends = |place: &&ResolvedPlace| place.last.index() + 2 == first && is_town(place);
        if let Some(place) = nth.checked_sub(1).map(|nth| &taken[nth]).filter(ends) {
            (known, nth, first) = (known + 1, nth - 1, place.first.index());
        } else if let Some(place) = found.filter(ends) {
            first = place.first.index();
        } else {
            break;
        }
    }
    let mut last = name.end;
    for place in taken[next..].iter().take(2) {
        if !separates(last) || place.first.index() != last + 1 || !is_town(&place) {
            break;
        }
        (known, last) = (known + 1, place.last.index() + 1);
    }
    known >= 2 || (known == 1 && name.len() == 1 && is_commune(finder.folds.get(name.start)))
}

/// Whether nothing in the words of a name says that it is none of a town.
fn may_be_town(finder: &Finder<'_>, name: usize, end: usize, surnames: &HashSet<u64>) -> bool {
    let acronym = end == name + 1 && case(finder.form(name)) == Case::Upper;
    let word = finder.folds.word(name);
    let within_name = (name..end).any(|at| finder.folds.word(at).is(List::Follower));
    !acronym
        && !within_name
        && end - name <= 3
        && !word.is(List::FirstName)
        && !word.is(List::NoName)
        && !word.is(List::Title)
        && finder.form(name).chars().count() >= 3
        && !(name..end).any(|at| is_surname(finder, at, surnames))
}

/// Whether the words before the name, or its shape, say that it is a place: *à dix kilomètres de X*, *né à X*, *à X-sur-Y*.
fn located(finder: &Finder<'_>, start: usize, name: usize, end: usize, surnames: &HashSet<u64>) -> bool {
    let folded = |at: usize| finder.folds.get(at);
    if !may_be_town(finder, name, end, surnames) {
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
    // A commune that the gazetteer holds was seen, and taken for a part of another name: le tribunal de Châlons-en-Champagne.
    let commune = end == name + 1
        && is_commune(folded(name))
        && finder.gazetteer.named(finder.form(name)).next().is_none();
    if at_sign {
        return is(List::Scene) || commune;
    }
    is(List::Near) || (commune && governor.is_some())
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
    roads: impl Fn() -> bool,
) -> Option<(usize, PlaceKind)> {
    let rules = &finder.gazetteer.rules;
    let folded = |at: usize| finder.folds.get(at);
    if name <= start || finder.folds.word(name).is(List::NoName) {
        return None;
    }
    let before = name - 1;
    if is_road(finder.form(name)) && end == name + 1 {
        let said = roads()
            && (finder.folds.word(before).is(List::Road)
                || matches!(folded(before), "l'" | "la" | "les" | "et" | "," | ":" | "(" | "des" | "de"));
        return said.then_some((name, PlaceKind::Facility));
    }
    let acronym = end == name + 1 && case(finder.form(name)) == Case::Upper;
    // The noun itself: l'hôtel Dayah.
    if let Some(kind) = rules.facility(folded(before)).filter(|_| case(finder.form(before)) != Case::Upper) {
        return Some((before, kind));
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
            return rules.facility(folded(noun)).filter(|_| !within).map(|kind| (noun, kind));
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
    matches!(letters, "A" | "E" | "M" | "N" | "D" | "RN" | "RD")
        && (1..=4).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
}

fn is_small(place: &ResolvedPlace) -> bool {
    use PlaceKind::{Admin, City, District, Facility, Island};
    place.point.is_some() && matches!(place.kind, Admin | City | District | Facility | Island)
}

/// The place named nearest to token `at`: in its sentence if there is one, else before it.
pub(crate) fn nearest<'p>(
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
pub(crate) fn place(
    finder: &Finder<'_>,
    range: Range<usize>,
    kind: PlaceKind,
    why: Unlisted,
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
        within: holder.map_or_else(Vec::new, holders),
        reason: Reason::unlisted(why),
    }
}

/// The ids of a place and of what holds it.
fn holders(place: &ResolvedPlace) -> Vec<Arc<str>> {
    std::iter::once(&place.id).chain(&place.within).cloned().collect()
}
