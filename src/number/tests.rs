use super::*;
use std::str::FromStr;

#[track_caller]
fn check(mode: Mode, digits: u32, value: &str, expected: &str) {
    let value = Decimal::from_str(value).unwrap();
    assert_eq!(Rounding { digits, mode }.text(value, Lang::En), expected);
}

#[test]
fn half_up_rounds_the_tie_away_from_zero() {
    check(Mode::HalfUp, 2, "2.345", "2.35");
    check(Mode::HalfUp, 2, "2.339", "2.34");
    check(Mode::HalfUp, 2, "-2.345", "-2.35");
    check(Mode::HalfUp, 2, "9.9988235294117647", "10.00");
    check(Mode::HalfUp, 2, "85.412", "85.41");
}

#[test]
fn half_even_and_truncate_are_what_they_say() {
    check(Mode::HalfEven, 2, "2.345", "2.34");
    check(Mode::HalfEven, 2, "2.355", "2.36");
    check(Mode::Truncate, 2, "45.787524", "45.78");
    check(Mode::Truncate, 2, "-1.999", "-1.99");
}

#[test]
fn text_has_all_its_digits_and_the_mark_of_its_language() {
    check(Mode::HalfUp, 2, "5", "5.00");
    check(Mode::HalfUp, 2, "-0.001", "0.00");
    assert_eq!(Rounding::CENTS.text(Decimal::new(8013, 2), Lang::Vi), "80,13");
    assert_eq!(plain(Decimal::new(80130, 3), Lang::Vi), "80,13");
}

#[test]
fn comparing_short_numbers_is_comparing_numbers() {
    let numbers = [
        "0",
        "-0.5",
        "85",
        "85.0",
        "85.00",
        "84.999999999",
        "-85.1",
        "9223372036854775807",
        "79228162514264337593543950335",
        "0.0000000001",
    ];
    for a in numbers {
        for b in numbers {
            let (a, b) = (Decimal::from_str(a).unwrap(), Decimal::from_str(b).unwrap());
            assert_eq!(compare(a, b), a.cmp(&b), "{a} {b}");
        }
    }
}
