use std::fmt;

use crate::Span;

/// A stretch of a text that plays one part on the page.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Block {
    /// Where it stands: whole lines, or a part of a line such as a photo credit.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// The part that a [`Block`] plays: the article itself, or page debris.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum BlockKind {
    /// The headline.
    Title,
    /// A paragraph of the article.
    Body,
    /// The caption of a picture or a video.
    Caption,
    /// The credit of a picture: photographer, agency.
    Credit,
    /// An advertisement or its mark, « Publicité ».
    Ad,
    /// A link to another article, « À lire aussi ».
    Related,
    /// Share and print buttons.
    Share,
    /// An invitation to subscribe.
    Newsletter,
    /// Author, publisher, time of publication.
    Byline,
    /// The headline again, or nearly.
    Repeat,
    /// Other debris of the page.
    Other,
}

impl BlockKind {
    /// The name in the output: `"title"`, `"body"`, `"caption"`…
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            BlockKind::Title => "title",
            BlockKind::Body => "body",
            BlockKind::Caption => "caption",
            BlockKind::Credit => "credit",
            BlockKind::Ad => "ad",
            BlockKind::Related => "related",
            BlockKind::Share => "share",
            BlockKind::Newsletter => "newsletter",
            BlockKind::Byline => "byline",
            BlockKind::Repeat => "repeat",
            BlockKind::Other => "other",
        }
    }

    /// Whether the block tells of the article's events: title, body, captions and repeated headlines.
    #[must_use]
    pub const fn tells(self) -> bool {
        matches!(self, BlockKind::Title | BlockKind::Body | BlockKind::Caption | BlockKind::Repeat)
    }

    /// Whether the block is page debris: anything but title and body.
    #[must_use]
    pub const fn is_debris(self) -> bool {
        !matches!(self, BlockKind::Title | BlockKind::Body)
    }
}

impl fmt::Display for BlockKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
