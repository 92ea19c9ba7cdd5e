//! Any bytes are results of a set with every kind of rule, or it is said why they are none.
#![no_main]

use libfuzzer_sys::fuzz_target;
use parindex::criteria_set::{CriteriaSet, Missing};
use parindex::diagnostic::Diagnostics;
use parindex::engine::Keep;
use parindex::lang::Lang;
use parindex::load;
use parindex::render::{self, Format, Style};
use parindex::report::ranking::{Fields, RankingView};
use parindex::scored::{Loaded, LoadedTier};
use parindex::source::Source;
use parindex::validate::criteria_set::criteria_set;
use parindex::validate::deductions::Events;
use parindex::validate::targets::Targets;
use parindex::validate::results::{Assembly, KnownUnits, Options, Plan};
use std::path::Path;
use std::sync::LazyLock;

static FOLDER: LazyLock<tempfile::TempDir> = LazyLock::new(|| tempfile::tempdir().expect("a folder"));

fuzz_target!(|bytes: &[u8]| {
    let path = FOLDER.path().join("results.csv");
    std::fs::write(&path, bytes).expect("a file is written");
    let mut out = Diagnostics::default();
    let set = criteria_set(&Source::new("set.toml", include_str!("../set.toml")), &mut out)
        .expect("the set is right");
    let data = read(&set, &path, &mut out);
    let tier = LoadedTier {
        id: String::new(),
        name: String::new(),
        set,
        data,
        events: Events::default(),
        targets: Targets::default(),
        missing: Missing::Zero,
    };
    let scored = Loaded::of_one(tier).score(Keep::All);
    scored.report_findings(&mut out);
    let style = Style { lang: Lang::Vi, width: Some(80), colour: false };
    let said = render::diagnostics::render(&out, usize::MAX, style);
    assert!(!said.contains(|c: char| c.is_control() && c != '\n'));
    for (tier, scores, _) in scored.tiers() {
        for score in &scores.units {
            assert!(
                score.regular.exact() <= tier.set.max.exact() && !score.regular.exact().is_sign_negative()
            );
        }
    }
    let view = RankingView { scored: &scored, fields: Fields::All, top: None, unit: None };
    for format in [Format::Table, Format::Csv, Format::Json] {
        render::render(&view, format, style).expect("a result can be shown");
    }
});

fn read(set: &CriteriaSet, path: &Path, out: &mut Diagnostics) -> parindex::model::Dataset {
    let options = Options { keep_places: true, ..Options::default() };
    let mut assembly = Assembly::new(set, KnownUnits::default(), options);
    if let Some(csv) = load::csv::open(path, path.display().to_string().into(), &|_| true, out).expect("the file is there")
        && let Some(plan) = Plan::new(csv.table.clone(), set, options, out)
    {
        let file = assembly.begin(&plan);
        let read = |rows: &load::csv::Rows| {
            let (mut part, mut faults) = (plan.part(), Diagnostics::default());
            rows.for_each(&mut faults, |row| plan.read_row(&mut part, row));
            (part, faults)
        };
        let read = csv.read(read, |(part, faults)| {
            out.append(faults);
            assembly.absorb(&plan, file, part);
        });
        read.expect("the file can be read");
    }
    assembly.finish(true, out)
}
