//! Figures for pages and paper: server-made SVG with the same data as a table, readable by eye, ear and printer.
//!
//! Values in, text out: nothing is counted or judged here. Every [`Figure`] has a title, a sentence that says what is seen,
//! a drawing for a wide and one for a narrow place, and its table. Shapes and words carry the meaning and colour only helps,
//! so a figure reads in grey. No script, no style attribute: the looks are classes of `assets/css/charts.css`, and
//! attributes hold geometry only. Labels are Danish as the pages are.
#![warn(missing_docs)]

mod bars;
mod canvas;
mod equity;
mod figure;
mod flow;
mod funnel;
mod multiples;
mod number;
mod paired;
mod plans;
mod rows;
mod scale;
mod series;
mod shift;
mod text;
mod values;
mod waiting;

pub use bars::{AreaBar, AreaBars};
pub use equity::{Equity, EquityGroup};
pub use figure::{Drawn, Figure, Picture, Read, Sheet, Table, Width};
pub use flow::{Flow, Loss, Stage};
pub use funnel::{Funnel, FunnelLimits, FunnelPlace, FunnelUnit};
pub use multiples::{Multiples, Panel};
pub use number::{count, decimal, percent};
pub use paired::{Paired, PairedRow};
pub use plans::{PlanRow, Plans, Range};
pub use scale::Unit;
pub use series::{CentreLine, Change, ControlLimits, PeriodStep, Point, PointValue, Series, Signal};
pub use shift::{LevelShare, LevelShift};
pub use text::Text;
pub use values::{ValueBar, ValueBars};
pub use waiting::{Bin, WaitingTimes};
