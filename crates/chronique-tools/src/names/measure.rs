//! How right the model is on articles that it did not learn from.

use std::io::Write;

use chronique_names::{Name, NameClass, NameModel};
use chronique_text::Span;

use super::winer::{Annotated, Asked, Example, Part};

/// Writes, for each part, how often the class is right, and what the rules' places win by thresholds.
pub(super) fn write(articles: &[Annotated], model: &NameModel, out: &mut impl Write) -> anyhow::Result<()> {
    for (part, title) in [(Part::Train, "train"), (Part::Tune, "tune"), (Part::Test, "test")] {
        let asked: Vec<(&Annotated, &Example)> = articles
            .iter()
            .filter(|article| article.part == part)
            .flat_map(|article| article.examples.iter().map(move |example| (article, example)))
            .collect();
        for (kind, name) in
            [(Asked::Listed, "listed"), (Asked::Unlisted, "unlisted"), (Asked::Actor, "actors")]
        {
            let mut table = [[0u32; 4]; 4];
            let of = asked.iter().filter(|(_, example)| example.asked == kind);
            for (article, example) in of.clone() {
                table[example.class as usize][weigh(model, article, example).class() as usize] += 1;
            }
            let right: u32 = (0..4).map(|class| table[class][class]).sum();
            let all: u32 = table.iter().flatten().sum();
            writeln!(out, "{title} {name}: {right} of {all}; rows as annotated, columns as weighed")?;
            for class in NameClass::ALL {
                writeln!(out, "  {:14}{:?}", class.as_str(), table[class as usize])?;
            }
        }
        let (mut right, mut found, mut annotated) = (0, 0, 0);
        for article in articles.iter().filter(|article| article.part == part) {
            let places = article.document.places();
            found += places.len();
            annotated += article.places.len();
            let overlaps = |a: Span, b: Span| a.start() < b.end() && b.start() < a.end();
            right += places
                .iter()
                .filter(|place| article.places.iter().any(|&span| overlaps(span, place.span)))
                .count();
        }
        writeln!(out, "{title} places: {right} of {found} overlap one of {annotated}")?;
        let is_place = |example: &Example| example.class == NameClass::Place;
        for threshold in [0, 20, 40, 60, 80, 100, 120, 150, 200, 300] {
            let (mut held, mut lost, mut won, mut wrong) = (0, 0, 0, 0);
            let (mut new, mut new_wrong) = (0, 0);
            let mut actors = [[0u32; 2]; 2];
            for (article, example) in &asked {
                let margin = weigh(model, article, example).margin(NameClass::Place);
                match example.asked {
                    Asked::Listed if example.place && !example.country && margin < -threshold => {
                        *if is_place(example) { &mut lost } else { &mut held } += 1;
                    }
                    Asked::Listed if !example.place && margin > threshold => {
                        *if is_place(example) { &mut won } else { &mut wrong } += 1;
                    }
                    Asked::Unlisted if margin > threshold => {
                        *if is_place(example) { &mut new } else { &mut new_wrong } += 1;
                    }
                    Asked::Actor => {
                        let weighed = weigh(model, article, example);
                        for (at, class) in
                            [NameClass::Person, NameClass::Organisation].into_iter().enumerate()
                        {
                            if weighed.margin(class) > threshold {
                                actors[at][usize::from(example.class != class)] += 1;
                            }
                        }
                    }
                    _ => {}
                }
            }
            writeln!(
                out,
                "{title} beyond {threshold:3}: held back {held} rightly, {lost} wrongly; accepted {won} rightly, {wrong} wrongly; \
                 unlisted {new}, {new_wrong}; persons {:?}, organisations {:?}",
                actors[0], actors[1]
            )?;
        }
    }
    Ok(())
}

fn weigh(model: &NameModel, article: &Annotated, example: &Example) -> chronique_names::Weighed {
    let document = &article.document;
    let name = Name::new(document.text(), document.tokens(), document.syntax(), example.run.clone());
    model.weigh(&name.expect("it was made before").known(&example.known))
}
