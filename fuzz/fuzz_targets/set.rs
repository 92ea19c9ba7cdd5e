//! Any text is a criteria set, or it is said why it is none.
#![no_main]

use libfuzzer_sys::fuzz_target;
use parindex::diagnostic::Diagnostics;
use parindex::lang::Lang;
use parindex::render::{Style, diagnostics::render};
use parindex::source::Source;
use parindex::validate::criteria_set::criteria_set;

fuzz_target!(|text: &str| {
    let mut out = Diagnostics::default();
    let set = criteria_set(&Source::new("set.toml", text), &mut out);
    assert!(set.is_some() || out.has_errors(), "a set, or why there is none");
    for lang in [Lang::Vi, Lang::En] {
        let said = render(&out, usize::MAX, Style { lang, width: None, colour: false });
        assert!(!said.contains(|c: char| c.is_control() && c != '\n'));
    }
});
