//! Estimates, intervals and tests of surveys, held against R's `survey` and other programs on real
//! data: every row is compared, or is named below with the reason why not.

use crate::support::shared;
use parindex::survey::calibration::{Calibrated, Fault as Misfit, Margin, Until, post_stratify, rake};
use parindex::survey::comparison::{pearson, t_test, two_shares};
use parindex::survey::design::{Design, Drawn, Fault, Lonely, Population, Within};
use parindex::survey::design_effect::SimpleRandom;
use parindex::survey::estimates::{Estimate, Estimates, Ratio};
use parindex::survey::interval::{Interval, Method, Share, around, binomial};
use parindex::survey::moments::{Moments, Totals};
use parindex::survey::rao_scott::{Table, rao_scott};
use parindex::survey::sample_size::{Formula, Wanted};
use std::collections::HashMap;
use std::path::Path;

/// Rows that are not compared: a word of their statistic or method, and why.
const OUT_OF_SCOPE: [(&str, &str); 1] =
    [("svyciprop likelihood", "profile likelihood of a fitted model; no interval of ours")];

/// Relative tolerance; R's `logit` is the end of an iterative fit.
const EXACT: f64 = 1e-9;
const FITTED: f64 = 1e-6;

#[test]
fn estimates_are_those_of_r() {
    let Some(rows) = table("expected.csv") else { return };
    let mut oracle = Oracle::default();
    let (mut compared, mut left) = (0, HashMap::<&str, usize>::new());
    for row in &rows {
        let out = OUT_OF_SCOPE.iter().find(|(word, _)| row.text("method") == *word);
        match (oracle.check(row), out) {
            (true, None) => compared += 1,
            (false, Some((_, reason))) => *left.entry(reason).or_default() += 1,
            (true, Some(_)) => panic!("a row out of scope is compared: {row:?}"),
            (false, None) => panic!("neither compared nor out of scope: {row:?}"),
        }
    }
    println!("expected.csv: {compared} of {} rows compared; left out: {left:?}", rows.len());
    assert_eq!(rows.len(), 535);
}

#[test]
fn intervals_of_counts_are_those_of_r() {
    let Some(rows) = table("binomial_intervals.csv") else { return };
    for row in &rows {
        let (x, n) = (row.number("x") as u64, row.number("n") as u64);
        let check = |name: &str, found: Interval| {
            near(found.low, row.number(&format!("{name}_low")), EXACT, row);
            near(found.high, row.number(&format!("{name}_high")), EXACT, row);
        };
        check("wilson", binomial::wilson_score(x, n, 0.95));
        check("cp", binomial::clopper_pearson(x, n, 0.95));
        check("wald", binomial::wald(x, n, 0.95));
        check("ac", binomial::agresti_coull(x, n, 0.95));
        let share = x as f64 / n as f64;
        let simple = Share {
            estimate: Estimate { value: share, variance: share * (1.0 - share) / n as f64 },
            count: n,
            degrees: n as f64 - 1.0,
        };
        check("kg", simple.interval(Method::BetaTruncated, 0.95));
    }
    println!("binomial_intervals.csv: {} rows compared", rows.len());
    assert_eq!(rows.len(), 130);
}

#[test]
fn intervals_of_designs_are_those_of_svy() {
    let Some(rows) = table("svy_ci_methods.csv") else { return };
    let mut oracle = Oracle::default();
    for row in &rows {
        let data = oracle.data(row.text("design"));
        let method = match row.text("ci_method") {
            "logit" => Method::Logit,
            "beta" => Method::Beta,
            "korn-graubard" => Method::BetaTruncated,
            "wilson" => Method::Wilson,
            other => panic!("unknown method {other}"),
        };
        let found = data.mean(&data.column("sch.wide.1"));
        near(found.estimate.value, row.number("estimate"), EXACT, row);
        near(found.estimate.standard_error(), row.number("se"), EXACT, row);
        let interval = found.share().interval(method, 0.95);
        near(interval.low, row.number("ci_low"), EXACT, row);
        near(interval.high, row.number("ci_high"), EXACT, row);
    }
    println!("svy_ci_methods.csv: {} rows compared", rows.len());
    assert_eq!(rows.len(), 16);
}

#[test]
fn sample_sizes_are_those_of_the_oracle() {
    let Some(rows) = table("sample_size.csv") else { return };
    let columns = [
        (Formula::Slovin, "slovin"),
        (Formula::Cochran, "cochran_inf_p50"),
        (Formula::Finite, "cochran_fpc_p50"),
        (Formula::Exact, "exact_fpc_p50"),
    ];
    for row in &rows {
        let wanted = Wanted {
            margin: row.number("e"),
            share: 0.5,
            level: 0.95,
            design_effect: 1.0,
            response: 1.0,
            population: Some(row.number("N")),
        };
        for (formula, column) in columns {
            let endless = Wanted { population: None, ..wanted };
            let of = if formula == Formula::Cochran { endless } else { wanted };
            let size = of.size(formula).expect("the population is known");
            near(size.simple, row.number(column), 1e-11, row); // the file has twelve digits
            assert_eq!(size.answers as f64, row.number(&format!("{column}_ceil")), "{formula:?} {row:?}");
        }
    }
    println!("sample_size.csv: {} rows compared", rows.len());
    assert_eq!(rows.len(), 36);
}

