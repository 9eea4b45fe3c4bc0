//! Names joined by a hyphen in one token: *la guerre Russie-Ukraine*, *la ligne Paris-Berlin*, *la gare de Lille-Sud*.

use std::sync::Arc;

use chronique_text::{Span, fold_into};
use chronique_tokens::{TokenId, TokenKind};

use crate::builder::flag;
use crate::gazetteer::Place;
use crate::matcher::{Case, Finder, case};
use crate::mention::{PlaceRole, ResolvedPlace};
use crate::place::{NameStatus, PlaceKind};
use crate::reason::{Reason, Unlisted};
use crate::rules::List;

/// A town that is a member of a pair has at least so many inhabitants: smaller ones are parts of surnames.
const LEAST: u32 = 100_000;

/// The places in hyphenated tokens outside the resolved places `taken`, which are in order.
pub(crate) fn joined(finder: &Finder<'_>, taken: &[ResolvedPlace]) -> Vec<ResolvedPlace> {
    let mut found = Vec::new();
    let mut next = 0;
    for (at, token) in finder.tokens.as_slice().iter().enumerate() {
        while taken.get(next).is_some_and(|place| place.last.index() < at) {
            next += 1;
        }
        let form = finder.form(at);
        if token.kind != TokenKind::Word
            || !form.contains('-')
            || case(form) == Case::Lower
            || taken.get(next).is_some_and(|place| place.first.index() <= at)
        {
            continue;
        }
        for (hyphen, _) in form.match_indices('-') {
            let (left, right) = (&form[..hyphen], &form[hyphen + 1..]);
            let before = found.len();
            if is_part(finder, right) {
                found.extend(member(finder, left).map(|town| part(finder, at, &town)));
            } else if case(right) != Case::Lower {
                let (one, other) = (member(finder, left), member(finder, right));
                let start = token.span.start();
                let middle = start + u32::try_from(hyphen).unwrap_or(0);
                let spans = [Span::new(start, middle), Span::new(middle + 1, token.span.end())];
                let both = one.is_some() && other.is_some();
                // Un accord Canada-UE: an acronym may be the other.
                let acronym = |text: &str| case(text) == Case::Upper && text.len() <= 5;
                if both || (one.is_some() && acronym(right)) || (other.is_some() && acronym(left)) {
                    let members = [one, other].into_iter().zip(spans);
                    found.extend(members.filter_map(|(place, span)| Some(side(finder, at, span, &place?))));
                }
            }
            if found.len() > before {
                break;
            }
        }
    }
    found
}

fn is_part(finder: &Finder<'_>, text: &str) -> bool {
    let mut folded = String::new();
    fold_into(text, &mut folded);
    finder.gazetteer.rules.word(&folded).is(List::Part)
}

/// The country, region or large town of a name that needs no support.
fn member<'g>(finder: &Finder<'g>, name: &str) -> Option<Place<'g>> {
    let strong = |place: &Place<'_>| place.flags() & (flag::WEAK | flag::CUE | flag::NOUN) == 0;
    let known = |place: &Place<'_>| match place.kind() {
        PlaceKind::Country | PlaceKind::Region => true,
        PlaceKind::City | PlaceKind::Admin => {
            place.population() >= LEAST && place.name_status() <= NameStatus::Main
        }
        _ => false,
    };
    let rank = |place: &Place<'_>| (place.kind() == PlaceKind::Country, place.population());
    let capital = name.chars().next().is_some_and(char::is_uppercase) && name.chars().count() > 2;
    let mut candidates: Vec<_> = if capital { finder.gazetteer.named(name).collect() } else { Vec::new() };
    candidates.retain(|place| strong(place) && known(place));
    candidates.into_iter().rev().max_by_key(rank)
}

/// One side of a pair.
fn side(finder: &Finder<'_>, at: usize, span: Span, place: &Place<'_>) -> ResolvedPlace {
    let related = (at.saturating_sub(4)..at).any(|at| finder.folds.word(at).is(List::Relation));
    let role =
        if related && place.kind() == PlaceKind::Country { PlaceRole::Metonym } else { PlaceRole::Location };
    let within = place.within().map(|holder| holder.id().to_string().into()).collect();
    ResolvedPlace {
        span,
        first: token_id(at),
        last: token_id(at),
        role,
        name: place.name().into(),
        id: place.id().to_string().into(),
        kind: place.kind(),
        country: place.country(),
        point: place.point(),
        within,
        reason: Reason {
            name: place.name_status(),
            factors: [None; 3],
            runners_up: [None; 2],
            candidates: finder.gazetteer.named(finder.text.slice(span)).take(99).count() as u16,
            unlisted: None,
            weighed: None,
        },
    }
}

/// A part of a town or a station of it.
fn part(finder: &Finder<'_>, at: usize, town: &Place<'_>) -> ResolvedPlace {
    let span = finder.tokens.as_slice()[at].span;
    let name: Arc<str> = finder.text.slice(span).into();
    let holders = std::iter::once(*town).chain(town.within());
    ResolvedPlace {
        span,
        first: token_id(at),
        last: token_id(at),
        role: PlaceRole::Location,
        id: format!("unlisted:{}", crate::key::key(&name).replace(' ', "-")).into(),
        name,
        kind: PlaceKind::District,
        country: town.country(),
        point: town.point(),
        within: holders.map(|holder| holder.id().to_string().into()).collect(),
        reason: Reason::unlisted(Unlisted::Part),
    }
}

fn token_id(at: usize) -> TokenId {
    TokenId(u32::try_from(at).expect("a text has at most u32::MAX tokens"))
}
