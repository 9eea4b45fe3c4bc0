/// A number of people, as news tell it: *trois*, *au moins 12*, *une dizaine*, *des centaines*.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Count {
    /// The figure that stands for it: the one stated, or the usual sense of *une dizaine* (10).
    pub value: u32,
    /// At least so many, where stated or implied.
    pub min: Option<u32>,
    /// At most so many.
    pub max: Option<u32>,
    /// Whether the text rounds: *environ*, *une dizaine*.
    pub approximate: bool,
}
