//! What the values of a task mean: deadlines, products, targets, scores, citations, qualifiers, years.
//!
//! Each type keeps the printed words beside what was understood. The grammars (nom) read cleaned text of one value
//! ([`crate::base::clean`]) and never fail: what is not understood becomes the type's open form, which the caller reports. Knows no agencies
//! and no plans: a body's name is a run of words here.

mod body;
mod citation;
mod deadline;
mod form;
mod header;
mod measure;
mod moment;
mod product;
mod progress;
mod qualifier;
mod recurrence;
mod run_on;
mod score;
mod symbol;
mod target;
mod time;
mod word;
mod year;

pub use citation::{Citation, is_issuer_between};
pub use deadline::{Authority, Deadline, Entry, Route, Step};
pub use header::{read_date, read_months, read_period, read_validity, read_year, read_year_shift, split_validity};
pub use measure::{Comparator, Measure};
pub use moment::{Moment, When};
pub use product::{Product, ProductKind, split_own_deadline};
pub use progress::{Progress, print_thousandths, read_share};
pub use qualifier::{Qualifier, QualifierKind, qualifiers};
pub use run_on::run_on;
pub use score::Score;
pub use symbol::{SymbolFault, SymbolFaultKind};
pub use target::Target;
pub use time::{Bound, Period, Time};
pub use year::{YearClass, YearWord, years};
