//! Charts of horizontal bars. Series differ in lightness, so that they are told apart in grey.

use crate::report::workbook::{Area, Chart, rows_of};
use anyhow::Result;
use rust_xlsxwriter as xlsx;
use rust_xlsxwriter::{
    ChartDataLabel, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartSolidFill, ChartType, Color,
    Worksheet,
};

/// A row in points of the screen, and how wide a chart is.
const ROW: u32 = 20;
const WIDTH: u32 = 620;

/// The lines behind the bars.
const GRID: u32 = 0x00D9_D9D9;

/// From dark to light and back, each beside another lightness.
const SHADES: [u32; 8] =
    [0x001F_4E79, 0x009D_C3E6, 0x002E_75B6, 0x00BD_D7EE, 0x00C5_5A11, 0x00F4_B183, 0x0054_8235, 0x00C5_E0B4];

pub(super) fn insert(chart: &Chart, worksheet: &mut Worksheet) -> Result<()> {
    let kind = if chart.is_stacked { ChartType::BarStacked } else { ChartType::Bar };
    let mut bars = xlsx::Chart::new(kind);
    bars.title().set_name(&chart.title).set_font(ChartFont::new().set_size(12));
    for (at, series) in chart.series.iter().enumerate() {
        let range = |(sheet, Area { first, last }): &(String, Area)| {
            xlsx::ChartRange::new_from_range(sheet, first.0, first.1, last.0, last.1)
        };
        let fill = ChartSolidFill::new().set_color(Color::RGB(SHADES[at % SHADES.len()])).clone();
        let edge = ChartLine::new().set_color(Color::RGB(0x0059_5959)).set_width(0.5).clone();
        let mut format = ChartFormat::new().set_solid_fill(&fill).set_border(&edge).clone();
        let bar = bars.add_series();
        bar.set_name(&series.name)
            .set_categories(&range(&series.labels))
            .set_values(&range(&series.values))
            .set_gap(35)
            .set_format(&mut format);
        match chart.is_stacked {
            true => bar.set_overlap(100),
            false => bar.set_data_label(ChartDataLabel::new().show_value()),
        };
    }
    // The first stands on top, as in the table.
    bars.y_axis().set_reverse().set_label_interval(1);
    let line = ChartLine::new().set_color(Color::RGB(GRID)).set_width(0.5).clone();
    bars.x_axis().set_min(0).set_major_gridlines(true).set_major_gridlines_line(&line);
    match chart.is_stacked {
        true => bars.legend().set_position(ChartLegendPosition::Bottom),
        false => bars.legend().set_hidden(),
    };
    let rows = rows_of(chart.bars, if chart.is_stacked { chart.series.len() } else { 0 });
    bars.set_width(WIDTH).set_height(rows * ROW).set_alt_text(&chart.says);
    worksheet.insert_chart(chart.at.0, chart.at.1, &bars)?;
    Ok(())
}
