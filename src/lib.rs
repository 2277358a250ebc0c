//! `kehoach` compiles the yearly plans of Vietnamese public administration.
//!
//! A `.kh` file describes a decision, its plan and the appendices of tasks. The compiler resolves the agency
//! hierarchy, derives child plans, checks that each parent task is inherited or explicitly waived, and renders
//! the decision with its appendices. Data travels one way:
//!
//! ```text
//!   .kh text ──► syntax ──► resolve ──► derive ──► lint ──► render ──► bytes
//!                (lines,     (Model:     (child      (the       (text, json)
//!                 AST)        tasks,      plans,      same
//!                  │          agencies)   fates)      facts,
//!                  ▼                                  judged)
//!                 fmt
//! ```
//!
//! # The rooms
//!
//! Each room is a module; the table says whom it may use. `tests/tidy.rs` reads this table and every
//! `use crate::…`, and fails where they disagree.
//!
//! | room | what lives there | may use |
//! |---|---|---|
//! | `base` | spans, sources, line tables, typed ids, `Key`, dates, folding of what Word brings, encodings before Unicode, answers remembered by text | |
//! | `diag` | findings, codes and their pages, messages in two languages, printers | base |
//! | `value` | deadline, product, target, citation: types and grammars | base |
//! | `syntax` | lines, keywords, grammar, recovery, AST | base, diag |
//! | `fmt` | the one layout, with a soundness check | base, diag, syntax |
//! | `agency` | levels, units, agencies, sectors, groups, terms; the graph; names found and split in text; counterpart and successor | base, diag |
//! | `model` | plan, task, role, statement; `Origin` of a field, `Fate` of a parent task | base, value, agency |
//! | `resolve` | AST to model: names, dates, citations, did-you-mean | base, diag, syntax, value, agency, model |
//! | `shift` | translation of names, products, text and deadlines to a level, a unit, a year | base, value, agency, model |
//! | `derive` | inherit, amend, split, merge, waive; the fates table | base, diag, value, agency, model, shift |
//! | `lock` | what the parents said when a plan answered them: fingerprints, `kehoach.lock` as text | base, diag, model, derive |
//! | `draft` | model to `.kh`: what `derive`, `roll` and `init` write, and edits of `.kh` that a document brings back | base, diag, value, syntax, agency, model, derive |
//! | `matching` | aligns the tasks of two plans and explains each pair | base, diag, value, agency, model, shift, derive |
//! | `import` | docx, html, text, xlsx to blocks, to a plan as it stands, to `.kh` in record mode; every guess a doubt with a place | base, diag, value, syntax, fmt, agency, model |
//! | `lint` | one file per finding, over model and derivation; changes nothing | base, diag, value, agency, model, derive, lock, matching |
//! | `render` | view structs, templates, text layout, docx, html, xlsx, graph drawings | base, diag, value, agency, model, derive, matching |
//! | `project` | the one entry: files, configuration, the passes in order | base, diag, value, syntax, fmt, agency, model, resolve, shift, derive, lock, draft, matching, import, lint, render |
//! | `cli` | the only room that prints, writes, reads the clock, knows the command line | base, diag, value, fmt, agency, model, derive, lock, draft, matching, import, render, project |
//!
//! # Laws
//!
//! 1. A pass is `fn pass(&In) -> Out`: a value **and** its findings, always. Parsing cannot fail.
//! 2. No task exists without an [`model::Origin`]; each field of a derived task names the statement and rules that made it.
//! 3. Derivation fills a [`model::Fate`] for each parent task and recipient; the default is `Unanswered`, an error.
//! 4. A finding's code is one row in `diag/codes.rs` and one page in `diag/codes/`; the pages' examples are tests.
//! 5. Output is deterministic: no clock below `cli`, no hash-map order.
//! 6. Names are [`base::Key`]s, never compared as text.

pub mod agency;
pub mod base;
pub mod cli;
pub mod derive;
pub mod diag;
pub mod draft;
pub mod fmt;
pub mod import;
pub mod lint;
pub mod lock;
pub mod matching;
pub mod model;
pub mod project;
pub mod render;
pub mod resolve;
pub mod shift;
pub mod syntax;
pub mod value;
