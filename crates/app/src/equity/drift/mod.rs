//! Whether a model of stratification drifts (IK-002-06): how often another level than the model's is chosen, up or down, over time and
//! by group, and how the levels lie beside the period before. A description that asks for a talk, not a verdict: the reasons stand
//! on the courses.
//!
//! Each version of a model stands by itself. What stands on the page and in the file is protected together (`protect`).

mod asked;
mod export;
mod page;
mod picture;
mod protect;

pub(super) use asked::link;
pub(super) use export::fetch;
pub(super) use page::show;
