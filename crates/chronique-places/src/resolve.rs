//! Decides which place each name means: what is known of the candidates, what the text says beside the
//! name, and what the other names of the text mean. Two rounds: the second knows the first's answers.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chronique_syntax::Syntax;
use chronique_text::{Span, Text};
use chronique_tokens::{TokenId, Tokens};

use crate::builder::flag;
use crate::gazetteer::{Gazetteer, Place};
use crate::matcher::{Candidate, Finder, Folds, Match};
use crate::mention::ResolvedPlace;
use crate::place::{CountryCode, Feature, IdScheme, NameStatus, PlaceId, PlaceKind};
use crate::reason::{Factor, Reason, RunnerUp};
use crate::recognize::{Surroundings, Verdict, holder_points, surname, surnames};
use crate::role;
use crate::rules::Wants;

/// Of the distinct places of a text, the first so many are compared by distance.
const COMPARED: usize = 48;

const FACTORS: usize = 9;

/// Points of one candidate, by factor.
#[derive(Clone, Copy, Default)]
pub(crate) struct Score([f32; FACTORS]);

impl Score {
    pub(crate) fn add(&mut self, factor: Factor, points: f32) {
        self.0[factor as usize] += points;
    }

    pub(crate) fn total(&self) -> f32 {
        self.0.iter().sum()
    }

    /// The factors that matter, strongest first.
    pub(crate) fn factors(&self) -> Vec<(Factor, f32)> {
        let mut factors: Vec<(Factor, f32)> =
            ALL.into_iter().zip(self.0).filter(|(_, points)| points.abs() >= 0.05).collect();
        factors.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        factors
    }
}

const ALL: [Factor; FACTORS] = [
    Factor::Population,
    Factor::Class,
    Factor::Name,
    Factor::Preposition,
    Factor::Noun,
    Factor::Hierarchy,
    Factor::Country,
    Factor::Distance,
    Factor::Added,
];

/// A name that may be a place's, with what stands around it.
pub(crate) struct Mention<'m> {
    pub(crate) found: &'m Match,
    pub(crate) around: Surroundings,
    pub(crate) verdict: Verdict,
    /// The mention that holds it, by the text: `X (Y)`, `X, en Y`.
    holder: Option<(usize, f32)>,
}

/// What the names of a text, taken together, say.
#[derive(Default)]
pub(crate) struct Context {
    /// Weight of the distinct names whose place lies in a country; `named`: the country itself is named.
    countries: HashMap<CountryCode, f32>,
    total: f32,
    /// What each name added: it is no evidence for itself.
    own: HashMap<u64, (CountryCode, f32)>,
    named: HashMap<CountryCode, bool>,
    /// Distinct places with their names and points.
    points: Vec<(u64, (f64, f64))>,
}

