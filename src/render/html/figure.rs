//! Charts with their titles, keys and words; heat maps as tables.

use super::Page;
use crate::render::chart::{Ink, Key, Told, draw, legend};
use crate::report::Section;
use crate::report::chart::{Chart, Heat, Named, Plot, Share};
use maud::{Markup, PreEscaped, html};
use rust_decimal::Decimal;

/// Hatchings that all charts share, so that answers can be told apart without colour.
pub(super) fn patterns() -> Markup {
    html! {
        svg.patterns width="0" height="0" aria-hidden="true" focusable="false" {
            defs {
                @for (ink, turn) in [(Ink::AgainstMost, "45"), (Ink::Against, "-45")] {
                    pattern id={ "h-" (ink.class()) } width="7" height="7"
                        patternUnits="userSpaceOnUse" patternTransform={ "rotate(" (turn) ")" } {
                        rect class={ "hb " (ink.class()) } width="7" height="7" {}
                        rect class="hl" width="2" height="7" {}
                    }
                }
            }
        }
    }
}

impl Page<'_> {
    pub(super) fn figures(&self, section: &Section<'_>) -> anyhow::Result<Markup> {
        let tier = section.keys.iter().find(|(key, _)| *key == "tier").map_or("", |(_, tier)| tier);
        let mut drawn = Vec::new();
        for chart in &section.charts {
            let plot = (chart.plot)();
            if !plot.is_empty() {
                drawn.push(self.figure(chart, &plot, tier)?);
            }
        }
        Ok(html! { @if !drawn.is_empty() { div.figures { @for figure in &drawn { (figure) } } } })
    }

    fn figure(&self, chart: &Chart<'_>, plot: &Plot, tier: &str) -> anyhow::Result<Markup> {
        let number = self.charts.get() + 1;
        self.charts.set(number);
        let (id, title) = (format!("c{number}"), chart.title.get(self.lang));
        let words = plot.told(self.lang);
        let told = Told { id: &id, title, words: &words };
        let drawn = draw(plot, &told, self.lang)?;
        let caption = chart.caption.get(self.lang);
        let keys = legend(plot, self.lang);
        let is_small = matches!(plot, Plot::Waterfall(_) | Plot::Years(_));
        Ok(html! {
            figure class=[is_small.then_some("small")] {
                figcaption {
                    strong { (title) }
                    @if !caption.is_empty() { " " span { (caption) } }
                }
                @if !keys.is_empty() {
                    ul.keys { @for (key, name) in &keys { li { (swatch(*key)) (name) } } }
                }
                @match (plot, drawn) {
                    (Plot::Heat(heat), _) => (self.heat(heat, title, &id, tier)),
                    (_, Some(svg)) if is_small => (PreEscaped(svg)),
                    (_, svg) => div.box role="group" aria-label=(title) {
                        (PreEscaped(svg.unwrap_or_default()))
                    },
                }
            }
        })
    }

    /// Units by fields: each cell says its number, and is the darker the more of its maximum was reached.
    fn heat(&self, heat: &Heat, title: &str, id: &str, tier: &str) -> Markup {
        const TALL: usize = 15;
        let last = STEPS.len();
        let step = |at: usize| match at {
            0 => format!("< {}", STEPS[0]),
            at if at == last => "100".to_owned(),
            at => format!("{} – < {}", STEPS[at - 1], STEPS[at]),
        };
        let class = if TALL < heat.rows.len() { "box tall" } else { "box" };
        html! {
            ul.keys.shades { @for at in 0..=last { li class={ "h h" (at) } { (step(at)) } } }
            div class=(class) role="group" aria-label=(title) {
                table.heat.units.sort id=(id) {
                    caption { (title) }
                    thead { tr {
                        th.t.head scope="col" { (self.say("Đơn vị", "Unit")) }
                        @for (field, name) in &heat.columns {
                            th scope="col" { span.id { (field) } " " span.name { (name.get(self.lang)) } }
                        }
                    } }
                    tbody {
                        @for (unit, shares) in &heat.rows {
                            tr data-u={ (tier) "/" (unit.id) } {
                                th.t scope="row" { (self.name(unit, tier)) }
                                @for share in shares { (self.share(*share, heat)) }
                            }
                        }
                    }
                }
            }
        }
    }

    fn name(&self, unit: &Named, tier: &str) -> Markup {
        let name = unit.name.get(self.lang);
        match self.anchors.unit(tier, &unit.id) {
            Some(anchor) => html! { a href={ "#" (anchor) } { (name) } },
            None => html! { (name) },
        }
    }

    fn share(&self, share: Share, heat: &Heat) -> Markup {
        match share {
            Share::Of(share) => html! {
                td class=(heat_class(share)) data-v=(share.normalize()) { (heat.rounding.text(share, self.lang)) }
            },
            Share::NotApplicable => html! { td.na { "N/A" } },
            Share::Missing => html! { td { "–" } },
        }
    }
}

/// Where each shade of a heat map begins, in percent. Most shares are high, so the steps are finer there;
/// the key says where they lie.
const STEPS: [u32; 10] = [40, 50, 60, 70, 75, 80, 85, 90, 95, 100];

fn heat_class(share: Decimal) -> String {
    let step = STEPS.iter().take_while(|step| Decimal::from(**step) <= share).count();
    format!("h{step}")
}

fn swatch(key: Key) -> Markup {
    let (class, ink) = match key {
        Key::Hollow(ink) => ("o", ink),
        Key::Area(ink) | Key::Line(ink) | Key::Full(ink) => ("", ink),
    };
    let class = format!("{} {class}", ink.class());
    html! {
        svg.c.key width="18" height="14" aria-hidden="true" focusable="false" {
            @match key {
                Key::Area(_) => rect class=(class.trim()) x="1" y="1" width="16" height="12" {},
                Key::Line(_) => line class=(class.trim()) x1="1" x2="17" y1="7" y2="7" stroke-width="3" {},
                Key::Full(_) | Key::Hollow(_) => circle class=(class.trim()) cx="9" cy="7" r="4" {},
            }
        }
    }
}
