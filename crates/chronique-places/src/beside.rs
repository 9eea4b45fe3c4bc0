//! Towns that the text puts beside another place: *Tarfa, un village proche de Kirkouk* is none of the Tarfas of other regions.

use std::sync::Arc;

use chronique_tokens::TokenKind;

use crate::matcher::Finder;
use crate::mention::ResolvedPlace;
use crate::place::PlaceKind;
use crate::reason::{Factor, Reason, Unlisted};
use crate::resolve::kilometres;
use crate::rules::List;

/// What is near is not further away than this, in km.
const NEAR: f64 = 100.0;

/// Words between the two names, at most.
const REACH: usize = 12;

/// Moves the towns that stand too far from where the text puts them: to the nearest namesake, or to the place beside.
pub(crate) fn settle_beside(finder: &Finder<'_>, places: &mut [ResolvedPlace]) {
    for nth in 1..places.len() {
        let (town, beside) = (&places[nth - 1], &places[nth]);
        // What is proche du Caucase may be far from its middle.
        let is_town = |place: &ResolvedPlace| matches!(place.kind, PlaceKind::City | PlaceKind::District);
        let settles = is_town(town) && is_town(beside) && town.reason.unlisted.is_none();
        let Some((point, reach)) = beside.point.zip(reach(finder, town, beside)).filter(|_| settles) else {
            continue;
        };
        let far = |other: Option<(f64, f64)>| other.is_none_or(|other| kilometres(other, point) > reach);
        if !far(town.point) {
            continue;
        }
        let namesakes = finder.gazetteer.named(&town.name).filter(|other| !far(other.point()));
        let distance =
            |point: Option<(f64, f64)>, to| point.map_or(f64::INFINITY, |point| kilometres(point, to));
        let nearest =
            namesakes.min_by(|a, b| distance(a.point(), point).total_cmp(&distance(b.point(), point)));
        let old = Arc::clone(&town.id);
        let reason = Reason { name: town.reason.name, ..Reason::unlisted(Unlisted::Beside) };
        let mut new = ResolvedPlace { reason, ..town.clone() };
        match nearest {
            Some(other) => {
                (new.id, new.kind) = (other.id().to_string().into(), other.kind());
                (new.country, new.point) = (other.country(), other.point());
                new.within = other.within().map(|holder| holder.id().to_string().into()).collect();
                let factors = [Some((Factor::Hierarchy, 4.0)), None, None];
                new.reason =
                    Reason { unlisted: None, candidates: town.reason.candidates, factors, ..new.reason };
            }
            None => {
                new.id = format!("unlisted:{}", crate::key::key(&town.name).replace(' ', "-")).into();
                (new.country, new.point) = (beside.country, beside.point);
                new.within = std::iter::once(&beside.id).chain(&beside.within).cloned().collect();
            }
        }
        // One name means one place in a text.
        for place in places.iter_mut().filter(|place| place.id == old) {
            let own = (place.span, place.first, place.last, place.role);
            *place = new.clone();
            (place.span, place.first, place.last, place.role) = own;
        }
    }
}

/// Within how many km of the second place the text puts the first: `X, un village proche de Y`, `X, située à 40 km de Y`; `None` if it does not.
fn reach(finder: &Finder<'_>, town: &ResolvedPlace, beside: &ResolvedPlace) -> Option<f64> {
    let between = town.last.index() + 1..beside.first.index();
    let tokens = finder.tokens.as_slice();
    let same = finder.tokens.sentence_of(town.first) == finder.tokens.sentence_of(beside.first);
    if !same || between.len() < 4 || between.len() > REACH || !matches!(finder.form(between.start), "," | "(")
    {
        return None;
    }
    let words = between.start + 1..between.end;
    if words.clone().any(|at| tokens[at].kind == TokenKind::Punctuation) {
        return None;
    }
    // What the town is, or that it lies somewhere, right behind the comma.
    let town = (words.start..words.end.min(words.start + 3)).any(|at| {
        let folded = finder.folds.get(at);
        finder.gazetteer.rules.village(folded) == Some(PlaceKind::City) || folded.starts_with("situe")
    });
    let of = |at: usize| matches!(finder.folds.get(at), "de" | "d'" | "du" | "des");
    let link =
        words.clone().rev().find(|&at| of(at)).filter(|&at| words.end - at <= 3 && at > words.start)?;
    if !town {
        return None;
    }
    if finder.folds.word(link - 1).is(List::Beside) {
        return Some(NEAR);
    }
    // À 40 kilomètres, perhaps au sud: the distance is said.
    let number = words.clone().find(|&at| {
        tokens[at].kind == TokenKind::Number
            && matches!(finder.folds.get(at + 1), "km" | "kilometre" | "kilometres")
    })?;
    let distance: f64 = finder.form(number).replace(',', ".").parse().ok()?;
    (distance < 1_000.0).then_some(2.0 * distance + 50.0)
}
