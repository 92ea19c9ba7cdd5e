//! What annexes in Word and PDF show, as the command line says.

use crate::render::FileFormat;
use crate::report::annex::{AnnexColumn, AnnexOptions};
use crate::scored::Scored;
use anyhow::{Result, bail};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use std::path::PathBuf;

/// Options of Word and PDF.
#[derive(Debug, Default, clap::Args)]
#[group(skip)]
pub(super) struct Args {
    /// Word and PDF: the columns of the ranked tables, in this order [default: those that the round has]
    #[arg(long, value_delimiter = ',', value_name = "COLUMNS", value_parser = column())]
    columns: Vec<AnnexColumn>,
    /// Word and PDF: a draft of the decision before its annexes, with blanks for what only the office knows
    #[arg(long)]
    decision: bool,
}

fn column() -> impl TypedValueParser<Value = AnnexColumn> {
    let words = PossibleValuesParser::new(AnnexColumn::words());
    words.try_map(|word| AnnexColumn::named(&word).ok_or("no such column"))
}

impl Args {
    /// What the annexes show.
    pub fn options(&self, scored: &Scored, formats: &[(PathBuf, FileFormat)]) -> Result<AnnexOptions> {
        let is_used = self.decision || !self.columns.is_empty();
        if is_used && !formats.iter().any(|(_, format)| format.is_annex()) {
            bail!("--columns, --decision: chỉ dùng với .docx, .pdf · only for .docx and .pdf");
        }
        let is_there =
            |column: AnnexColumn| (0..scored.tiers.len()).any(|tier| column.is_there(scored, tier));
        if let Some(column) = self.columns.iter().find(|column| !is_there(**column)) {
            let words = AnnexColumn::words();
            let known = words.into_iter().filter(|word| AnnexColumn::named(word).is_some_and(is_there));
            bail!(
                "--columns {}: đợt này không có cột ấy, có · the round has no such column, it has: {}",
                column.word(),
                known.collect::<Vec<_>>().join(", ")
            );
        }
        Ok(AnnexOptions { columns: self.columns.clone(), decision: self.decision })
    }
}
