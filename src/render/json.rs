//! An export as JSON: each part as its command writes it, under its word.

use crate::lang::Lang;
use crate::report::publication::{Publication, What};

pub(super) fn publish(publication: &Publication<'_>, lang: Lang) -> Vec<u8> {
    let mut bytes = b"{".to_vec();
    let mut used: Vec<What> = Vec::new();
    for part in &publication.parts {
        if !used.is_empty() {
            bytes.push(b',');
        }
        // Of several surveys the second is sipas-2.
        let before = used.iter().filter(|what| **what == part.what).count();
        let number = if before == 0 { String::new() } else { format!("-{}", before + 1) };
        used.push(part.what);
        bytes.extend(format!("\n\"{}{number}\": ", part.what.word()).bytes());
        bytes.extend(part.view.json(lang).trim_ascii_end());
    }
    bytes.extend(b"\n}\n");
    bytes
}
