use std::collections::HashMap;
use std::sync::Arc;

use crate::LexiconError;
use crate::table::{Row, one_of, rows};

/// What a word does in an event.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Role {
    Actor,
    Recipient,
    /// An actor if it can act with force or authority, else a recipient.
    Either,
    Place,
    /// An actor if it is a state, which leaves; else what is left.
    Member,
}

/// Which relations of a trigger fill which roles.
#[derive(Clone, Default, Debug)]
pub(crate) struct Frame {
    pub(crate) nsubj: Option<Role>,
    pub(crate) obj: Option<Role>,
    pub(crate) iobj: Option<Role>,
    pub(crate) adj: Option<Role>,
    prepositions: Vec<(Box<str>, Role)>,
}

impl Frame {
    /// The role of the complement of a preposition.
    pub(crate) fn preposition(&self, lemma: &str) -> Option<Role> {
        self.prepositions.iter().find(|(preposition, _)| &**preposition == lemma).map(|&(_, role)| role)
    }

    fn parse(notation: &str) -> Result<Frame, String> {
        let mut frame = Frame::default();
        for item in notation.split_whitespace() {
            let (relation, role) = item
                .split_once('=')
                .ok_or_else(|| format!("`{item}` is no `relation=role`, and no frame has this name"))?;
            let role = match role {
                "actor" => Role::Actor,
                "recipient" => Role::Recipient,
                "either" => Role::Either,
                "place" => Role::Place,
                "member" => Role::Member,
                _ => {
                    return Err(format!(
                        "`{role}` is no role: write actor, recipient, either, member or place"
                    ));
                }
            };
            match relation {
                "nsubj" => frame.nsubj = Some(role),
                "obj" => frame.obj = Some(role),
                "iobj" => frame.iobj = Some(role),
                "adj" => frame.adj = Some(role),
                preposition => frame.prepositions.push((preposition.into(), role)),
            }
        }
        Ok(frame)
    }
}

/// The frames that rows can name.
#[derive(Clone, Debug)]
pub(crate) struct Frames(HashMap<Box<str>, Arc<Frame>>);

impl Frames {
    pub(crate) fn parse(name: &str, text: &str) -> Result<Frames, LexiconError> {
        let mut frames = HashMap::new();
        for row in rows(name, text) {
            let frame = Frame::parse(row.cell(1)).map_err(|message| row.error(1, message))?;
            frames.insert(row.cell(0).into(), Arc::new(frame));
        }
        Ok(Frames(frames))
    }

    /// The frame that a cell names or writes out.
    pub(crate) fn read(&self, row: &Row<'_>, column: usize) -> Result<Arc<Frame>, LexiconError> {
        let notation = row.cell(column);
        if let Some(frame) = self.0.get(notation) {
            return Ok(Arc::clone(frame));
        }
        let frame = match notation {
            "" => Err("a row needs a frame".to_owned()),
            _ => Frame::parse(notation),
        };
        frame.map(Arc::new).map_err(|message| {
            let mut known: Vec<&str> = self.0.keys().map(|name| &**name).collect();
            known.sort_unstable();
            let known = one_of(known);
            row.error(
                column,
                format!("{message}: write relations, such as nsubj=actor obj=recipient, or {known}"),
            )
        })
    }
}
