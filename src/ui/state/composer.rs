//! A comment or an answer while it is being written.

use crate::model::{Fingerprint, Spot};

/// What is being written.
#[derive(Clone, Debug)]
pub struct Composer {
    /// What it will be: a comment on a place, or an answer.
    pub about: About,
    /// The text so far.
    pub text: String,
    /// Takes the keyboard in its first frame.
    pub is_new: bool,
}

/// What a composer's text will be.
#[derive(Clone, Debug, PartialEq)]
pub enum About {
    /// A new comment on this place.
    Spot(Spot),
    /// An answer to the comment with this id.
    Reply(Fingerprint),
}

impl Composer {
    /// An empty one.
    pub fn new(about: About) -> Self {
        Self { about, text: String::new(), is_new: true }
    }
}
