//! Mistakes in the strata of a sample.

use super::{Diagnostic, Diagnostics};
use crate::lang::Text;
use crate::source::Place;
use crate::text;

impl Diagnostics {
    /// A cell of a stratum that cannot be used.
    pub fn bad_stratum_cell(&mut self, place: Place, found: &str, expected: Text) {
        let (vi, en) = (&expected.vi, &expected.en);
        let message = match found {
            "" => text!("ô trống", "the cell is empty"),
            found => text!("\"{found}\" không dùng được ở đây", "\"{found}\" cannot stand here"),
        };
        self.push(
            Diagnostic::error("bad-stratum-cell", message)
                .at(place)
                .help(text!("cần {vi}", "{en} is needed")),
        );
    }

    /// A row without a stratum.
    pub fn empty_stratum(&mut self, place: Place) {
        self.push(
            Diagnostic::error("empty-stratum", text!("dòng không ghi tầng", "the row names no stratum"))
                .at(place)
                .help(text!("ghi tên tầng, hoặc xóa dòng", "write the stratum's name, or delete the row")),
        );
    }

    /// A stratum that has two rows.
    pub fn duplicate_stratum(&mut self, place: Place, stratum: &str, first: Place) {
        self.push(
            Diagnostic::error(
                "duplicate-stratum",
                text!("tầng \"{stratum}\" có hai dòng", "the stratum \"{stratum}\" has two rows"),
            )
            .at(place)
            .related(text!("lần đầu ở đây", "first here"), first)
            .help(text!("giữ một dòng, xóa dòng kia", "keep one row and delete the other")),
        );
    }

    /// A file without any stratum.
    pub fn no_strata(&mut self, place: Place) {
        self.push(
            Diagnostic::error("no-strata", text!("không có tầng nào", "there are no strata")).at(place).help(
                text!(
                    "dưới dòng tiêu đề stratum,population cần ít nhất một dòng",
                    "at least one row must follow the header stratum,population"
                ),
            ),
        );
    }

    /// A sample that the minimums of its strata exceed.
    pub fn sample_below_minimum(&mut self, place: Place, size: u64, minimum: u64, needed: u64) {
        self.push(
            Diagnostic::error(
                "sample-below-minimum",
                text!(
                    "mẫu {size} không đủ: mỗi tầng ít nhất {minimum} thì cần {needed}",
                    "a sample of {size} is not enough: at least {minimum} in each stratum need {needed}"
                ),
            )
            .at(place)
            .help(text!(
                "tăng cỡ mẫu lên --n {needed}, hoặc giảm --min",
                "enlarge the sample to --n {needed}, or lower --min"
            )),
        );
    }

    /// A sample of more people than there are.
    pub fn sample_above_population(&mut self, place: Place, size: u64, people: u64) {
        self.push(
            Diagnostic::error(
                "sample-above-population",
                text!(
                    "mẫu {size} lớn hơn tổng thể: các tầng chỉ có {people} người",
                    "a sample of {size} exceeds the population: the strata have only {people} people"
                ),
            )
            .at(place)
            .help(text!("giảm --n, hoặc sửa cột population", "lower --n, or mend the column population")),
        );
    }
}
