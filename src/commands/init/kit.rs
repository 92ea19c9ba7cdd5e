//! The files of a new round: what the set needs, each with its header and nothing else.

use crate::criteria_set::{CriteriaSet, EntryBy, Leaf};
use crate::lang::Lang;
use crate::rule::Origin;
use crate::text::file_name::file_stem;
use crate::validate::units::Listed;

/// What a new round is made of.
pub(super) struct Kit {
    pub set: CriteriaSet,
    pub set_file: String,
    pub set_text: String,
    pub year: Option<u32>,
    /// A list of units that is taken over: its name, the sheet that is meant, its bytes, and the tier that
    /// it names.
    pub units: Option<(String, String, Vec<u8>, Option<String>)>,
    pub lang: Lang,
}

/// The tier of all listed units, if they name but one.
pub(super) fn tier_of(listed: &[Listed]) -> Option<String> {
    let first = &listed.first()?.tier;
    let is_same = listed.iter().all(|listed| listed.tier == *first);
    (is_same && !first.is_empty()).then(|| first.clone())
}

impl Kit {
    /// The files, each with its name in the folder.
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        let mut files = vec![
            ("round.toml".to_owned(), self.round_toml().into_bytes()),
            (self.set_file.clone(), self.set_text.clone().into_bytes()),
        ];
        match &self.units {
            Some((name, _, bytes, _)) => files.push((name.clone(), bytes.clone())),
            None => files.push((self.units_file(), self.table(&UNITS))),
        }
        if self.has_events() {
            files.push(("deductions.csv".to_owned(), self.table(&DEDUCTIONS)));
        }
        if self.set.has_targets() {
            files.push(("targets.csv".to_owned(), self.table(&TARGETS)));
        }
        if self.has_survey() {
            files.push((SURVEY_FILE.to_owned(), self.table(&SURVEY)));
        }
        for (id, factors) in self.indices() {
            let factors: Vec<(&str, &str)> = factors.iter().map(|name| (*name, *name)).collect();
            files.push((index_file(id), self.table(&[&INDEX[..], &factors].concat())));
        }
        files
    }

    pub fn units_file(&self) -> String {
        self.units.as_ref().map_or_else(|| "units.csv".to_owned(), |(name, ..)| name.clone())
    }

    /// The same with its sheet, as the round names it.
    fn units_named(&self) -> String {
        let sheet = self.units.as_ref().map_or("", |(_, sheet, ..)| sheet.as_str());
        format!("{}{sheet}", self.units_file())
    }

    /// The id of the tier: what the units say, or the set.
    fn tier(&self) -> String {
        let listed = self.units.as_ref().and_then(|(.., tier)| tier.clone());
        listed.or_else(|| self.set.tier.clone()).unwrap_or_else(|| "xa".to_owned())
    }

    /// Whether any points depend on events.
    fn has_events(&self) -> bool {
        self.set.entries.iter().any(|entry| matches!(entry.by, EntryBy::Events(_)))
    }

    /// Whether points of a survey are entered that no index gives.
    fn has_survey(&self) -> bool {
        let is_own = |leaf: &&Leaf| {
            let inputs = &self.set.columns[leaf.columns.clone()];
            leaf.is_survey && inputs.iter().all(|own| own.input.origin.is_none())
        };
        self.set.leaves.iter().any(|leaf| is_own(&leaf))
    }

    /// Other indices that the set looks at, each with its factors.
    fn indices(&self) -> Vec<(&str, Vec<&str>)> {
        let mut indices: Vec<(&str, Vec<&str>)> = Vec::new();
        for column in &self.set.columns {
            let Some(Origin::Index(of)) = &column.input.origin else { continue };
            let at = indices.iter().position(|(id, _)| *id == of.id).unwrap_or_else(|| {
                indices.push((&of.id, Vec::new()));
                indices.len() - 1
            });
            if let Some(factor) = of.factor.as_deref().filter(|factor| !indices[at].1.contains(factor)) {
                indices[at].1.push(factor);
            }
        }
        indices
    }

    /// The tiers below that the set looks at.
    fn lower_tiers(&self) -> Vec<&str> {
        let mut tiers: Vec<&str> = Vec::new();
        for column in &self.set.columns {
            if let Some(Origin::LowerTier(lower, _)) = &column.input.origin
                && !tiers.contains(&lower.tier.as_str())
            {
                tiers.push(&lower.tier);
            }
        }
        tiers
    }

    fn has_previous(&self) -> bool {
        self.set.columns.iter().any(|column| matches!(column.input.origin, Some(Origin::Previous(..))))
    }

    /// A table with nothing but its header, as the Excel of the language opens it in columns.
    fn table(&self, columns: &[(&str, &str)]) -> Vec<u8> {
        let name = |(vi, en): &(&str, &str)| if self.lang == Lang::Vi { *vi } else { *en }.to_owned();
        let names: Vec<String> = columns.iter().map(name).collect();
        match self.lang {
            Lang::Vi => format!("\u{feff}{}\r\n", names.join(";")).into_bytes(),
            Lang::En => format!("{}\n", names.join(",")).into_bytes(),
        }
    }

    /// `round.toml`, with words for who has not seen one.
    fn round_toml(&self) -> String {
        let (vi, tier) = (self.lang == Lang::Vi, self.tier());
        let mut text = String::new();
        let mut line = |key: &str, vi_words: &str, en_words: &str| {
            let words = if vi { vi_words } else { en_words };
            text += &match (key.is_empty(), words.is_empty()) {
                (true, true) => "\n".to_owned(),
                (true, false) => format!("# {words}\n"),
                (false, true) => format!("{key}\n"),
                (false, false) => format!("{key:<36} # {words}\n"),
            };
        };
        line(
            "",
            "Đợt đánh giá. Đường dẫn tính từ thư mục này.",
            "The round. Paths are relative to this folder.",
        );
        line("", "", "");
        line("[round]", "", "");
        match self.year {
            Some(year) => line(&format!("year = {year}"), "năm được đánh giá", "the year that is scored"),
            None => line("# year = 2027", "năm được đánh giá", "the year that is scored"),
        }
        line(&format!("title = {}", quoted(&self.set.name)), "", "");
        line("# issuer = \"UBND tỉnh …\"", "cơ quan ban hành kết quả", "who issues the result");
        line(&format!("units = {}", quoted(&self.units_named())), "danh sách đơn vị", "the list of units");
        if self.has_events() {
            line(
                "deductions = \"deductions.csv\"",
                "điểm trừ, điểm thưởng theo vụ việc",
                "deductions and other events",
            );
        }
        if self.set.has_targets() {
            line("targets = \"targets.csv\"", "chỉ tiêu giao cho từng đơn vị", "the targets of each unit");
        }
        let previous = "# previous = \"../2026\"";
        match self.has_previous() {
            true => line(
                previous,
                "đợt trước: bộ tiêu chí so với năm trước, nên cần dòng này hoặc nhập số năm trước vào phiếu",
                "the round before: the set compares with it; else last year's figures stand in the sheets",
            ),
            false => line(previous, "đợt trước, nếu có", "the round before, if there is one"),
        }
        line(
            "# stages = [\"self\", \"appraisal1\", \"final\"]",
            "các lần: tự chấm, thẩm định, kết quả cuối",
            "stages: self-assessment, appraisal, final",
        );
        line(
            "# missing = \"zero\"",
            "thiếu số liệu thì tính 0 điểm; mặc định là báo lỗi",
            "a missing figure counts as 0 points; it is an error otherwise",
        );
        line("", "", "");
        line("[[tier]]", "", "");
        line(
            &format!("id = {}", quoted(&tier)),
            "mã cấp, ghi ở cột cấp của danh sách đơn vị",
            "its id, as in the list of units",
        );
        let named = match &*tier {
            "xa" => Some("Cấp xã"),
            "huyen" => Some("Cấp huyện"),
            "so" => Some("Sở, ban, ngành"),
            "tinh" => Some("Cấp tỉnh"),
            _ => None,
        };
        if let Some(name) = named {
            line(&format!("name = {}", quoted(name)), "tên cấp, in trên bảng", "its name, above the tables");
        }
        line(&format!("criteria = {}", quoted(&self.set_file)), "bộ tiêu chí", "the criteria set");
        match self.has_survey() {
            true => line(
                &format!("results = [\"phieu/*.xlsx\", \"{SURVEY_FILE}\"]"),
                "phiếu của các đơn vị, và kết quả điều tra xã hội học",
                "the units' sheets, and the results of the survey",
            ),
            false => line("results = \"phieu/*.xlsx\"", "phiếu của các đơn vị", "the units' sheets"),
        }
        for (id, _) in self.indices() {
            line("", "", "");
            line("[[index]]", "", "");
            line(
                &format!("id = {}", quoted(id)),
                "chỉ số mà bộ tiêu chí dùng đến",
                "an index that the set looks at",
            );
            line(&format!("file = {}", quoted(&index_file(id))), "", "");
        }
        for lower in self.lower_tiers() {
            line("", "", "");
            line(
                "",
                &format!(
                    "Bộ tiêu chí tính cả kết quả cấp \"{lower}\": thêm một [[tier]] với id = \"{lower}\", nếu không phiếu sẽ hỏi số đó."
                ),
                &format!(
                    "The set looks at the tier \"{lower}\": add a [[tier]] with id = \"{lower}\", or the sheets ask for it."
                ),
            );
        }
        if self.units.is_none() {
            let example = |cells: [&str; 7]| format!("  {}", cells.join(if vi { ";" } else { "," }));
            let names = UNITS.map(|(vi_name, name)| if vi { vi_name } else { name });
            line("", "", "");
            line("", "Danh sách đơn vị, ví dụ:", "The list of units, for example:");
            let first = ["X01", "Xã An Bình", &tier, "Đồng bằng", "", "", ""];
            let not_ranked = if vi { "không: mới thành lập" } else { "no: newly founded" };
            let second = ["X02", "Phường Trần Phú", &tier, "Đô thị", "", not_ranked, ""];
            for row in [names, first, second].map(example) {
                line("", &row, &row);
            }
        }
        text
    }
}

