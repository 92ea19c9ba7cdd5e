//! How many forms were issued and how many a unit was to bring: `unit,issued,quota`.

use crate::answers::Surveyed;
use crate::diagnostic::Diagnostics;
use crate::number::reading::Form;
use crate::source::{Place, Sheet};
use crate::validate::header::{self, Columns, Sought};
use crate::validate::names::{Meant, Names};
use crate::validate::small::Row;
use rust_decimal::Decimal;
use std::sync::LazyLock;

/// What a unit was to bring.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quota {
    /// Forms that were issued (phát ra).
    pub issued: Option<u64>,
    /// Valid forms that the sample needs (chỉ tiêu mẫu).
    pub quota: Option<u64>,
    /// The row that says so.
    pub place: Option<Place>,
}

/// The columns of forms issued and needed.
static QUOTAS: LazyLock<Columns> = LazyLock::new(|| {
    Columns::new(&[
        ("unit", &["đơn vị", "mã đơn vị"]),
        ("name", &["tên", "tên đơn vị"]),
        ("issued", &["phát ra", "số phiếu phát ra"]),
        ("quota", &["chỉ tiêu", "số phiếu cần", "cỡ mẫu"]),
    ])
});

/// What the header of quotas looks like.
pub fn quotas_sought() -> Sought<'static> {
    let fits = |found: &[&str]| {
        header::names_units(found) && (found.contains(&"quota") || found.contains(&"issued"))
    };
    Sought::new(|name| QUOTAS.known(name), fits, "unit, quota (issued)")
}

/// The quotas of the units, in their order.
pub fn quotas(sheet: &Sheet, surveyed: &Surveyed, form: Option<Form>, out: &mut Diagnostics) -> Vec<Quota> {
    let mut quotas = vec![Quota::default(); surveyed.units.len()];
    let Some(columns) = header::find_in(sheet, &QUOTAS, &["unit"], out) else { return quotas };
    let names = Names::new(surveyed.units.iter().map(|unit| (unit.id.as_str(), unit.name.as_str())));
    for (number, cells) in &sheet.rows {
        let row = Row { sheet, columns: &columns, row: *number, cells, declared: form };
        let name = row.cell("unit");
        let meant = names.find(name);
        let (Meant::Id(unit) | Meant::Name(unit)) = meant else {
            names.report(row.place("unit"), name, &meant, out);
            continue;
        };
        if let Some(first) = quotas[unit].place.replace(row.place("unit")) {
            out.duplicate_unit(row.place("unit"), name, first);
            continue;
        }
        let of = [name, "quota"];
        let issued = row.number("issued", true, of, out);
        let quota = row.number("quota", true, of, out);
        let whole = |number: Decimal| u64::try_from(number).ok();
        quotas[unit].issued = issued.and_then(whole);
        quotas[unit].quota = quota.and_then(whole);
        let returned = surveyed.units[unit].forms;
        if let Some(issued) = issued.filter(|issued| *issued < Decimal::from(returned)) {
            out.fewer_issued(row.place("issued"), name, issued, returned);
        }
    }
    quotas
}
