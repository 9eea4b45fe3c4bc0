//! Each stage alone, over the sample articles, on one thread.

use std::hint::black_box;

use chronique::actors::ActorLexicon;
use chronique::events::{Evidence, Extractor, Lexicon};
use chronique::places::Gazetteer;
use chronique::syntax::Model;
use chronique::text::BlockRules;
use chronique::times::{Anchor, TimeGrammar};
use chronique::tokens::Tokenizer;
use chronique::{Document, Pipeline};
use chronique_benches::{articles, bytes, check, words};
use criterion::{
    BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main, measurement::WallTime,
};

fn stages(criterion: &mut Criterion) {
    let articles = articles(4);
    let documents = Pipeline::french().read_all(articles.clone());
    check(&documents);
    let mut group = criterion.benchmark_group("stages");
    let throughput = Throughput::ElementsAndBytes { elements: words(&documents), bytes: bytes(&articles) };
    group.throughput(throughput);
    first_stages(&mut group, &documents);
    last_stages(&mut group, &documents);
    group.finish();
}

fn first_stages(group: &mut BenchmarkGroup<'_, WallTime>, documents: &[Document]) {
    let rules = BlockRules::french();
    each(
        group,
        "blocks",
        documents,
        |document| document.blocks().len(),
        |document| rules.blocks(document.text()).len(),
    );
    let tokenizer = Tokenizer::french();
    each(
        group,
        "tokens",
        documents,
        |document| document.tokens().len(),
        |document| {
            let regions = document.blocks().iter().map(|block| block.span);
            tokenizer.tokenize(document.text(), regions).len()
        },
    );
    let model = Model::from_bytes(chronique_model_fr::model()).expect("the embedded model is whole");
    each(
        group,
        "syntax",
        documents,
        |document| document.syntax().words().len(),
        |document| model.analyze(document.text(), document.tokens()).words().len(),
    );
}

fn last_stages(group: &mut BenchmarkGroup<'_, WallTime>, documents: &[Document]) {
    let gazetteer =
        Gazetteer::from_bytes(chronique_gazetteer_fr::gazetteer()).expect("the embedded gazetteer is whole");
    each(
        group,
        "places",
        documents,
        |document| document.places().len(),
        |document| gazetteer.places(document.text(), document.tokens(), document.syntax()).len(),
    );
    let times = TimeGrammar::french();
    each(
        group,
        "times",
        documents,
        |document| document.times().len(),
        |document| times.times(document.text(), document.tokens(), &Anchor::new(document.date())).len(),
    );
    let actors = ActorLexicon::french();
    each(
        group,
        "actors",
        documents,
        |document| document.actors().as_slice().len(),
        |document| actors.actors(document.text(), document.tokens(), document.syntax()).as_slice().len(),
    );
    let extractor = Extractor::new(Lexicon::french());
    each(
        group,
        "events",
        documents,
        |document| document.events().len(),
        |document| extractor.events(evidence(document)).len(),
    );
}

fn each(
    group: &mut BenchmarkGroup<'_, WallTime>,
    stage: &str,
    documents: &[Document],
    expected: impl Fn(&Document) -> usize,
    run: impl Fn(&Document) -> usize,
) {
    for document in documents {
        assert_eq!(run(document), expected(document), "{stage} of {:?}", document.id());
    }
    group.bench_function(stage, |bencher| {
        bencher.iter(|| documents.iter().map(|document| run(black_box(document))).sum::<usize>());
    });
}

fn evidence(document: &Document) -> Evidence<'_> {
    Evidence {
        text: document.text(),
        blocks: document.blocks(),
        tokens: document.tokens(),
        syntax: document.syntax(),
        places: document.places(),
        times: document.times(),
        actors: document.actors(),
        published: document.date(),
    }
}

criterion_group!(benches, stages);
criterion_main!(benches);