impl Gazetteer {
    /// Finds the place names of a text and decides which place each means, in order of their spans.
    ///
    /// Names match from token starts to token ends, whatever their accents, but for pairs joined by a hyphen, of which each side
    /// is a place of its own (*la guerre Russie-Ukraine*); a part of a person's or an
    /// organisation's name is none. Spans hold no article and no elision, unless the article belongs to
    /// the name (*Le Caire*). Time is linear in the text.
    #[must_use]
    pub fn places(&self, text: &Text, tokens: &Tokens, syntax: &Syntax) -> Vec<ResolvedPlace> {
        let folds = Folds::new(text, tokens, &self.rules);
        let finder = Finder { gazetteer: self, text, tokens, folds: &folds };
        let (matches, pool) = finder.matches();
        let (mut mentions, context, surnames) = self.mentions(&finder, syntax, &matches, &pool);
        let mut weighed = self.weigh(&finder, syntax, &mut mentions, &pool);
        let second = self.round(&mentions, &pool, &context, |mention| mention.verdict == Verdict::Place);
        let mut names = Names::default();
        let resolved = mentions.iter().zip(second).enumerate().filter_map(|(nth, (mention, answer))| {
            let (place, mut reason) = answer?;
            reason.weighed = weighed.remove(&nth);
            // Le district de Nawa, in a text on another country: a namesake town is not meant.
            let other_kind =
                mention.around.noun_kind() == Some(PlaceKind::Admin) && place.kind() == PlaceKind::City;
            let abroad =
                place.country().is_some_and(|country| context.share(country, mention.found.name) == 0.0);
            if other_kind && abroad && context.total > 1.0 {
                return None;
            }
            Some(names.resolved(&finder, syntax, mention.found, &place, reason))
        });
        let mut places: Vec<ResolvedPlace> = resolved.collect();
        crate::beside::settle_beside(&finder, &mut places);
        role::share_roles(&finder, &mut places);
        crate::unlisted::grow(&finder, &mut places);
        let joined = crate::joined::joined(&finder, &places);
        if !joined.is_empty() {
            places.extend(joined);
            places.sort_by_key(|place| place.span);
        }
        let unlisted = crate::unlisted::unlisted(&finder, &places, &surnames);
        if !unlisted.is_empty() {
            places.extend(unlisted);
            places.sort_by_key(|place| place.span);
        }
        let weighed = self.weigh_unlisted(&finder, syntax, &mentions, &surnames, &places);
        if !weighed.is_empty() {
            places.extend(weighed);
            places.sort_by_key(|place| place.span);
        }
        places
    }

