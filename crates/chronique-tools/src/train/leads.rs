//! From which lead on the choice of each stage of the parser stands: learned on sentences that training does not see.

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::Context as _;
use chronique_syntax::Model;
use chronique_syntax::parser::{Choice, STAGES, State};
use chronique_syntax::training::{HEADER, Sentence, checksum, contractions};

use super::conllu::GoldSentence;

/// How many bytes of the image the leads take: its last.
pub(super) const LEN: usize = 4 * (STAGES.len() - 1);

/// Decisions, in ten thousands of all, that a stage may take otherwise than all features together would.
const TOLERATED: usize = 3;

/// The model to change.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Folder of the gzipped CoNLL-U files.
    #[arg(long)]
    treebanks: PathBuf,
    /// The image; it is changed in place.
    #[arg(long)]
    model: PathBuf,
}

/// Sets the leads of a model anew.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let path = arguments.model.display();
    let mut image = std::fs::read(&arguments.model).with_context(|| format!("{path}: cannot read"))?;
    let held_out = super::held_out(&arguments.treebanks, None, &contractions())?;
    writeln!(std::io::stdout(), "{}", set(&mut image, &held_out)?)?;
    std::fs::write(&arguments.model, image).with_context(|| format!("{path}: cannot write"))
}

/// Writes into an image the least leads under which hardly a decision changes; tells what they are and what they save.
pub(super) fn set(image: &mut [u8], held_out: &[GoldSentence]) -> anyhow::Result<String> {
    let model = Model::from_bytes(image.to_vec())?;
    let (mut sentence, mut state) = (Sentence::default(), State::default());
    let mut decisions = Vec::new();
    for gold in held_out {
        let forms = || gold.tokens.iter().map(|token| token.form.as_str());
        model.read_sentence(forms, &mut sentence, &mut state);
        model.parse_by(&sentence.nodes, &mut state, |state| {
            let choices: Vec<Choice> = model.stages(&sentence.nodes, state).collect();
            let last = choices[STAGES.len() - 1];
            decisions.push(choices);
            last
        });
    }
    let total = decisions.len();
    let (at, mut lines) = (image.len() - LEN, Vec::new());
    for (stage, bytes) in image[at..].as_chunks_mut::<4>().0.iter_mut().enumerate() {
        let least = least_lead(&decisions, stage, total * TOLERATED / 10_000);
        *bytes = least.to_le_bytes();
        decisions.retain(|choices| choices[stage].lead < least);
        let share = 100.0 * (total - decisions.len()) as f64 / total.max(1) as f64;
        lines.push(format!("stage {}: lead {least}, {share:.1} % decided", stage + 1));
    }
    let sum = checksum(&image[HEADER..]);
    image[HEADER - 8..HEADER].copy_from_slice(&sum.to_le_bytes());
    Ok(lines.join("\n"))
}

/// The least lead such that at most `tolerated` of the choices of a stage that have it are not those of the last.
fn least_lead(decisions: &[Vec<Choice>], stage: usize, tolerated: usize) -> u32 {
    let differs = |choices: &&Vec<Choice>| {
        let (choice, last) = (choices[stage], choices[STAGES.len() - 1]);
        (choice.step, choice.label) != (last.step, last.label)
    };
    let mut leads: Vec<u32> = decisions.iter().filter(differs).map(|choices| choices[stage].lead).collect();
    leads.sort_unstable_by(|a, b| b.cmp(a));
    // Those that are tolerated lead the most; of the others none may come through.
    leads.get(tolerated).map_or(0, |lead| lead.saturating_add(1))
}