#[test]
fn precision_of_a_number_of_answers() {
    let wanted = |design_effect, population| Wanted {
        margin: 0.05,
        share: 0.85,
        level: 0.95,
        design_effect,
        response: 1.0,
        population,
    };
    let percent = |share: f64| (share * 1000.0).round() / 10.0;
    assert_eq!(percent(wanted(1.0, None).margin_of(150)), 5.7);
    assert_eq!(percent(wanted(1.0, None).margin_of(580)), 2.9);
    assert_eq!(percent(wanted(2.5, None).margin_of(580)), 4.6);
    assert_eq!(percent(wanted(1.0, None).gap_between([150, 150])), 8.1);
    assert_eq!(wanted(1.0, Some(150.0)).margin_of(150), 0.0);
    let size = Wanted { response: 0.8, ..wanted(2.0, Some(1000.0)) }.size(Formula::Exact).expect("a size");
    assert_eq!((size.answers, size.forms), (328, 410));
    let small = Wanted { response: 0.5, ..wanted(2.0, Some(50.0)) }.size(Formula::Exact).expect("a size");
    assert_eq!((small.answers, small.forms), (50, 50), "nobody is asked twice");
}

/// Two districts of ten, two of three hamlets in each, worked by hand: totals 3 and 7, of hamlets 1, 2
/// and 3, 4. First stage: 0.8 × 2/1 × ((3−5)² + (7−5)²) = 12.8; second: 0.2 × (1/3 × 2 × 0.5) × 2.
#[test]
fn two_stages_by_hand() {
    let mut moments = Moments::new(1);
    for (unit, total) in [(0, 1.0), (0, 2.0), (1, 3.0), (1, 4.0)] {
        moments.add(unit, &[total]);
    }
    let within = |units| Drawn { units, population: Population::Size(3.0) };
    let mut design = Design {
        strata: vec![Drawn { units: 2, population: Population::Size(10.0) }],
        within: Some(Within { units: vec![within(2); 2], stratum_of: vec![0, 0] }),
        lonely: Lonely::Fail,
    };
    let variance =
        |design: &Design| design.two_stage_covariance(&moments).map(|covariance| covariance.at(0, 0));
    let expected = 12.8 + 0.2 * (1.0 / 3.0 * 2.0 * 0.5) * 2.0;
    assert!((variance(&design).expect("a variance") - expected).abs() < 1e-12);

    design.within = None;
    assert_eq!(variance(&design), Err(Fault::NotDrawn(1)), "units are no strata");

    let mut one = Moments::new(1);
    [(0, 1.0), (0, 2.0), (1, 7.0)].iter().for_each(|(unit, total)| one.add(*unit, &[*total]));
    design.within = Some(Within { units: vec![within(2), within(1)], stratum_of: vec![0, 0] });
    assert_eq!(design.two_stage_covariance(&one), Err(Fault::LonelyUnit(1)));
    // The one with two hamlets stands for the other: 0.2 × 1/3 × 2 × 0.5, twice.
    design.lonely = Lonely::Average;
    let found = design.two_stage_covariance(&one).expect("a variance").at(0, 0);
    let first = 0.8 * 2.0 * 2.0 * 2.0 * 2.0;
    assert!((found - first - 0.2 / 3.0 * 2.0 * 0.5 * 2.0).abs() < 1e-12, "{found}");
}

/// Everybody satisfied: no interval follows from a variance of 0, so that of the count is taken.
#[test]
fn certainty_is_not_believed() {
    for (share, low, high) in [(1.0, 0.8, 1.0), (0.0, 0.0, 0.2)] {
        let share = Share { estimate: Estimate { value: share, variance: 0.0 }, count: 20, degrees: 19.0 };
        for method in [
            Method::Mean,
            Method::Logit,
            Method::Arcsine,
            Method::Beta,
            Method::BetaTruncated,
            Method::Wilson,
        ] {
            let interval = share.interval(method, 0.95);
            let is_open = |bound: f64, value: f64| (bound - value).abs() < 0.05;
            assert!(is_open(interval.low, low) && is_open(interval.high, high), "{method:?} {interval:?}");
        }
        assert!(0.0 < share.for_comparison().variance);
    }
}

/// Passes over parts of a file, in any order, add up to the pass over the whole.
#[test]
fn passes_add_up() {
    let rows: Vec<(usize, [f64; 2])> = (0..60).map(|at| (at % 4, [f64::from(at as u32 % 3), 1.5])).collect();
    let pass = |rows: &[(usize, [f64; 2])]| {
        let mut moments = Moments::new(2);
        rows.iter().for_each(|(group, values)| moments.add(*group, values));
        moments
    };
    let mut parts = pass(&rows[..7]);
    parts.merge(&pass(&rows[7..31]));
    parts.merge(&pass(&rows[31..]));
    assert_eq!(parts, pass(&rows));
}

#[test]
fn a_design_that_cannot_be_is_refused() {
    let mut moments = Moments::new(1);
    moments.add(0, &[1.0]);
    moments.add(0, &[2.0]);
    let design = |units: u64, population, lonely| Design {
        strata: vec![Drawn { units, population }],
        within: None,
        lonely,
    };
    let too_many = design(2, Population::Size(1.0), Lonely::Fail);
    assert_eq!(too_many.covariance(&moments), Err(Fault::TooManyInStratum(0)));
    let unknown = design(1, Population::Endless, Lonely::Remove);
    assert_eq!(unknown.covariance(&moments), Err(Fault::NotDrawn(0)));
    assert_eq!(Design::default().covariance(&moments), Err(Fault::NotDrawn(0)));
    let nobody = Moments::new(1);
    let lonely = design(1, Population::Endless, Lonely::Fail);
    assert_eq!(lonely.covariance(&nobody), Err(Fault::LonelyStratum(0)));
    let average = design(1, Population::Endless, Lonely::Average);
    assert_eq!(average.covariance(&nobody), Err(Fault::NothingToCompare));
    let fraction = design(2, Population::Fraction(0.5), Lonely::Fail);
    let size = design(2, Population::Size(4.0), Lonely::Fail);
    assert_eq!(fraction.covariance(&moments), size.covariance(&moments));
}

