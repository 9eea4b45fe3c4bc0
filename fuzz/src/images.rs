//! Targets that open images whose checksums are right and whose bytes are not.

use std::sync::LazyLock;

use chronique_places::{ExternalId, Feature, Gazetteer, GazetteerBuilder, IdScheme, NameStatus, NewPlace};
use chronique_syntax::training::{HEADER, checksum};
use chronique_syntax::{Model, Syntax};
use chronique_text::Text;
use chronique_tokens::{Tokenizer, Tokens};
use proptest::prelude::*;
use proptest::strategy::BoxedStrategy;

static TEXT: LazyLock<(Text, Tokens)> = LazyLock::new(|| {
    let text = Text::new("À Mopti, au Mali, la région de Mopti (Mali) est calme. Il y dort.").expect("short");
    let tokens = Tokenizer::french().tokenize(&text, [text.span()]);
    (text, tokens)
});

static IMAGE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut builder = GazetteerBuilder::new("fuzz");
    let mut parent = None;
    let rows = [("Mali", Feature::Country), ("Mopti", Feature::Admin1), ("Mopti", Feature::Seat1)];
    for (number, (name, feature)) in (1..).zip(rows) {
        let place = builder.place(NewPlace {
            name: name.to_owned(),
            id: ExternalId { scheme: IdScheme::User, number },
            feature,
            country: "ML".parse().ok(),
            point: Some((14.5, -4.2)),
            population: 100_000,
            parent,
        });
        builder.name(place, name, NameStatus::French);
        parent = Some(place);
    }
    builder.build()
});

/// Places of bytes, each with what stands there instead: the input of both targets.
fn edits() -> BoxedStrategy<Vec<u8>> {
    let value = prop_oneof![any::<u8>(), prop::sample::select(vec![0, 1, 0x3F, 0x7F, 0x80, 0xC0, 0xFF])];
    prop::collection::vec((any::<u32>(), value), 0..10)
        .prop_map(|edits| {
            edits.into_iter().flat_map(|(at, value)| [&at.to_le_bytes()[..], &[value]].concat())
        })
        .prop_map(Iterator::collect)
        .boxed()
}

/// `image` with the edits made after `from`.
fn edited(mut image: Vec<u8>, from: usize, edits: &[u8]) -> Vec<u8> {
    for edit in edits.chunks_exact(5) {
        let at = u32::from_le_bytes(edit[..4].try_into().expect("four bytes")) as usize;
        let room = image.len() - from;
        image[from + at % room] = edit[4];
    }
    image
}

pub(crate) fn gazetteers() -> BoxedStrategy<Vec<u8>> {
    edits()
}

pub(crate) fn gazetteer(edits: &[u8]) {
    // Magic, version, nothing, checksum; six lengths; the checksum of the only page.
    const LENGTHS: usize = 24;
    const SUMS: usize = LENGTHS + 6 * 8;
    const BODY: usize = SUMS + 8;
    let mut image = edited(IMAGE.clone(), LENGTHS, edits);
    let sum = fnv(&image[BODY..]).to_le_bytes();
    image[SUMS..BODY].copy_from_slice(&sum);
    let sum = fnv(&image[LENGTHS..BODY]).to_le_bytes();
    image[16..24].copy_from_slice(&sum);
    let Ok(gazetteer) = Gazetteer::from_bytes(image) else { return };
    let _ = gazetteer.named("Mopti").map(|place| place.within().count()).sum::<usize>();
    let (text, tokens) = &*TEXT;
    for place in gazetteer.places(text, tokens, &Syntax::default()) {
        assert!(text.as_str().get(place.span.range()).is_some());
        let _ = place.reason.to_string();
    }
}

/// The checksum of a gazetteer: FNV-1a over words of eight bytes, as `chronique-places` lays down.
fn fnv(bytes: &[u8]) -> u64 {
    const PRIME: u64 = 0x0000_0100_0000_01B3;
    let mut sum = 0xCBF2_9CE4_8422_2325 ^ bytes.len() as u64;
    let mut words = bytes.chunks_exact(8);
    for word in &mut words {
        let word = u64::from_le_bytes(word.try_into().expect("eight bytes"));
        sum = (sum ^ word).wrapping_mul(PRIME).rotate_left(23);
    }
    words.remainder().iter().fold(sum, |sum, &byte| (sum ^ u64::from(byte)).wrapping_mul(PRIME))
}

pub(crate) fn models() -> BoxedStrategy<Vec<u8>> {
    edits()
}

pub(crate) fn model(edits: &[u8]) {
    let mut image = edited(chronique_model_fr::model().to_vec(), HEADER, edits);
    let sum = checksum(&image[HEADER..]).to_le_bytes();
    image[HEADER - 8..HEADER].copy_from_slice(&sum);
    let Ok(model) = Model::from_bytes(image) else { return };
    let (text, tokens) = &*TEXT;
    let syntax = model.analyze(text, tokens);
    assert!(syntax.words().iter().all(|word| text.as_str().get(word.span.range()).is_some()));
}
