//! Mistakes in the encoding of a file, and what was assumed of it.

use super::{Diagnostic, Diagnostics};
use crate::source::Place;
use crate::text;
use crate::text::legacy::Alphabet;
use crate::text::quoted;

impl Diagnostics {
    /// A row that is not UTF-8, in a file of which no other reading makes sense.
    pub fn not_utf8(&mut self, place: Place) {
        self.push(
            Diagnostic::error("not-utf8", text!("dòng này không phải UTF-8", "this row is not UTF-8"))
                .at(place)
                .help(text!(
                    "trong Excel chọn Lưu thành > CSV UTF-8 (phân tách bằng dấu phẩy)",
                    "in Excel choose Save as > CSV UTF-8 (comma delimited)"
                )),
        );
    }

    /// Bytes that are nothing in the encoding of their file.
    pub fn undecodable(&mut self, place: Place) {
        self.push(
            Diagnostic::error(
                "undecodable",
                text!(
                    "dòng này có ký tự hỏng, không đọc được theo bảng mã của tệp",
                    "this row has broken characters that the file's encoding does not know"
                ),
            )
            .at(place)
            .help(text!(
                "mở tệp gốc, lưu lại thành CSV UTF-8",
                "open the original file and save it again as CSV UTF-8"
            )),
        );
    }

    /// A file that does not say its encoding and was read in one that makes sense.
    pub fn read_as_encoding(&mut self, place: Place, encoding: &str) {
        self.push(
            Diagnostic::warning(
                "read-as-encoding",
                text!(
                    "tệp không phải UTF-8; đọc theo bảng mã {encoding}",
                    "the file is not UTF-8; it is read as {encoding}"
                ),
            )
            .at(place)
            .help(text!(
                "xem lại tên đơn vị; để chắc chắn, lưu lại thành CSV UTF-8",
                "look at the names of units; to be sure, save it again as CSV UTF-8"
            )),
        );
    }

    /// A file in the letters of fonts from before Unicode, which were converted.
    pub fn read_as_letters(&mut self, place: Place, alphabet: Alphabet, example: Option<(String, String)>) {
        let (name, fonts) = (alphabet.name(), alphabet.fonts());
        let message = match example.map(|(before, after)| (quoted(&before), quoted(&after))) {
            Some((before, after)) => text!(
                "chữ trong tệp là bảng mã {name} (phông {fonts}); đã chuyển sang Unicode: \"{before}\" → \"{after}\"",
                "the file is written in {name} (fonts {fonts}); it is converted to Unicode: \"{before}\" → \"{after}\""
            ),
            None => text!(
                "chữ trong tệp là bảng mã {name} (phông {fonts}); đã chuyển sang Unicode",
                "the file is written in {name} (fonts {fonts}); it is converted to Unicode"
            ),
        };
        let help = match alphabet {
            Alphabet::Tcvn3 => text!(
                "xem lại chữ hoa có dấu: TCVN3 viết chung mã với chữ thường",
                "look at capitals with tones: TCVN3 writes them as it writes small letters"
            ),
            Alphabet::Vni => text!("xem lại tên đơn vị", "look at the names of units"),
        };
        self.push(Diagnostic::warning("read-as-letters", message).at(place).help(help));
    }

    /// A file partly in letters from before Unicode: which word is meant how would be a guess.
    pub fn mixed_letters(&mut self, place: Place, alphabet: Alphabet, word: &str) {
        let (name, word, after) = (alphabet.name(), quoted(word), quoted(&alphabet.read(word)));
        self.push(
            Diagnostic::error(
                "mixed-letters",
                text!(
                    "tệp lẫn hai bảng mã: có chữ Unicode, có chữ {name}, ví dụ \"{word}\" là \"{after}\"",
                    "the file mixes Unicode and {name}: \"{word}\" is \"{after}\", for example"
                ),
            )
            .at(place)
            .help(text!(
                "chuyển các ô còn lại sang Unicode (UniKey: Ctrl+Shift+F6), rồi lưu lại thành CSV UTF-8",
                "convert the remaining cells to Unicode (UniKey: Ctrl+Shift+F6), then save again as CSV UTF-8"
            )),
        );
    }
}