#[test]
fn margins_that_cannot_be_met_are_refused() {
    let weights = [1.0, 1.0, 1.0, 1.0];
    let margin = |cell_of: [usize; 4], population: [f64; 2]| Margin {
        cell_of: cell_of.to_vec(),
        population: population.to_vec(),
    };
    let empty = margin([0, 0, 0, 0], [10.0, 10.0]);
    assert_eq!(post_stratify(&weights, &empty), Err(Misfit::EmptyCell { margin: 0, cell: 1 }));
    let nobody = margin([0, 0, 0, 1], [10.0, 0.0]);
    assert_eq!(post_stratify(&weights, &nobody), Err(Misfit::UnknownCell { margin: 0, respondent: 3 }));
    let beyond = margin([0, 1, 0, 2], [10.0, 10.0]);
    assert_eq!(post_stratify(&weights, &beyond), Err(Misfit::UnknownCell { margin: 0, respondent: 3 }));
    let contradicting = [margin([0, 0, 1, 1], [10.0, 10.0]), margin([0, 0, 1, 1], [15.0, 5.0])];
    let raked = rake(&weights, &contradicting, Until::default());
    assert!(matches!(raked, Err(Misfit::NotMet { .. })), "{raked:?}");
    let agreeing = [margin([0, 0, 1, 1], [30.0, 10.0]), margin([0, 1, 0, 1], [20.0, 20.0])];
    let raked = rake(&weights, &agreeing, Until::default()).map(|found| found.weights);
    assert_eq!(raked, Ok(vec![15.0, 15.0, 5.0, 5.0]));
}

// The oracle's tables.

#[derive(Clone, Debug)]
struct Row(HashMap<String, String>);

impl Row {
    fn text(&self, column: &str) -> &str {
        self.0.get(column).unwrap_or_else(|| panic!("no column {column}"))
    }

    fn number(&self, column: &str) -> f64 {
        self.given(column).unwrap_or_else(|| panic!("no number in {column}: {self:?}"))
    }

    fn given(&self, column: &str) -> Option<f64> {
        match self.text(column) {
            "" => None,
            "Inf" => Some(f64::INFINITY),
            text => Some(text.parse().unwrap_or_else(|_| panic!("{column}: {text}"))),
        }
    }

    /// What the note says behind a word such as `ndf=`.
    fn noted(&self, word: &str) -> f64 {
        let (_, rest) = self.text("note").split_once(word).unwrap_or_else(|| panic!("{word} {self:?}"));
        rest.split([' ', ';']).next().expect("a word").parse().expect("a number")
    }
}

fn table(name: &str) -> Option<Vec<Row>> {
    Some(read(&shared(&format!("oracles/survey/{name}"))?))
}

fn read(path: &Path) -> Vec<Row> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_path(path).expect("a table");
    let header = reader.headers().expect("a header").clone();
    let row = |cells: csv::StringRecord| {
        header
            .iter()
            .zip(&cells)
            .map(|(name, cell)| (name.trim().to_owned(), cell.trim().to_owned()))
            .collect()
    };
    reader.records().map(|cells| Row(row(cells.expect("a row")))).collect()
}

#[track_caller]
fn near(found: f64, expected: f64, tolerance: f64, row: &Row) {
    let is_near = found == expected || (found - expected).abs() <= tolerance * expected.abs().max(1e-300);
    assert!(is_near, "{found} is not {expected}: {row:?}");
}

// The oracle's data under the oracle's designs.

/// The designs that rows name, each read once.
#[derive(Default)]
struct Oracle(HashMap<String, Data>);

/// A data set under a design. Values are NaN where there is no answer.
struct Data {
    rows: Vec<Row>,
    weights: Vec<f64>,
    /// The stratum, the unit of the first stage and that of the second of each row.
    stratum: Vec<usize>,
    unit: Vec<usize>,
    sub_unit: Vec<usize>,
    design: Design,
    /// The stratum of each unit of the first stage; the unit of each of the second.
    stratum_of_unit: Vec<usize>,
    unit_of_sub_unit: Vec<usize>,
}

/// A ratio that was estimated, and what belongs to it.
struct Found {
    estimate: Estimate,
    deff: Option<f64>,
    /// Rows that answered.
    count: u64,
    /// Degrees of freedom of those.
    degrees: f64,
}

impl Found {
    fn share(&self) -> Share {
        Share { estimate: self.estimate, count: self.count, degrees: self.degrees }
    }
}

impl Oracle {
    fn data(&mut self, design: &str) -> &Data {
        self.0.entry(design.to_owned()).or_insert_with(|| Data::new(design))
    }

    /// Compares a row; whether anything of it is known here.
    fn check(&mut self, row: &Row) -> bool {
        let design = row.text("case").split('.').next().expect("a case");
        match design {
            "lonely" => check_lonely(row),
            "degenerate" => self.data("apistrat").check_degenerate(row),
            _ => self.data(design).check(row),
        }
    }
}

