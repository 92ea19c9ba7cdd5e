//! What the script filters by. Without the script it stays hidden.

use super::{Page, block_of};
use crate::report::Report;
use crate::report::publication::What;
use maud::{Markup, html};

impl Page<'_> {
    pub(super) fn toolbar(&self, what: What, report: &Report<'_>, id: &str) -> Markup {
        match what {
            What::Scorecards => self.toolbar_of_cards(id),
            What::Ranking => self.toolbar_of_ranking(report, id),
            _ => html! {},
        }
    }

    fn toolbar_of_cards(&self, id: &str) -> Markup {
        html! {
            div.tools hidden {
                (self.search(id))
                button type="button" data-do="open" { (self.say("Mở tất cả", "Open all")) }
                button type="button" data-do="close" { (self.say("Đóng tất cả", "Close all")) }
                (self.count(id))
                p.hint { (self.say("Khi in, chỉ những phiếu đang mở được in.", "Only cards that are open are printed.")) }
            }
        }
    }

    fn toolbar_of_ranking(&self, report: &Report<'_>, id: &str) -> Markup {
        let mut blocks: Vec<(String, &str)> = Vec::new();
        for section in &report.sections {
            let (Some(key), Some(heading)) = (block_of(section), &section.heading) else { continue };
            if !blocks.iter().any(|(known, _)| *known == key) {
                blocks.push((key, heading.get(self.lang)));
            }
        }
        let mut grades: Vec<&str> = Vec::new();
        for tier in &self.publication.scored.loaded.tiers {
            for grade in &tier.set.grades {
                if !grades.contains(&grade.name.as_str()) {
                    grades.push(&grade.name);
                }
            }
        }
        let all = self.say("Tất cả", "All");
        html! {
            div.tools hidden {
                (self.search(id))
                @if 1 < blocks.len() {
                    label for={ (id) "-b" } { (self.say("Cấp, khối", "Tier, block")) }
                    select id={ (id) "-b" } data-by="block" {
                        option value="" { (all) }
                        @for (key, heading) in &blocks { option value=(key) { (heading) } }
                    }
                }
                @if !grades.is_empty() {
                    label for={ (id) "-g" } { (self.say("Xếp loại", "Grade")) }
                    select id={ (id) "-g" } data-by="grade" {
                        option value="" { (all) }
                        @for grade in &grades { option value=(grade) { (grade) } }
                    }
                }
                (self.count(id))
            }
        }
    }

    fn search(&self, id: &str) -> Markup {
        html! {
            label for={ (id) "-q" } { (self.say("Tìm đơn vị", "Find a unit")) }
            input id={ (id) "-q" } type="search" data-by="text" autocomplete="off" spellcheck="false";
        }
    }

    /// "Hiện 12/168 đơn vị", as the script fills it in.
    fn count(&self, id: &str) -> Markup {
        let words = self.say("Hiện {n}/{all} đơn vị", "{n} of {all} units shown");
        html! { output.count for={ (id) "-q" } aria-live="polite" data-words=(words) {} }
    }
}
