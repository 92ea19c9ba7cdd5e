//! All integration tests in one binary: what a person sees, and what the world outside says.

mod support;

mod answers;
mod appraisal;
mod architecture;
mod catalogue;
mod check;
mod corruptions;
mod errors;
mod examples;
mod explain;
mod golden;
mod grade_limits;
mod kinds;
mod links;
mod papi;
mod places;
mod properties;
mod published;
mod readme;
mod rules;
mod sample;
mod score;
mod sets;
mod soup;
mod survey;
mod years;
