//! Ranks the places of a name that stands alone, without a text around it.

use crate::gazetteer::{Gazetteer, Place};
use crate::matcher::Candidate;
use crate::place::PlaceKind;
use crate::reason::Factor;
use crate::resolve::{country_points, distance_points, kilometres};

/// What a place beside a name that holds it weighs, as in *à Beni, dans le Nord-Kivu*.
const HOLDER_POINTS: f32 = 3.0;

/// A place that a name may mean, with what speaks for it.
#[derive(Clone, Debug)]
pub struct RankedPlace<'g> {
    /// The place; [`Place::name_status`] tells of the name that it was found by.
    pub place: Place<'g>,
    /// The sum of its points.
    pub points: f32,
    /// Its points by factor, strongest first.
    pub factors: Vec<(Factor, f32)>,
    /// How far it lies from the place nearby, in kilometres, where both have a point.
    pub distance: Option<f64>,
    /// Whether the place nearby holds it.
    pub held: bool,
}

impl Gazetteer {
    /// The places that a name may mean, the likeliest first.
    ///
    /// They are weighed as in a text that names nothing but `near`: by what is known of each alone, and by whether
    /// `near` holds it, shares its country or lies close.
    ///
    /// ```
    /// use chronique_places::Gazetteer;
    ///
    /// let gazetteer = Gazetteer::from_bytes(chronique_gazetteer_fr::gazetteer())?;
    /// let valence = |near: Option<&str>| {
    ///     let near = near.and_then(|name| Some(gazetteer.ranked(name, None).first()?.place));
    ///     gazetteer.ranked("Valence", near.as_ref())[0].place.country().map(|country| country.to_string())
    /// };
    /// assert_eq!(valence(None).as_deref(), Some("ES"));
    /// assert_eq!(valence(Some("Drôme")).as_deref(), Some("FR"));
    /// # Ok::<(), chronique_places::GazetteerError>(())
    /// ```
    #[must_use]
    pub fn ranked(&self, name: &str, near: Option<&Place<'_>>) -> Vec<RankedPlace<'_>> {
        let mut ranked: Vec<RankedPlace<'_>> = self.named(name).map(|place| self.rank(place, near)).collect();
        ranked
            .sort_by(|a, b| b.points.total_cmp(&a.points).then(a.place.place_id().cmp(&b.place.place_id())));
        ranked
    }

    fn rank<'g>(&self, place: Place<'g>, near: Option<&Place<'_>>) -> RankedPlace<'g> {
        let mut score = self.known(&place, Candidate { place: place.place_id(), flags: place.flags() });
        let (mut distance, mut held) = (None, false);
        if let Some(near) = near.filter(|near| near.place_id() != place.place_id()) {
            held = self.may_hold(&[Candidate { place: near.place_id(), flags: 0 }], &place);
            if held {
                score.add(Factor::Hierarchy, HOLDER_POINTS);
            }
            let is_country = |place: &Place<'_>| place.kind() == PlaceKind::Country;
            if place.country().is_some() && place.country() == near.country() && !is_country(&place) {
                score.add(Factor::Country, country_points(1.0, is_country(near)));
            }
            distance = place.point().zip(near.point()).map(|(a, b)| kilometres(a, b));
            if let Some(distance) = distance.filter(|_| !is_country(&place) && !is_country(near)) {
                score.add(Factor::Distance, distance_points(distance));
            }
        }
        RankedPlace { place, points: score.total(), factors: score.factors(), distance, held }
    }
}
