//! What it takes until the first article can be read.

use chronique::Pipeline;
use chronique_benches::{SEEDS, check};
use criterion::{Criterion, criterion_group, criterion_main};

fn start(criterion: &mut Criterion) {
    let documents = Pipeline::french().read_all(SEEDS.iter().map(chronique_benches::Seed::article).collect());
    check(&documents);
    criterion.bench_function("start", |bencher| bencher.iter(Pipeline::french));
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = start
}
criterion_main!(benches);
