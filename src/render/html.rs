//! A web page: one file that needs no network and no program beside a browser. Without its script it
//! is a plain document; the script sorts, filters and opens.

mod anchors;
mod card;
mod figure;
mod policy;
mod table;
mod toolbar;

use crate::lang::{Lang, Text};
use crate::report::publication::{Part, Publication, What};
use crate::report::{Report, Section};
use crate::source::Fingerprint;
use anchors::Anchors;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::cell::Cell;

const STYLE: &str = include_str!("html/style.css");
const SCRIPT: &str = include_str!("html/script.js");

/// What all parts of a page share.
struct Page<'a> {
    lang: Lang,
    publication: &'a Publication<'a>,
    anchors: Anchors,
    /// How many charts were drawn: each has a number of its own.
    charts: Cell<usize>,
}

pub(super) fn publish(publication: &Publication<'_>, lang: Lang) -> anyhow::Result<Vec<u8>> {
    let reports: Vec<(&Part<'_>, Report<'_>)> =
        publication.parts.iter().map(|part| (part, part.view.report())).collect();
    let all = reports.iter().flat_map(|(_, report)| &report.sections);
    let page = Page { lang, publication, anchors: Anchors::of(all), charts: Cell::new(0) };
    let text = page.document(&reports)?.into_string();
    let steers = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    Ok(text.replace(steers, "\u{fffd}").into_bytes())
}

impl Page<'_> {
    fn say<'t>(&self, vi: &'t str, en: &'t str) -> &'t str {
        match self.lang {
            Lang::Vi => vi,
            Lang::En => en,
        }
    }

    fn document(&self, reports: &[(&Part<'_>, Report<'_>)]) -> anyhow::Result<Markup> {
        let title = self.title();
        let [style, script] = [STYLE, SCRIPT].map(|text| text.replace('\r', "")); // as Git checks out on Windows
        let parts = reports.iter().enumerate().map(|(at, (part, report))| self.part(at, part, report));
        let parts = parts.collect::<anyhow::Result<Vec<_>>>()?;
        let code = self.say("vi", "en");
        Ok(html! {
            (DOCTYPE)
            html lang=(code) {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(policy::policy(&style, &script));
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="generator" content=(concat!("parindex ", env!("CARGO_PKG_VERSION")));
                    title { (title) }
                    style { (PreEscaped(&style)) }
                }
                body {
                    a.skip href="#main" { (self.say("Đến nội dung", "Skip to content")) }
                    (self.head(&title, reports))
                    main id="main" tabindex="-1" {
                        @for part in &parts { (part) }
                    }
                    (self.foot(reports))
                    (figure::patterns())
                    script { (PreEscaped(&script)) }
                }
            }
        })
    }

    /// What the round is called; without a round, what the first part is.
    fn title(&self) -> String {
        let (own, first) = (&self.publication.scored.loaded.round.title, self.publication.parts.first());
        match first {
            Some(part) if own.is_empty() => part.what.title().get(self.lang).to_owned(),
            _ => own.clone(),
        }
    }

    fn head(&self, title: &str, reports: &[(&Part<'_>, Report<'_>)]) -> Markup {
        let issuer = &self.publication.scored.loaded.round.issuer;
        html! {
            header.top {
                h1 { (title) }
                @if !issuer.is_empty() { p.issuer { (issuer) } }
                @for status in self.publication.statuses() { p.status { (status.get(self.lang)) } }
                nav aria-label=(self.say("Mục lục", "Contents")) {
                    ul {
                        @for (at, (part, _)) in reports.iter().enumerate() {
                            li { a href={ "#" (part_id(at, part)) } { (part.what.title().get(self.lang)) } }
                        }
                    }
                }
            }
        }
    }

    fn part(&self, at: usize, part: &Part<'_>, report: &Report<'_>) -> anyhow::Result<Markup> {
        let id = part_id(at, part);
        let has_cards = part.what == What::Scorecards;
        let mut body = Vec::new();
        for (place, section) in report.sections.iter().enumerate() {
            let id = format!("{id}-{}", place + 1);
            body.push(match has_cards {
                true => self.card(section)?,
                false => self.block(section, &id, part.what)?,
            });
        }
        let titles = report.titles.iter().filter(|title| !self.is_of_round(title));
        Ok(html! {
            section.part id=(id) aria-labelledby={ (id) "-h" } data-part=(part.what.word()) {
                h2 id={ (id) "-h" } { (part.what.title().get(self.lang)) }
                @for title in titles { p.lead { (title.get(self.lang)) } }
                (self.toolbar(part.what, report, &id))
                @for one in &body { (one) }
                (self.notes(&report.notes))
            }
        })
    }

    /// Whether a title is the round's own, which stands above everything.
    fn is_of_round(&self, title: &Text) -> bool {
        let round = &self.publication.scored.loaded.round;
        [&round.title, &round.issuer].iter().any(|own| *own == title.get(self.lang))
    }

    /// A heading, its charts, its table, its notes.
    fn block(&self, section: &Section<'_>, id: &str, what: What) -> anyhow::Result<Markup> {
        let heading = section.heading.as_ref().map(|heading| heading.get(self.lang));
        let figures = self.figures(section)?;
        let title = what.title();
        let label = heading.unwrap_or_else(|| title.get(self.lang));
        Ok(html! {
            section.block data-block=[block_of(section)] {
                @if let Some(heading) = heading { h3 { (heading) } }
                @if let Some(table) = &section.table { (self.table(section, table, (id, label), what)) }
                (self.notes(&section.notes))
                (figures)
            }
        })
    }

    /// Sentences below a table; many are folded away.
    fn notes(&self, notes: &[Text]) -> Markup {
        const FOLDED: usize = 6;
        let list = html! {
            ul.notes { @for note in notes { li { (note.get(self.lang)) } } }
        };
        match notes.len() {
            0 => html! {},
            few if few <= FOLDED => list,
            many => html! {
                details.fold { summary { (self.say("Ghi chú", "Notes")) " (" (many) ")" } (list) }
            },
        }
    }

    fn foot(&self, reports: &[(&Part<'_>, Report<'_>)]) -> Markup {
        let mut files: Vec<&Fingerprint> = Vec::new();
        for file in reports.iter().flat_map(|(_, report)| &report.provenance) {
            if !files.contains(&file) {
                files.push(file);
            }
        }
        html! {
            footer {
                h2 { (self.say("Nguồn gốc", "Provenance")) }
                div.box role="group" aria-label=(self.say("Các tệp đầu vào", "Input files")) {
                    table {
                        caption { (self.say("Các tệp đầu vào và mã băm SHA-256", "Input files and their SHA-256")) }
                        thead { tr {
                            th.t scope="col" { (self.say("Tệp", "File")) }
                            th.t scope="col" { "SHA-256" }
                        } }
                        tbody {
                            @for file in files {
                                tr { th.t scope="row" { (file.file) } td.t { code { (file.sha256) } } }
                            }
                        }
                    }
                }
                p { "parindex " (env!("CARGO_PKG_VERSION")) }
            }
        }
    }
}

/// The name of a part's place in the page. Of several surveys the second has its own.
fn part_id(at: usize, part: &Part<'_>) -> String {
    format!("p{}-{}", at + 1, part.what.word())
}

/// The block whose units a section shows, with its tier.
fn block_of(section: &Section<'_>) -> Option<String> {
    let key = |wanted| section.keys.iter().find(|(key, _)| *key == wanted).map(|(_, value)| value.as_str());
    Some(format!("{} {}", key("tier")?, key("block").unwrap_or_default()))
}
