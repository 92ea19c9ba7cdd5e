//! `init`: a new round, ready to be filled in.

mod kit;

use super::{inputs, output, score};
use crate::diagnostic::Diagnostics;
use crate::global::{Exit, Global};
use crate::lang::{Lang, Text};
use crate::load;
use crate::round::FileName;
use crate::source::Source;
use crate::text;
use crate::validate;
use anyhow::{Context, Result, bail};
use kit::Kit;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Options of `init`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  parindex init 2027 --from par-index-xa-mau
  parindex init cchc-2027 --from tieu-chi.toml --units danh-sach.csv")]
pub struct Args {
    /// The folder of the new round
    #[arg(value_name = "NAME")]
    name: PathBuf,
    /// Criteria set: a file, or the id of a set that comes along (see `parindex kinds`)
    #[arg(long, value_name = "SET")]
    from: PathBuf,
    /// A list of units to take over [default: an empty one]
    #[arg(long, value_name = "FILE")]
    units: Option<PathBuf>,
    /// The year that is scored [default: the one in NAME, if any]
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(u32).range(1900..2200))]
    year: Option<u32>,
}

pub(super) fn run(args: Args, global: Global) -> Result<Exit> {
    let name = args.name.display();
    if std::fs::read_dir(&args.name).is_ok_and(|mut entries| entries.next().is_some()) || args.name.is_file()
    {
        bail!("{name} đã có và không trống · {name} exists and is not empty");
    }
    let mut out = Diagnostics::default();
    let kit = args.kit(global.lang(), &mut out)?;
    output::talk(&out, score::SHOWN, global);
    let Some(kit) = kit else { return Ok(Exit::InputsWrong) };
    let files: Vec<(PathBuf, Vec<u8>)> =
        kit.files().into_iter().map(|(file, bytes)| (args.name.join(file), bytes)).collect();
    output::write_new_files(&files, false)?;
    let mut stdout = io::stdout().lock();
    for line in next_steps(&args.name, &kit) {
        writeln!(stdout, "{}", line.get(global.lang()))?;
    }
    Ok(Exit::Done)
}

impl Args {
    /// What the round is made of. `None`: there were mistakes, which were reported.
    fn kit(&self, lang: Lang, out: &mut Diagnostics) -> Result<Option<Kit>> {
        let Some(source) = self.set(out)? else { return Ok(None) };
        let Some(set) = validate::criteria_set::criteria_set(&source, out) else { return Ok(None) };
        let set_file = match self.from.is_file() {
            true => self.from.file_name().map(|name| name.to_string_lossy().into_owned()),
            false => None,
        };
        let units = match &self.units {
            Some(path) => {
                let Some(listed) = inputs::listed(Some(path), &mut Vec::new(), out)? else { return Ok(None) };
                let (file, sheet) = load::table::address::find(path);
                let name = file.display();
                let bytes =
                    std::fs::read(&file).with_context(|| format!("không đọc được · cannot read {name}"))?;
                let extension =
                    file.extension().map_or("csv".into(), |extension| extension.to_string_lossy());
                let sheet = sheet.map_or_else(String::new, |sheet| format!("#{sheet}"));
                Some((format!("units.{extension}"), sheet, bytes, kit::tier_of(&listed)))
            }
            None => None,
        };
        if out.has_errors() {
            return Ok(None);
        }
        Ok(Some(Kit {
            set_file: set_file.unwrap_or_else(|| format!("{}.toml", set.id)),
            set_text: source.text,
            year: self.year.or_else(|| year_in(&self.name)),
            units,
            set,
            lang,
        }))
    }

    /// The text of the set, from its file or from those that come along.
    fn set(&self, out: &mut Diagnostics) -> Result<Option<Source>> {
        let mut files = Vec::new();
        if self.from.exists() {
            return inputs::read_source(&self.from, &mut files, out);
        }
        let name = FileName { name: self.from.display().to_string(), place: None };
        Ok(inputs::builtin(&name, &mut files, out))
    }
}

/// The year in the name of a folder: the last four digits in a row that can be one.
fn year_in(folder: &Path) -> Option<u32> {
    let name = folder.file_name()?.to_string_lossy().into_owned();
    let runs = name.split(|sign: char| !sign.is_ascii_digit()).filter(|run| run.len() == 4);
    runs.rev().filter_map(|run| run.parse().ok()).find(|year| (1990..2100).contains(year))
}

/// What was made, and what is to be done next.
fn next_steps(folder: &Path, kit: &Kit) -> Vec<Text> {
    let name = folder.display().to_string();
    let quoted = if name.contains(' ') { format!("\"{name}\"") } else { name.clone() };
    let made: Vec<String> = kit.files().into_iter().map(|(file, _)| file).collect();
    let made = made.join(", ");
    let units = folder.join(kit.units_file()).display().to_string();
    let mut steps = vec![text!("Đã tạo {name}: {made}", "Made {name}: {made}"), text!("Tiếp theo:", "Next:")];
    if kit.units.is_none() {
        steps.push(text!("  điền danh sách đơn vị vào {units}", "  write the list of units into {units}"));
    }
    steps.push(text!(
        "  parindex template {quoted} --per-unit   phiếu trống cho từng đơn vị, vào thư mục phieu",
        "  parindex template {quoted} --per-unit   blank sheets for each unit, in the folder phieu"
    ));
    steps.push(text!(
        "  parindex check {quoted}                 ai chưa nộp, phiếu nào sai",
        "  parindex check {quoted}                 who has not handed in, which sheets are wrong"
    ));
    steps.push(text!(
        "  parindex score {quoted}                 bảng xếp hạng",
        "  parindex score {quoted}                 the ranked table"
    ));
    steps
}