    /// The names found, with what the rules make of each; what the names of the text say together; and its surnames.
    pub(crate) fn mentions<'m>(
        &self,
        finder: &Finder<'_>,
        syntax: &Syntax,
        matches: &'m [Match],
        pool: &[Candidate],
    ) -> (Vec<Mention<'m>>, Context, HashSet<u64>) {
        let around: Vec<Surroundings> =
            (0..matches.len()).map(|nth| Surroundings::of(finder, syntax, (matches, pool), nth)).collect();
        let mut surnames = surnames(finder);
        let after_names = matches
            .iter()
            .zip(&around)
            .filter(|(found, around)| around.after_name && !found.strong && found.first == found.last);
        surnames.extend(after_names.map(|(found, _)| surname(finder, found)));
        let candidates = |found: &Match| &pool[found.candidates.clone()];
        let mut mentions: Vec<Mention<'_>> = matches
            .iter()
            .zip(around)
            .map(|(found, around)| {
                let verdict = around.verdict(finder, found, candidates(found), &surnames);
                Mention { found, around, verdict, holder: None }
            })
            .collect();
        find_holders(finder, &mut mentions);

        let first =
            self.round(&mentions, pool, &Context::default(), |mention| mention.verdict == Verdict::Place);
        let context = self.context(&mentions, &first);
        for at in 0..mentions.len() {
            if mentions[at].verdict == Verdict::IfCountry {
                mentions[at].verdict =
                    self.with_country(&mentions, at, candidates(mentions[at].found), &context);
            }
        }
        (mentions, context, surnames)
    }

    /// The spans of the longest names of the gazetteer in a text, in order, whether they are used as places or not.
    ///
    /// This is the first step of [`Gazetteer::places`], alone: what stands around the names is not looked at.
    #[must_use]
    pub fn name_spans(&self, text: &Text, tokens: &Tokens) -> Vec<Span> {
        let folds = Folds::new(text, tokens, &self.rules);
        let (matches, _) = Finder { gazetteer: self, text, tokens, folds: &folds }.matches();
        let tokens = tokens.as_slice();
        matches.iter().map(|found| tokens[found.first].span.cover(tokens[found.last].span)).collect()
    }

    /// Whether a weak name is supported by the countries of the text or by a holder beside it.
    fn with_country(
        &self,
        mentions: &[Mention<'_>],
        at: usize,
        candidates: &[Candidate],
        context: &Context,
    ) -> Verdict {
        let mention = &mentions[at];
        if mention.holder.is_some_and(|(holder, _)| mentions[holder].verdict == Verdict::Place) {
            return Verdict::Place;
        }
        let supported = candidates.iter().any(|candidate| {
            let place = self.place(candidate.place);
            place.is_some_and(|place| {
                let share = place.country().map_or(0.0, |country| context.share(country, mention.found.name));
                let status = NameStatus::from_bits(candidate.flags);
                // Of Le Port, port is a name only in au Port.
                let whole = candidate.flags & flag::NO_ARTICLE == 0;
                let big = place.population() >= 1_000 || place.kind() != PlaceKind::City;
                if mention.around.locative {
                    let known = status != NameStatus::Alternate && big;
                    let area = mention.around.wants == Wants::Area
                        && match place.kind() {
                            PlaceKind::Admin => place.population() >= 100_000,
                            PlaceKind::City | PlaceKind::District | PlaceKind::Facility => false,
                            _ => true,
                        };
                    return share > 0.0 || (known && (mention.around.at || area));
                }
                // Bare, a name is as often a person's: it takes a French name and a text about the country.
                let bare =
                    !mention.around.bound && !mention.around.bracket && status > NameStatus::FrenchVariant;
                big && whole && !bare && share >= 0.2
            })
        });
        if supported { Verdict::Place } else { Verdict::No }
    }

    /// The answer for each mention, or `None` for those that are not asked.
    fn round(
        &self,
        mentions: &[Mention<'_>],
        pool: &[Candidate],
        context: &Context,
        asked: impl Fn(&Mention<'_>) -> bool,
    ) -> Vec<Option<(Place<'_>, Reason)>> {
        // One name means one place in a text, but for what prepositions ask: à Québec, au Québec.
        let mut senses: HashMap<(u64, u8), Vec<usize>> = HashMap::new();
        for (at, mention) in mentions.iter().enumerate().filter(|(_, mention)| asked(mention)) {
            senses.entry((mention.found.name, mention.around.asks())).or_default().push(at);
        }
        // A holder named beside one mention holds for all of the name.
        let mut holders: HashMap<u64, Vec<(usize, f32)>> = HashMap::new();
        for mention in mentions.iter().filter(|mention| asked(mention)) {
            if let Some(holder) = mention.holder.filter(|&(at, _)| asked(&mentions[at])) {
                let holders = holders.entry(mention.found.name).or_default();
                if holders.len() < 8 {
                    holders.push(holder);
                }
            }
        }
        let mut answers: Vec<Option<(Place<'_>, Reason)>> = vec![None; mentions.len()];
        let mut order: Vec<((u64, u8), Vec<usize>)> = senses.into_iter().collect();
        // Those that a preposition or a noun asks for come first: they help the bare ones.
        order.sort_by_key(|((_, asks), members)| (*asks == 0, members[0]));
        let mut asked_for: HashMap<u64, (PlaceId, bool)> = HashMap::new();
        for ((name, asks), members) in order {
            let mention = &mentions[members[0]];
            let mut scored: Vec<(Place<'_>, Candidate, Score)> = pool[mention.found.candidates.clone()]
                .iter()
                .filter_map(|&candidate| {
                    let place = self.place(candidate.place)?;
                    let mut score = self.known(&place, candidate);
                    beside(&place, candidate, &mention.around, &mut score);
                    for &(holder, points) in holders.get(&name).map_or(&[][..], Vec::as_slice) {
                        if self.may_hold(&pool[mentions[holder].found.candidates.clone()], &place) {
                            score.add(Factor::Hierarchy, points);
                            break;
                        }
                    }
                    if let Some(&(asked, contracted)) = asked_for.get(&name).filter(|_| asks == 0) {
                        // Le Québec has an article: de Québec is the city.
                        let city = contracted && members.iter().any(|&at| mentions[at].around.plain_of);
                        if if city { place.kind() == PlaceKind::City } else { asked == place.place_id() } {
                            score.add(Factor::Preposition, 1.5);
                        }
                    }
                    context.add(&place, name, &mut score);
                    Some((place, candidate, score))
                })
                .collect();
            scored.sort_by(|a, b| {
                b.2.total().total_cmp(&a.2.total()).then(a.0.place_id().cmp(&b.0.place_id()))
            });
            let answer = answer(&scored);
            if let Some((place, _)) = answer.as_ref().filter(|_| asks != 0) {
                let admin = place.kind() == PlaceKind::Admin;
                asked_for.entry(name).or_insert((place.place_id(), admin && mention.around.contracted));
            }
            for at in members {
                answers[at].clone_from(&answer);
            }
        }
        answers
    }

    /// What is known of a candidate before the text is read.
    pub(crate) fn known(&self, place: &Place<'_>, candidate: Candidate) -> Score {
        let mut score = prior(place, candidate);
        if place.kind() != PlaceKind::Country && self.is_territory(place.country()) {
            score.add(Factor::Class, if place.feature() == Feature::Capital { -2.0 } else { -1.0 });
        }
        score
    }

    /// Whether the country is a dependent territory: its towns are less often meant than their namesakes.
    fn is_territory(&self, country: Option<CountryCode>) -> bool {
        let country = country.and_then(|code| self.country(code));
        country.is_some_and(|country| country.feature() == Feature::Territory)
    }

    /// Whether one of the candidates holds the place.
    pub(crate) fn may_hold(&self, holders: &[Candidate], place: &Place<'_>) -> bool {
        holders.iter().filter_map(|holder| self.place(holder.place)).any(|holder| match holder.kind() {
            PlaceKind::Country => {
                holder.country().is_some()
                    && holder.country() == place.country()
                    && place.kind() != PlaceKind::Country
            }
            PlaceKind::Admin => place.within().any(|above| above.place_id() == holder.place_id()),
            PlaceKind::Region | PlaceKind::Island => {
                holder.country().is_some()
                    && holder.country() == place.country()
                    && holder.point().zip(place.point()).is_some_and(|(a, b)| kilometres(a, b) < 250.0)
            }
            _ => false,
        })
    }

    fn context(&self, mentions: &[Mention<'_>], answers: &[Option<(Place<'_>, Reason)>]) -> Context {
        let mut context = Context::default();
        for (mention, answer) in mentions.iter().zip(answers) {
            let Some((place, reason)) = answer else { continue };
            if context.own.contains_key(&mention.found.name) {
                continue;
            }
            let Some(country) = place.country() else { continue };
            // What is itself in doubt says little of the others.
            let doubt = reason.runners_up[0].map_or(1.0, |other| (other.behind / 2.0).clamp(0.2, 1.0));
            *context.countries.entry(country).or_default() += doubt;
            context.own.insert(mention.found.name, (country, doubt));
            context.total += doubt;
            if place.kind() == PlaceKind::Country {
                context.named.insert(country, true);
            } else if let Some(point) = place.point().filter(|_| context.points.len() < COMPARED) {
                context.points.push((mention.found.name, point));
            }
        }
        context
    }
}

impl Surroundings {
    /// What the preposition asks for, as a number: names that are asked differently may mean different places.
    fn asks(&self) -> u8 {
        let noun = match self.noun_kind() {
            None => 0,
            Some(kind) => 1 + kind as u8,
        };
        let wants = match self.wants {
            Wants::Any => 0,
            Wants::Area => 1,
            Wants::Kind(_) => 2,
        };
        noun * 3 + wants
    }
}

impl Context {
    /// The share of a country among the other names.
    fn share(&self, country: CountryCode, name: u64) -> f32 {
        let weight = self.countries.get(&country).copied().unwrap_or(0.0);
        let (own, doubt) =
            self.own.get(&name).copied().map_or((false, 0.0), |(own, doubt)| (own == country, doubt));
        let others = self.total - doubt;
        if others > 0.01 { (weight - if own { doubt } else { 0.0 }).max(0.0) / others } else { 0.0 }
    }

    fn add(&self, place: &Place<'_>, name: u64, score: &mut Score) {
        if let Some(country) = place.country().filter(|_| place.kind() != PlaceKind::Country) {
            let share = self.share(country, name);
            let named = self.named.contains_key(&country);
            if share > 0.0 {
                score.add(Factor::Country, country_points(share, named));
            }
        }
        if let Some(point) = place.point().filter(|_| !matches!(place.kind(), PlaceKind::Country)) {
            let others = self.points.iter().filter(|(other, _)| *other != name);
            let nearest = others.map(|&(_, other)| kilometres(point, other)).fold(f64::INFINITY, f64::min);
            score.add(Factor::Distance, distance_points(nearest));
        }
    }
}

/// Points for a country that has this share of the other names, and is perhaps one of them.
pub(crate) fn country_points(share: f32, named: bool) -> f32 {
    2.0 * share + if named { 1.0 } else { 0.3 }
}

/// Points for another place so many kilometres away.
pub(crate) fn distance_points(kilometres: f64) -> f32 {
    (1.5 * (-kilometres / 250.0).exp()) as f32
}

/// What is known of a candidate alone.
fn prior(place: &Place<'_>, candidate: Candidate) -> Score {
    let mut score = Score::default();
    // A town of the hand-written lists is there because the news names it.
    let listed = place.population() == 0 && place.id().scheme == IdScheme::Chronique;
    let people = if listed { 4.5 } else { (f64::from(place.population()) + 1.0).log10() as f32 };
    let (population, class) = match place.feature() {
        Feature::Country => (0.0, 6.5),
        Feature::Territory => (0.0, 5.0),
        Feature::Continent => (0.0, 7.0),
        Feature::Sea => (0.0, 5.0),
        Feature::Area => (0.0, 5.5),
        Feature::Gulf
        | Feature::Lake
        | Feature::Stream
        | Feature::Mountain
        | Feature::Desert
        | Feature::Valley => (0.0, 4.0),
        Feature::Island => (0.0, 4.2),
        Feature::Building | Feature::Base | Feature::Airport | Feature::Camp | Feature::Road => (0.0, 4.6),
        Feature::Admin1 => (0.3 * people.clamp(4.0, 7.0), 2.2),
        Feature::Admin2 => (0.3 * people.clamp(4.0, 6.0), 0.6),
        Feature::Admin3 => (0.0, 0.8),
        Feature::Capital => (0.7 * people, 1.6),
        Feature::Seat1 => (0.7 * people, 0.6),
        Feature::Seat2 => (0.7 * people, 0.2),
        Feature::Populated => (0.7 * people, 0.0),
        Feature::Section => (0.5 * people, -0.5),
    };
    score.add(Factor::Population, population);
    score.add(Factor::Class, class);
    let name = match NameStatus::from_bits(candidate.flags) {
        NameStatus::French => 1.0,
        NameStatus::FrenchVariant => 0.6,
        NameStatus::Main => 0.3,
        NameStatus::Alternate => -0.8,
    };
    score.add(Factor::Name, if candidate.flags & flag::WEAK != 0 { name - 0.7 } else { name });
    if place.id().scheme == IdScheme::User {
        score.add(Factor::Added, 8.0);
    }
    score
}

/// What the words beside the name ask for.
fn beside(place: &Place<'_>, candidate: Candidate, around: &Surroundings, score: &mut Score) {
    let city = matches!(place.kind(), PlaceKind::City | PlaceKind::District);
    match around.wants {
        Wants::Area if candidate.flags & flag::NO_ARTICLE == 0 => {
            score.add(Factor::Preposition, if city { -3.0 } else { 0.5 });
        }
        Wants::Kind(PlaceKind::City) => {
            let points = match place.kind() {
                PlaceKind::City | PlaceKind::District | PlaceKind::Facility => 1.0,
                PlaceKind::Island | PlaceKind::Country => -0.5,
                _ => -2.0,
            };
            score.add(Factor::Preposition, points);
        }
        _ => {}
    }
    if let Some(kind) = around.noun_kind() {
        let kin = place.kind() == kind
            || (kind == PlaceKind::Admin && matches!(place.kind(), PlaceKind::Region | PlaceKind::Island))
            || (kind == PlaceKind::District && place.feature() == Feature::Section);
        // Les maires du Québec: what has mayors is a city, what has an article is none.
        let article = around.wants == Wants::Area && candidate.flags & flag::NO_ARTICLE == 0;
        if city && kin && article {
            return;
        }
        score.add(Factor::Noun, if kin { 3.0 } else { -1.0 });
    }
}

fn answer<'g>(scored: &[(Place<'g>, Candidate, Score)]) -> Option<(Place<'g>, Reason)> {
    let (place, candidate, score) = scored.first()?;
    let mut reason = Reason {
        name: NameStatus::from_bits(candidate.flags),
        factors: [None; 3],
        runners_up: [None; 2],
        candidates: u16::try_from(scored.len()).unwrap_or(u16::MAX),
        unlisted: None,
        weighed: None,
    };
    for (slot, factor) in reason.factors.iter_mut().zip(score.factors()) {
        *slot = Some(factor);
    }
    for (slot, (other, _, points)) in reason.runners_up.iter_mut().zip(&scored[1..]) {
        let behind = score.total() - points.total();
        let lost = ALL.into_iter().zip(score.0.iter().zip(points.0).map(|(won, lost)| won - lost));
        let worst = lost.filter(|&(_, points)| points >= 0.05).max_by(|a, b| a.1.total_cmp(&b.1));
        let (id, feature, country) = (other.id(), other.feature(), other.country());
        *slot = Some(RunnerUp { id, feature, country, behind, worst });
    }
    Some((*place, reason))
}