impl Data {
    fn new(design: &str) -> Data {
        let (file, kind) = design.split_once('_').unwrap_or((design, ""));
        let file = if design == "apistrat_lonely" { design } else { file };
        let path = shared(&format!("oracles/survey/data/{file}.csv")).expect("the oracle's data");
        let rows = read(&path);
        let by = |column: Option<&str>| -> Vec<usize> {
            let Some(column) = column else { return vec![0; rows.len()] };
            let mut known: HashMap<&str, usize> = HashMap::new();
            let place = |row| {
                let next = known.len();
                *known.entry(Row::text(row, column)).or_insert(next)
            };
            rows.iter().map(place).collect()
        };
        let own: Vec<usize> = (0..rows.len()).collect();
        let strata = if file.starts_with("apistrat") { Some("stype") } else { None };
        let stratum = by(strata);
        let unit = if file.starts_with("apiclus") { by(Some("dnum")) } else { own.clone() };
        let mut data = Data {
            weights: vec![1.0; rows.len()],
            stratum_of_unit: place_of(&unit, &stratum),
            unit_of_sub_unit: unit.clone(),
            sub_unit: own,
            stratum,
            unit,
            rows,
            design: Design::default(),
        };
        if file.starts_with("api") {
            data.weights = data.rows.iter().map(|row| row.number("pw")).collect();
        }
        data.draw(file, kind);
        data
    }

    fn draw(&mut self, file: &str, kind: &str) {
        let population = |column: &str, row: usize| match kind {
            "nofpc" | "wr" | "lonely" => Population::Endless,
            _ => Population::Size(self.rows[row].number(column)),
        };
        let first = |groups: &[usize], group: usize| {
            groups.iter().position(|at| *at == group).expect("a row of the group")
        };
        let strata = self.stratum_of_unit.iter().max().expect("a stratum") + 1;
        let column = if file == "apiclus2" { "fpc1" } else { "fpc" };
        let drawn = |stratum: usize| Drawn {
            units: self.stratum_of_unit.iter().filter(|of| **of == stratum).count() as u64,
            population: match file {
                "bfi" | "fair" => Population::Endless,
                _ => population(column, first(&self.stratum, stratum)),
            },
        };
        let within = |unit: usize| Drawn {
            units: self.unit_of_sub_unit.iter().filter(|of| **of == unit).count() as u64,
            population: population("fpc2", first(&self.unit, unit)),
        };
        self.design = Design {
            strata: (0..strata).map(drawn).collect(),
            within: (file == "apiclus2" && kind.is_empty()).then(|| Within {
                units: (0..self.stratum_of_unit.len()).map(within).collect(),
                stratum_of: self.stratum_of_unit.clone(),
            }),
            lonely: Lonely::Fail,
        };
    }

    /// A column, or one of those that the oracle derives.
    fn column(&self, name: &str) -> Vec<f64> {
        let number = |row: &Row, column: &str| match row.text(column) {
            "" | "NA" => f64::NAN,
            text => text.parse().expect("a number"),
        };
        let is = |yes: bool| f64::from(u8::from(yes));
        let value = |row: &Row| match name {
            "one" => 1.0,
            "zero" => 0.0,
            "edu_top2" => match number(row, "avg.ed") {
                mean if mean.is_nan() => mean,
                mean => is(4.0 <= (mean + 0.5).floor().clamp(1.0, 5.0)),
            },
            "rate_marriage>=4" => is(4.0 <= number(row, "rate_marriage")),
            _ => match (name.strip_suffix(".1"), name.split_once("==")) {
                (Some(column), _) => is(row.text(column) == "Yes"),
                (_, Some((column, level))) => is(row.text(column) == level),
                _ => number(row, name),
            },
        };
        self.rows.iter().map(value).collect()
    }

    /// The rows of a group as 1, the others as 0.
    fn group(&self, variable: &str, group: &str) -> Vec<f64> {
        self.rows.iter().map(|row| f64::from(u8::from(row.text(variable) == group))).collect()
    }

    fn mean(&self, values: &[f64]) -> Found {
        self.ratio(values, &vec![1.0; values.len()])
    }

    /// A ratio over the rows that have both values.
    fn ratio(&self, y: &[f64], x: &[f64]) -> Found {
        let valid = |row: usize| !y[row].is_nan() && !x[row].is_nan();
        let (estimates, degrees) = self.estimates(2, |row| valid(row).then(|| vec![y[row], x[row]]));
        let mut simple = SimpleRandom::default();
        (0..self.rows.len())
            .filter(|&row| valid(row) && x[row] != 0.0)
            .for_each(|row| simple.add(self.weights[row], y[row], x[row]));
        let estimate = estimates.ratio(FIRST).expect("a ratio");
        let deff = simple.design_effect(estimate).and_then(|effect| effect.without_replacement);
        Found { estimate, deff, count: simple.count(), degrees }
    }

    /// The difference of the means of two groups, without the rows that are in none.
    fn difference(&self, values: &[f64], a: &[f64], b: &[f64]) -> Estimate {
        let row = |at: usize| Some(vec![values[at] * a[at], a[at], values[at] * b[at], b[at]]);
        let (estimates, _) = self.estimates(4, row);
        estimates.difference(FIRST, SECOND).expect("a difference")
    }

