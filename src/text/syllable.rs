//! What can be a Vietnamese syllable: beginning, rhyme and tone. Text that was read with the wrong
//! table of letters hardly ever is one, and that tells the tables apart.

use std::collections::HashSet;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// Beginnings, the longest first; the last ones are of names from the languages of the highlands.
const BEGINNINGS: [&str; 38] = [
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g", "h", "k",
    "l", "m", "n", "p", "r", "s", "t", "v", "x", "kr", "br", "dr", "đr", "pr", "bl", "pl", "gl", "hr", "cr",
    "",
];

/// Rhymes without their tones.
const RHYMES: &str = "
    a ac ach ai am an ang anh ao ap at au ay ak ăc ăm ăn ăng ăp ăt ăk âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ek ê êch êm ên êng ênh êp êt êu êk
    i ia ich im in ing inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oc oi om on ong op ot ok oa oac oach oai oam oan oang oanh oao oap oat oay
    oăc oăm oăn oăng oăt oe oem oen oeo oet ô ôc ôi ôm ôn ông ôp ôt ôk ơ ơi ơm ơn ơng ơp ơt
    u ua uc ui um un ung up ut uk uâ uân uâng uât uây uê uêch uênh uơ uy uya uych uyn uynh uyp uyt uyu
    uyên uyêt uôc uôi uôm uôn uông uôt ư ưa ưc ưi ưm ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    y yêm yên yêng yêt yêu ych yn ynh yt yu";

static KNOWN: LazyLock<HashSet<&str>> = LazyLock::new(|| RHYMES.split_whitespace().collect());

/// Whether a word can be Vietnamese. Capitals do not matter.
pub fn is_syllable(word: &str) -> bool {
    let (mut letters, mut tone, mut count, mut tone_at) = (String::with_capacity(word.len()), None, 0, 0);
    for c in word.nfd().flat_map(char::to_lowercase) {
        if super::is_tone(c) {
            if tone.replace(c).is_some() {
                return false;
            }
            tone_at = count;
        } else {
            count += usize::from(c.is_alphabetic());
            letters.push(c);
        }
    }
    let letters: String = letters.nfc().collect();
    let is_last = tone.is_some() && tone_at == count;
    BEGINNINGS.iter().any(|beginning| {
        let rhyme = letters.strip_prefix(beginning);
        rhyme.is_some_and(|rhyme| fits(beginning, rhyme, tone) && !(is_last && ends_in_a_glide(rhyme)))
    })
}

/// Whether a rhyme ends in a sound that never bears the tone: ai, ao, iêu; `uy` may bear it on either.
fn ends_in_a_glide(rhyme: &str) -> bool {
    rhyme.ends_with(['i', 'o', 'u', 'y']) && 1 < rhyme.chars().count() && rhyme != "uy"
}

/// Whether a rhyme can stand behind a beginning and bear a tone.
fn fits(beginning: &str, rhyme: &str, tone: Option<char>) -> bool {
    let is_front = rhyme.starts_with(['e', 'ê', 'i', 'y']);
    let is_spelt = match beginning {
        "c" | "g" => !is_front || (beginning == "g" && rhyme.starts_with('i')),
        "gh" | "ngh" => is_front,
        "p" => !is_front || rhyme.starts_with('y'),
        _ => true,
    };
    // A syllable that ends in a stop has one of two tones; names are written without any.
    let is_stopped = rhyme.ends_with(['c', 'p', 't', 'k']) || rhyme.ends_with("ch");
    let bears = !is_stopped || !matches!(tone, Some('\u{300}' | '\u{303}' | '\u{309}'));
    is_spelt && bears && KNOWN.contains(rhyme)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vietnamese_words_are_syllables_and_garbled_ones_are_not() {
        let text = "Cộng hòa xã hội chủ nghĩa Việt Nam Độc lập Tự do Hạnh phúc Ủy ban nhân dân phường \
            Nguyễn Huệ Quốc Oai Gìn giữ Giếng Khuyến Thuở Hoằng Quỳnh Tuyên Đắk Lắk Krông Pắc Yên Bái khuỷu \
            Ngoạn nghiêng Uỷ Thủy Mường Thuận quyết được giải quýt huơ Bươm rượu Chương Trượt ưỡn";
        for word in text.split_whitespace() {
            assert!(is_syllable(word), "{word}");
        }
        for word in ["Céng", "hßa", "Coäng", "hoøa", "ViÖt", "mùc", "Bỡnh", "Xaõ", "Cá»™ng", "café", "ệt́"]
        {
            assert!(!is_syllable(word), "{word}");
        }
    }
}
