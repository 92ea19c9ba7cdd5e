//! `template`: blank sheets to enter results in.

use super::inputs::{BlankArgs, Prepared, PreparedTier};
use super::{output, score};
use crate::diagnostic::Diagnostics;
use crate::global::{Exit, Global};
use crate::model::{Stage, Unit};
use crate::render;
use crate::text;
use crate::text::file_name::{file_stem, slug};
use anyhow::Result;
use rayon::prelude::*;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// Options of `template`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  parindex template examples/khanh-hoa-nq57-2026
  parindex template 2027 --tier xa --per-unit --output 2027/phieu
  parindex template 2027 --stage appraisal1 --per-unit
  parindex template --criteria qd766-xa-2026 --units units.csv --output phieu.xlsx")]
pub struct Args {
    #[command(flatten)]
    blanks: BlankArgs,
    /// One workbook a unit, in a folder
    #[arg(long)]
    per_unit: bool,
    /// The workbook; of several, the folder [default: beside the round: phieu-TIER.xlsx, or phieu]
    #[arg(long, short, value_name = "FILE|DIR")]
    output: Option<PathBuf>,
    /// Write over sheets that are already there
    #[arg(long)]
    force: bool,
}

pub(super) fn run(args: Args, global: Global) -> Result<Exit> {
    let mut out = Diagnostics::default();
    let prepared = args.blanks.prepare(&mut out)?;
    output::talk(&out, score::SHOWN, global);
    let Some(prepared) = prepared else { return Ok(Exit::InputsWrong) };
    let sheets: Vec<Planned<'_>> = args.plan(&prepared);
    let write = |planned: &Planned<'_>| {
        let mut blank = prepared.blank(planned.tier);
        blank.units.clone_from(&planned.units);
        Ok((planned.path.clone(), render::blank::render(&blank, global.lang())?))
    };
    let files = sheets.par_iter().map(write).collect::<Result<Vec<_>>>()?;
    output::write_new_files(&files, args.force)?;
    output::say(&[said(&files)], global);
    Ok(Exit::Done)
}

/// A workbook that is to be written.
struct Planned<'a> {
    path: PathBuf,
    tier: &'a PreparedTier,
    units: Vec<&'a Unit>,
}

impl Args {
    /// The workbooks, each with its place.
    fn plan<'a>(&self, prepared: &'a Prepared) -> Vec<Planned<'a>> {
        let stage = match prepared.stage {
            Stage::None | Stage::SelfAssessed => String::new(),
            stage => format!("-{}", stage.word()),
        };
        let is_one = prepared.tiers.len() == 1;
        let folder = |name: &str| match &self.output {
            Some(path) => path.clone(),
            None => prepared.folder.join(name),
        };
        let mut planned = Vec::new();
        for tier in &prepared.tiers {
            let id = file_stem(&tier.id, "");
            if self.per_unit {
                let folder = folder("phieu");
                let folder = if is_one { folder } else { folder.join(&id) };
                let units = tier.units.iter().zip(names(&tier.units, &stage));
                planned.extend(units.map(|(unit, name)| Planned {
                    path: folder.join(name),
                    tier,
                    units: vec![unit],
                }));
                continue;
            }
            let id = if tier.id.is_empty() { slug(&tier.set.id) } else { id };
            let name = format!("phieu-{id}{stage}.xlsx");
            let path = match &self.output {
                Some(path) if is_one && is_workbook(path) => path.clone(),
                _ => folder("").join(name),
            };
            planned.push(Planned { path, tier, units: tier.units.iter().collect() });
        }
        planned
    }
}

/// Whether a path names a workbook and not a folder.
fn is_workbook(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx")) && !path.is_dir()
}

/// A name for the workbook of each unit; no two are the same on a system that does not tell capitals.
fn names(units: &[Unit], stage: &str) -> Vec<String> {
    let mut taken: HashSet<String> = HashSet::new();
    let mut name = |unit: &Unit| {
        let stem = file_stem(&unit.id, &unit.name);
        let numbered = (2..).map(|number| format!("{stem}-{number}{stage}.xlsx"));
        let free = std::iter::once(format!("{stem}{stage}.xlsx"))
            .chain(numbered)
            .find(|name| taken.insert(name.to_lowercase()));
        free.unwrap_or_default()
    };
    units.iter().map(&mut name).collect()
}

/// What was written.
fn said(files: &[(PathBuf, Vec<u8>)]) -> crate::lang::Text {
    let count = files.len();
    match files {
        [(path, _)] => {
            let path = path.display();
            text!("Đã ghi {path}", "Wrote {path}")
        }
        _ => {
            let folder = files.first().and_then(|(path, _)| path.parent()).unwrap_or(Path::new(""));
            let is_in = |(path, _): &(PathBuf, Vec<u8>)| path.parent() == Some(folder);
            let folder = match files.iter().all(is_in) {
                true => folder,
                false => folder.parent().unwrap_or(Path::new("")),
            };
            let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder }.display();
            text!("Đã ghi {count} phiếu vào {folder}", "Wrote {count} sheets into {folder}")
        }
    }
}