    /// Totals and their covariance, and the degrees of freedom of the rows that have values.
    fn estimates(&self, width: usize, values: impl Fn(usize) -> Option<Vec<f64>>) -> (Estimates, f64) {
        let mut clusters = Totals::new(width);
        for row in 0..self.rows.len() {
            if let Some(values) = values(row) {
                let weighted: Vec<f64> = values.iter().map(|value| value * self.weights[row]).collect();
                clusters.add(self.sub_unit[row], &weighted);
            }
        }
        let by_unit = Moments::of(&clusters, &self.unit_of_sub_unit);
        let first = Moments::of(by_unit.totals(), &self.stratum_of_unit);
        let covariance = match self.design.within {
            Some(_) => self.design.two_stage_covariance(&by_unit),
            None => self.design.covariance(&first),
        };
        let covariance = covariance.expect("a covariance");
        (Estimates::new(clusters.overall(), covariance), first.degrees_of_freedom())
    }
}

const FIRST: Ratio = Ratio { numerator: 0, denominator: 1 };
const SECOND: Ratio = Ratio { numerator: 2, denominator: 3 };

/// Of each inner group the outer one.
fn place_of(inner: &[usize], outer: &[usize]) -> Vec<usize> {
    let mut of = vec![0; inner.iter().max().map_or(0, |last| last + 1)];
    inner.iter().zip(outer).for_each(|(inner, outer)| of[*inner] = *outer);
    of
}

// What the rows say.

#[track_caller]
fn check_estimate(row: &Row, found: Estimate, tolerance: f64) {
    near(found.value, row.number("estimate"), tolerance, row);
    if let Some(error) = row.given("se") {
        near(found.standard_error(), error, EXACT, row);
    }
}

#[track_caller]
fn check_interval(row: &Row, found: Interval, tolerance: f64) {
    near(found.low, row.number("ci_low"), tolerance, row);
    near(found.high, row.number("ci_high"), tolerance, row);
}

impl Data {
    fn check(&self, row: &Row) -> bool {
        let (statistic, method, variable) = (row.text("statistic"), row.text("method"), row.text("variable"));
        match statistic {
            _ if method == "postStratify; CI normal" || method == "rake" => self.check_calibrated(row),
            "mean" | "share of level" | "mean score 1..5" => self.check_mean(row, &self.column(variable)),
            "top-2-box" if method.starts_with("svymean") => self.check_mean(row, &self.column(variable)),
            "top-2-box" if method.starts_with("svyciprop") => return self.check_share(row),
            "proportion" => return self.check_share(row),
            "domain mean" => self.check_domain(row),
            "top-2-box in group" if method != "Wilson" => self.check_domain(row),
            "top-2-box" | "top-2-box in group" => self.check_count(row),
            "item share (>=5) of valid answers" => self.check_item(row),
            "total" => self.check_total(row),
            "ratio" => self.check_ratio(row),
            "pooled share over 3 items" => self.check_pooled(row),
            "difference of domain means H-M" => self.check_difference(row),
            "t-test difference Yes-No" => self.check_t_test(row),
            "Pearson chi-square" => self.check_pearson(row),
            _ if method.starts_with("svychisq") => self.check_rao_scott(row),
            _ if method.starts_with("prop.test") => self.check_two_shares(row),
            _ if row.text("case").starts_with("bfi") => return self.check_index(row),
            _ => return false,
        }
        true
    }

    fn check_mean(&self, row: &Row, values: &[f64]) {
        let found = self.mean(values);
        check_estimate(row, found.estimate, EXACT);
        let degrees = match row.given("df") {
            Some(degrees) if degrees.is_finite() => {
                near(self.design.degrees_of_freedom(), degrees, 0.0, row);
                degrees
            }
            _ => f64::INFINITY,
        };
        if row.given("ci_low").is_some() {
            check_interval(row, around(found.estimate, degrees, 0.95), EXACT);
        }
        if let Some(deff) = row.given("deff") {
            near(found.deff.expect("a design effect"), deff, EXACT, row);
        }
        near(found.count as f64, row.number("n_unweighted"), 0.0, row);
    }

    fn check_share(&self, row: &Row) -> bool {
        let (method, tolerance) = match row.text("method").strip_prefix("svyciprop ") {
            Some("mean") => (Method::Mean, EXACT),
            Some("xlogit") => (Method::Logit, EXACT),
            Some("logit") => (Method::Logit, FITTED),
            Some("asin") => (Method::Arcsine, EXACT),
            Some("beta") => (Method::Beta, EXACT),
            _ => return false,
        };
        let found = self.mean(&self.column(row.text("variable")));
        check_estimate(row, found.estimate, tolerance);
        near(found.degrees, row.number("df"), 0.0, row);
        near(found.count as f64, row.number("n_unweighted"), 0.0, row);
        check_interval(row, found.share().interval(method, 0.95), tolerance);
        true
    }

    /// A share of a plain count.
    fn check_count(&self, row: &Row) {
        let members = match row.text("group_var") {
            "" => vec![1.0; self.rows.len()],
            variable => self.group(variable, row.text("group")),
        };
        let values = self.column(row.text("variable"));
        let hits: f64 = values.iter().zip(&members).map(|(value, member)| value * member).sum();
        let (hits, count) = (hits as u64, members.iter().sum::<f64>() as u64);
        near(hits as f64 / count as f64, row.number("estimate"), EXACT, row);
        near(count as f64, row.number("n_unweighted"), 0.0, row);
        let interval = match row.text("method") {
            "Wilson with continuity correction" => binomial::wilson_corrected(hits, count, 0.95),
            "Clopper-Pearson (binom.test)" => binomial::clopper_pearson(hits, count, 0.95),
            _ => binomial::wilson_score(hits, count, 0.95),
        };
        check_interval(row, interval, EXACT);
    }

