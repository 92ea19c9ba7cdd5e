//! TCVN3 (ABC), the letters of the fonts .VnTime, .VnArial, …: one sign a letter. Capitals with a
//! tone have no signs of their own; a capital font (.VnTimeH) only draws small letters large.

/// The letters for the signs from U+00A1 on; a dot where a sign stands for itself.
const LETTERS: &str = "ĂÂÊÔƠƯĐăâêôơưđ.\
    .....àảãáạ.ằẳẵắ.\
    ......ặầẩẫấậè.ẻẽ\
    éẹềểễếệìỉ...ĩíịò\
    .ỏõóọồổỗốộờởỡớợù\
    .ủũúụừửữứựỳỷỹýỵ.";

/// The letter of a sign.
pub(super) fn letter(sign: char) -> Option<char> {
    let at = (sign as usize).checked_sub(0xA1)?;
    LETTERS.chars().nth(at).filter(|letter| *letter != '.')
}

/// Text in these signs as Unicode. A letter with a tone becomes a capital where the word has other
/// letters that are capitals and none that is small: CéNG → CỘNG; Uû stays Uỷ.
pub(super) fn read(text: &str) -> String {
    let mut read = String::with_capacity(text.len() + text.len() / 2);
    for word in text.split_inclusive(|c: char| c.is_ascii() && !c.is_ascii_alphabetic()) {
        let capitals = word.chars().filter(|c| c.is_ascii_uppercase() || ('¡'..='§').contains(c)).count();
        let is_capital = 1 < capitals && !word.contains(|c: char| c.is_ascii_lowercase());
        for sign in word.chars() {
            match letter(sign) {
                Some(letter) if is_capital => read.extend(letter.to_uppercase()),
                found => read.push(found.unwrap_or(sign)),
            }
        }
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `iconv -f TCVN5712-1` makes of each sign (its first part is TCVN3), and the capitals that it
    /// has, letter by letter: 67 small ones (of which á … ý are written with the ASCII letters' tones) and
    /// 7 capitals.
    const BY_ICONV: &str = "A1Ă A2Â A3Ê A4Ô A5Ơ A6Ư A7Đ A8ă A9â AAê ABô ACơ ADư AEđ B5à B6ả B7ã B8á B9ạ \
        BBằ BCẳ BDẵ BEắ C6ặ C7ầ C8ẩ C9ẫ CAấ CBậ CCè CEẻ CFẽ D0é D1ẹ D2ề D3ể D4ễ D5ế D6ệ D7ì D8ỉ DCĩ DDí DEị \
        DFò E1ỏ E2õ E3ó E4ọ E5ồ E6ổ E7ỗ E8ố E9ộ EAờ EBở ECỡ EDớ EEợ EFù F1ủ F2ũ F3ú F4ụ F5ừ F6ử F7ữ F8ứ F9ự \
        FAỳ FBỷ FCỹ FDý FEỵ";

    #[test]
    fn every_letter_is_the_one_that_iconv_gives() {
        let mut known = 0;
        for entry in BY_ICONV.split_whitespace() {
            let (code, expected) = entry.split_at(2);
            let sign = u8::from_str_radix(code, 16).unwrap() as char;
            assert_eq!(letter(sign), expected.chars().next(), "{code}");
            known += 1;
        }
        let ours = (0..=0xFFFF).filter_map(char::from_u32).filter(|sign| letter(*sign).is_some()).count();
        assert_eq!((known, ours), (74, 74));
    }

    #[test]
    fn capitals_are_known_from_their_neighbours() {
        assert_eq!(read("CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM"), "CỘNG HÒA Xã HỘI CHỦ NGHĨA VIỆT NAM");
        assert_eq!(read("Céng hßa, Uû ban nh©n d©n §¾k L¾k"), "Cộng hòa, Uỷ ban nhân dân Đắk Lắk");
        assert_eq!(read("hép m\u{f8}t tÕt; ng\u{ad}êi; 12 m²"), "hộp mứt tết; người; 12 m²");
    }
}
