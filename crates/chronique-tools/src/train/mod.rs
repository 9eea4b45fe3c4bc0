//! `chronique-tools train`: the syntax model from treebanks and a lexicon, the same bytes on every run.

mod conllu;
pub(crate) mod leads;
mod learners;
mod lefff;
mod lexicon;
mod perceptron;
mod record;
pub(crate) mod score;
mod variants;

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use chronique_syntax::training::{
    Contraction, HEADER, Lexicon, MAGIC, Section, VERSION, checksum, contractions,
};

use conllu::GoldSentence;
pub(crate) use conllu::read_gz;
use learners::Example;
use perceptron::Perceptron;
pub(crate) use record::check;

/// What to train from and where to write.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Folder of the gzipped CoNLL-U files.
    #[arg(long)]
    treebanks: PathBuf,
    /// Folder of the gzipped Lefff.
    #[arg(long)]
    lefff: PathBuf,
    /// The image to write.
    #[arg(long)]
    out: PathBuf,
    /// Train on this treebank's training part alone, for comparison with parsers trained on it.
    #[arg(long)]
    only: Option<Only>,
}

/// A treebank to train on alone.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Only {
    /// Sequoia as it stood in December 2020, on which other parsers were trained.
    Sequoia28,
}

/// Folds of the examples, each tagged by a tagger trained on the others, so that the parser learns
/// from tags with mistakes like those that it will meet.
const FOLDS: usize = 5;

/// Each how-manieth sentence of GSD is kept for tuning.
pub(crate) const HELD_OUT: usize = 5;

/// Passes in training the tagger and the morphology, and the parser.
const TAGGER_EPOCHS: usize = 8;
const PARSER_EPOCHS: usize = 10;

/// The weights, in hundredths, that become 1 in the image; the larger, the coarser.
const TAGGER_UNIT: i64 = 10;
const PARSER_UNIT: i64 = 40;

/// Lesser weights of the parser, in hundredths, are left out: it loses nothing that can be told from chance, and a third of its size.
const PARSER_FLOOR: i64 = 180;

/// The orders of the sentences in which the parser is trained. The image has the mean of the weights: what one order leaves to
/// chance, because the treebanks seldom show it, the others vote down.
const PARSER_SEEDS: [u64; 4] = [0x1815, 0x1817, 0x1819, 0x181b];

/// What training reads.
struct Sources {
    /// The sentences of each treebank, the weight of their readings in the lexicon, and whether their morphology is whole.
    treebanks: Vec<(Vec<GoldSentence>, u32, bool)>,
    /// The sentences that tuning may see and training doesn't.
    held_out: Vec<GoldSentence>,
    lefff: Vec<lefff::LefffEntry>,
    contractions: Vec<Contraction>,
}

impl Sources {
    fn read(folder: &Path, lefff: &Path, only: Option<Only>) -> anyhow::Result<Sources> {
        let contractions = contractions();
        let read = |name: &str| conllu::read(&folder.join(format!("{name}.conllu.gz")), &contractions);
        let treebanks = match only {
            Some(Only::Sequoia28) => vec![(read("fr_sequoia28-ud-train")?, 100, true)],
            None => {
                let gsd = read("fr_gsd-ud-dev")?.into_iter().enumerate();
                let gsd = gsd.filter(|(at, _)| at % HELD_OUT != 0).map(|(_, sentence)| sentence).collect();
                vec![
                    (read("fr_sequoia-ud-train")?, 100, true),
                    (gsd, 10, true),
                    (read("fr_fqb-ud-test")?, 1, true),
                    (read("fr_rhapsodie-ud-train")?, 0, false),
                    (read("fr_parisstories-ud-train")?, 0, false),
                    (read("fr_rhapsodie-ud-dev")?, 0, false),
                    (read("fr_parisstories-ud-dev")?, 0, false),
                ]
            }
        };
        let held_out = held_out(folder, only, &contractions)?;
        let lefff = lefff::read(&lefff.join("lefff-3.4.mlex.gz"))?;
        Ok(Sources { treebanks, held_out, lefff, contractions })
    }

    /// The sentences, and whether their morphology is whole.
    fn sentences(&self) -> impl Iterator<Item = (&GoldSentence, bool)> + Clone {
        self.treebanks
            .iter()
            .flat_map(|(sentences, _, inflected)| sentences.iter().map(|sentence| (sentence, *inflected)))
    }
}

/// Trains and writes the image, with its record beside it.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let sources = Sources::read(&arguments.treebanks, &arguments.lefff, arguments.only)?;
    let image = image(&sources, 1, &|line| {
        let _ = writeln!(std::io::stderr(), "{line}");
    })?;
    let write = |path: &Path, bytes: &[u8]| {
        std::fs::write(path, bytes).with_context(|| format!("{}: cannot write", path.display()))
    };
    write(&arguments.out, &image)?;
    write(&arguments.out.with_extension("tsv"), record::of(&image, &sources)?.as_bytes())
}