    fn check_domain(&self, row: &Row) {
        let members = self.group(row.text("group_var"), row.text("group"));
        let values = self.column(row.text("variable"));
        let inside: Vec<f64> = values.iter().zip(&members).map(|(value, member)| value * member).collect();
        let found = self.ratio(&inside, &members);
        check_estimate(row, found.estimate, EXACT);
        check_interval(row, around(found.estimate, row.number("df"), 0.95), EXACT);
        near(found.count as f64, row.number("n_unweighted"), 0.0, row);
    }

    fn check_total(&self, row: &Row) {
        let values = self.column(row.text("variable"));
        let (estimates, _) = self.estimates(1, |at| (!values[at].is_nan()).then(|| vec![values[at]]));
        let total = estimates.total(0);
        check_estimate(row, total, EXACT);
        check_interval(row, around(total, f64::INFINITY, 0.95), EXACT);
    }

    fn check_ratio(&self, row: &Row) {
        let (above, below) = row.text("variable").split_once('/').expect("a ratio");
        let found = self.ratio(&self.column(above), &self.column(below)).estimate;
        check_estimate(row, found, EXACT);
        check_interval(row, around(found, f64::INFINITY, 0.95), EXACT);
    }

    fn check_pooled(&self, row: &Row) {
        let items = ["sch.wide.1", "comp.imp.1", "awards.1"].map(|item| self.column(item));
        let sums: Vec<f64> = (0..self.rows.len()).map(|at| items.iter().map(|item| item[at]).sum()).collect();
        let found = self.ratio(&sums, &vec![3.0; sums.len()]).estimate;
        check_estimate(row, found, EXACT);
        check_interval(row, around(found, f64::INFINITY, 0.95), EXACT);
        // The same as a mean of three ratios, by their covariance.
        let values = |at: usize| Some(vec![items[0][at], items[1][at], items[2][at], 1.0]);
        let (estimates, _) = self.estimates(4, values);
        let third = |numerator| (1.0 / 3.0, Ratio { numerator, denominator: 3 });
        let mean = estimates.combination(&[third(0), third(1), third(2)]).expect("a mean");
        check_estimate(row, mean, EXACT);
    }

    fn check_difference(&self, row: &Row) {
        let variable = row.text("group_var");
        let values = self.column(row.text("variable"));
        let difference = self.difference(&values, &self.group(variable, "H"), &self.group(variable, "M"));
        check_estimate(row, difference, EXACT);
    }

    fn check_t_test(&self, row: &Row) {
        let (yes, no) = (self.group("sch.wide", "Yes"), self.group("sch.wide", "No"));
        let difference = self.difference(&self.column("api00"), &yes, &no);
        let degrees = self.design.degrees_of_freedom() - 1.0;
        near(degrees, row.number("df"), 0.0, row);
        let test = t_test(difference, degrees, 0.95);
        near(difference.value, row.number("estimate"), EXACT, row);
        near(test.p, row.number("se"), EXACT, row);
        near(test.t, row.noted("t="), EXACT, row);
        check_interval(row, test.interval, EXACT);
    }

    fn check_rao_scott(&self, row: &Row) {
        let types = ["E", "H", "M"].map(|kind| self.group("stype", kind));
        let wide = self.column("sch.wide.1");
        let cell = |at: usize, column: usize| {
            types[column % 3][at] * (wide[at] - f64::from(column as u32 / 3)).abs()
        };
        let values = |at: usize| Some((0..6).map(|column| cell(at, column)).chain([1.0]).collect());
        let (estimates, _) = self.estimates(7, values);
        let cells: Vec<Ratio> = (0..6).map(|numerator| Ratio { numerator, denominator: 6 }).collect();
        let (shares, covariance) = estimates.ratios(&cells).expect("shares");
        let degrees = self.design.degrees_of_freedom();
        let count = self.rows.len() as u64;
        let test = rao_scott(Table { shares: &shares, columns: 3, covariance: &covariance, count, degrees });
        let test = test.expect("a test");
        if row.text("method") == "svychisq F" {
            near(test.f, row.number("estimate"), EXACT, row);
            near(test.p, row.number("se"), EXACT, row);
            near(test.numerator, row.noted("ndf="), EXACT, row);
            near(test.denominator, row.noted("ddf="), EXACT, row);
        } else {
            near(test.chi_square.statistic, row.number("estimate"), EXACT, row);
            near(test.chi_square.p, row.number("se"), EXACT, row);
            near(test.chi_square.degrees, row.number("df"), 0.0, row);
        }
    }

    fn check_pearson(&self, row: &Row) {
        let variable = row.text("variable").split(" x ").nth(1).expect("a grouping");
        let mut counts: HashMap<&str, [f64; 2]> = HashMap::new();
        for (at, satisfied) in self.column("rate_marriage>=4").into_iter().enumerate() {
            counts.entry(self.rows[at].text(variable)).or_default()[satisfied as usize] += 1.0;
        }
        let counts: Vec<f64> = counts.into_values().flatten().collect();
        let test = pearson(&counts, 2).expect("a table");
        near(test.statistic, row.number("estimate"), EXACT, row);
        near(test.p, row.number("se"), EXACT, row);
        near(test.degrees, row.number("df"), 0.0, row);
    }

    fn check_two_shares(&self, row: &Row) {
        let (difference, interval, test) = two_shares([554, 769], [656, 1021], 0.95).expect("a test");
        near(difference, row.number("estimate"), EXACT, row);
        near(test.p, row.number("se"), EXACT, row);
        near(test.statistic, row.noted("chi2="), EXACT, row);
        check_interval(row, interval, EXACT);
    }

