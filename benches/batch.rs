//! The whole pipeline over a batch, on one thread and on two.

use chronique::{Pipeline, export};
use chronique_benches::{articles, bytes, check, words};
use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

fn batch(criterion: &mut Criterion) {
    let articles = articles(64);
    let mut group = criterion.benchmark_group("batch");
    for jobs in [1, 2] {
        let chronique = Pipeline::builder().jobs(jobs).build().expect("two threads can be had");
        let documents = chronique.read_all(articles.clone());
        check(&documents);
        let throughput =
            Throughput::ElementsAndBytes { elements: words(&documents), bytes: bytes(&articles) };
        group.throughput(throughput);
        group.bench_with_input(BenchmarkId::new("read", jobs), &articles, |bencher, articles| {
            let read = |articles| chronique.read_all(articles);
            bencher.iter_batched(|| articles.clone(), read, BatchSize::LargeInput);
        });
    }
    let documents = Pipeline::french().read_all(articles);
    group.bench_function("json", |bencher| {
        bencher.iter(|| documents.iter().map(|document| export::to_json(document).len()).sum::<usize>());
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = batch
}
criterion_main!(benches);
