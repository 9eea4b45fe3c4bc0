//! The finds, which must stay mended, and a few executions of each target.

use std::fs;
use std::path::Path;

use chronique_fuzz::TARGETS;

#[test]
fn finds_stay_mended() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut seen = 0;
    for folder in fs::read_dir(corpus).unwrap().map(|entry| entry.unwrap().path()) {
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let target = TARGETS.iter().find(|target| target.name == name);
        let target = target.unwrap_or_else(|| panic!("corpus/{name} belongs to no target"));
        for find in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
            (target.check)(&fs::read(&find).unwrap());
            seen += 1;
        }
    }
    assert!(seen >= TARGETS.len(), "each target has a find or an odd input of its own");
}

#[test]
fn a_few_executions_of_each_target_find_nothing() {
    let all: u32 = std::env::var("CHRONIQUE_FUZZ_CASES").map_or(2_000, |cases| cases.parse().unwrap());
    for target in TARGETS {
        if let Err((input, reason)) = target.run((all * target.share / 1000).max(4), 7) {
            panic!("{}: {reason}\n{input:?}\n{}", target.name, String::from_utf8_lossy(&input));
        }
    }
}
