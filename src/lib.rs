//! parindex scores administrative units by Vietnam's public administration reform index
//! (PAR INDEX, Chỉ số cải cách hành chính): a criteria set in TOML and unit results in CSV or workbooks become
//! exact points, an index, a grade and a rank, each of them explained.
//!
//! # The way data flows
//!
//! ```text
//!  files ──load──▶ Source, Rows, Sheet ──validate──▶ CriteriaSet, Dataset, Events
//!                                                          │ engine: evaluate → aggregate → rank
//!  bytes ◀──render── Report ◀──report── Scored, Explanation ◀┘
//! ```
//!
//! | stage | from → to | fails how |
//! |---|---|---|
//! | [`load`] | path → text with its fingerprint, rows of cells | what the system says |
//! | [`validate`] | text → [`criteria_set::CriteriaSet`], [`questionnaire::Questionnaire`], rows → [`model::Dataset`] | [`diagnostic::Diagnostics`], all at once |
//! | [`validate::answers`] | rows of a survey → [`answers::Form`]s, one after the other, lent to who counts them | the same |
//! | [`engine`] | set and dataset → [`engine::Scores`], [`engine::Ranking`] | cannot; what cannot be scored is a finding |
//! | [`survey`] | weighted answers → sums → estimates, intervals, tests, ranks that cannot be told apart | a stratum whose error cannot be told |
//! | [`optimum`] | what can be improved, with gains and costs → the cheapest plans that reach a score | a score out of reach has no plan |
//! | [`robustness`] | shares, weights and what is uncertain → chances of ranks and grades, deciding criteria, swap weights | [`robustness::Fault`], the first |
//! | [`sipas`] | the forms of a survey → [`sipas::Gathered`]: indices with their errors, rankings, crosstabs, differences | the same, told beside the index that lacks its error |
//! | [`uncertainty`] | a scored block and what is uncertain in it → a [`robustness::model::Model`] and tables to draw from | fewer than two ranked units |
//! | [`report`] | results → [`report::Report`]: titles, tables of typed cells, notes | cannot |
//! | [`render`] | report → bytes of a [`render::Format`] | the format's own error |
//! | [`commands`] | wire the above; the only place that writes | [`global::Exit`] |
//!
//! # What always holds
//!
//! - **Exact.** Scores are [`rust_decimal::Decimal`] from file to print; ranks compare exact
//!   values; [`number::Rounding`] is the only road to a shorter number or to text.
//! - **Missing is not zero, N/A is not missing** ([`model::Value`]); what a missing input means is a
//!   policy that is printed with the result.
//! - **Every mistake in one run**, each with its place, the nearest right thing and a remedy: one
//!   named constructor for each on [`diagnostic::Diagnostics`].
//! - **The same inputs give the same bytes**, on any number of cores.
//! - **A module uses only those above it in the list below**, but for a few exceptions that the test
//!   names and that may only get fewer. Modules before `load` open no file, print nothing and know no
//!   float, but for [`survey`], [`robustness`] and [`sipas`] with its reports, which are statistics.
//!   Both are tests (`tests/it/architecture.rs`).
//!
//! # Where to grow
//!
//! A rule kind is a file in `src/rule/` and a line in [`rule::KINDS`]; a format is a file in
//! `src/render/` and a line in [`render::Format`]; a command is a file in `src/commands/` and three
//! lines in `src/commands.rs`; a mistake is a constructor in `src/diagnostic/` and a case in
//! `tests/errors/`.

pub mod lang;
pub mod number;
pub mod text;
pub mod source;
pub mod diagnostic;
pub mod keys;
pub mod model;
pub mod rule;
pub mod criteria_set;
pub mod questionnaire;
pub mod round;
pub mod scenario;
pub mod answers;
pub mod validate;
pub mod engine;
pub mod survey;
pub mod optimum;
pub mod robustness;
pub mod sipas;
pub mod scored;
pub mod uncertainty;
pub mod report;
pub mod render;
pub mod load;
pub mod global;
pub mod commands;
pub mod cli;
