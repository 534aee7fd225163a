//! The arithmetic of the figures: plain functions of numbers, told in `indicators` so that every page, export and chart
//! gets the same answer.
//!
//! Nothing here knows what is counted. Rules and thresholds are those of the standard's monitoring chapter (chapter 9) as the
//! project reads it; each module names its method. Nothing here ranks anybody, and a change is never called an effect.

pub mod binomial;
pub mod histogram;
pub mod mean_change;
pub mod order;
pub mod run_chart;
pub mod share;
pub mod shewhart;
pub mod standard;

pub use histogram::Histogram;
pub use mean_change::{MeanChange, mean_change};
pub use order::{median, percentile};
pub use share::{Gap, Interval, Share, gap, wilson};

/// Two numbers closer than this are the same: shares come from divisions, and a point on the line must be seen as on it.
const SAME: f64 = 1e-9;

/// 97.5 % quantile of the normal distribution: both sides together leave 5 % out.
const Z_95: f64 = 1.959_963_984_540_054;

/// 99.9 % quantile of the normal distribution: both sides together leave 0.2 % out.
const Z_998: f64 = 3.090_232_306_167_813;

/// Which direction is an improvement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// The figure describes; neither direction is judged.
    #[serde(rename = "")]
    Neither,
}