    fn check_calibrated(&self, row: &Row) {
        let types = ["E", "H", "M"];
        let place = |row: &Row| types.iter().position(|kind| *kind == row.text("stype")).expect("a type");
        let of_types = Margin {
            cell_of: self.rows.iter().map(place).collect(),
            population: vec![4421.0, 755.0, 1018.0],
        };
        let is_wide = |row: &Row| usize::from(row.text("sch.wide") == "Yes");
        let of_wide =
            Margin { cell_of: self.rows.iter().map(is_wide).collect(), population: vec![1072.0, 5122.0] };
        let margins = [of_types.clone(), of_wide];
        if row.text("method") == "rake" {
            let early = rake(&self.weights, &margins, Until::AS_R).expect("weights");
            near(self.calibrated_mean(&early, row).value, row.number("estimate"), EXACT, row);
            // R's `rake` ends after a change of one person and takes the margins out of the values in
            // turn; `calibrate(d, ~0 + stype + sch.wide, counts, calfun = "raking", epsilon = 1e-12)`
            // solves for all at once, as we do.
            let (mean, error) = match row.text("variable") {
                "enroll" => (588.840837595282, 64.6760182211825),
                _ => (641.23032092682, 23.7036168879217),
            };
            let raked = rake(&self.weights, &margins, Until::default()).expect("weights");
            let found = self.calibrated_mean(&raked, row);
            near(found.value, mean, EXACT, row);
            near(found.standard_error(), error, EXACT, row);
            return near(found.standard_error(), row.number("se"), 2e-6, row);
        }
        let found = self.calibrated_mean(&post_stratify(&self.weights, &of_types).expect("weights"), row);
        check_estimate(row, found, EXACT);
        if row.given("ci_low").is_some() {
            check_interval(row, around(found, f64::INFINITY, 0.95), EXACT);
        }
    }

    fn calibrated_mean(&self, calibrated: &Calibrated, row: &Row) -> Estimate {
        let (y, x) = (self.column(row.text("variable")), vec![1.0; self.rows.len()]);
        let (left_y, left_x) = (calibrated.residuals(&y), calibrated.residuals(&x));
        let mut clusters = Totals::new(2);
        (0..self.rows.len()).for_each(|at| clusters.add(self.unit[at], &[left_y[at], left_x[at]]));
        let moments = Moments::of(&clusters, &self.stratum_of_unit);
        let covariance = self.design.covariance(&moments).expect("a covariance");
        let totals = vec![calibrated.total(&y), calibrated.total(&x)];
        Estimates::new(totals, covariance).ratio(FIRST).expect("a mean")
    }

    /// Where everybody or nobody is satisfied R has no interval, or an empty one; ours has one.
    fn check_degenerate(&self, row: &Row) -> bool {
        let tolerance = match row.text("method") {
            "svyciprop likelihood" => return false,
            "svyciprop logit" => 1e-11,
            _ => 0.0,
        };
        let found = self.mean(&self.column(row.text("variable")));
        assert_eq!(found.estimate.variance, 0.0, "{row:?}");
        assert!((found.estimate.value - row.number("estimate")).abs() <= tolerance, "{row:?}");
        if row.text("method") == "svyciprop mean" {
            check_interval(row, around(found.estimate, found.degrees, 0.95), EXACT);
        }
        for method in [Method::Mean, Method::Logit, Method::Arcsine, Method::Beta, Method::Wilson] {
            let interval = found.share().interval(method, 0.95);
            assert!(interval.low < interval.high, "{method:?} {interval:?}");
        }
        true
    }
}

fn check_lonely(row: &Row) -> bool {
    let mut data = Data::new("apistrat_lonely");
    let method = row.text("method").strip_prefix("lonely.psu=").expect("a policy");
    data.design.lonely = match method {
        "fail" => Lonely::Fail,
        "remove" => Lonely::Remove,
        "certainty" => Lonely::Certainty,
        "adjust" => Lonely::Adjust,
        "average" => Lonely::Average,
        other => panic!("unknown policy {other}"),
    };
    if method == "fail" {
        assert!(row.text("note").starts_with("ERROR"), "{row:?}");
        let moments = Moments::new(2);
        let fault = data.design.covariance(&moments).expect_err("it fails");
        assert!(matches!(fault, Fault::LonelyStratum(_)), "{fault:?}");
        return true;
    }
    near(data.design.degrees_of_freedom(), row.number("df"), 0.0, row);
    check_estimate(row, data.mean(&data.column(row.text("variable"))).estimate, EXACT);
    true
}

// Likert items of five factors with blanks: bfi.

impl Data {
    fn check_item(&self, row: &Row) {
        let (hits, valid) = self.answers(&[row.text("variable").to_owned()]);
        let found = self.ratio(&hits, &valid);
        near(found.estimate.value, row.number("estimate"), EXACT, row);
        near(found.count as f64, row.number("n_unweighted"), 0.0, row);
        if row.text("method") == "Wilson" {
            let satisfied = hits.iter().sum::<f64>() as u64;
            check_interval(row, binomial::wilson_score(satisfied, found.count, 0.95), EXACT);
        } else {
            near(hits.iter().sum(), row.noted("satisfied="), 0.0, row);
            check_estimate(row, found.estimate, EXACT);
            check_interval(row, around(found.estimate, f64::INFINITY, 0.95), EXACT);
        }
    }