/// The image that is learnt from each `every`-th sentence.
fn image(sources: &Sources, every: usize, log: &dyn Fn(String)) -> anyhow::Result<Vec<u8>> {
    let Sources { treebanks, held_out, lefff, contractions } = sources;
    let readings: Vec<lexicon::Source<'_>> = treebanks
        .iter()
        .map(|(sentences, weight, _)| lexicon::Source { sentences, weight: *weight })
        .collect();
    let mut words = Vec::new();
    lexicon::write(&readings, lefff, contractions, &mut words)?;
    log(format!("lexicon: {} bytes", words.len()));
    let lexicon =
        Lexicon::read(&mut Section::alone(&words)).map_err(|damage| anyhow::anyhow!("{damage:?}"))?;

    let originals = || sources.sentences().enumerate().filter(|(at, _)| at % every == 0);
    let written = originals().filter(|(_, (_, written))| *written).map(|(at, (sentence, _))| (at, sentence));
    let copies = variants::all(written);
    let copies = copies.iter().map(|(at, sentence)| (*at, (sentence, true)));
    let mut examples: Vec<Example<'_>> = originals()
        .chain(copies)
        .map(|(at, (sentence, inflected))| {
            Example::new(sentence, inflected, at / every % FOLDS, contractions, &lexicon, &words)
        })
        .collect();
    log(format!("{} sentences", examples.len()));

    let all: Vec<usize> = (0..examples.len()).collect();
    let (tagger, folds) = std::thread::scope(|scope| {
        let whole = scope.spawn(|| learners::tagger(&examples, &all, TAGGER_EPOCHS, &lexicon));
        let folds: Vec<_> = (0..FOLDS)
            .map(|fold| {
                let train: Vec<usize> = all.iter().copied().filter(|&at| examples[at].fold != fold).collect();
                learners::tagger(&examples, &train, TAGGER_EPOCHS - 2, &lexicon)
            })
            .collect();
        (whole.join().expect("training does not panic"), folds)
    });
    let morphology = learners::morphology(&examples, TAGGER_EPOCHS, &lexicon);
    let wrong = prepare(&mut examples, &folds, &morphology, contractions, &lexicon, &words);
    log(format!("tagger and morphology: done; {wrong} tags of the folds are wrong"));
    let labels = learners::labels(&examples);
    let parsers = PARSER_SEEDS.map(|seed| {
        let parser = learners::parser(&examples, PARSER_EPOCHS, &labels, seed);
        log(format!("parser {seed:#x}: done"));
        parser
    });

    let mut body = words.clone();
    body.extend(u32::try_from(labels.len())?.to_le_bytes());
    for label in &labels {
        body.push(u8::try_from(label.as_str().len())?);
        body.extend(label.as_str().as_bytes());
    }
    for (name, weights, unit, floor) in [
        ("tagger", &tagger, TAGGER_UNIT, 0),
        ("morphology", &morphology, TAGGER_UNIT, 0),
        ("parser", &Perceptron::mean(&parsers), PARSER_UNIT, PARSER_FLOOR),
    ] {
        let before = body.len();
        let statistics = weights.write(unit, floor, &mut body);
        log(format!("{name}: {statistics:?}, {} bytes", body.len() - before));
    }
    body.extend([0; leads::LEN]);
    let mut image = Vec::with_capacity(HEADER + body.len());
    image.extend(MAGIC);
    image.extend(VERSION.to_le_bytes());
    image.extend([0; 4]);
    image.extend(checksum(&body).to_le_bytes());
    image.extend(&body);
    log(leads::set(&mut image, held_out)?);
    log(format!("image: {} bytes", image.len()));
    Ok(image)
}

/// The sentences that tuning may see and training doesn't.
fn held_out(
    treebanks: &Path,
    only: Option<Only>,
    contractions: &[Contraction],
) -> anyhow::Result<Vec<GoldSentence>> {
    let read = |name: &str| conllu::read(&treebanks.join(format!("{name}.conllu.gz")), contractions);
    if let Some(Only::Sequoia28) = only {
        return read("fr_sequoia28-ud-dev");
    }
    let mut sentences = read("fr_sequoia-ud-dev")?;
    sentences.extend(read("fr_gsd-ud-dev")?.into_iter().step_by(HELD_OUT));
    Ok(sentences)
}

/// Tags, inflects and splits each example as the model would an unseen one; how many tags came out wrong.
fn prepare(
    examples: &mut Vec<Example<'_>>,
    folds: &[Perceptron],
    morphology: &Perceptron,
    contractions: &[Contraction],
    lexicon: &Lexicon,
    image: &[u8],
) -> usize {
    let mut wrong = 0;
    examples.retain_mut(|example| {
        learners::tag(example, &folds[example.fold], lexicon);
        wrong += example.tags.iter().zip(&example.sentence.tags).filter(|(a, b)| a != b).count();
        learners::inflect(example, morphology, lexicon);
        example.split(contractions, lexicon, image)
    });
    wrong
}