/// Finds the holders that the text names right after a name: `Valence (Drôme)`, `à Beni, dans le Nord-Kivu`.
fn find_holders(finder: &Finder<'_>, mentions: &mut [Mention<'_>]) {
    for at in 1..mentions.len() {
        let (holder, held) = (&mentions[at], &mentions[at - 1]);
        if holder.found.sentence != held.found.sentence
            || holder.verdict != Verdict::Place
            || held.verdict == Verdict::No
        {
            continue;
        }
        let points = holder_points(finder, held.found.last + 1..holder.found.first);
        if let Some(points) = points {
            mentions[at - 1].holder = Some((at, points));
        }
    }
}

/// Great-circle distance in km.
pub(crate) fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat1, lat2) = (a.0.to_radians(), b.0.to_radians());
    let dlat = (lat2 - lat1) / 2.0;
    let dlon = (b.1 - a.1).to_radians() / 2.0;
    let h = dlat.sin().powi(2) + lat1.cos() * lat2.cos() * dlon.sin().powi(2);
    12742.0 * h.min(1.0).sqrt().asin()
}

/// A place's name and id, and the ids of those that hold it.
type Strings = (Arc<str>, Arc<str>, Vec<Arc<str>>);

/// Shares the strings of equal answers.
#[derive(Default)]
struct Names {
    names: HashMap<PlaceId, Strings>,
}

impl Names {
    fn resolved(
        &mut self,
        finder: &Finder<'_>,
        syntax: &Syntax,
        found: &Match,
        place: &Place<'_>,
        reason: Reason,
    ) -> ResolvedPlace {
        let id = |at: usize| TokenId(u32::try_from(at).expect("a text has at most u32::MAX tokens"));
        let (first, last) = (id(found.first), id(found.last));
        let strings = self.names.entry(place.place_id()).or_insert_with(|| {
            let within = place.within().map(|holder| holder.id().to_string().into()).collect();
            (place.name().into(), place.id().to_string().into(), within)
        });
        let span = finder.tokens.token(first).span.cover(finder.tokens.token(last).span);
        ResolvedPlace {
            span,
            first,
            last,
            role: role::role(finder, syntax, found, place.kind(), place.feature()),
            name: strings.0.clone(),
            id: strings.1.clone(),
            kind: place.kind(),
            country: place.country(),
            point: place.point(),
            within: strings.2.clone(),
            reason,
        }
    }
}