    /// Of each respondent how many of the items are answered with 5 or 6, and how many at all.
    fn answers(&self, items: &[String]) -> (Vec<f64>, Vec<f64>) {
        let columns: Vec<Vec<f64>> = items.iter().map(|item| self.column(item)).collect();
        let sum = |count: &dyn Fn(f64) -> bool| -> Vec<f64> {
            let of = |at: usize| columns.iter().filter(|column| count(column[at])).count() as f64;
            (0..self.rows.len()).map(of).collect()
        };
        (sum(&|answer| 5.0 <= answer), sum(&|answer| !answer.is_nan()))
    }

    fn check_index(&self, row: &Row) -> bool {
        let items = items(row.text("variable"));
        let (hits, valid) = self.answers(&items);
        let count = self.rows.len() as f64;
        let shares: Vec<f64> = hits.iter().zip(&valid).map(|(hits, valid)| hits / valid).collect();
        let answered = |least: f64| -> Vec<f64> {
            let is_in = |at: &usize| least <= valid[*at] && 0.0 < valid[*at];
            (0..shares.len()).filter(is_in).map(|at| shares[at]).collect()
        };
        match row.text("statistic") {
            "factor index, pooled answers (sum satisfied / sum valid)" => {
                let found = self.ratio(&hits, &valid).estimate;
                check_estimate(row, found, EXACT);
                check_interval(row, around(found, f64::INFINITY, 0.95), EXACT);
                near(valid.iter().sum(), row.number("n_unweighted"), 0.0, row);
            }
            "overall pooled index in group" => {
                let members = self.group(row.text("group_var"), row.text("group"));
                let inside = |values: &[f64]| -> Vec<f64> {
                    values.iter().zip(&members).map(|(value, member)| value * member).collect()
                };
                let valid = inside(&valid);
                check_estimate(row, self.ratio(&inside(&hits), &valid).estimate, EXACT);
                near(valid.iter().sum(), row.number("n_unweighted"), 0.0, row);
            }
            "factor index, mean of item shares" | "overall index, mean of the 25 item shares" => {
                near(
                    self.mean_of_ratios(&items.chunks(1).map(<[String]>::to_vec).collect::<Vec<_>>()),
                    row.number("estimate"),
                    EXACT,
                    row,
                );
            }
            "overall index, mean of the 5 factor indices" => {
                // Each factor's index is the mean of its items here.
                let factors = ["A", "C", "E", "N", "O"].map(self::items);
                let mean = |factor: &Vec<String>| {
                    self.mean_of_ratios(&factor.chunks(1).map(<[String]>::to_vec).collect::<Vec<_>>())
                };
                near(factors.iter().map(mean).sum::<f64>() / 5.0, row.number("estimate"), EXACT, row);
            }
            "factor index, complete forms only (mean of person shares)" => {
                self.check_persons(row, &answered(items.len() as f64));
            }
            "factor index, mean of person shares (each respondent one vote)" => {
                self.check_persons(row, &answered(1.0));
            }
            "share of respondents satisfied with every answered item" => {
                let all = (0..shares.len()).filter(|&at| 0.0 < valid[at] && hits[at] == valid[at]).count();
                near(all as f64 / count, row.number("estimate"), EXACT, row);
            }
            "mean score of all valid answers, 1..6" => {
                let answers: Vec<f64> = items.iter().flat_map(|item| self.column(item)).collect();
                let given: Vec<f64> = answers.into_iter().filter(|answer| !answer.is_nan()).collect();
                near(given.iter().sum::<f64>() / given.len() as f64, row.number("estimate"), EXACT, row);
            }
            _ => return false,
        }
        true
    }

    /// The mean of ratios, as a combination of them.
    fn mean_of_ratios(&self, groups: &[Vec<String>]) -> f64 {
        let answers: Vec<(Vec<f64>, Vec<f64>)> = groups.iter().map(|items| self.answers(items)).collect();
        let values =
            |at: usize| Some(answers.iter().flat_map(|(hits, valid)| [hits[at], valid[at]]).collect());
        let (estimates, _) = self.estimates(2 * groups.len(), values);
        let term =
            |at: usize| (1.0 / groups.len() as f64, Ratio { numerator: 2 * at, denominator: 2 * at + 1 });
        let terms: Vec<(f64, Ratio)> = (0..groups.len()).map(term).collect();
        estimates.combination(&terms).expect("a mean").value
    }

    /// Each respondent's own share, one vote each.
    fn check_persons(&self, row: &Row, shares: &[f64]) {
        let mut moments = Moments::new(2);
        shares.iter().for_each(|share| moments.add(0, &[*share, 1.0]));
        let strata = vec![Drawn { units: shares.len() as u64, population: Population::Endless }];
        let design = Design { strata, ..Design::default() };
        let covariance = design.covariance(&moments).expect("a covariance");
        let estimates = Estimates::new(moments.totals().overall(), covariance);
        check_estimate(row, estimates.ratio(FIRST).expect("a mean"), EXACT);
        near(shares.len() as f64, row.number("n_unweighted"), 0.0, row);
    }
}

/// The items of a factor, or of all.
fn items(factor: &str) -> Vec<String> {
    let of = |factor: &str| (1..=5).map(|at| format!("{factor}{at}")).collect::<Vec<_>>();
    match factor {
        "T" | "all" => ["A", "C", "E", "N", "O"].iter().flat_map(|factor| of(factor)).collect(),
        factor => of(factor),
    }
}
