//! Bars and lines in the terminal: how long they are, what scale they say, where they are not.

use crate::support::{Folder, run, run_with};
use unicode_width::UnicodeWidthStr;

const SET: &str = "[set]\nid = \"bo\"\nname = \"Bộ\"\nstatus = \"sample\"\nmax = 100\n\
    [[criterion]]\nid = \"1\"\nname = \"A\"\nmax = 100\nkind = \"proportional\"\n";

/// Three rounds. B and C of 2024 became D of 2025; E is new in 2026.
fn rounds() -> Folder {
    let folder = Folder::new(&[("set.toml", SET)]);
    for (year, units, results) in [
        (2024, "unit,previous\nA,\nB,\nC,\n", "unit,1\nA,62\nB,70\nC,80\n"),
        (2025, "unit,previous\nA,\nD,B; C\n", "unit,1\nA,81\nD,90\n"),
        (2026, "unit,previous\nA,\nD,\nE,\n", "unit,1\nA,100\nD,100\nE,95\n"),
    ] {
        let previous =
            if year == 2024 { String::new() } else { format!("previous = \"{}.toml\"\n", year - 1) };
        let round = format!(
            "[round]\nyear = {year}\ntitle = \"Đợt\"\nunits = \"u{year}.csv\"\n{previous}[[tier]]\nid = \"xa\"\n\
             criteria = \"set.toml\"\nresults = \"r{year}.csv\"\n"
        );
        for (name, text) in [
            (format!("{year}.toml"), round.as_str()),
            (format!("u{year}.csv"), units),
            (format!("r{year}.csv"), results),
        ] {
            folder.write(&name, text.as_bytes());
        }
    }
    folder
}

/// The last cell of each row of a unit.
fn last_cells(table: &str) -> Vec<String> {
    let rows = table.lines().filter(|line| line.starts_with(['│', '|']));
    let cell = |line: &str| {
        line.trim_end_matches(['│', '|']).rsplit(['┆', '|']).next().map(|cell| cell.trim().to_owned())
    };
    rows.filter_map(cell).skip(1).collect()
}

/// The scale is 60 to 100: 62 and 70 are at 0.05 and 0.25 of it, 75 (the mean of 70 and 80) at 0.375.
#[test]
fn lines_follow_units_through_the_years() {
    let folder = rounds();
    let ran = folder.run(&["score", "2026.toml", "--years", "3"]);
    assert!(ran.stdout.contains("2024–2026"), "{}", ran.stdout);
    assert_eq!(last_cells(&ran.stdout), ["▁▅█", "▄▇█", "··█"], "{}", ran.stdout);
    assert!(ran.stdout.contains("thang chung từ 60 đến 100 %"), "{}", ran.stdout);
    let two = folder.run(&["score", "2026.toml", "--years", "2"]);
    assert!(two.stdout.contains("2025–2026") && !two.stdout.contains("2024–"), "{}", two.stdout);
    let many = folder.run(&["score", "2026.toml", "--years", "9"]);
    assert_eq!(many.stdout, ran.stdout, "there are only three");
    let alone = folder.run(&["score", "2024.toml", "--years", "3"]);
    assert!(alone.stdout.contains("Không có đợt trước"), "{}", alone.stdout);
}

#[test]
fn a_bar_of_each_index_on_a_scale_that_is_said() {
    let folder = rounds();
    let ran = folder.run(&["score", "2024.toml", "--bars"]);
    // 24 cells: 80 % are 19.2 of them, 70 % 16.8, 62 % 14.88.
    let bars = ["█".repeat(19) + "▎", "█".repeat(16) + "▊", "█".repeat(14) + "▉"];
    assert_eq!(last_cells(&ran.stdout), bars, "{}", ran.stdout);
    assert!(ran.stdout.contains("một thang chung từ 0 đến 100 %"), "{}", ran.stdout);
    let ascii = folder.run(&["score", "2024.toml", "--bars", "--ascii", "--lang", "en"]);
    assert_eq!(last_cells(&ascii.stdout), ["#".repeat(19), "#".repeat(17), "#".repeat(15)]);
    assert!(ascii.stdout.contains("+------"), "{}", ascii.stdout);
    let plain = folder.run(&["score", "2024.toml"]);
    assert!(!plain.stdout.contains('█'), "only who asks gets bars: {}", plain.stdout);
    for format in ["csv", "csv-excel", "json"] {
        let with = folder.run(&["score", "2024.toml", "--bars", "--years", "3", "--format", format]);
        let without = folder.run(&["score", "2024.toml", "--format", format]);
        assert_eq!(with.stdout, without.stdout, "{format}");
    }
}

#[test]
fn a_change_is_drawn_to_both_sides_of_zero() {
    let folder = rounds();
    folder.write("r2025.csv", b"unit,1\nA,52\nD,90\n");
    let ran = folder.run(&["compare", "2024.toml", "2025.toml", "--bars"]);
    // The scale ends at 15; A fell by 10, D rose by 15 over the mean of 75.
    assert!(ran.stdout.contains("từ -15 đến 15 %"), "{}", ran.stdout);
    let bars: Vec<String> = ran.stdout.lines().filter(|line| line.contains('█')).map(str::to_owned).collect();
    assert!(bars[0].contains(&format!("{}│{}", " ".repeat(11), "█".repeat(11))), "{}", ran.stdout);
    assert!(bars[1].contains(&format!("{}▐{}│", " ".repeat(3), "█".repeat(7))), "{}", ran.stdout);
}

#[test]
fn no_line_is_wider_than_the_screen() {
    for width in [40, 60, 80, 100, 132, 200] {
        for more in [&["--bars"][..], &["--bars", "--years", "2"], &["--bars", "--ascii", "--fields", "all"]]
        {
            let args = [&["score", "examples/thanh-hoa-2024"], more].concat();
            let ran = run_with(crate::support::project(), &args, &[("COLUMNS", width.to_string().as_str())]);
            for line in ran.stdout.lines() {
                assert!(line.width() <= width, "{width}: {line}");
            }
        }
    }
    assert!(run(&["score", "examples/thanh-hoa-2024", "--bars"]).stdout.contains('█'));
}
