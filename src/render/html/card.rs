//! A unit's section, folded until somebody asks for it.

use super::Page;
use crate::report::Section;
use crate::report::publication::What;
use maud::{Markup, html};

impl Page<'_> {
    pub(super) fn card(&self, section: &Section<'_>) -> anyhow::Result<Markup> {
        let heading = section.heading.as_ref().map_or("", |heading| heading.get(self.lang));
        let figures = self.figures(section)?;
        Ok(html! {
            details.card id=[self.anchors.name(&section.anchor)] {
                summary { h3 { (heading) } }
                (self.notes(&section.notes))
                (figures)
                @if let Some(table) = &section.table {
                    div.box role="group" aria-label=(heading) {
                        (self.bare_table(section, table, None, heading, What::Scorecards))
                    }
                }
            }
        })
    }
}
