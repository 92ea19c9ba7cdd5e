//! The criteria sets and the questionnaires that parindex brings along.

/// Ids and texts of the sets in `criteria/`.
pub const SETS: &[(&str, &str)] = &[
    ("nq57-xa-khanh-hoa-2026", include_str!("../../criteria/nq57-xa-khanh-hoa-2026.toml")),
    ("papi", include_str!("../../criteria/papi.toml")),
    ("par-index-huyen-mau", include_str!("../../criteria/par-index-huyen-mau.toml")),
    ("par-index-so-mau", include_str!("../../criteria/par-index-so-mau.toml")),
    ("par-index-tinh-mau", include_str!("../../criteria/par-index-tinh-mau.toml")),
    ("par-index-xa-mau", include_str!("../../criteria/par-index-xa-mau.toml")),
    ("qd766-tinh-2026", include_str!("../../criteria/qd766-tinh-2026.toml")),
    ("qd766-xa-2026", include_str!("../../criteria/qd766-xa-2026.toml")),
];

/// The text of a set by its id.
pub fn set(id: &str) -> Option<&'static str> {
    SETS.iter().find(|(name, _)| *name == id).map(|(_, text)| *text)
}

/// Ids and texts of the questionnaires in `criteria/`; they score nothing by themselves.
pub const QUESTIONNAIRES: &[(&str, &str)] = &[
    ("sipas-2017-mau", include_str!("../../criteria/sipas-2017-mau.toml")),
    ("sipas-2026", include_str!("../../criteria/sipas-2026.toml")),
];

/// The text of a questionnaire by its id.
pub fn questionnaire(id: &str) -> Option<&'static str> {
    QUESTIONNAIRES.iter().find(|(name, _)| *name == id).map(|(_, text)| *text)
}