/// A text as TOML writes it; JSON's escapes are TOML's too.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The file of an index.
fn index_file(id: &str) -> String {
    format!("{}.csv", file_stem(id, ""))
}

/// The file for survey points that no index gives.
const SURVEY_FILE: &str = "dieu-tra.csv";

/// Headers in Vietnamese and English; see `validate::header`.
const UNITS: [(&str, &str); 7] = [
    ("mã đơn vị", "unit"),
    ("tên đơn vị", "name"),
    ("cấp", "tier"),
    ("khối", "block"),
    ("trực thuộc", "parent"),
    ("xếp hạng", "ranked"),
    ("đơn vị cũ", "previous"),
];
const DEDUCTIONS: [(&str, &str); 9] = [
    ("mã đơn vị", "unit"),
    ("mục", "deduction"),
    ("số lần", "count"),
    ("ngày", "date"),
    ("điểm", "points"),
    ("tiêu chí", "criterion"),
    ("miễn trừ", "waived"),
    ("văn bản", "document"),
    ("lý do", "reason"),
];
const TARGETS: [(&str, &str); 3] =
    [("mã đơn vị", "unit"), ("mã tiêu chí", "criterion"), ("chỉ tiêu", "target")];
const SURVEY: [(&str, &str); 5] = [
    ("mã đơn vị", "unit"),
    ("mã tiêu chí", "criterion"),
    ("đầu vào", "input"),
    ("giá trị", "value"),
    ("ghi chú", "note"),
];
const INDEX: [(&str, &str); 2] = [("mã đơn vị", "unit"), ("chỉ số", "index")];
