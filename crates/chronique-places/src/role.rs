//! Place or metonym: *à Bamako*, but *Bamako accuse*.

use chronique_syntax::{Deprel, Syntax, Upos};
use chronique_text::Span;

use crate::mention::PlaceRole;
use crate::place::{Feature, PlaceKind};

/// How a name is used: a country, a city or a palace that is the subject of an act, or its agent, stands for who governs it.
pub(crate) fn role(syntax: &Syntax, span: Span, kind: PlaceKind, feature: Feature) -> PlaceRole {
    let governs = matches!(kind, PlaceKind::Country | PlaceKind::City | PlaceKind::Admin | PlaceKind::Region)
        || feature == Feature::Building;
    let Some(mut word) = syntax.top(syntax.within(span)).filter(|_| governs) else {
        return PlaceRole::Location;
    };
    // A coordination plays the part of its first member: la Russie et l'Ukraine ont signé.
    while syntax.word(word).deprel == Deprel::Conj {
        let Some(head) = syntax.head(word) else { break };
        word = head;
    }
    let Some(head) = syntax.head(word) else { return PlaceRole::Location };
    let acts = match syntax.word(word).deprel {
        Deprel::Nsubj | Deprel::NsubjCaus | Deprel::NsubjOuter => syntax.word(head).upos == Upos::Verb,
        Deprel::OblAgent => true,
        _ => false,
    };
    if acts { PlaceRole::Metonym } else { PlaceRole::Location }
}
