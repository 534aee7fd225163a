//! The indicators as people read them: each figure over time and by stratum, with its definition beside it. Counted by the
//! crate `indicators`, kept by `quality`.

mod read;

pub use read::{Kept, kept};
